"""Draw the social cards of a site, each once, and remember them by what they were drawn from.

Only this module knows resvg. No font of the system is used, so that a card is the same on every machine.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from cmsite.craft.memory import Memory
from cmsite.digest import digest, digest_bytes
from cmsite.errors import Problem, ProblemsFound
from cmsite.guarded_xml import Attributes, Name, RefusedXml, read_xml
from cmsite.installed import version
from cmsite.model import CardSheet, Place

_SVG = "http://www.w3.org/2000/svg"
_SIZE = {"width": "1200", "height": "630"}
_INSIDE = ("#", "data:")
_REMEMBERED = 2_000  # cards


@cache
def card_maker() -> str:
    """Return the name and version of what draws cards, "" when the extra `cards` is not installed."""
    try:
        return f"resvg-py {version('resvg-py')}"
    except ModuleNotFoundError:
        return ""


class CardPress(Struct, frozen=True):
    """Draws the social cards of a site, and remembers those it has drawn."""

    memory: Memory

    def draw(self, sheet: CardSheet) -> bytes:
        """Return a card as a PNG. Raises ProblemsFound, at its template, when it cannot be drawn."""
        name = _name(sheet)
        drawn = self.memory.recall(name)
        if drawn is None:
            self.check(sheet)
            drawn = _drawn(sheet)
            self.memory.keep(name, drawn)
        return drawn

    def check(self, sheet: CardSheet) -> None:
        """Raise ProblemsFound, at its template, when a card is no drawing of its size that may be drawn."""
        try:
            read_xml(sheet.svg.encode(), start=_Look().at)
        except RefusedXml as error:
            hint = "write one `<svg>` of 1200 by 630 with every element closed, and nothing from elsewhere"
            raise ProblemsFound([_undrawable(sheet, str(error), hint)]) from error

    def forget_old(self) -> None:
        """Forget every card but those drawn last: as many as a site may swap between."""
        files = self.memory.folder.glob("*-*")
        newest = sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)[:_REMEMBERED]
        kept = {file.name for file in newest}
        self.memory.forget(but=kept.__contains__)


class _Look:
    """A look at the elements of a drawing: it must be a card's, and bring nothing in from outside."""

    def __init__(self) -> None:
        self.is_inside = False

    def at(self, name: Name, attributes: Attributes) -> None:
        if not self.is_inside:
            told = {key: value for (_, key), value in attributes}
            if name != (_SVG, "svg") or any(told.get(key) != size for key, size in _SIZE.items()):
                raise RefusedXml('does not begin with `<svg xmlns="…" width="1200" height="630">`')
        self.is_inside = True
        for (_, key), value in attributes:
            if key == "href" and not value.strip().startswith(_INSIDE):
                raise RefusedXml(f"refers to `{value}`, which is not in the drawing")


def _drawn(sheet: CardSheet) -> bytes:
    import resvg_py

    family = sheet.font.family
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="cmsite-card-") as folder:
        file = Path(folder) / "font"
        file.write_bytes(sheet.font.data)
        try:
            return resvg_py.svg_to_bytes(
                svg_string=sheet.svg,
                skip_system_fonts=True,
                font_files=[str(file)],
                font_family=family,
                serif_family=family,
                sans_serif_family=family,
            )
        except ValueError as error:
            hint = "look for attributes and references that SVG does not know"
            raise ProblemsFound([_undrawable(sheet, f"cannot be drawn: {error}", hint)]) from error


def _undrawable(sheet: CardSheet, why: str, hint: str) -> Problem:
    return Problem(Place(sheet.template), f"the card that this template makes {why}", hint, "card")


def _name(sheet: CardSheet) -> str:
    """Return the name a card is remembered by: its drawing, its font, and what draws it."""
    return f"{digest((sheet.svg, digest_bytes(sheet.font.data), card_maker()))}-card"
