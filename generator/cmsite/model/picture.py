"""Name the author's pictures and the files that are made of them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from cmsite.model.theme import Font


class PictureFormat(StrEnum):
    """What a picture's bytes are, whatever its name says."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    AVIF = "avif"
    BMP = "bmp"
    SVG = "svg"
    HEIC = "heic"
    TIFF = "tiff"


NOT_IN_BROWSERS = (PictureFormat.HEIC, PictureFormat.TIFF)


class Picture(Struct, frozen=True):
    """What a picture's file says of it: its format and its size as it is shown, in pixels.

    `turn` is the orientation that EXIF gives, 1 to 8, or 0 where only a decoder knows it; width and
    height are those after the turn, 0 for a format that no page shows. `moving` ones have frames; a
    drawing that `has_html` loses that part when it is published.
    """

    format: PictureFormat
    width: int = 0
    height: int = 0
    turn: int = 1
    moving: bool = False
    has_html: bool = False


class Fault(Struct, frozen=True):
    """Why a picture cannot be shown, and what to do about it."""

    what: str
    hint: str


class PictureRecipe(Struct, frozen=True):
    """A file made of one of the author's pictures; `source` is its path from the site's folder.

    `maker` stands for the program that makes it: another one may give other bytes.
    """

    source: str
    digest: str
    picture: Picture
    format: PictureFormat
    width: int
    height: int
    maker: str

    @property
    def is_whole(self) -> bool:
        """Whether it is the author's own picture, of its own format and size."""
        whole = (self.picture.format, self.picture.width, self.picture.height)
        return (self.format, self.width, self.height) == whole


class DrawingRecipe(Struct, frozen=True):
    """An SVG of the author's, published without what could run or ask another host."""

    source: str
    digest: str


class CardSheet(Struct, frozen=True):
    """A social card before it is drawn: its SVG, the one font for it, and the template that wrote it."""

    svg: str
    font: Font
    template: str
