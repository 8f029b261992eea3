"""Draw small pictures for tests, and write into them what a camera would."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

SECRET = "un secret"
TELLTALES = (b"Exif", b"eXIf", b"EXIF", b"XMP", b"xmpmeta", b"Camera Exemple", b"2026:03:01", SECRET.encode())

_XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>{SECRET}</note></x:xmpmeta>'.encode()
_CORNERS = (((0, 0), "red"), ((1, 0), "lime"), ((0, 1), "blue"), ((1, 1), "white"))


def image(width: int = 40, height: int = 30, mode: str = "RGB") -> Image.Image:
    """Return a picture with another colour in each corner: red, green, and below them blue, white."""
    drawn = Image.new("RGB", (2, 2))
    for corner, colour in _CORNERS:
        drawn.paste(Image.new("RGB", (1, 1), colour), corner)
    drawn = drawn.resize((width, height), Image.Resampling.NEAREST)
    if mode == "I;16":
        return drawn.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    return drawn.convert(mode)


def saved(drawn: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture as the bytes of a file."""
    written = BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def picture(width: int = 40, height: int = 30, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """Return the bytes of a small picture."""
    return saved(image(width, height, mode), kind, **options)


def photo(width: int = 40, height: int = 30, kind: str = "JPEG", *, turn: int = 1, **options: Any) -> bytes:
    """Return the bytes of a picture as a telephone takes it: where, when, with what, and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.Base.Make] = "Camera Exemple"
    exif[ExifTags.Base.DateTime] = "2026:03:01 10:00:00"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    told: dict[str, Any] = {"xmp": _XMP, "comment": SECRET.encode()} if kind == "JPEG" else {}
    return picture(width, height, kind, exif=exif, **told, **options)


def moving(kind: str = "GIF", width: int = 40, height: int = 30, **options: Any) -> bytes:
    """Return the bytes of a picture of three frames."""
    frames = [image(width, height).rotate(90 * turn) for turn in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=80, loop=0, **options)


def opened(data: bytes) -> Image.Image:
    """Return a picture by the bytes of its file, all of it read."""
    found = Image.open(BytesIO(data))
    found.load()
    return found


def corners(data: bytes) -> tuple[str, ...]:
    """Return the colours of a picture's corners: above left and right, below left and right."""
    found = opened(data).convert("RGB")
    right, low = found.width - 2, found.height - 2
    return tuple(_colour(found.getpixel(place)) for place in ((1, 1), (right, 1), (1, low), (right, low)))


def _colour(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    names = {"100": "red", "010": "lime", "001": "blue", "111": "white"}
    return names.get("".join(str(int(level > 127)) for level in pixel), str(pixel))
