"""Cut a body into its blocks, lay those of two bodies side by side, and mark the words that differ.

Two bodies given the other way round give the same rows, turned round.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby, starmap, zip_longest

from msgspec import Struct

_INSIDE = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""  # of a tag: a value in quotes may hold < and >
_TAG = re.compile(rf"(</?[a-zA-Z][a-zA-Z0-9]*{_INSIDE}>)")
_STRUCTURE = re.compile(
    "</?(?:address|article|aside|blockquote|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|legend|li|main|menu|nav|ol|p|pre|search|section|summary|table|tbody|tfoot|thead|tr|ul)\\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"<(?:audio|embed|hr|iframe|img|input|object|svg|video)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PICTURE = re.compile(rf"<img\b({_INSIDE})>", re.IGNORECASE)
_LINK = re.compile(rf"<a\b({_INSIDE})>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_GAP = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)  # between two cells of a row
_BREAK = re.compile(rf"<br\b{_INSIDE}>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")  # those that do not break are the author's
_WORD = re.compile(r"\S+\s*|\s+")
_ALIKE = 40  # percent: what two blocks share at least if they are one in two wordings
_MOST = 10_000  # pairs that are tried in one gap; beyond it no two blocks are taken for one

Texts = tuple[str, ...]


class Row(Struct, frozen=True):
    """A block of one body beside that of the other; None where only one of them has it.

    A side is told in words; if the words are the same, with its addresses; if these are too, as HTML.
    """

    a: str | None
    b: str | None

    @property
    def same(self) -> bool:
        """Whether both bodies have this very block."""
        return self.a == self.b


class Run(Struct, frozen=True):
    """Some words of a text, and the same ones or those in their place in another; "" where there are none."""

    a: str
    b: str
    same: bool


def cut(html: str) -> tuple[str, ...]:
    """Return the blocks of some HTML: paragraphs, headings, items, rows. Joined, they are the HTML."""
    blocks: list[str] = []
    block, shows, ended = "", False, False
    for index, piece in enumerate(_TAG.split(html)):
        kind = _kind(piece, is_tag=bool(index % 2))
        if shows and (kind == "open" or (ended and kind in ("begin", "content"))):
            blocks.append(block)
            block, shows, ended = "", False, False
        block += piece
        shows = shows or kind == "content" or (kind == "open" and bool(_SHOWN.match(piece)))
        ended = ended or (shows and kind == "close")
    if block and blocks and not shows:
        blocks[-1] += block
    elif block:
        blocks.append(block)
    return tuple(blocks)


def align(a: str, b: str) -> tuple[Row, ...]:
    """Return the blocks of two bodies side by side, each told as far as it takes to tell them apart.

    The lists and tables around the blocks count only where the blocks themselves are all the same.
    """
    whole = cut(a), cut(b)
    own = tuple(map(_own, whole[0])), tuple(map(_own, whole[1]))
    mine, theirs = own if own[0] != own[1] else whole
    rows: list[Row] = []
    for i, j, same in _matched(mine, theirs):
        rows += (_told(block, block) for block in mine[i]) if same else _pair_up(mine[i], theirs[j])
    return tuple(rows)


def side_by_side(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, with what only one body has and what only the other has there on one line."""
    for same, group in groupby(rows, key=lambda row: row.a is not None and row.b is not None):
        if same:
            yield from group
        else:
            lone = list(group)
            mine = [row.a for row in lone if row.a is not None]
            theirs = [row.b for row in lone if row.b is not None]
            yield from starmap(Row, zip_longest(mine, theirs))


def compare_words(a: str, b: str) -> tuple[Run, ...]:
    """Return two texts as runs of words: those that both have, and those that differ between them.

    Two texts that share next to nothing are one run.
    """
    mine, theirs = _WORD.findall(a), _WORD.findall(b)
    keys = (tuple(word.removesuffix(" ") for word in words) for words in (mine, theirs))
    runs = [Run("".join(mine[i]), "".join(theirs[j]), same=same) for i, j, same in _matched(*keys)]
    shared = sum(len(run.a) + len(run.b) for run in runs if run.same)
    return tuple(runs) if shared * 100 >= (len(a) + len(b)) * _ALIKE else (Run(a, b, same=False),)


def read(html: str) -> str:
    """Return what is read in a block; the lines of code stay lines."""
    text = _PICTURE.sub(lambda match: f"[{_attribute(match[1], 'alt')}]", _COMMENT.sub("", html))
    text = unescape(_TAG.sub("", _BREAK.sub("\n", _GAP.sub(" | ", text))))
    return text.strip("\r\n") if "<pre" in html else _SPACES.sub(" ", text).strip(" ")


def _matched(a: Texts, b: Texts) -> Iterator[tuple[slice, slice, bool]]:
    """Yield what stands in both and what lies between, the same whichever of the two is the first."""
    if a > b:
        yield from ((mine, theirs, same) for theirs, mine, same in _matched(b, a))
    else:
        for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
            yield slice(a1, a2), slice(b1, b2), kind == "equal"


def _pair_up(a: Texts, b: Texts) -> Iterator[Row]:
    """Yield the blocks that lie between two that match, in order, with the most alike side by side."""
    if a > b:
        yield from (Row(row.b, row.a) for row in _pair_up(b, a))
        return
    likeness = _likeness(a, b) if len(a) * len(b) <= _MOST else {}
    best = _best(likeness, len(a), len(b)) if likeness else {}
    i = j = 0
    while best and i < len(a) and j < len(b):
        if (i, j) in likeness and best[i, j] == best[i + 1, j + 1] + likeness[i, j]:
            yield _told(a[i], b[j])
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            yield _told(a[i], None)
            i += 1
        else:
            yield _told(None, b[j])
            j += 1
    yield from (_told(block, None) for block in a[i:])
    yield from (_told(None, block) for block in b[j:])


def _likeness(a: Texts, b: Texts) -> dict[tuple[int, int], int]:
    """Return how many percent of their words any two blocks share that may be one in two wordings."""
    mine, theirs = ([Counter(read(block).split()) for block in blocks] for blocks in (a, b))
    found = {}
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            shared = 200 * (one & other).total() // ((one.total() + other.total()) or 1)
            if shared >= _ALIKE:
                found[i, j] = shared
    return found


def _best(likeness: dict[tuple[int, int], int], m: int, n: int) -> dict[tuple[int, int], int]:
    """Return how much likeness can be had from each place of a gap on, with no two pairs that cross."""
    best = {(i, j): 0 for i in range(m + 1) for j in range(n + 1)}
    for i in reversed(range(m)):
        for j in reversed(range(n)):
            both = best[i + 1, j + 1] + likeness.get((i, j), 0)
            best[i, j] = max(best[i + 1, j], best[i, j + 1], both)
    return best


def _told(a: str | None, b: str | None) -> Row:
    ways = (read, _words_and_addresses, str)
    if a is not None and b is not None and a != b:
        tell = next(way for way in ways if way(a) != way(b))
        return Row(tell(a), tell(b))
    block = (a if b is None else b) or ""
    told = next((words for way in ways if (words := way(block))), "")
    return Row(None if a is None else told, None if b is None else told)


def _own(html: str) -> str:
    """Return a block without the lists, tables and frames that it opens or closes around itself."""
    pieces = _TAG.split(html)
    structure = [at for at in range(1, len(pieces), 2) if _kind(pieces[at], is_tag=True) in ("open", "close")]
    opening = [at for at in structure if not pieces[at].startswith("</")][-1:]
    return "".join(piece for at, piece in enumerate(pieces) if at in opening or at not in structure).strip()


def _words_and_addresses(html: str) -> str:
    text = _PICTURE.sub(lambda match: f"{match[0]} ({_attribute(match[1], 'src')})", html)
    return read(_LINK.sub(lambda match: f"{match[2]} ({_attribute(match[1], 'href')})", text))


def _attribute(inside: str, name: str) -> str:
    found = re.search(rf"""\b{name}\s*=\s*("[^"]*"|'[^']*')""", inside, re.IGNORECASE)
    return found[1][1:-1] if found else ""


def _kind(piece: str, *, is_tag: bool) -> str:
    """Return what a piece of HTML does to the block it stands in: open, close, begin, content or nothing."""
    if not is_tag:
        return "content" if piece.strip() else ""
    if _STRUCTURE.match(piece):
        return "close" if piece.startswith("</") else "open"
    if piece.startswith("</"):
        return ""
    return "content" if _SHOWN.match(piece) else "begin"
