"""Build the value of a YAML text from the parser's events, and refuse what could hurt, at its place."""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml
from yaml import DocumentStartEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from cmsite.errors import Problem, ProblemsFound
from cmsite.read.source import CONTROL, Key, Part, Source, Spot, spot_of
from cmsite.read.yaml_faults import explain, misread

MAX_BYTES = 64 * 1024  # of a YAML file or a front matter
MAX_DEPTH = 20
MAX_VALUES = 5_000

_LINE_BREAK = re.compile("[\u2028\u2029]")
_COLOUR = re.compile(r"\s*:\s+(#[0-9a-fA-F]{3,8})\s*$")


class Builder:
    """One pass over the events of a YAML text; `empty` are the keys with nothing after them."""

    def __init__(self, source: Source, part: Part, *, listed: str = "") -> None:
        self.source, self.part, self.listed = source, part, listed
        self.root: Key = (listed,) if listed else ()
        self.empty: set[Key] = set()
        self.problems: list[Problem] = []
        self.count = 0
        self.escapes = "\\" in part.text

    def build(self) -> dict[str, Any]:
        """Return what the text holds. Raises ProblemsFound with all that is wrong in it."""
        self._guard_text()
        self.take = yaml.CBaseLoader(self.part.text).get_event
        try:
            value = self._document()
        except yaml.MarkedYAMLError as error:
            self._refused(error)
        if self.problems:
            raise ProblemsFound(self.problems)
        return value

    def _stop(self, line: int, column: int, what: str, code: str, *, hint: str) -> NoReturn:
        self.problems.append(self.source.problem(line, column, what, hint=hint, code=code))
        raise ProblemsFound(self.problems)

    def _guard_text(self) -> None:
        text, offset = self.part.text, self.part.offset
        if len(text.encode()) > MAX_BYTES:
            what = f"the keys and values take more than {MAX_BYTES // 1024} KiB"
            hint = "move long texts into the body of a post or a page"
            self._stop(offset + 1, 1, what, "yaml-size", hint=hint)
        if found := _LINE_BREAK.search(text):  # the parser would count a line more than editors do
            what = f"an invisible line break (U+{ord(found[0]):04X}) stands here"
            line, column = spot_of(text, found.start())
            self._stop(line + offset, column, what, "control-character", hint="delete it")

    def _document(self) -> dict[str, Any]:
        value: Any = ""
        documents = 0
        first = None
        while event := self.take():
            if type(event) is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    what, hint = "a line `---` begins a second document", "keep one document in a file"
                    self._stop_at(event, what, "yaml-syntax", hint)
                first = self.take()
                value = self._value(first, self.root)
        if value == "":
            value = {}
        if self.listed:
            return self._listed(first, value)
        if not isinstance(value, dict):
            what = f"{'a list' if isinstance(value, list) else 'a text'} stands here instead of keys"
            hint = "write `key: value` lines, with a space after the `:`"
            self._stop_at(first, what, "not-a-mapping", hint)
        return value

    def _listed(self, first: Any, value: Any) -> dict[str, Any]:
        if value and not isinstance(value, list):
            hint = "begin each item with `- `, its keys below one another"
            self._stop_at(first, "a list is expected here", "not-a-list", hint)
        return {self.listed: value or []}

    def _value(self, event: Any, key: Key) -> Any:
        self._guard(event, len(key))
        if type(event) is ScalarEvent:
            return event.value
        return self._sequence(key) if type(event) is SequenceStartEvent else self._mapping(event, key)

    def _sequence(self, key: Key) -> list[Any]:
        items: list[Any] = []
        inside = len(key) + 1
        while type(event := self.take()) is not SequenceEndEvent:
            if type(event) is not ScalarEvent:
                items.append(self._value(event, (*key, len(items))))
                continue
            self._guard(event, inside)
            if event.value or event.style:
                items.append(event.value)
        return items

    def _mapping(self, start: Any, key: Key) -> dict[str, Any]:
        value: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        inside = len(key) + 1
        while type(event := self.take()) is not MappingEndEvent:
            name = self._key(event, seen)
            held = self.take()
            if type(held) is not ScalarEvent:
                value[name] = self._value(held, (*key, name))
                continue
            self._guard(held, inside)
            if held.value or held.style:
                value[name] = held.value
                continue
            self._guard_emptiness(event, in_braces=start.flow_style)
            self.empty.add((*key, name))
        return value

    def _key(self, event: Any, seen: dict[str, Any]) -> str:
        if type(event) is not ScalarEvent:
            hint = "write `key: value`; put a text with brackets in quotes"
            self._stop_at(event, "a key must be a text", "yaml-key", hint)
        self._guard(event)
        name: str = event.value
        if not name:
            self._stop_at(event, "a key is missing before `:`", "yaml-key", "write `key: value`")
        if (first := seen.setdefault(name, event)) is not event:
            what = f"the key `{name}` stands here a second time (first on line {self._position(first)[0]})"
            self._note(event, what, "repeated-key", "keep one of the two")
        return name

    def _guard_emptiness(self, event: Any, *, in_braces: bool) -> None:
        """Refuse a value that was written and got lost: behind a `#`, or behind a `,` in braces."""
        rest = self.part.lines[event.end_mark.line][event.end_mark.column :]
        if colour := _COLOUR.fullmatch(rest):
            what = f"`{colour[1]}` is a comment to YAML: it begins with `#`"
            self._stop_at(event, what, "yaml-syntax", f'put it in quotes: "{colour[1]}"')
        if in_braces and not rest.lstrip().startswith(":"):
            what = f"`{event.value}` stands alone among keys"
            hint = "several values need brackets, as in `{niche: [one, two]}`; a key needs a `:`"
            self._stop_at(event, what, "list-without-brackets", hint)

    def _guard(self, event: Any, depth: int = 0) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            what, hint = f"more than {MAX_VALUES} keys and values in one file", "take some away"
            self._stop_at(event, what, "yaml-size", hint)
        if depth > MAX_DEPTH:
            hint = "take away some of the `[`, `{`, `-` or of the indentation"
            self._stop_at(event, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth", hint)
        if event.anchor is not None or event.tag is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "!" if event.anchor is None else "&"
            what, hint = misread(sign)
            self._stop_at(event, what, "yaml-tag" if sign == "!" else "yaml-anchor", hint)
        if self.escapes and type(event) is ScalarEvent and (found := CONTROL.search(event.value)):
            what = f"an escape of this text writes a control character (U+{ord(found[0]):04X})"
            self._stop_at(event, what, "control-character", "take it away, or use single quotes")

    def _stop_at(self, event: Any, what: str, code: str, hint: str) -> NoReturn:
        self._note(event, what, code, hint)
        raise ProblemsFound(self.problems)

    def _note(self, event: Any, what: str, code: str, hint: str) -> None:
        self.problems.append(self.source.problem(*self._position(event), what, hint=hint, code=code))

    def _position(self, event: Any) -> Spot:
        return self.part.spot(event.start_mark.line + 1, event.start_mark.column + 1)

    def _refused(self, error: yaml.MarkedYAMLError) -> NoReturn:
        """Tell what the parser refused."""
        began, gave_up = _spot(error.context_mark), _spot(error.problem_mark)
        said = f"{error.context or ''}: {error.problem or ''}"
        fault = explain(said, gave_up or began or (1, 1), began, self.part.lines)
        self._stop(*self.part.spot(*fault.at), fault.what, "yaml-syntax", hint=fault.hint)


def _spot(mark: Any) -> Spot | None:
    return (mark.line + 1, mark.column + 1) if mark else None
