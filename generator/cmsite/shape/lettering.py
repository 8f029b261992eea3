"""Set words in a font: leave out what it cannot write, measure the rest, and break it into lines that fit.

Widths are those of the letters one by one: kerning, which this does not know, brings them nearer together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from cmsite.model import Font
from cmsite.shape.picture_words import printable

_PIECES = re.compile(r" *(?:[^ -]+-*|-+)")  # a line may end at a space or a hyphen, and at no other gap
_GAPS = re.compile(r" {2,}")
_SAID = ("L", "N")  # letters and numbers: a text that loses one of them says something else

_LOOSE = " ,;:.\u00a0\u202f-"  # nothing of this stands before an ellipsis

Measure = Callable[[str], int]


class Setting(Struct, frozen=True):
    """A text as it is set: its size in pixels and its lines."""

    size: int
    lines: tuple[str, ...]


def writable(font: Font, text: str) -> str:
    """Return a text on one line with what the font can write of it: letters it lacks are left out."""
    found = (_spelt(character, _widths(font)) or "" for character in _composed(text))
    return _GAPS.sub(" ", "".join(found)).strip(" ")


def can_write(font: Font, text: str) -> bool:
    """Return whether the font has every letter and number of a text; signs and emoji may be lost."""
    widths = _widths(font)
    lost = (one for one in _composed(text) if _spelt(one, widths) is None)
    return not any(unicodedata.category(one).startswith(_SAID) for one in lost)


def fit(font: Font, text: str, room: int, sizes: Mapping[int, int]) -> Setting:
    """Return a text in the first of some sizes at which it takes no more lines than that size may.

    `room` and the keys of `sizes` are in pixels. The lines are made about equally long. A text that is too
    long for the last size ends in an ellipsis, and a word longer than a line is broken.
    """
    told, widths = writable(font, text), _widths(font)

    def measure(part: str) -> int:
        return sum(widths.get(character, 0) for character in part)

    pieces = _PIECES.findall(told)
    for size, lines in sizes.items():
        limit = room * font.em // size
        broken = _broken(pieces, limit, measure)
        if len(broken) <= lines and all(measure(line) <= limit for line in broken):
            return Setting(size, _balanced(pieces, limit, measure))
    size, lines = list(sizes.items())[-1]
    limit = room * font.em // size
    chopped = [part for piece in pieces for part in _chopped(piece, limit, measure)]
    broken = _broken(chopped, limit, measure)
    if len(broken) > lines:
        rest = " ".join(broken[lines - 1 :])
        broken = (*broken[: lines - 1], _cut(rest, limit, measure, "…" if "…" in widths else ""))
    return Setting(size, broken)


@lru_cache(maxsize=8)
def _widths(font: Font) -> dict[str, int]:
    return dict(font.widths)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", printable(text))


def _spelt(character: str, widths: dict[str, int]) -> str | None:
    """Return a character as the font can write it, in parts if need be; None if it cannot."""
    if character in widths:
        return character
    parts = unicodedata.normalize("NFKD", character)
    return parts if all(part in widths for part in parts) else None


def _broken(pieces: list[str], limit: int, measure: Measure) -> tuple[str, ...]:
    """Return the lines of some pieces, each as full as can be."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure(lines[-1] + piece) > limit:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return tuple(lines)


def _balanced(pieces: list[str], limit: int, measure: Measure) -> tuple[str, ...]:
    """Return as many lines as in a room, broken in the least room that takes no more."""
    wanted = _broken(pieces, limit, measure)
    least, most = 0, limit
    while least < most:
        middle = (least + most) // 2
        tried = _broken(pieces, middle, measure)
        if len(tried) <= len(wanted) and all(measure(line) <= limit for line in tried):
            most = middle
        else:
            least = middle + 1
    return _broken(pieces, most, measure)


def _chopped(piece: str, limit: int, measure: Measure) -> Iterator[str]:
    """Yield a piece in parts that fit a line."""
    part = ""
    for character in piece:
        if part.strip(" ") and measure((part + character).lstrip(" ")) > limit:
            yield part
            part = ""
        part += character
    yield part


def _cut(text: str, limit: int, measure: Measure, ellipsis: str) -> str:
    """Return the beginning of a text that fits a line with the ellipsis: whole words, if the first fits."""
    kept = text
    while kept and measure(kept.rstrip(_LOOSE) + ellipsis) > limit:
        kept = kept.rpartition(" ")[0] or kept[:-1]
    return kept.rstrip(_LOOSE) + ellipsis
