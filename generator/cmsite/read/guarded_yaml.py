"""Read YAML without implicit types, guarded, and remember the place of every value.

Every scalar arrives as text. One pass over the parser's events builds the value and stops whatever could
hurt: depth, anchors, tags, repeated keys, too many values. Where each part stands is found in a second
one, when somebody asks: few do, for few files hold a mistake.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, NoReturn

import yaml
from msgspec import Struct
from yaml import DocumentStartEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place
from cmsite.read.source import CONTROL, Part, Source, Spot, spot_of
from cmsite.read.yaml_faults import explain, misread

MAX_BYTES = 64 * 1024  # of a YAML file or a front matter
MAX_DEPTH = 20
MAX_VALUES = 5_000

Key = tuple[str | int, ...]
KEY = ""  # at the end of a Key: the key itself, not its value; no key of a file is empty

_LINE_BREAK = re.compile("[\u2028\u2029]")
_COLOUR = re.compile(r"\s*:\s+(#[0-9a-fA-F]{3,8})\s*$")


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
        return _places(self.part, self.root)

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
    return _Builder(source, Part(source.text)).build()


def read_yaml_list(source: Source, key: str) -> Tree:
    """Return the list that a YAML file holds, as the only value of a mapping, under `key`."""
    return _Builder(source, Part(source.text), listed=key).build()


def read_embedded_yaml(source: Source, text: str, *, lines_before: int) -> Tree:
    """Return the mapping that a part of a file holds, with its places told in the file's lines."""
    return _Builder(source, Part(text, lines_before)).build()


def written_end(tree: Tree, key: Key) -> Spot:
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


def _places(part: Part, root: Key) -> dict[Key, Spot]:
    """Return where each part of a text begins that was read before, so that nothing in it can hurt."""
    places: dict[Key, Spot] = {}

    def note(node: Any, key: Key) -> None:
        places[key] = spot(node)
        if isinstance(node, yaml.SequenceNode):
            index = 0
            for item in node.value:
                note(item, (*key, index))
                index += not _is_empty(item)
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                note(value, (*key, name.value))
                places[*key, name.value, KEY] = spot(name)

    def spot(node: Any) -> Spot:
        return part.spot(node.start_mark.line + 1, node.start_mark.column + 1)

    if (top := yaml.compose(part.text, Loader=yaml.CBaseLoader)) is not None:
        note(top, root)
    return places


class _Builder:
    """One pass over the events of a YAML text."""

    def __init__(self, source: Source, part: Part, *, listed: str = "") -> None:
        self.source, self.part, self.listed = source, part, listed
        self.root: Key = (listed,) if listed else ()
        self.empty: set[Key] = set()
        self.problems: list[Problem] = []
        self.count = 0
        self.escapes = "\\" in part.text

    def build(self) -> Tree:
        self._guard_text()
        self.take = yaml.CBaseLoader(self.part.text).get_event
        try:
            value = self._document()
        except yaml.MarkedYAMLError as error:
            self._refused(error)
        if self.problems:
            raise ProblemsFound(self.problems)
        return Tree(self.source, value, self.part, self.root, frozenset(self.empty))

    def stop(self, line: int, column: int, what: str, code: str, *, hint: str) -> NoReturn:
        self.problems.append(self.source.problem(line, column, what, hint=hint, code=code))
        raise ProblemsFound(self.problems)

    def _guard_text(self) -> None:
        text, offset = self.part.text, self.part.offset
        if len(text.encode()) > MAX_BYTES:
            what = f"the keys and values take more than {MAX_BYTES // 1024} KiB"
            hint = "move long texts into the body of a post or a page"
            self.stop(offset + 1, 1, what, "yaml-size", hint=hint)
        if found := _LINE_BREAK.search(text):  # the parser would count a line more than editors do
            what = f"an invisible line break (U+{ord(found[0]):04X}) stands here"
            line, column = spot_of(text, found.start())
            self.stop(line + offset, column, what, "control-character", hint="delete it")

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
        self.stop(*self.part.spot(*fault.at), fault.what, "yaml-syntax", hint=fault.hint)


def _spot(mark: Any) -> Spot | None:
    return (mark.line + 1, mark.column + 1) if mark else None


def _is_empty(node: Any) -> bool:
    """Return whether nothing is written: a key with nothing after it counts as absent."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style
