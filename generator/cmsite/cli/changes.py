"""Show at the terminal what differs between two editions: page by page, field by field, word by word.

A - stands before what only the first has, a + before what only the second has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cmsite.shape.report.blocks import Row, compare_words, side_by_side
from cmsite.shape.report.difference import Changed, Moved, Sheet
from cmsite.shape.report.telling import OWN_PAGES, Spoken, label, sort_out
from cmsite.shape.report.values import Altered, Value

A, B, BOTH = "red", "green", "yellow"

_WHERE = {"blog": "in the blog", "home": "on the home page"}
_POINT = re.compile("[a-z]+: ")
_MARGIN = 22  # columns that stand before the words
_LINES = 2  # of a text that is not told whole

Line = tuple[Text, Text]  # a sign, and the words


def show_presence(console: Console, sign: str, style: str, sheets: Iterable[Sheet]) -> None:
    """Print outputs that only one edition has: posts and pages by title, the others by path."""
    table = grid(2)
    for sheet in sheets:
        if sheet.kind in OWN_PAGES:
            table.add_row(Text(sign, style), _named(sheet.title or sheet.kind, sheet.path, style))
    if table.row_count:
        indented(console, table)
    _show_paths(console, [sheet for sheet in sheets if sheet.kind not in OWN_PAGES])


def show_changed(
    console: Console, changes: Iterable[Changed], site: tuple[Value, ...], *, verbose: bool
) -> None:
    """Print what differs in each output that both editions have; `site` is told of all of them at once.

    Unless `verbose`, long texts are cut short, and pages that are made of others are only named.
    """
    telling = sort_out(changes, site)
    for spoken in (*telling.pages, *telling.lists) if verbose else telling.pages:
        _show_page(console, spoken, verbose=verbose)
    lists = [] if verbose else [spoken.changed for spoken in telling.lists]
    for found, what in (
        (lists, "differ only in the posts they list or lead to"),
        (telling.framed, "differ only in what every page shows"),
        (telling.files, "that are not pages differ"),
    ):
        if found:
            heading(console, Text(f"{len(found)} file{'s' if len(found) > 1 else ''} {what}", "bold"))
            _show_paths(console, [changed.a for changed in found])


def show_fields(console: Console, values: Iterable[Value], *, verbose: bool) -> None:
    """Print some fields that differ."""
    _show_lines(console, _field_lines(values, _room(console, verbose=verbose)))


def moves(found: Iterable[Moved]) -> Table:
    """Return the posts that two lists have in another order, with their place in each."""
    table = grid(3)
    for moved in found:
        places = Text.assemble((str(moved.a), A), " → ", (str(moved.b), B))
        table.add_row(places, _WHERE[moved.list], Text(moved.slug))
    return table


def grid(columns: int) -> Table:
    """Return an empty table without lines, in which no word is ever cut off."""
    table = Table.grid(padding=(0, 1))
    for _ in range(columns):
        table.add_column(overflow="fold")
    return table


def heading(console: Console, text: Text) -> None:
    """Print a heading, an empty line before it."""
    console.print()
    console.print(text)


def indented(console: Console, shown: RenderableType) -> None:
    """Print something two columns from the left."""
    console.print(Padding(shown, (0, 0, 0, 2), expand=False))


def _show_page(console: Console, spoken: Spoken, *, verbose: bool) -> None:
    """Print what differs in one output: its fields, its blocks, and by name what only surrounds the text."""
    changed, around = spoken.changed, spoken.around
    heading(console, _named(changed.a.title or changed.a.kind, changed.path, "bold"))
    room = _room(console, verbose=verbose)
    told = _field_lines(spoken.own, room)
    told += [("body", line) for line in _body_lines(changed.blocks, room)]
    _show_lines(console, told + (_field_lines(around, room) if verbose else []))
    if around and not verbose:
        indented(console, Text(f"also {', '.join(map(_label, around))}", "dim"))


def _show_paths(console: Console, sheets: Sequence[Sheet]) -> None:
    """Print some outputs by path; the files of the search index, which nobody reads, by their number."""
    paths = [_address(sheet.path) for sheet in sheets if sheet.kind != "search-index"]
    if index := sum(sheet.kind == "search-index" for sheet in sheets):
        paths.append(f"{index} file{'s' if index > 1 else ''} of the search index")
    if paths:
        indented(console, Text(", ".join(paths), "dim"))


def _show_lines(console: Console, told: Iterable[tuple[str, Line]]) -> None:
    """Print three columns: what it is, named once, whose it is, and the words."""
    table = grid(3)
    for name, lines in groupby(told, key=lambda line: line[0]):
        for number, (_, (sign, words)) in enumerate(lines):
            table.add_row(Text("" if number else name, "cyan"), sign, words)
    if table.row_count:
        indented(console, table)


def _room(console: Console, *, verbose: bool) -> int:
    return 0 if verbose else _LINES * max(console.width - _MARGIN, 20)


def _named(title: str, path: str, style: str) -> Text:
    return Text.assemble((title, style), "  ", (_address(path), "dim"))


def _address(path: str) -> str:
    """Return a path as a reader sees it: of a page the folder."""
    return path.removesuffix("index.html") or path


def _label(value: Value) -> str:
    return label(value).replace("_", " ")


def _field_lines(values: Iterable[Value], room: int) -> list[tuple[str, Line]]:
    return [(_label(value), line) for value in values for line in _value_lines(value, room)]


def _body_lines(blocks: Iterable[Row], room: int = 0) -> Iterator[Line]:
    """Yield the lines of some blocks that differ, what stands in one place together."""
    for row in side_by_side(blocks):
        yield from _two(row.a, row.b, room)


def _value_lines(value: Value, room: int = 0) -> Iterator[Line]:
    """Yield the lines of a field; of a list, what only one has and what is not the same in both.

    A text is cut short to `room` characters around the first that differs; 0 leaves it whole.
    """
    if isinstance(value.a, str | None) and isinstance(value.b, str | None) and not value.altered:
        yield from _two(value.a, value.b, room)
        return
    yield from ((Text("-", A), Text(entry, A)) for entry in value.only_a)
    yield from ((Text("+", B), Text(entry, B)) for entry in value.only_b)
    yield from ((Text("~", BOTH), _altered(entry)) for entry in value.altered)
    if not (value.only_a or value.only_b or value.altered):
        yield Text("~", BOTH), Text("in another order")


def _altered(entry: Altered) -> Text:
    if entry.a == entry.b:
        return Text.assemble(entry.a, (f" ({', '.join(entry.fields)})", "dim"))
    point = _POINT.match(entry.a)  # its name is told once
    return Text.assemble((entry.a, A), " → ", (entry.b.removeprefix(point[0] if point else ""), B))


def _two(a: str | None, b: str | None, room: int) -> Iterator[Line]:
    runs = compare_words(a or "", b or "")
    if a is not None:
        yield Text("-", A), _cut_short([(run.a, run.same) for run in runs], A, room)
    if b is not None:
        yield Text("+", B), _cut_short([(run.b, run.same) for run in runs], B, room)


def _cut_short(runs: list[tuple[str, bool]], style: str, room: int) -> Text:
    """Return the words, those that differ in bold where others do not; no more than `room` characters."""
    marked = any(same for _, same in runs)
    text = Text.assemble(*((words, style if same or not marked else f"bold {style}") for words, same in runs))
    if not room or len(text) <= room:
        return text
    first = sum(len(words) for words, _ in takewhile(lambda run: run[1], runs))
    start = max(0, min(first - room // 4, len(text) - room + 4))
    start = text.plain.find(" ", start) + 1 if start else 0
    end = start + room - 4
    end = max(text.plain.rfind(" ", start, end), start + room // 2) if end < len(text) else len(text)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return Text.assemble((before, style), text[start:end], (after, style))
