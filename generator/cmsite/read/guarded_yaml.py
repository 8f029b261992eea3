"""Read YAML without implicit types, guarded, and remember the place of every value.

Every scalar arrives as text. One pass over the parser's events builds the value and stops whatever could
hurt: depth, anchors, tags, repeated keys, too many values. Where each part stands is found in a second
one, when somebody asks: few do, for few files hold a mistake. The parser is loaded by who has YAML to read.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec import Struct

from cmsite.errors import Problem, Severity
from cmsite.model import Place
from cmsite.read.source import Key, Part, Source, Spot


class Tree(Struct, frozen=True, dict=True):
    """What a YAML text holds, all of it text, and where each part begins.

    A key with nothing after it is not in `value`; `empty` keeps the keys of that kind. `part` is the text
    itself, `root` the key of all it holds.
    """

    source: Source
    value: dict[str, Any]
    part: Part
    root: Key = ()
    empty: frozenset[Key] = frozenset()

    @cached_property
    def places(self) -> dict[Key, Spot]:
        """Where each part begins."""
        from cmsite.read.yaml_places import places_of

        return places_of(self.part, self.root)

    def at(self, key: Key) -> Any:
        """Return what is written under `key`, None when nothing is."""
        value: Any = self.value
        for part in key:
            try:
                value = value[part]
            except (LookupError, TypeError):
                return None
        return value

    def place(self, key: Key) -> Place:
        """Return where the value under `key` stands, or the nearest thing around it that is written."""
        line, column = self._position(key)
        return Place(self.source.path, line, column)

    def problem(
        self, key: Key, what: str, *, hint: str = "", code: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem at the value under `key`."""
        line, column = self._position(key)
        return self.source.problem(line, column, what, hint=hint, code=code, severity=severity)

    def _position(self, key: Key) -> Spot:
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))


def read_yaml(source: Source) -> Tree:
    """Return the mapping a YAML file holds. An empty file is an empty mapping.

    Raises ProblemsFound for all that formats forbid: size, depth, anchors, tags, repeated keys.
    """
    return _read(source, Part(source.text))


def read_yaml_list(source: Source, key: str) -> Tree:
    """Return the list that a YAML file holds, as the only value of a mapping, under `key`."""
    return _read(source, Part(source.text), listed=key)


def read_embedded_yaml(source: Source, text: str, *, lines_before: int) -> Tree:
    """Return the mapping that a part of a file holds, with its places told in the file's lines."""
    return _read(source, Part(text, lines_before))


def _read(source: Source, part: Part, *, listed: str = "") -> Tree:
    from cmsite.read.yaml_events import Builder

    builder = Builder(source, part, listed=listed)
    return Tree(source, builder.build(), part, builder.root, frozenset(builder.empty))
