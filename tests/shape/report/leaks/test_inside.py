"""The texts inside a file: as they are, in other encodings, packed, and packed in packed."""

from __future__ import annotations

import gzip
import random
import tarfile
import zlib
from base64 import b64encode
from io import BytesIO

import pytest

from cmsite.shape.report.leaks.inside import texts_in
from shape.report.leaks.forms import in_a_picture, in_a_zip

TEXT = "Une salle attentive, l'été, œuvre de Noël"
LATIN = TEXT.replace("œ", "oe")


def holds(data: bytes, text: str = TEXT) -> bool:
    return any(text in found for found in texts_in(data))


def in_a_tar(data: bytes) -> bytes:
    whole = BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as packed:
        entry = tarfile.TarInfo("a.md")
        entry.size = len(data)
        packed.addfile(entry, BytesIO(data))
    return whole.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\x00\xff\x00" + TEXT.encode() + b"\x00\xfe",
        b"\x89PNG\x00" + TEXT.encode("utf-16-le") + b"\x00\x99",
        gzip.compress(TEXT.encode()),
        b"pagefind" + gzip.compress(TEXT.encode()),
        zlib.compress(TEXT.encode()),
        gzip.compress(in_a_picture("iTXt", b"Note\0\1\0\0\0" + zlib.compress(TEXT.encode()))),
        in_a_zip(TEXT.replace("'", "")),
        in_a_tar(TEXT.encode()),
        b"a { background: url(data:text/plain;base64," + b64encode(TEXT.encode()) + b") }",
        b'{"blob": "/a/' + b64encode(gzip.compress(TEXT.encode())).rstrip(b"=") + b'"}',
        b"%PDF-1.7\nstream\r\n" + zlib.compress(TEXT.encode()) + b"\nendstream",
    ],
    ids=lambda _: "packed",  # not by their bytes, which hold the time
)
def test_a_text_is_found_wherever_it_stands(data: bytes) -> None:
    assert holds(data) or holds(data, TEXT.replace("'", ""))


@pytest.mark.parametrize("chunk", [b"Note\0" + LATIN.encode("latin-1"), b"Note\0" + LATIN.encode()])
def test_a_pictures_note_is_read_in_either_encoding(chunk: bytes) -> None:
    assert holds(in_a_picture("tEXt", chunk), LATIN)


def test_the_pixels_of_a_picture_are_not_unpacked() -> None:
    assert not holds(in_a_picture("IDAT", zlib.compress(TEXT.encode())))


def test_packing_has_an_end() -> None:
    data = TEXT.encode()
    for _ in range(3):
        data = gzip.compress(b"a" * 500 + data)  # what cannot be packed better stands as it is
    assert holds(data)
    assert TEXT not in "".join(texts_in(data, depth=0))


def test_what_unpacks_to_more_than_can_be_held_is_read_in_part() -> None:
    bomb = gzip.compress(TEXT.encode() + b" " * 40_000_000)
    assert max(len(found) for found in texts_in(bomb)) <= 32 * 1024 * 1024


def test_noise_holds_next_to_nothing() -> None:
    noise = random.Random(1).randbytes(200_000)
    assert sum(len(found) for found in texts_in(noise)) < 20_000


@pytest.mark.parametrize("data", [b"", b"\x00", b"x\x9c", b"\x1f\x8b\x08", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_nothing_is_found_where_nothing_is(data: bytes) -> None:
    assert "".join(texts_in(data)).strip("\x00 \ufffd") in ("", "PK\x03\x04")
