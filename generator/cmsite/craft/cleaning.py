"""Take out of a picture's file what it tells besides the picture, and touch no pixel.

Only pieces that are needed to show it are kept, so that nothing new can slip through: no place, no
time, no name, no comment, no thumbnail, nothing after the end.
"""

from __future__ import annotations

from cmsite.containers import (
    PNG_SIGNATURE,
    Piece,
    gif_blocks,
    jpeg_segments,
    png_chunks,
    riff_chunks,
    webp_chunks,
)
from cmsite.model import PictureFormat

CLEANED = (PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.GIF, PictureFormat.WEBP)

_JFIF = bytes.fromhex("ffe0 0010 4a46494600 0101 00 0001 0001 0000")  # without density and thumbnail
_PNG_KEPT = ("tRNS", "gAMA", "cHRM", "sRGB", "cICP", "sBIT", "acTL", "fcTL", "fdAT")
_WEBP_KEPT = ("VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF")
_FRAME_KEPT = ("VP8 ", "VP8L", "ALPH")
_FRAME_HEAD = 16  # bytes: a frame's place and duration
_HAS_PROFILE, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04  # flags of a WebP
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_CONTROL, _GIF_APPLICATION = "f9", "ff"


def without_metadata(data: bytes, picture_format: PictureFormat, *, with_profile: bool = False) -> bytes:
    """Return a picture of one of the formats in `CLEANED` with its pixels as they are and little else.

    A colour profile goes too unless asked for (a JPEG's always does). Raises BrokenPicture.
    """
    match picture_format:
        case PictureFormat.JPEG:
            return b"".join(_kept_of_jpeg(segment) for segment in jpeg_segments(data))
        case PictureFormat.PNG:
            kept = (*_PNG_KEPT, "iCCP") if with_profile else _PNG_KEPT
            chunks = (chunk.raw for chunk in png_chunks(data) if chunk.kind in kept or _is_critical(chunk))
            return PNG_SIGNATURE + b"".join(chunks)
        case PictureFormat.GIF:
            return b"".join(block.raw for block in gif_blocks(data) if _is_kept_of_gif(block)) + b";"
        case PictureFormat.WEBP:
            return _webp(data, with_profile=with_profile)
        case other:
            raise ValueError(other)


def _kept_of_jpeg(segment: Piece) -> bytes:
    """Return what is kept of a segment; Adobe's (ee) says how the colours are stored."""
    if segment.kind == "e0":
        return _JFIF if segment.content.startswith(b"JFIF\0") else b""
    if segment.kind == "ee":
        return segment.raw if segment.content.startswith(b"Adobe") else b""
    if segment.kind == "fe" or (len(segment.kind) == 2 and segment.kind.startswith("e")):
        return b""
    return segment.raw


def _is_critical(chunk: Piece) -> bool:
    """Return whether a PNG cannot be decoded without the chunk: its type begins with a capital."""
    return chunk.kind in ("IHDR", "PLTE", "IDAT", "IEND")


def _is_kept_of_gif(block: Piece) -> bool:
    if block.kind == _GIF_APPLICATION:
        return block.raw[3:14] in _LOOPS
    return block.kind in ("head", "image", _GIF_CONTROL)


def _webp(data: bytes, *, with_profile: bool) -> bytes:
    kept = (*_WEBP_KEPT, "ICCP") if with_profile else _WEBP_KEPT
    body = b"".join(
        _kept_of_webp(chunk, with_profile=with_profile) for chunk in webp_chunks(data) if chunk.kind in kept
    )
    return b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WEBP" + body


def _kept_of_webp(chunk: Piece, *, with_profile: bool) -> bytes:
    if chunk.kind == "VP8X":
        told = _HAS_EXIF | _HAS_XMP | (0 if with_profile else _HAS_PROFILE)
        return chunk.raw[:8] + bytes([chunk.raw[8] & ~told]) + chunk.raw[9:]
    if chunk.kind == "ANMF":
        frame = chunk.content
        parts = riff_chunks(frame, _FRAME_HEAD, len(frame))
        inside = frame[:_FRAME_HEAD] + b"".join(part.raw for part in parts if part.kind in _FRAME_KEPT)
        return b"ANMF" + len(inside).to_bytes(4, "little") + inside
    return chunk.raw
