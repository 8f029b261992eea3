"""Say from its header what a picture is: its format, its size as it is shown, whether it moves.

What the bytes are decides, not the file's name; the name says only what the author takes it for. No
pixel is decoded: a picture can be measured without the library that could make it smaller.
"""

from __future__ import annotations

import re
from struct import unpack_from

from cmsite.containers import (
    PNG_SIGNATURE,
    BrokenPicture,
    exif_turn,
    gif_blocks,
    is_jpeg_whole,
    jpeg_segments,
    number,
    png_chunks,
    webp_chunks,
)
from cmsite.guarded_xml import RefusedXml
from cmsite.model import NOT_IN_BROWSERS, Fault, Picture, PictureFormat
from cmsite.read.avif import avif_size
from cmsite.read.drawings import measure_drawing

MEGAPIXELS = 64  # beyond it a picture takes seconds and hundreds of megabytes to decode
_NAMED = re.compile(r"\.(?:jpe?g|jpe|jfif|a?png|gif|webp|avif|bmp|svg|tiff?|heic|heif)$", re.IGNORECASE)
_FRAMES = {  # a JPEG's segments that tell its size: all frame headers; the others of c0 to cf are tables
    f"c{digit:x}" for digit in range(16)
} - {"c4", "c8", "cc"}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_ICON = b"\0\0\1\0"  # shown by browsers whatever its name, and nobody's photograph
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)

_AGAIN = "copy it again from where it came, or open it in a picture program and save it anew"


def measure(data: bytes, path: str) -> tuple[Picture | None, Fault | None]:
    """Return what a file's bytes say of it as a picture, or why one that is named so is broken.

    Both are None for a file that is no picture and does not claim to be.
    """
    picture_format = _format(data, path)
    if picture_format is None:
        claims = _NAMED.search(path) and not data.startswith(_ICON)
        return None, _no_picture(data) if claims else None
    try:
        picture = _measured(data, picture_format)
    except BrokenPicture:
        return None, Fault("it is cut short", _AGAIN)
    except RefusedXml as error:
        return None, Fault(f"it {error}", "save it from a drawing program as plain SVG")
    fault = _fault(picture)
    return (None, fault) if fault else (picture, None)


def _format(data: bytes, path: str) -> PictureFormat | None:
    brands = _brands(data)
    if data.startswith(b"\xff\xd8\xff"):
        return PictureFormat.JPEG
    if data.startswith(PNG_SIGNATURE):
        return PictureFormat.PNG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return PictureFormat.GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if brands & {b"avif", b"avis"}:
        return PictureFormat.AVIF
    if brands & _HEIC_BRANDS:
        return PictureFormat.HEIC
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return PictureFormat.BMP
    if data.startswith((b"II*\0", b"MM\0*")):
        return PictureFormat.TIFF
    if path.lower().endswith(".svg") and data and not _WEB_PAGE.match(data):
        return PictureFormat.SVG
    return None


def _brands(data: bytes) -> set[bytes]:
    """Return the kinds that a file of boxes says it is, as AVIF and HEIC do; none for any other file."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[at : at + 4] for at in range(8, end, 4)}


def _no_picture(data: bytes) -> Fault:
    if not data:
        return Fault("it is empty", _AGAIN)
    if _WEB_PAGE.match(data):
        return Fault("it is a web page, not a picture", "download the picture itself")
    return Fault("it is not a picture", _AGAIN)


def _fault(picture: Picture) -> Fault | None:
    if picture.format in NOT_IN_BROWSERS:
        return None
    if picture.format is PictureFormat.AVIF and picture.moving:
        return Fault("it is an AVIF picture that moves", "save it as WebP or GIF")
    if picture.width < 1 or picture.height < 1:
        return Fault("it has no size", _AGAIN)
    megapixels = picture.width * picture.height / 1_000_000
    if megapixels > MEGAPIXELS and picture.format is not PictureFormat.SVG:
        return Fault(f"it has {megapixels:,.0f} megapixels, more than {MEGAPIXELS}", "save it smaller")
    return None


def _measured(data: bytes, picture_format: PictureFormat) -> Picture:
    match picture_format:
        case PictureFormat.JPEG:
            return _jpeg(data)
        case PictureFormat.PNG:
            return _png(data)
        case PictureFormat.GIF:
            return _gif(data)
        case PictureFormat.WEBP:
            return _webp(data)
        case PictureFormat.AVIF:
            return Picture(picture_format, *avif_size(data), turn=0, moving=b"avis" in _brands(data))
        case PictureFormat.BMP:
            return _bmp(data)
        case PictureFormat.SVG:
            return measure_drawing(data)
        case other:
            return Picture(other)


def _jpeg(data: bytes) -> Picture:
    width, height, turn = 0, 0, 1
    for segment in jpeg_segments(data):
        if segment.kind in _FRAMES and len(segment.content) >= 5:
            height, width = unpack_from(">HH", segment.content, 1)
        elif segment.kind == "e1" and segment.content.startswith(b"Exif\0\0"):
            turn = exif_turn(segment.content)
        elif segment.kind == "da":
            break
    if not is_jpeg_whole(data):
        raise BrokenPicture
    return _turned(PictureFormat.JPEG, width, height, turn)


def _png(data: bytes) -> Picture:
    chunks = {
        chunk.kind: chunk.content for chunk in png_chunks(data) if chunk.kind in ("IHDR", "acTL", "eXIf")
    }
    header, frames = chunks.get("IHDR", b""), chunks.get("acTL", b"")
    if len(header) < 8:
        raise BrokenPicture
    width, height = unpack_from(">II", header)
    if len(frames) >= 4 and unpack_from(">I", frames)[0] > 1:
        return Picture(PictureFormat.PNG, width, height, moving=True)
    return _turned(PictureFormat.PNG, width, height, exif_turn(chunks.get("eXIf", b"")))


def _gif(data: bytes) -> Picture:
    frames = sum(block.kind == "image" for block in gif_blocks(data))
    width, height = unpack_from("<HH", data, 6)
    return Picture(PictureFormat.GIF, width, height, moving=frames > 1)


def _webp(data: bytes) -> Picture:
    chunks = {chunk.kind: chunk.content for chunk in webp_chunks(data)}
    if len(extended := chunks.get("VP8X", b"")) >= 10:
        width, height = (int.from_bytes(extended[at : at + 3], "little") + 1 for at in (4, 7))
    elif len(lossy := chunks.get("VP8 ", b"")) >= 10:
        width, height = (size & 0x3FFF for size in unpack_from("<HH", lossy, 6))
    elif len(lossless := chunks.get("VP8L", b"")) >= 5:
        bits = unpack_from("<I", lossless, 1)[0]
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        raise BrokenPicture
    if "ANMF" in chunks:
        return Picture(PictureFormat.WEBP, width, height, moving=True)
    return _turned(PictureFormat.WEBP, width, height, exif_turn(chunks.get("EXIF", b"")))


def _turned(picture_format: PictureFormat, width: int, height: int, turn: int) -> Picture:
    """Return the picture as it is shown: from 5 on, an orientation lays it on its side."""
    return Picture(picture_format, *((height, width) if turn >= 5 else (width, height)), turn=turn)


def _bmp(data: bytes) -> Picture:
    width, height = number("<i", data, 18), number("<i", data, 22)
    return Picture(PictureFormat.BMP, width, abs(height))  # below 0: written from the top down
