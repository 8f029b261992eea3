"""Make the files that a picture is published as: upright, in sRGB, in several widths, telling nothing else.

Only this module knows Pillow. Equal bytes and equal recipes give equal bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from cmsite import containers
from cmsite.craft import cleaning
from cmsite.craft.cleaning import CLEANED, without_metadata
from cmsite.digest import digest, digest_bytes
from cmsite.model import Picture, PictureFormat, PictureRecipe

if TYPE_CHECKING:
    from PIL.Image import Image

_UNREADABLE = (  # what Pillow raises for bytes that are no picture
    OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, RuntimeError, MemoryError,
    OverflowError, ZeroDivisionError, struct.error, containers.BrokenPicture,
)  # fmt: skip
_SAVED = {
    PictureFormat.JPEG: {"quality": 85, "optimize": True, "progressive": True},
    PictureFormat.PNG: {},
    PictureFormat.WEBP: {"quality": 80, "method": 4},
    PictureFormat.AVIF: {"quality": 75, "speed": 8, "max_threads": 1},
}
_DRAWN = (PictureFormat.PNG, PictureFormat.GIF)  # screenshots and diagrams, unless they are heavy
_CRISP = ({"quality": 90}, {"lossless": True})  # ways to keep letters sharp; which is lighter depends
_REDUCING = 3.0  # how far a shortcut may go before the last step of making a picture smaller


class UnreadablePicture(Exception):
    """Pillow cannot make anything of the file."""


@cache
def picture_maker() -> str:
    """Return what stands for the program that makes pictures, "" when Pillow is not installed."""
    try:
        from PIL import __version__ as version
    except ImportError:
        return ""
    sources = (__file__, cleaning.__file__, containers.__file__)
    return digest((version, *(digest_bytes(Path(file).read_bytes()) for file in sources)))


def look_at(data: bytes, picture: Picture) -> None:
    """Raise UnreadablePicture when the pixels of a picture cannot be read."""
    if not picture.moving:
        with _reading():
            _read(data, picture)


def make_pictures(data: bytes, recipes: Sequence[PictureRecipe]) -> tuple[bytes, ...]:
    """Return the bytes of each recipe, all of them made of the picture in `data`.

    A picture that needs no change is not encoded anew, and one that moves is never. Raises
    UnreadablePicture.
    """
    picture = recipes[0].picture
    with _reading():
        if picture.moving:
            return tuple(without_metadata(data, picture.format, with_profile=True) for _ in recipes)
        image, is_changed = _read(data, picture)
        is_kept = picture.format in CLEANED and not is_changed
        return tuple(
            without_metadata(data, picture.format)
            if recipe.is_whole and is_kept
            else _encoded(_resized(image, recipe), recipe, is_drawn=_is_drawn(data, picture))
            for recipe in recipes
        )


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what goes wrong in a picture into an UnreadablePicture."""
    from PIL.Image import DecompressionBombError

    try:
        yield
    except (*_UNREADABLE, DecompressionBombError) as error:
        raise UnreadablePicture from error


def _read(data: bytes, picture: Picture) -> tuple[Image, bool]:
    """Return a picture upright, in eight bits and sRGB, and whether its file holds it otherwise."""
    from PIL import Image

    opened = Image.open(BytesIO(data), formats=[picture.format.upper()])
    opened.load()
    image, is_converted = _in_srgb(opened)
    image = _upright(image, opened, picture.turn)
    if image.size != (picture.width, picture.height):
        raise ValueError(image.size)
    image.info = {}  # Pillow would write comment and profile back
    return image, is_converted or picture.turn > 1


def _upright(image: Image, opened: Image, turn: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turn or int(opened.getexif().get(containers.ORIENTATION, 1))
    return image.transpose(turns[turn]) if turn in turns else image


def _in_srgb(opened: Image) -> tuple[Image, bool]:
    """Return a picture in a mode of eight bits a channel, in sRGB, and whether its colours had to change."""
    from PIL import ImageCms

    profile = opened.info.get("icc_profile") if opened.format != "GIF" else None
    image = opened if opened.mode == "CMYK" and profile else _in_eight_bits(opened)
    try:
        told = ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else None
        if told is None or "sRGB" in ImageCms.getProfileDescription(told):
            return _in_eight_bits(image), False
        alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
        bare = image.convert(image.mode.removesuffix("A")) if alpha else image
        srgb = ImageCms.profileToProfile(bare, told, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a profile that is broken, or of other colours than the picture
        return _in_eight_bits(image), False
    assert srgb is not None
    if alpha:
        srgb.putalpha(alpha)
    return srgb, True


def _in_eight_bits(image: Image) -> Image:
    """Return the picture in grey or RGB, with transparency where it has any."""
    if image.mode.startswith(("I", "F")):  # sixteen bits, of which converting would keep the wrong ones
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    clear = image.has_transparency_data
    if image.mode in ("1", "L", "LA"):
        return image.convert("LA" if clear else "L")
    return image.convert("RGBA" if clear else "RGB")


def _resized(image: Image, recipe: PictureRecipe) -> Image:
    from PIL.Image import Resampling

    size = recipe.width, recipe.height
    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=_REDUCING)


def _encoded(image: Image, recipe: PictureRecipe, *, is_drawn: bool) -> bytes:
    if recipe.format is PictureFormat.WEBP and is_drawn:
        return min((_saved(image, recipe.format, **way) for way in _CRISP), key=len)
    return _saved(image, recipe.format)


def _is_drawn(data: bytes, picture: Picture) -> bool:
    """Return whether a picture is drawn rather than photographed: its pixels take less than a byte each."""
    return picture.format in _DRAWN and len(data) < picture.width * picture.height


def _saved(image: Image, picture_format: PictureFormat, **options: int) -> bytes:
    written = BytesIO()
    image.save(written, picture_format.upper(), **{**_SAVED[picture_format], **options})
    return written.getvalue()
