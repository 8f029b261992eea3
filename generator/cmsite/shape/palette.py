"""Make the small stylesheet that gives an edition its accent."""

from __future__ import annotations

from cmsite.colour import lighten
from cmsite.model import Palette, Theme


def accent_sheet(theme: Theme, accent: str) -> str:
    """Return the CSS that sets `--accent` on the light and on the dark paper; "" for the theme's own accent.

    `accent` is a palette of the theme or a colour `#rrggbb`, which is lightened for the dark paper until
    it can be read.
    """
    if not accent:
        return ""
    palette = palette_of(theme, accent)
    return (
        f":root{{--accent:{palette.light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{--accent:{palette.dark}}}}}\n"
        f":root[data-scheme=dark]{{--accent:{palette.dark}}}\n"
    )


def palette_of(theme: Theme, accent: str) -> Palette:
    """Return the two tones of an accent; for "" those of the theme's first palette."""
    if accent.startswith("#"):
        return Palette(accent, accent, lighten(accent, theme.paper.dark))
    named = (palette for palette in theme.palettes if accent in ("", palette.name))
    return next(named, Palette("", "#000000", "#ffffff"))
