"""Say from its XML how large an SVG drawing is, and whether a part of it is HTML."""

from __future__ import annotations

import re

from cmsite.guarded_xml import Attributes, Name, RefusedXml, read_xml
from cmsite.model import Picture, PictureFormat

_NUMBER = re.compile(r"[+-]?\d*\.?\d+(?:e[+-]?\d+)?", re.IGNORECASE)
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 24 / 25.4,
}
_WIDE = 1e6  # pixels: beyond it a number is a slip
_UNSIZED = (300, 150)  # what browsers give a drawing that says nothing of its size
_INSTEAD = "[Not supported by viewer]"  # what some programs put in the place of HTML


def measure_drawing(data: bytes) -> Picture:
    """Return what a drawing says of itself. Raises RefusedXml for what is not one, or not well-formed."""
    reader = _Reader()
    read_xml(data, start=reader.start, end=reader.end, text=reader.text)
    if reader.name != "svg":
        raise RefusedXml("is not an SVG drawing")
    return Picture(PictureFormat.SVG, *_drawn_size(reader.told), has_html=reader.has_html)


class _Reader:
    """Keeps what the root says, and looks for HTML that has nothing beside it to take its place."""

    def __init__(self) -> None:
        self.name = ""
        self.told: dict[str, str] = {}
        self.around: list[str] = []
        self.has_html = False

    def start(self, name: Name, attributes: Attributes) -> None:
        if not self.around:
            self.name = name[1]
            self.told = {key: value for (space, key), value in attributes if not space}
        elif name[1] == "foreignObject" and self.around[-1] != "switch":
            self.has_html = True
        self.around.append(name[1])

    def end(self, _name: Name) -> None:
        self.around.pop()

    def text(self, words: str) -> None:
        self.has_html = self.has_html or words.strip() == _INSTEAD


def _drawn_size(told: dict[str, str]) -> tuple[int, int]:
    """Return a drawing's size in pixels: its width and height, and from its viewBox what they lack."""
    box = [min(float(number), _WIDE) for number in _NUMBER.findall(told.get("viewBox", ""))][2:4]
    width, height = _pixels(told.get("width", "")), _pixels(told.get("height", ""))
    if len(box) == 2 and min(box) > 0:
        if not width:
            width = height * box[0] / box[1] if height else box[0]
        height = height or width * box[1] / box[0]
    elif not (width and height):
        width, height = width or _UNSIZED[0], height or _UNSIZED[1]
    return max(1, round(min(width, _WIDE))), max(1, round(min(height, _WIDE)))


def _pixels(length: str) -> float:
    """Return a length in pixels, 0 for one that depends on where the drawing stands."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS[(match[2] or "").lower()] if match else 0.0
