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
    own = Palette(accent, accent, lighten(accent, theme.paper.dark)) if accent.startswith("#") else None
    palette = own or next(palette for palette in theme.palettes if palette.name == accent)
    return (
        f":root{{--accent:{palette.light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{--accent:{palette.dark}}}}}\n"
        f":root[data-scheme=dark]{{--accent:{palette.dark}}}\n"
    )
