"""Measure the contrast of two colours, as WCAG 2.2 defines it (relative luminance)."""

from __future__ import annotations

READABLE = 4.5  # the ratio that WCAG AA asks of text


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lighten(colour: str, paper: str) -> str:
    """Return the colour, mixed with as much white as makes it readable on a dark paper."""
    channels = _channels(colour)
    for step in range(101):
        mixed = "#" + "".join(f"{channel + (255 - channel) * step // 100:02x}" for channel in channels)
        if contrast(mixed, paper) >= READABLE:
            return mixed
    return "#ffffff"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
