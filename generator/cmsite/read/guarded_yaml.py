"""Read YAML without implicit types, guarded, and remember the place of every value.

Every scalar arrives as text. One pass over the parser's events builds the value, notes where each part
stands and stops whatever could hurt: depth, anchors, tags, repeated keys, too many values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml
from msgspec import Struct

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place
from cmsite.read.source import CONTROL, Source
from cmsite.read.yaml_faults import explain, misread

MAX_BYTES = 64 * 1024  # of a YAML file or a front matter
MAX_DEPTH = 20
MAX_VALUES = 5_000

Key = tuple[str | int, ...]
KEY = ""  # at the end of a Key: the key itself, not its value; no key of a file is empty

_LINE_BREAK = re.compile("[\u2028\u2029]")
_COLOUR = re.compile(r"\s*:\s+(#[0-9a-fA-F]{3,8})\s*$")


class Tree(Struct, frozen=True):
    """What a YAML text holds, all of it text, and where each part begins (line and column from 1).

    A key with nothing after it is not in `value`; `empty` keeps the keys of that kind.
    """

    source: Source
    value: dict[str, Any]
    places: dict[Key, tuple[int, int]]
    empty: frozenset[Key] = frozenset()

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

    def _position(self, key: Key) -> tuple[int, int]:
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))


def read_yaml(source: Source) -> Tree:
    """Return the mapping a YAML file holds. An empty file is an empty mapping.

    Raises ProblemsFound for all that formats forbid: size, depth, anchors, tags, repeated keys.
    """
    return _Builder(source, source.text, 0).build()


def read_yaml_list(source: Source, key: str) -> Tree:
    """Return the list that a YAML file holds, as the only value of a mapping, under `key`."""
    return _Builder(source, source.text, 0, listed=key).build()


def read_embedded_yaml(source: Source, text: str, *, lines_before: int) -> Tree:
    """Return the mapping that a part of a file holds, with its places told in the file's lines."""
    return _Builder(source, text, lines_before).build()


def written_end(tree: Tree, key: Key) -> tuple[int, int]:
    """Return the line and column, from 1, right behind the last value written under `key`.

    Behind a text of several lines (`|` or `>`) that is the beginning of a line below it. The file has been
    read before, so that nothing in it can hurt.
    """
    node: Any = yaml.compose(tree.source.text, Loader=yaml.CBaseLoader)
    for part in key:
        node = next(value for name, value in node.value if name.value == part)
    if isinstance(node, yaml.CollectionNode) and node.value:
        node = _last(node)
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = _last(node)
    return node.end_mark.line + 1, node.end_mark.column + 1


def _last(node: Any) -> Any:
    """Return the last item of a list, or the value of the last key."""
    last = node.value[-1]
    return last[1] if isinstance(last, tuple) else last


class _Builder:
    """One pass over the events of a YAML text; `offset` lines of the file stand before it."""

    def __init__(self, source: Source, text: str, offset: int, *, listed: str = "") -> None:
        self.source, self.text, self.offset, self.listed = source, text, offset, listed
        self.lines = text.split("\n")
        self.places: dict[Key, tuple[int, int]] = {}
        self.empty: set[Key] = set()
        self.problems: list[Problem] = []
        self.count = 0

    def build(self) -> Tree:
        self._guard_text()
        events = yaml.parse(self.text, Loader=yaml.CBaseLoader)
        try:
            value = self._document(events)
        except yaml.MarkedYAMLError as error:
            self._refused(error)
        if self.problems:
            raise ProblemsFound(self.problems)
        return Tree(self.source, value, self.places, frozenset(self.empty))

    def stop(self, line: int, column: int, what: str, code: str, *, hint: str) -> NoReturn:
        self.problems.append(self.source.problem(line, column, what, hint=hint, code=code))
        raise ProblemsFound(self.problems)

    def _guard_text(self) -> None:
        if len(self.text.encode()) > MAX_BYTES:
            what = f"the keys and values take more than {MAX_BYTES // 1024} KiB"
            hint = "move long texts into the body of a post or a page"
            self.stop(self.offset + 1, 1, what, "yaml-size", hint=hint)
        for number, line in enumerate(self.lines, start=self.offset + 1):
            if found := _LINE_BREAK.search(line):  # the parser would count a line more than editors do
                what = f"an invisible line break (U+{ord(found[0]):04X}) stands here"
                self.stop(number, found.start() + 1, what, "control-character", hint="delete it")

    def _document(self, events: Iterator[Any]) -> dict[str, Any]:
        value: Any = {}
        documents = 0
        root: Key = (self.listed,) if self.listed else ()
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what, hint = "a line `---` begins a second document", "keep one document in a file"
                    self._stop_at(event, what, "yaml-syntax", hint)
                value = self._value(next(events), events, root)
        if value == "":
            value = {}
        if self.listed:
            return self._listed(value)
        if not isinstance(value, dict):
            line, column = self.places[()]
            what = f"{'a list' if isinstance(value, list) else 'a text'} stands here instead of keys"
            hint = "write `key: value` lines, with a space after the `:`"
            self.stop(line, column, what, "not-a-mapping", hint=hint)
        return value

    def _listed(self, value: Any) -> dict[str, Any]:
        if value and not isinstance(value, list):
            line, column = self.places[(self.listed,)]
            hint = "begin each item with `- `, its keys below one another"
            self.stop(line, column, "a list is expected here", "not-a-list", hint=hint)
        return {self.listed: value or []}

    def _value(self, event: Any, events: Iterator[Any], key: Key) -> Any:
        self._guard(event, key)
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, key)
        return self._mapping(event, events, key)

    def _sequence(self, events: Iterator[Any], key: Key) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value = self._value(event, events, (*key, len(items)))
            if not _is_empty(event):
                items.append(value)
        return items

    def _mapping(self, start: Any, events: Iterator[Any], key: Key) -> dict[str, Any]:
        value: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._key(event, seen)
            held = next(events)
            item = self._value(held, events, (*key, name))
            self.places[*key, name, KEY] = self._position(event)
            if not _is_empty(held):
                value[name] = item
                continue
            self._guard_emptiness(event, in_braces=start.flow_style)
            self.empty.add((*key, name))
        return value

    def _key(self, event: Any, seen: dict[str, int]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            hint = "write `key: value`; put a text with brackets in quotes"
            self._stop_at(event, "a key must be a text", "yaml-key", hint)
        self._guard(event, None)
        name = str(event.value)
        line, column = self._position(event)
        if not name:
            self._stop_at(event, "a key is missing before `:`", "yaml-key", "write `key: value`")
        if name in seen:
            what = f"the key `{name}` stands here a second time (first on line {seen[name]})"
            self.problems.append(
                self.source.problem(line, column, what, hint="keep one of the two", code="repeated-key")
            )
        seen.setdefault(name, line)
        return name

    def _guard_emptiness(self, event: Any, *, in_braces: bool) -> None:
        """Refuse a value that was written and got lost: behind a `#`, or behind a `,` in braces."""
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        if colour := _COLOUR.fullmatch(rest):
            what = f"`{colour[1]}` is a comment to YAML: it begins with `#`"
            self._stop_at(event, what, "yaml-syntax", f'put it in quotes: "{colour[1]}"')
        if in_braces and not rest.lstrip().startswith(":"):
            what = f"`{event.value}` stands alone among keys"
            hint = "several values need brackets, as in `{niche: [one, two]}`; a key needs a `:`"
            self._stop_at(event, what, "list-without-brackets", hint)

    def _guard(self, event: Any, key: Key | None) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            what, hint = f"more than {MAX_VALUES} keys and values in one file", "take some away"
            self._stop_at(event, what, "yaml-size", hint)
        if key is not None:
            self.places[key] = self._position(event)
            if len(key) > MAX_DEPTH:
                hint = "take away some of the `[`, `{`, `-` or of the indentation"
                self._stop_at(event, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth", hint)
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if event.anchor is not None else ""
        if sign := sign or ("!" if event.tag is not None else ""):
            what, hint = misread(sign)
            self._stop_at(event, what, "yaml-tag" if sign == "!" else "yaml-anchor", hint)
        if isinstance(event, yaml.ScalarEvent) and (found := CONTROL.search(event.value)):
            what = f"an escape of this text writes a control character (U+{ord(found[0]):04X})"
            self._stop_at(event, what, "control-character", "take it away, or use single quotes")

    def _stop_at(self, event: Any, what: str, code: str, hint: str) -> NoReturn:
        self.stop(*self._position(event), what, code, hint=hint)

    def _position(self, event: Any) -> tuple[int, int]:
        return self._inside(event.start_mark.line + 1, event.start_mark.column + 1)

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        """Return a place of the text as one of the file: what is missing stands behind the last line."""
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        return line + self.offset, column

    def _refused(self, error: yaml.MarkedYAMLError) -> NoReturn:
        """Tell what the parser refused."""
        began, gave_up = _spot(error.context_mark), _spot(error.problem_mark)
        said = f"{error.context or ''}: {error.problem or ''}"
        fault = explain(said, gave_up or began or (1, 1), began, self.lines)
        self.stop(*self._inside(*fault.at), fault.what, "yaml-syntax", hint=fault.hint)


def _spot(mark: Any) -> tuple[int, int] | None:
    return (mark.line + 1, mark.column + 1) if mark else None


def _is_empty(event: Any) -> bool:
    """Return whether nothing is written: a key with nothing after it counts as absent."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and not event.style
