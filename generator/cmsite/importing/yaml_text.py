"""Read the loose YAML of other generators as text, and write heads that cmsite reads back unchanged.

Reading is one pass over the parser's events: no value gets a type of its own, and what could hurt
(depth, aliases that multiply) ends the reading before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

MAX_DEPTH = 20
MAX_VALUES = 5_000
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


class Entry(Struct, frozen=True):
    """A key, its value and the line on which the key stands, counted from 1."""

    name: str
    value: Value
    line: int = 1


class Keys(Struct, frozen=True):
    """A mapping of a YAML text, in its order; a key with nothing after it is absent."""

    entries: tuple[Entry, ...] = ()

    def find(self, *names: str) -> Entry | None:
        """Return the entry of the first of these names that is there."""
        return next((entry for name in names for entry in self.entries if entry.name == name), None)

    def text(self, *names: str) -> str:
        """Return the first text under one of these names, trimmed; empty when there is none."""
        values = (entry.value for name in names for entry in self.entries if entry.name == name)
        return next((value.strip() for value in values if isinstance(value, str)), "")

    def keys(self, name: str) -> Keys:
        """Return the mapping under a name; an empty one when there is none."""
        entry = self.find(name)
        return entry.value if entry and isinstance(entry.value, Keys) else Keys()


Value: TypeAlias = str | tuple["Value", ...] | Keys
NO_KEYS = Keys()


class Unreadable(Struct, frozen=True):
    """Why a YAML text cannot be read, and the line on which that shows."""

    line: int
    what: str


def read_keys(text: str, *, first_line: int = 1) -> Keys | Unreadable:
    """Return the mapping a YAML text holds; `first_line` is the line of the file it begins on.

    The last of two equal keys wins, as it does in Ruby.
    """
    reader = _Reader(yaml.parse(without_controls(text), Loader=_LOADER), first_line)
    try:
        value = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Unreadable(first_line + (mark.line if mark else 0), error.problem or "this is not YAML")
    except yaml.YAMLError as error:
        return Unreadable(first_line, str(error).splitlines()[0])
    if isinstance(value, Keys):
        return value
    return Keys() if not value else Unreadable(first_line, "there are no keys")


def without_controls(text: str) -> str:
    """Return the text without the control characters that no file of cmsite may hold."""
    return _CONTROL.sub("", text)


class _Reader:
    """Builds values of parser events; a class only for the count and the anchors that all share."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.events = events
        self.first_line = first_line
        self.anchors: dict[str, Value] = {}
        self.sizes: dict[str, int] = {}
        self.count = 0

    def document(self) -> Value:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self.value(next(self.events), 0)
        return Keys()

    def value(self, event: Any, depth: int) -> Value:
        self.grow(event, 1)
        if depth > MAX_DEPTH:
            raise _too_much(event, f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent):
            name = event.anchor or ""
            self.grow(event, self.sizes.get(name, 0))
            return self.anchors.get(name, "")
        before = self.count
        value = self.built(event, depth)
        if event.anchor:
            self.anchors[event.anchor], self.sizes[event.anchor] = value, self.count - before
        return value

    def built(self, event: Any, depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return without_controls(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return tuple(self.items(depth))
        return self.mapping(depth)

    def items(self, depth: int) -> Iterator[Value]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            value = self.value(event, depth + 1)
            if not _is_nothing(event):
                yield value

    def mapping(self, depth: int) -> Keys:
        entries: dict[str, Entry] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self.value(event, depth + 1)
            held = next(self.events)
            value = self.value(held, depth + 1)
            if isinstance(name, str) and name and not _is_nothing(held):
                entries[name] = Entry(name, value, self.first_line + event.start_mark.line)
        return Keys(tuple(entries.values()))

    def grow(self, event: Any, by: int) -> None:
        self.count += by
        if self.count > MAX_VALUES:
            raise _too_much(event, f"more than {MAX_VALUES} values")


def _too_much(event: Any, what: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=event.start_mark)


def _is_nothing(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value in _NOTHING


def write_keys(keys: Keys | tuple[tuple[str, Value | bool | date], ...]) -> str:
    """Return YAML whose every value a reader without implicit types gives back as it was.

    A text that another reader would take for a number, a date or a yes is quoted; dates and
    booleans that are meant as such stand plain.
    """
    pairs = keys if isinstance(keys, tuple) else tuple((entry.name, entry.value) for entry in keys.entries)
    return yaml.dump(
        dict(pairs),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )


class _Dumper(yaml.SafeDumper):
    """Lists of texts on one line, mappings a key a line, nothing written as a reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def list_of(self, items: tuple[Value, ...]) -> yaml.Node:
        flow = all(isinstance(item, str) for item in items)
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)

    def mapping_of(self, keys: Keys) -> yaml.Node:
        return self.represent_dict({entry.name: entry.value for entry in keys.entries})


_Dumper.add_representer(tuple, _Dumper.list_of)
_Dumper.add_representer(Keys, _Dumper.mapping_of)
