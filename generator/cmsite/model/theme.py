"""Name a theme's parts."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.text import Language

SOCIAL_CARD = "card.svg"  # the template of the picture that stands for a page where it is shared
Option = bool | int | str  # what an option of a theme may be set to


class Palette(Struct, frozen=True):
    """A named accent: its colour on the light and on the dark paper, as `#rrggbb`."""

    name: str
    light: str
    dark: str


class Template(Struct, frozen=True):
    """A theme's template: its name for Jinja, its text and the file it came from.

    One that a file of an upper layer overrides is kept under its name `below`.
    """

    name: str
    text: str
    path: str


def below(name: str) -> str:
    """Return the name of the template that one overrides: `home.html^1` for `home.html`."""
    bare, _, depth = name.partition("^")
    return f"{bare}^{int(depth or 0) + 1}"


class Asset(Struct, frozen=True):
    """A theme's stylesheet, script or picture with its bytes; `path` is from assets/."""

    path: str
    data: bytes


class Font(Struct, frozen=True):
    """The font that a theme's social cards are written in; `path` is the name that messages give to it.

    `widths` tells how wide each letter is, in parts of which `em` make the font's size.
    """

    path: str
    data: bytes
    family: str
    em: int
    widths: tuple[tuple[str, int], ...]


class Theme(Struct, frozen=True):
    """Templates, assets, strings, palettes and options, the author's overrides already laid over."""

    name: str
    templates: tuple[Template, ...]
    assets: tuple[Asset, ...]
    strings: tuple[tuple[Language, tuple[tuple[str, str], ...]], ...]
    palettes: tuple[Palette, ...]
    paper: Palette = Palette("paper", "#ffffff", "#000000")
    options: tuple[tuple[str, Option], ...] = ()
    font: Font | None = None
