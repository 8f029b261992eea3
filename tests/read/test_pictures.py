"""A picture is measured by its header, whatever its name says, and told when it is broken."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.model import Fault, Picture, PictureFormat
from cmsite.read.pictures import measure
from pictures import moving, photo, picture

AGAIN = "copy it again from where it came, or open it in a picture program and save it anew"
PLAIN = "save it from a drawing program as plain SVG"


def measured(data: bytes, path: str = "files/x.jpg") -> tuple[str, int, int]:
    found, fault = measure(data, path)
    assert found, fault
    return found.format.value, found.width, found.height


def fault(data: bytes, path: str = "files/x.jpg") -> Fault:
    found, told = measure(data, path)
    assert told, found
    return told


def claiming(width: int, height: int) -> bytes:
    """Return a small picture whose header promises another size."""
    return picture().replace(struct.pack(">II", 40, 30), struct.pack(">II", width, height))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_a_picture_is_measured_whatever_its_name(kind: str) -> None:
    assert measured(picture(123, 45, kind)) == (kind.lower(), 123, 45)


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"quality": 50}, {"lossless": True, "exif": b"Exif\0\0"}]
)
def test_every_way_to_write_webp_is_measured(options: dict[str, object]) -> None:
    assert measured(picture(123, 45, "WEBP", mode="RGBA", **options)) == ("webp", 123, 45)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_as_wide_as_it_is_shown(kind: str, turn: int) -> None:
    data = photo(60, 40, kind, turn=turn)
    assert measured(data)[1:] == ((60, 40) if turn <= 4 else (40, 60))
    if kind != "AVIF":
        assert measure(data, "x")[0] == Picture(PictureFormat(kind.lower()), *measured(data)[1:], turn=turn)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_is_known(kind: str) -> None:
    found = measure(moving(kind, 60, 40), "x")[0]
    assert found == Picture(PictureFormat(kind.lower()), 60, 40, moving=True)
    assert measure(picture(60, 40, kind), "x")[0] == Picture(PictureFormat(kind.lower()), 60, 40)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ('width="760" height="396"', (760, 396)),
        ('viewBox="0 36 760 304"', (760, 304)),
        ('viewBox="0,0,24,12" width="100%" height="100%"', (24, 12)),
        ('viewBox="0 0 20 10" width="100"', (100, 50)),
        ('viewBox="0 0 20 10" height="100"', (200, 100)),
        ('width="210mm" height="1in"', (794, 96)),
        ('width="12pt" height="1.5em" viewBox="0 0 2 1"', (16, 8)),
        ('width="1e2px" height=" +50 "', (100, 50)),
        ('viewBox="0 0 .2 .4"', (1, 1)),
        ('viewBox="0 0 1e400 1e400"', (1_000_000, 1_000_000)),
        ('viewBox="0 0 0 10"', (300, 150)),
        ('viewBox="a b c d" width="x"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_has_the_size_it_states_or_that_of_its_box(told: str, size: tuple[int, int]) -> None:
    assert measured(SVG.format(told).encode(), "files/x.SVG") == ("svg", *size)


HTML = "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Oui</p></foreignObject>"


@pytest.mark.parametrize(
    ("inside", "has_html"),
    [
        ("<text>Oui</text>", False),
        (f"<g>{HTML}</g>", True),
        (f"<switch>{HTML}<text>Oui</text></switch>", False),
        (f"<switch>{HTML}<text> [Not supported by viewer] </text></switch>", True),
    ],
)
def test_a_drawing_that_loses_its_words_is_known(inside: str, has_html: bool) -> None:
    found = measure(SVG.format("").replace("/>", f">{inside}</svg>").encode(), "x.svg")[0]
    assert found
    assert found.has_html is has_html


@pytest.mark.parametrize(
    ("data", "path", "what", "hint"),
    [
        (b"", "files/x.jpg", "it is empty", AGAIN),
        (b"A letter", "files/x.png", "it is not a picture", AGAIN),
        (b"\n<!doctype html><p>404", "files/x.jpg", "it is a web page, not a picture",
         "download the picture itself"),
        (b"<html>", "files/x.svg", "it is a web page, not a picture", "download the picture itself"),
        (picture(kind="JPEG")[:-2], "x", "it is cut short", AGAIN),
        (picture()[:-1], "x", "it is cut short", AGAIN),
        (picture(kind="WEBP")[:-3], "x", "it is cut short", AGAIN),
        (picture(kind="AVIF")[:-1], "x", "it is cut short", AGAIN),
        (picture(kind="GIF")[:60], "x", "it is cut short", AGAIN),
        (picture(kind="BMP")[:20], "x", "it is cut short", AGAIN),
        (claiming(0, 30), "x", "it has no size", AGAIN),
        (claiming(50_000, 50_000), "x",
         "it has 2,500 megapixels, more than 64", "save it smaller"),
        (moving("AVIF"), "x", "it is an AVIF picture that moves", "save it as WebP or GIF"),
        (b"<svg><g></svg>", "x.svg", "it is not well-formed XML (line 1)", PLAIN),
        (b"<a/>", "x.svg", "it is not an SVG drawing", PLAIN),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "x.svg",
         "it declares entities in its document type", PLAIN),
    ],
)  # fmt: skip
def test_what_is_broken_is_told(data: bytes, path: str, what: str, hint: str) -> None:
    assert fault(data, path) == Fault(what, hint)


@pytest.mark.parametrize(
    ("data", "path"),
    [(b"%PDF-1.7", "files/a.pdf"), (b"", "files/notes.txt"), (b"\0\0\1\0icon", "files/favicon.png")],
)
def test_what_does_not_claim_to_be_a_picture_is_none(data: bytes, path: str) -> None:
    assert measure(data, path) == (None, None)


def test_pictures_that_no_page_can_show_are_known_for_what_they_are() -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    assert measure(picture(kind="TIFF"), "x.tif")[0] == Picture(PictureFormat.TIFF)
    assert measure(heic, "IMG_0001.HEIC")[0] == Picture(PictureFormat.HEIC)


def test_a_gif_that_lost_a_part_of_its_last_frame_still_moves() -> None:
    found = measure(moving("GIF")[:-10], "x")[0]
    assert found == Picture(PictureFormat.GIF, 40, 30, moving=True)


@given(noise=st.binary(max_size=100), kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"]),
       at=st.integers(0, 300))  # fmt: skip
def test_no_file_makes_measuring_stumble(noise: bytes, kind: str, at: int) -> None:
    data = WHOLE[kind]
    for broken in (noise, data[:at] + noise + data[at + len(noise) :], data[:at]):
        found, told = measure(broken, "files/x.jpg")
        assert (found is None) != (told is None)


WHOLE = {kind: photo(kind=kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")} | {
    "BMP": picture(kind="BMP")
}
