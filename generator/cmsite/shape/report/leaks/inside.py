"""Find every text that stands in a file's bytes: as it is, packed, or in another encoding.

Packed is what begins as gzip, zlib or an entry of a zip file does, wherever it stands: a compressed
chunk of a picture, a stream of a PDF, an office document, a fragment of a search index. Brotli is not
unpacked, and the pixels of pictures are not looked at.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator

_DEPTH = 4  # packed in packed
_LIMIT = 32 * 1024 * 1024  # bytes that one packed piece may become
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = re.compile(rb"PK\x03\x04.{4}\x08\x00.{16}(..)(..)", re.DOTALL)
_ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]|[\x00\n\r]([\x08\x18\x28\x38\x48\x58\x68].)", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{15,}")
_GLUED = 40
_NARROW = re.compile(rb"[\t\n\r\x20-\x7e]{6,}")
_ACCENTED = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{16,}")
_ASCII_WORD = re.compile(rb"[a-zA-Z ,.'-]{5}")
_WIDE = {  # encoding: letters of the first 33 blocks of Unicode, one after the other
    "utf-16-le": re.compile(rb"(?:[\x00-\xff][\x00-\x20]){6,}", re.DOTALL),
    "utf-16-be": re.compile(rb"(?:[\x00-\x20][\x00-\xff]){6,}", re.DOTALL),
}


def texts_in(data: bytes, *, depth: int = _DEPTH) -> Iterator[str]:
    """Yield every text that stands in the bytes; those of a picture or a font are mostly noise."""
    whole = _decoded(data)
    texts = [whole] if whole is not None else list(_strings(data))
    yield from texts
    if depth:
        if whole is None:
            for unpacked in filter(None, _unpacked(data)):
                yield from texts_in(unpacked, depth=depth - 1)
        if hidden := b"\x00".join(piece for text in texts for piece in _from_base64(text)):
            yield from texts_in(hidden, depth=depth - 1)


def _decoded(data: bytes) -> str | None:
    """Return the bytes as one text, None when they are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _strings(data: bytes) -> Iterator[str]:
    """Yield what looks like text among other bytes, in each of the usual encodings."""
    yield b"\n".join(_NARROW.findall(data)).decode("ascii")
    accented = b"\n".join(found for found in _ACCENTED.findall(data) if _ASCII_WORD.search(found))
    yield accented.decode("utf-8", "ignore")
    yield accented.decode("latin-1")
    for encoding, pattern in _WIDE.items():
        yield "\n".join(found.decode(encoding, "replace") for found in pattern.findall(data))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what every packed piece holds. What only looks like one ends at once, with nothing."""
    view = memoryview(data)
    for match in _GZIP.finditer(data):
        yield _inflated(view[match.start() :], 31)
    for match in _ZIP.finditer(data):
        names = int.from_bytes(match[1], "little") + int.from_bytes(match[2], "little")
        yield _inflated(view[match.end() + names :], -15)
    for match in _ZLIB.finditer(data):
        start = match.start(1) if match[1] else match.start()
        if int.from_bytes(data[start : start + 2]) % 31 == 0 and data[start - 4 : start] != b"IDAT":
            yield _inflated(view[start:], 15)


def _inflated(packed: memoryview, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(packed, _LIMIT)
    except zlib.error:
        return b""


def _from_base64(text: str) -> Iterator[bytes]:
    """Yield what each word would be if it were base64; a long one might be glued to the end of a path."""
    for match in _BASE64.finditer(text):
        usual = match[0].replace("-", "+").replace("_", "/")
        for start in range(4 if len(usual) >= _GLUED else 1):
            end = len(usual) - ((len(usual) - start) % 4 == 1)
            yield b64decode(usual[start:end] + "=" * (-(end - start) % 4))
