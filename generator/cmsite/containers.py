"""Take the file of a picture apart into the pieces that its format is made of, and put it together again.

Nothing is decoded here: a piece is a segment of JPEG, a chunk of PNG or WebP, a block of GIF. What
follows a picture's end is no piece of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import error, unpack_from

from msgspec import Struct

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MARKER = re.compile(
    rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL
)  # in a scan: neither a stuffed ff nor a restart
_END, _SCAN = "d9", "da"
ORIENTATION = 0x0112
_SHORT = 3  # what Exif calls a number of two bytes


class BrokenPicture(Exception):
    """The file is not what its beginning promises."""


class Piece(Struct, frozen=True):
    """A piece of a picture's file: what kind it is, its bytes, and where in them its content begins."""

    kind: str
    raw: bytes
    start: int = 0
    end: int | None = None

    @property
    def content(self) -> bytes:
        """The piece without the frame around it."""
        return self.raw[self.start : self.end]


def jpeg_segments(data: bytes) -> Iterator[Piece]:
    """Yield the segments of a JPEG by their marker in hexadecimal ("e1"), and its scans' data as "scan".

    Raises BrokenPicture when it ends before its end marker.
    """
    yield Piece("d8", data[:2])
    at = 2
    while True:
        match = _MARKER.search(data, at)
        if not match:
            raise BrokenPicture
        marker, at = f"{data[match.end() - 1]:02x}", match.end()
        if marker == _END:
            yield Piece(_END, b"\xff\xd9")
            return
        end = at + max(2, number(">H", data, at))
        yield Piece(marker, b"\xff" + data[at - 1 : end], start=4)
        at = end
        if marker == _SCAN:
            following = _MARKER.search(data, end)
            at = following.start() if following else len(data)
            yield Piece("scan", data[end:at])


def is_jpeg_whole(data: bytes) -> bool:
    """Return whether a JPEG has its end marker, without looking through its scans."""
    return data.rfind(b"\xff\xd9") > data.find(b"\xff\xda") > 0


def png_chunks(data: bytes) -> Iterator[Piece]:
    """Yield the chunks of a PNG by their type ("IHDR"). Raises BrokenPicture when one is not whole."""
    at = len(PNG_SIGNATURE)
    while True:
        end = at + 12 + number(">I", data, at)
        kind = data[at + 4 : at + 8].decode("latin-1")
        if end > len(data):
            raise BrokenPicture
        yield Piece(kind, data[at:end], start=8, end=-4)
        if kind == "IEND":
            return
        at = end


def webp_chunks(data: bytes) -> Iterator[Piece]:
    """Yield the chunks of a WebP by their type ("VP8X"). Raises BrokenPicture when one is not whole."""
    yield from riff_chunks(data, 12, 8 + number("<I", data, 4))


def riff_chunks(data: bytes, at: int, end: int) -> Iterator[Piece]:
    """Yield the chunks that stand between two places. Raises BrokenPicture when one is not whole."""
    while at < end:
        size = number("<I", data, at + 4)
        until = at + 8 + size + size % 2
        if at + 8 + size > len(data):
            raise BrokenPicture
        raw = data[at : at + 8 + size] + b"\0" * (size % 2)
        yield Piece(raw[:4].decode("latin-1"), raw, start=8, end=8 + size)
        at = until


def gif_blocks(data: bytes) -> Iterator[Piece]:
    """Yield the blocks of a GIF: "head", "image", and extensions by their label ("f9").

    Many GIFs lack their last byte, or a part of the last frame; the whole frames before that are taken.
    Raises BrokenPicture when not one frame is whole.
    """
    at, frames = 13 + _colours(data, 10), 0
    yield Piece("head", data[:at])
    try:
        while (sign := data[at : at + 1]) and sign != b";":
            start, kind = at, "image" if sign == b"," else f"{number('B', data, at + 1):x}"
            at = at + 11 + _colours(data, at + 9) if sign == b"," else at + 2
            if sign not in b",!":
                break
            at = _after_sub_blocks(data, at)
            frames += sign == b","
            yield Piece(kind, data[start:at], start=2)
    except BrokenPicture:
        pass
    if not frames:
        raise BrokenPicture


def number(form: str, data: bytes, at: int) -> int:
    """Return the number at a place. Raises BrokenPicture when the data end before it."""
    try:
        return int(unpack_from(form, data, at)[0])
    except error as ended:
        raise BrokenPicture from ended


def _colours(data: bytes, at: int) -> int:
    """Return how many bytes the table of colours takes that the flags at a place announce."""
    flags = number("B", data, at)
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_sub_blocks(data: bytes, at: int) -> int:
    while size := number("B", data, at):
        at += 1 + size
    return at + 1


def boxes(data: bytes) -> Iterator[Piece]:
    """Yield the boxes of a file or box that is made of them, as AVIF is, by their type ("meta").

    Raises BrokenPicture when one is not whole.
    """
    at = 0
    while at < len(data):
        size, start = number(">I", data, at), 8
        if size == 1:  # it is too large for its number, and told after the type
            size, start = number(">Q", data, at + 8), 16
        end = at + size if size else len(data)  # the last one may say that it goes on to the end
        if end > len(data) or end < at + start:
            raise BrokenPicture
        yield Piece(data[at + 4 : at + 8].decode("latin-1"), data[at:end], start=start)
        at = end


def exif_turn(exif: bytes) -> int:
    """Return the orientation that Exif data state, 1 when they state none that there is."""
    exif = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order and number(f"{order}H", exif, 2) == 42:
            return _turn(exif, order, number(f"{order}I", exif, 4))
    except BrokenPicture:
        pass
    return 1


def _turn(exif: bytes, order: str, at: int) -> int:
    for index in range(number(f"{order}H", exif, at)):
        entry = at + 2 + 12 * index
        tag, kind = number(f"{order}H", exif, entry), number(f"{order}H", exif, entry + 2)
        if (tag, kind) == (ORIENTATION, _SHORT):
            turn = number(f"{order}H", exif, entry + 8)
            return turn if 1 <= turn <= 8 else 1
    return 1
