"""Draw the mask itself: six parts around a face, a line in a part for each term, six marks.

Lengths count from the mask's middle; every curve is cut by halves and sums, so that the numbers are the
same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from cmsite.model import POINTS, Point
from cmsite.shape.picture_layout import shown, side
from cmsite.shape.picture_words import ToldPoint, Whose

Spot = tuple[float, float]
Curve = tuple[Spot, Spot, Spot, Spot]

QUIET = "0.72"
CLEAR = 13.5  # no line comes nearer to the middle of a mark

_MARK = 1.2  # how much larger a mark is than in the theme's lists
_STEP, _ALL_STEPS = 0.085, 0.3  # how much nearer to the middle each line is, and all of them together
_TRIM, _TAPER = 0.02, 0.05  # how much of a part's ends its outline, and each further line, leaves free
_PARTS: tuple[Curve, ...] = (  # the right half of the outline, from the brow to the chin
    ((0, -72), (20, -86), (78, -84), (75, -20)),
    ((75, -20), (74, 4), (69, 24), (58, 44)),
    ((58, 44), (46, 68), (24, 97), (0, 97)),
)
_EYES = "M-48-14C-40-24-22-24-14-11C-24-5-40-6-48-14zM48-14C40-24 22-24 14-11C24-5 40-6 48-14z"
_FEATURES = (  # the brow that runs into the nose, the other brow, the lips
    "M-54-27C-44-41-22-40-11-27C-5-18-8 4-14 20C-12 28-5 27 0 30M54-27C44-41 22-40 11-27"
    "M-19 53C-11 48-5 48 0 51C5 48 11 48 19 53C11 54-11 54-19 53zM-9 61C-4 64 4 64 9 61"
)
_OPEN = {"stroke-dasharray": "0 4.5", "stroke-opacity": QUIET}
STROKES = {
    Whose.SHARED: {"stroke-width": "3.25"},
    Whose.OWN: {"stroke-width": "1.5"},
    Whose.OTHER: {"stroke-width": "1.75", "stroke-dasharray": "3.5 4.5"},
}
_MARKS = {  # the theme's own: an outline, and the part that is filled when the point states something
    Point.NICHE: ("M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0z", "M5.6 8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z"),
    Point.CHALLENGE: ("M8 2 14.4 13.5H1.6z", "M8 2l3.1 5.6H4.9z"),
    Point.SERVICE: ("M2.5 2.5h11v11h-11z", "M8 2.5h5.5V8H8z"),
    Point.LOCALITY: (
        "M8 14.8C4.8 11.3 3 8.9 3 6.4a5 5 0 0 1 10 0c0 2.5-1.8 4.9-5 8.4z",
        "M6.1 6.4a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0z",
    ),
    Point.SCOPE: ("M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0z", "M8 2a6 6 0 0 1 0 12z"),
    Point.PRESENCE: (
        "M1.5 8a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0zM6.1 8a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0z",
        "M8 4.5a4.2 4.2 0 0 1 0 7 4.2 4.2 0 0 1 0-7z",
    ),
}


def draw_face(face: ET.Element, points: tuple[ToldPoint, ...], prefix: str, *, laid: bool) -> None:
    """Draw the mask into a group whose origin is its middle: its lines, its face and the six marks."""
    clearing = add(face, "mask", _square(105), id=f"{prefix}-clear", maskUnits="userSpaceOnUse")
    add(clearing, "path", d="M-105-105H105V105H-105z", fill="#fff", stroke="none")
    dots = "".join(f"M{_spot(mark_of(told.point))}h0" for told in points)
    add(clearing, "path", {"stroke-width": number(2 * CLEAR)}, d=dots, stroke="#000")
    cut = {"class": "mask-lines", "stroke-width": "1.75", "mask": f"url(#{prefix}-clear)"}
    _draw_lines(add(face, "g", cut), points, laid=laid)
    add(face, "path", {"class": "mask-eyes"}, d=_EYES, fill="currentColor", stroke="none")
    add(face, "path", {"class": "mask-features"}, d=_FEATURES)
    marks = add(face, "g", {"class": "mask-marks", "stroke-width": "1.2"})
    for told in points:
        _draw_mark(marks, told)


def mark_of(point: Point) -> Spot:
    """Return where a point bears its mark: in the midst of its part of the outline."""
    return _halved(_part(point), 0.5)[0][3]


def add(
    parent: ET.Element, name: str, attributes: dict[str, str] | None = None, *, text: str = "", **more: str
) -> ET.Element:
    """Return a new element at the end of another."""
    element = ET.SubElement(parent, name, {**(attributes or {}), **more})
    element.text = text or None
    return element


def number(value: float) -> str:
    """Return a length with at most one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _square(half: int) -> dict[str, str]:
    return {"x": f"{-half}", "y": f"{-half}", "width": f"{2 * half}", "height": f"{2 * half}"}


def _draw_lines(lines: ET.Element, points: tuple[ToldPoint, ...], *, laid: bool) -> None:
    """Draw the lines of all parts, those of one kind as one path."""
    courses: dict[Whose | None, str] = {}
    for told in points:
        for whose, curve in _lines(told, laid=laid):
            courses[whose] = courses.get(whose, "") + _path(curve)
    for whose, course in courses.items():
        look = _OPEN if whose is None else STROKES[whose] if laid else {}
        add(lines, "path", look, d=course)


def _lines(told: ToldPoint, *, laid: bool) -> Iterator[tuple[Whose | None, Curve]]:
    """Yield a line for each term of a point that is shown, the first upon the outline."""
    terms, curve = shown(told, laid=laid), _part(told.point)
    if not terms:
        yield None, _stretch(curve, 2 * _TRIM)
    for index, term in enumerate(terms):
        scale = 1 - min(_STEP, _ALL_STEPS / len(terms)) * index
        a, b, c, d = ((x * scale, y * scale) for x, y in _stretch(curve, _TRIM + _TAPER * index))
        yield term.whose, (a, b, c, d)


def _draw_mark(marks: ET.Element, told: ToldPoint) -> None:
    """Draw a point's mark, filled in part when the point states something."""
    (x, y), half = mark_of(told.point), 8 * _MARK
    mark = add(marks, "g", transform=f"translate({_spot((x - half, y - half))})scale({_MARK})")
    outline, filled = _MARKS[told.point]
    add(mark, "path", d=outline)
    if told.terms:
        add(mark, "path", d=filled, fill="currentColor", stroke="none")


def _part(point: Point) -> Curve:
    """Return a point's part of the outline, on its side of the mask."""
    a, b, c, d = ((x * side(point), y) for x, y in _PARTS[POINTS.index(point) // 2])
    return a, b, c, d


def _stretch(curve: Curve, trim: float) -> Curve:
    """Return a curve without its ends; `trim` is the share that is left off each of them."""
    return _halved(_halved(curve, trim)[1], (1 - 2 * trim) / (1 - trim))[0]


def _halved(curve: Curve, at: float) -> tuple[Curve, Curve]:
    """Return the two curves that meet at a share of a curve's course (de Casteljau)."""
    a, b, c, d = curve
    ab, bc, cd = _between(a, b, at), _between(b, c, at), _between(c, d, at)
    abc, bcd = _between(ab, bc, at), _between(bc, cd, at)
    middle = _between(abc, bcd, at)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _between(a: Spot, b: Spot, at: float) -> Spot:
    return a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at


def _path(curve: Curve) -> str:
    a, b, c, d = (_spot(spot) for spot in curve)
    return f"M{a}C{b} {c} {d}".replace(" -", "-")


def _spot(spot: Spot) -> str:
    return f"{number(spot[0])} {number(spot[1])}".replace(" -", "-")
