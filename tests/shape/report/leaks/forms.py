"""Write a text in every form in which it could stand in a file: escaped, encoded, packed, set in type."""

from __future__ import annotations

import gzip
import json
import struct
import unicodedata
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from io import BytesIO
from urllib.parse import quote

from slugify import slugify


def in_a_picture(chunk: str, data: bytes) -> bytes:
    """Return a PNG picture of one dot with one chunk of text."""
    dot = zlib.compress(b"\0\0")
    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [("IHDR", size), (chunk, data), ("IDAT", dot), ("IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name.encode(), part) for name, part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def in_a_zip(text: str) -> bytes:
    """Return a zip file that holds the text in an entry."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{escape(text)}</w:t>")
    return whole.getvalue()


def broken_by_tags(text: str) -> str:
    """Return the text with a mark inside each of its words, as a highlighter or an editor makes them."""
    words = (f"{word[:1]}<em class='a'>{escape(word[1:])}</em>" for word in text.split())
    return " ".join(words)


FORMS: dict[str, Callable[[str], bytes]] = {
    "raw": str.encode,
    "html": lambda text: escape(text).encode(),
    "numbers": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "hexadecimal": lambda text: "".join(f"&#x{ord(sign):X};" for sign in text).encode(),
    "json": lambda text: json.dumps(text).encode(),
    "json with slashes": lambda text: json.dumps(text, ensure_ascii=False).replace("/", "\\/").encode(),
    "html in a feed": lambda text: escape(escape(text)).encode(),
    "html in json in html": lambda text: escape(json.dumps(f"<p>{escape(text)}</p>")).encode(),
    "address": lambda text: quote(text, safe="").encode(),
    "address in small letters": lambda text: quote(text, safe="").lower().encode(),
    "slug": lambda text: slugify(text).encode(),
    "capitals": lambda text: text.upper().encode(),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "set in type": lambda text: text.replace(" ", "\u202f").replace("'", "’").encode(),
    "broken by tags": lambda text: broken_by_tags(text).encode(),
    "latin-1": lambda text: text.encode("latin-1"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, big end first": lambda text: text.encode("utf-16-be"),
    "gzip": lambda text: gzip.compress(text.encode(), mtime=0),
    "zlib": lambda text: zlib.compress(text.encode(), level=1),
    "zip": in_a_zip,
    "gzip in base64": lambda text: b64encode(gzip.compress(text.encode(), mtime=0)),
    "a picture's comment": lambda text: in_a_picture("tEXt", b"Comment\0" + text.encode("latin-1")),
    "a picture's packed comment": lambda text: in_a_picture(
        "zTXt", b"Comment\0\0" + zlib.compress(text.encode("latin-1"))
    ),
    "a picture's description": lambda text: in_a_picture(
        "iTXt", b"Description\0\1\0fr\0\0" + zlib.compress(text.encode(), wbits=9)
    ),
}
LONG_FORMS: dict[str, Callable[[str], bytes]] = {  # too much like any long word to be told from it
    "base64": lambda text: b64encode(text.encode()),
    "base64 in an address": lambda text: urlsafe_b64encode(text.encode()).rstrip(b"="),
}
