"""The pieces of a picture's file: found in order, put together again, and never believed beyond their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cmsite.containers import (
    BrokenPicture,
    Piece,
    boxes,
    exif_turn,
    gif_blocks,
    jpeg_segments,
    png_chunks,
    webp_chunks,
)
from pictures import moving, photo, picture

TAKEN_APART: dict[str, tuple[Callable[[bytes], Iterator[Piece]], bytes]] = {
    "JPEG": (jpeg_segments, photo(progressive=True)),
    "PNG": (png_chunks, photo(kind="PNG")),
    "GIF": (gif_blocks, moving("GIF", comment=b"x" * 300)),
    "WebP": (webp_chunks, moving("WEBP")),
    "AVIF": (boxes, picture(kind="AVIF")),
}
OUTSIDE = {"PNG": 8, "GIF": 0, "WebP": 12, "JPEG": 0, "AVIF": 0}  # bytes before the first piece
AFTER = {"GIF": b";"}


@pytest.mark.parametrize("kind", TAKEN_APART)
def test_the_pieces_are_the_file(kind: str) -> None:
    apart, data = TAKEN_APART[kind]
    pieces = list(apart(data))
    assert len(pieces) > 2
    whole = data[: OUTSIDE[kind]] + b"".join(piece.raw for piece in pieces) + AFTER.get(kind, b"")
    assert whole == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WebP"])
def test_what_follows_the_end_is_no_piece(kind: str) -> None:
    apart, data = TAKEN_APART[kind]
    assert list(apart(data + b"\xff\xd8 another picture")) == list(apart(data))


@given(kind=st.sampled_from(sorted(TAKEN_APART)), data=st.data())
def test_a_file_that_is_cut_is_told_and_nothing_else_goes_wrong(kind: str, data: st.DataObject) -> None:
    apart, whole = TAKEN_APART[kind]
    cut = whole[: data.draw(st.integers(OUTSIDE[kind], len(whole) - 2))]
    try:
        pieces = list(apart(cut))
    except BrokenPicture:
        return
    assert kind == "AVIF" or pieces[-1].kind in ("image", "fe", "f9", "ff")  # of a GIF, some frames are left


@given(kind=st.sampled_from(sorted(TAKEN_APART)), noise=st.binary(max_size=200), at=st.integers(0, 400))
def test_no_bytes_at_all_make_it_stumble(kind: str, noise: bytes, at: int) -> None:
    apart, whole = TAKEN_APART[kind]
    for data in (noise, whole[:at] + noise + whole[at + len(noise) :]):
        try:
            list(apart(data))
            exif_turn(data)
        except BrokenPicture:
            pass


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_turn_of_a_camera_is_found(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112], exif[0x0131] = "A camera", turn, "Software"
    assert exif_turn(exif.tobytes()) == turn


@pytest.mark.parametrize("wrong", [0, 9, 65535])
def test_a_turn_that_there_is_not_is_none(wrong: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = wrong
    assert exif_turn(exif.tobytes()) == 1


def test_data_in_the_order_of_other_machines_are_read() -> None:
    big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    assert exif_turn(big) == 6
    assert exif_turn(b"") == exif_turn(b"II") == exif_turn(b"XX*\0\x08\0\0\0") == exif_turn(big[:16]) == 1
