"""Read YAML without implicit types, guarded, and remember the place of every value.

Every scalar arrives as text. One pass over the parser's events builds the value, notes where each part
stands and stops whatever could hurt: depth, anchors, tags, repeated keys, too many values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place
from cmsite.read.source import Source

MAX_BYTES = 64 * 1024  # of a YAML file or a front matter
MAX_DEPTH = 20
MAX_VALUES = 5_000

Key = tuple[str | int, ...]

# what the YAML parser says (a part of it) → what an author can understand, and what to do
_SYNTAX = (
    (
        "cannot start any token",
        "a tab or a special character (`@`, `` ` ``, `%`) begins a value",
        "indent with spaces, and put such a text in quotes",
    ),
    ("mapping values are not allowed", "a second `:` on this line", "put the text in quotes"),
    (
        "did not find expected <document start>",
        "this does not belong to what stands above it",
        "check the indentation",
    ),
    (
        "could not find expected ':'",
        "a `key: value` is expected here",
        "add the `:`, or quote a text that runs over several lines",
    ),
    (
        "did not find expected key",
        "this does not line up with the keys above",
        "check the indentation, and quote a text that holds quotes",
    ),
    (
        "did not find expected '-' indicator",
        "this does not line up with the list above",
        "check the indentation",
    ),
    (
        "did not find expected ',' or ']'",
        "the list opened by `[` is not closed",
        "add a `]`, or a `,` between two items",
    ),
    (
        "did not find expected ',' or '}'",
        "the mapping opened by `{` is not closed",
        "add a `}`, or a `,` between two items",
    ),
    ("found unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    (
        "found unknown escape character",
        "a backslash in double quotes means something else here",
        "use single quotes",
    ),
    ("found undefined alias", "a value cannot begin with `*`", "put the text in quotes"),
    ("found unexpected document", "a line `---` begins a second document", "keep one document in a file"),
)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML text holds, all of it text, and where each part begins (line and column from 1)."""

    source: Source
    value: dict[str, Any]
    places: dict[Key, tuple[int, int]]

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
    return _Builder(source, 0).build(source.text)


def read_embedded_yaml(source: Source, text: str, *, lines_before: int) -> Tree:
    """Return the mapping that a part of a file holds, with its places told in the file's lines."""
    return _Builder(source, lines_before).build(text)


class _Builder:
    """One pass over the events of a YAML text; `offset` lines of the file stand before it."""

    def __init__(self, source: Source, offset: int) -> None:
        self.source, self.offset = source, offset
        self.places: dict[Key, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def build(self, text: str) -> Tree:
        if len(text.encode()) > MAX_BYTES:
            self.stop(
                1,
                1,
                f"this is larger than {MAX_BYTES // 1024} KiB",
                "yaml-size",
                hint="move text into the body of posts",
            )
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        try:
            value = self._document(events)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:
            self.stop(self.offset + 1, 1, f"this is not YAML: {str(error).splitlines()[0]}", "yaml-syntax")
        if self.problems:
            raise ProblemsFound(self.problems)
        return Tree(self.source, value, self.places)

    def stop(self, line: int, column: int, what: str, code: str, *, hint: str = "") -> NoReturn:
        self.problems.append(self.source.problem(line, column, what, hint=hint, code=code))
        raise ProblemsFound(self.problems)

    def _document(self, events: Iterator[Any]) -> dict[str, Any]:
        value: Any = {}
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop_at(
                        event,
                        "a line `---` begins a second document",
                        "yaml-syntax",
                        "keep one document in a file",
                    )
                value = self._value(next(events), events, ())
        if value == "":
            value = {}
        if not isinstance(value, dict):
            line, column = self.places[()]
            what = f"{'a list' if isinstance(value, list) else 'a text'} stands here instead of keys"
            self.stop(line, column, what, "not-a-mapping", hint="write `key: value` lines")
        return value

    def _value(self, event: Any, events: Iterator[Any], key: Key) -> Any:
        self._guard(event, key)
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, key)
        return self._mapping(events, key)

    def _sequence(self, events: Iterator[Any], key: Key) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value = self._value(event, events, (*key, len(items)))
            if not _is_absent(event):
                items.append(value)
        return items

    def _mapping(self, events: Iterator[Any], key: Key) -> dict[str, Any]:
        value: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._key(event, seen)
            held = next(events)
            item = self._value(held, events, (*key, name))
            self.places[*key, name, "key"] = self._position(event)
            if not _is_absent(held):
                value[name] = item
        return value

    def _key(self, event: Any, seen: dict[str, int]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop_at(
                event,
                "a key must be a text",
                "yaml-key",
                "write `key: value`; put a text with brackets in quotes",
            )
        self._guard(event, None)
        name = str(event.value)
        line, column = self._position(event)
        if not name:
            self._stop_at(event, "a key is missing before `:`", "yaml-key")
        if name in seen:
            what = f"the key `{name}` stands here a second time (first on line {seen[name]})"
            self.problems.append(
                self.source.problem(line, column, what, hint="keep one of the two", code="repeated-key")
            )
        seen.setdefault(name, line)
        return name

    def _guard(self, event: Any, key: Key | None) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            self._stop_at(event, f"more than {MAX_VALUES} values in one file", "yaml-size")
        if key is not None:
            self.places[key] = self._position(event)
            if len(key) > MAX_DEPTH:
                self._stop_at(event, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth", "flatten it")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._stop_at(
                event,
                "anchors and aliases (`&`, `*`) are not read here",
                "yaml-anchor",
                "write the value out, or put the text in quotes",
            )
        if event.tag is not None:
            self._stop_at(
                event,
                f"tags (`{event.tag.removeprefix('tag:yaml.org,2002:')}`) are not read here",
                "yaml-tag",
                "put a text that begins with `!` in quotes",
            )

    def _stop_at(self, event: Any, what: str, code: str, hint: str = "") -> None:
        self.stop(*self._position(event), what, code, hint=hint)

    def _position(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + 1 + self.offset, event.start_mark.column + 1

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1 + self.offset, mark.column + 1) if mark else (self.offset + 1, 1)
        said = error.problem or error.context or ""
        for part, what, hint in _SYNTAX:
            if part in said:
                self.stop(line, column, what, "yaml-syntax", hint=hint)
        self.stop(line, column, f"this is not YAML: {said}", "yaml-syntax")


def _is_absent(event: Any) -> bool:
    """Return whether nothing is written: a key with nothing after it counts as absent."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and not event.style
