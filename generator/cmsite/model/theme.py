"""Name a theme's parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from cmsite.model.text import Extra, Language


@dataclass(frozen=True, slots=True)
class Palette:
    """A named accent: its colour on the light and on the dark paper, as `#rrggbb`."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Template:
    """A theme's template: its name for Jinja, its text and the file it came from."""

    name: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A theme's stylesheet, script or picture with its bytes; `path` is from assets/."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates, assets, strings and palettes, the author's overrides already laid over."""

    name: str
    templates: tuple[Template, ...]
    assets: tuple[Asset, ...]
    strings: tuple[tuple[Language, tuple[tuple[str, str], ...]], ...]
    palettes: tuple[Palette, ...]
    paper: Palette = Palette("paper", "#ffffff", "#000000")
    options: Extra = Extra()
