"""Lay out the words of the mask's picture: three rows of points left and right of the mask.

Nothing here knows the reader's fonts: a character is taken to be as wide as it may reasonably be, so that
no text meets another whichever font it is set in. Lengths are units of the viewBox.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from cmsite.model import POINTS, Point
from cmsite.shape.picture_words import ToldPoint, ToldTerm, Whose

WIDTH = 432.0
EDGE = 10.0  # the free space around everything
INNER = 88.0  # from the mask's axis to where the columns begin
COLUMN = WIDTH / 2 - INNER - EDGE  # how wide a point's words may be
NAME_SIZE, TERM_SIZE, LEAST_SIZE, LEGEND_SIZE = 10.5, 13.5, 9.0, 10.5
SAMPLE = 20.0  # the room of a line's sample before its words
ANCHORS = (-75.25, 13.5, 79.5)  # where the mask has its marks, from its middle
TOP, BOTTOM = -89.0, 99.0  # how far the mask reaches

_LEADING, _FOLDED = 1.3, 1.1  # a new term stands further off than the rest of a folded one
_FOLDS = 3
_AT_MOST, _AT_MOST_EACH = 4, 2
_GAP = 13.0  # between the rows
_PIECES = re.compile(r"\s*(?:[^\s-]+-*|-+)")


class Line(Struct, frozen=True):
    """A line of text: its baseline, its size, and how far in it begins.

    `whose` says which kind of the mask's lines stands before it as a sample, if any does.
    """

    text: str
    y: float
    size: float
    whose: Whose | None = None
    indent: float = 0.0


class Block(Struct, frozen=True):
    """A point's words: `side` is -1 left of the mask and 1 right of it, `rule` the height of its rule."""

    told: ToldPoint
    side: int
    rule: float
    name: Line
    terms: tuple[Line, ...]


class Layout(Struct, frozen=True):
    """Everything in its place: the mask's middle is at (WIDTH / 2, `middle`)."""

    height: float
    middle: float
    blocks: tuple[Block, ...]
    legend: tuple[Line, ...]
    legend_x: float


def lay_out(
    points: tuple[ToldPoint, ...], open_word: str, legend: tuple[tuple[Whose, str], ...], *, laid: bool
) -> Layout:
    """Return where each word stands; with two masks `laid` one on the other, a legend stands below."""
    columns = [_term_lines(told, open_word, laid=laid) for told in points]
    depths = [max(_depth(columns[row]), _depth(columns[row + 1])) for row in (0, 2, 4)]
    rules = _rules(depths)
    middle = (sum(rules) - sum(ANCHORS)) / len(rules)
    top = min(rules[0] - NAME_SIZE - 8, middle + TOP) - EDGE
    bottom = max(rules[-1] + depths[-1], middle + BOTTOM) - top
    blocks = tuple(
        _block(told, rules[index // 2] - top, lines)
        for index, (told, lines) in enumerate(zip(points, columns, strict=True))
    )
    keys = _legend(legend, bottom + 1.5 * _GAP)
    widest = max((measure(line.text) * line.size + SAMPLE for line in keys), default=0.0)
    height = keys[-1].y + 4 if keys else bottom
    return Layout(round(height + EDGE), round(middle - top, 1), blocks, keys, round((WIDTH - widest) / 2, 1))


def shown(told: ToldPoint, *, laid: bool) -> tuple[ToldTerm, ...]:
    """Return the terms of a point that are shown, each as a label and as a line of the mask."""
    groups = groupby(told.terms, key=lambda term: term.whose)
    return tuple(term for _, group in groups for term in list(group)[: _limit(laid=laid)])


def side(point: Point) -> int:
    """Return on which side of the mask a point stands: they alternate, left (-1) and right (1)."""
    return -1 if POINTS.index(point) % 2 == 0 else 1


def measure(text: str) -> float:
    """Return how wide a text may be, in em: a generous guess for any font."""
    return sum(_measure(character) for character in text)


def _measure(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in "MW@%—…":
        return 0.95
    return 0.74 if character.isupper() or character in "mw" else 0.62


def fold(text: str, width: float, size: float) -> tuple[float, tuple[str, ...]]:
    """Return the size and the lines that a text takes in a column.

    A long word shrinks the text, down to a legible size, before it is cut; a text that is still too long
    ends in an ellipsis.
    """
    pieces = _PIECES.findall(text)
    longest = max((measure(piece.strip()) for piece in pieces), default=0.0)
    if longest * size > width:
        size = max(LEAST_SIZE, int(width / longest * 10) / 10)
    lines = [""]
    for piece in (part for whole in pieces for part in _chopped(whole, width / size)):
        if measure((lines[-1] + piece).strip()) * size > width:
            lines.append("")
        lines[-1] = (lines[-1] + piece).lstrip() if not lines[-1] else lines[-1] + piece
    if len(lines) > _FOLDS:
        lines = [*lines[: _FOLDS - 1], _cut(lines[_FOLDS - 1], width / size)]
    return size, tuple(lines)


def shorten(text: str, width: float, size: float) -> str:
    """Return a text cut to one line of a width."""
    return text if measure(text) * size <= width else _cut(text, width / size)


def _cut(text: str, room: float) -> str:
    while measure(f"{text}…") > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _chopped(piece: str, room: float) -> list[str]:
    """Return a word in parts that fit a line."""
    parts = [""]
    for character in piece:
        if measure((parts[-1] + character).strip()) > room:
            parts.append("")
        parts[-1] += character
    return parts


def _term_lines(told: ToldPoint, open_word: str, *, laid: bool) -> tuple[Line, ...]:
    """Return a point's terms as lines whose `y` counts from the point's rule."""
    lines: list[Line] = []
    y = 0.0
    for text, whose in _entries(told, laid=laid) or [(open_word, None)]:
        indent = SAMPLE if whose else 0.0
        size, folded = fold(text, COLUMN - indent, TERM_SIZE)
        for index, part in enumerate(folded):
            y += size * (_FOLDED if index else _LEADING)
            lines.append(Line(part, y, size, None if index else whose, indent))
    return tuple(lines)


def _entries(told: ToldPoint, *, laid: bool) -> list[tuple[str, Whose | None]]:
    """Return the labels shown and, behind those of each mask that has more, how many are not."""
    entries: list[tuple[str, Whose | None]] = []
    for whose, group in groupby(told.terms, key=lambda term: term.whose):
        labels = [term.label for term in group]
        more = len(labels) - _limit(laid=laid)
        texts = labels if more <= 0 else [*labels[:-more], f"… +{more}"]
        entries += [(text, whose if laid else None) for text in texts]
    return entries


def _limit(*, laid: bool) -> int:
    return _AT_MOST_EACH if laid else _AT_MOST


def _depth(lines: tuple[Line, ...]) -> float:
    return lines[-1].y + 3


def _rules(depths: list[float]) -> list[float]:
    """Return the heights of the three rows' rules: at the mask's marks, or lower where words need room."""
    rules = [ANCHORS[0]]
    for anchor, depth in zip(ANCHORS[1:], depths, strict=False):
        rules.append(max(anchor, rules[-1] + depth + _GAP + NAME_SIZE))
    return rules


def _block(told: ToldPoint, rule: float, lines: tuple[Line, ...]) -> Block:
    name = Line(shorten(told.name, COLUMN, NAME_SIZE), round(rule - 4.5, 1), NAME_SIZE)
    terms = tuple(replace(line, y=round(rule + line.y, 1)) for line in lines)
    return Block(told, side(told.point), round(rule, 1), name, terms)


def _legend(entries: tuple[tuple[Whose, str], ...], top: float) -> tuple[Line, ...]:
    room = WIDTH - 2 * EDGE - SAMPLE
    return tuple(
        Line(
            shorten(text, room, LEGEND_SIZE),
            round(top + LEGEND_SIZE * (1 + 1.4 * index), 1),
            LEGEND_SIZE,
            whose,
            SAMPLE,
        )
        for index, (whose, text) in enumerate(entries)
    )
