"""Find the blocks of a page that stand there because of a condition in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from cmsite.shape.report.blocks import align, cut

_TAG = re.compile(r"<([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_START = re.compile(rf"(?:\s*{_TAG.pattern})*", re.IGNORECASE)  # of a block: the tags before what it shows
_LAID_OUT = re.compile("blockquote|d[dt]|details|div|figure|h[1-6]|hr|li|p|pre|section|tr", re.IGNORECASE)


class Passage(Struct, frozen=True):
    """What a condition has brought in: its line in the author's file, and the places of its blocks.

    A block that would read otherwise without the condition counts as brought in.
    """

    line: int
    blocks: tuple[int, ...]


def passages(html: str, without: Iterable[tuple[int, str]]) -> tuple[Passage, ...]:
    """Return what each condition brings into some HTML: `without` has its line, and the HTML without it.

    A condition that brings in nothing has no passage.
    """
    found = (Passage(line, tuple(_brought_in(html, other))) for line, other in without)
    return tuple(passage for passage in found if passage.blocks)


def mark_blocks(html: str, marks: Mapping[int, str]) -> str:
    """Return the HTML with attributes put into the tag that opens each of some blocks, by their places."""
    return "".join(_marked(block, marks.get(index, "")) for index, block in enumerate(cut(html)))


def _brought_in(html: str, other: str) -> Iterator[int]:
    """Yield the place of each block that the other HTML has not, or not so."""
    rows = (row for row in align(html, other) if row.a is not None)
    yield from (index for index, row in enumerate(rows) if not row.same)


def _marked(block: str, attributes: str) -> str:
    """Return a block with the attributes in the tag around it, the innermost that lays it out."""
    start = _START.match(block)
    tags = [tag for tag in _TAG.finditer(start[0]) if _LAID_OUT.fullmatch(tag[1])] if start else []
    if not tags or not attributes:
        return block
    return f"{block[: tags[-1].end(1)]} {attributes}{block[tags[-1].end(1) :]}"
