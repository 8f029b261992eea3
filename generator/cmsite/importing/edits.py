"""Change a text piece by piece while each line still knows the line of the file it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Traced(Struct, frozen=True):
    """A text, and for each of its lines the number of the line it had in its file."""

    text: str
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which the character at `offset` stood."""
        return self.lines[self.text.count("\n", 0, offset)]


class Edit(Struct, frozen=True, order=True):
    """What stands from `start` to `end` becomes `text`."""

    start: int
    end: int
    text: str


def trace(text: str, first_line: int) -> Traced:
    """Return the text with its lines counted from `first_line`."""
    return Traced(text, tuple(range(first_line, first_line + text.count("\n") + 1)))


def apply_edits(traced: Traced, edits: Iterable[Edit]) -> Traced:
    """Return the text with the edits made, in whatever order they come; of two that overlap, the first."""
    pieces: list[str] = []
    lines = [traced.lines[0]]
    at = row = 0
    for edit in sorted(edits):
        if edit.start < at:
            continue
        kept, gone = traced.text[at : edit.start], traced.text[edit.start : edit.end]
        pieces += (kept, edit.text)
        lines += traced.lines[row + 1 : row + 1 + kept.count("\n")]
        row += kept.count("\n")
        lines += [traced.lines[row]] * edit.text.count("\n")
        row += gone.count("\n")
        at = edit.end
    pieces.append(traced.text[at:])
    lines += traced.lines[row + 1 :]
    return Traced("".join(pieces), tuple(lines))


def whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span widened to whole lines when nothing else stands on them, else as it is."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end + 1
    if text[line_start:start].strip() or text[end:line_end].strip():
        return start, end
    return line_start, line_end


def inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether the offset lies in one of the spans, which are sorted and apart."""
    before = bisect_right(spans, offset, key=lambda span: span[0])
    return before > 0 and offset < spans[before - 1][1]
