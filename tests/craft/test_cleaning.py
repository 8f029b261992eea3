"""What a picture's file tells besides the picture is taken out of it, and no pixel is touched."""

from __future__ import annotations

import pytest

from cmsite.craft.cleaning import without_metadata
from cmsite.model import PictureFormat
from pictures import SECRET, TELLTALES, image, moving, opened, photo, picture, saved

JPEG, PNG, GIF, WEBP = PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.GIF, PictureFormat.WEBP


def telling(data: bytes) -> list[bytes]:
    return [telltale for telltale in TELLTALES if telltale in data]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_notes_goes_and_every_pixel_stays(kind: str) -> None:
    data = photo(kind=kind)
    clean = without_metadata(data, PictureFormat(kind.lower()))
    assert telling(data)
    assert not telling(clean)
    assert opened(clean).tobytes() == opened(data).tobytes()
    assert without_metadata(clean, PictureFormat(kind.lower())) == clean


def test_a_jpeg_keeps_no_second_picture_thumbnail_or_note() -> None:
    segments = b"".join(
        b"\xff" + bytes([marker]) + (2 + len(text)).to_bytes(2, "big") + text
        for marker, text in (
            (0xE0, b"JFIF\0\x01\x02\x01\0H\0H\x01\x01" + b"abc"),
            (0xE0, b"JFXX\0\x10" + SECRET.encode()),
            (0xE2, b"MPF\0" + SECRET.encode()),
            (0xED, b"Photoshop 3.0\0" + SECRET.encode()),
            (0xEE, SECRET.encode()),
            (0xFE, SECRET.encode()),
        )
    )
    data = b"\xff\xd8" + segments + picture(kind="JPEG")[2:] + photo()
    clean = without_metadata(data, JPEG)
    assert not telling(clean)
    assert b"abc" not in clean
    assert clean.count(b"\xff\xd8") == clean.count(b"\xff\xd9") == 1
    assert opened(clean).tobytes() == opened(picture(kind="JPEG")).tobytes()


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_a_jpeg_keeps_the_colours_it_is_stored_in(mode: str) -> None:
    data = picture(kind="JPEG", mode=mode)
    clean = without_metadata(data, JPEG)
    assert (opened(clean).mode, opened(clean).tobytes()) == (mode, opened(data).tobytes())


def test_the_notes_of_a_png_go_and_its_transparency_stays() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_text("Comment", SECRET, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    notes.add(b"prVt", SECRET.encode())
    data = picture(mode="P", transparency=0, pnginfo=notes)
    clean = without_metadata(data, PNG)
    assert not telling(clean)
    assert (b"tEXt" in clean, b"zTXt" in clean, b"prVt" in clean) == (False, False, False)
    assert opened(clean).convert("RGBA").tobytes() == opened(data).convert("RGBA").tobytes()


def test_the_comments_of_a_gif_go_and_its_loop_stays() -> None:
    xmp = b"!\xff\x0bXMP DataXMP\x08un secre\x00"
    data = moving("GIF", comment=SECRET.encode())
    at = data.index(b"!\xff\x0bNETSCAPE")
    clean = without_metadata(data[:at] + xmp + data[at:], GIF)
    assert not telling(clean)
    assert b"XMP" not in clean
    assert (opened(clean).info["loop"], opened(clean).n_frames) == (0, 3)  # type: ignore[attr-defined]


def test_a_gif_without_its_end_gets_one() -> None:
    data = moving("GIF")
    assert without_metadata(data[:-1], GIF) == without_metadata(data, GIF)


def test_the_notes_of_a_webp_go_inside_its_frames_too() -> None:
    data = moving("WEBP", exif=opened(photo()).getexif())
    at = data.index(b"ANMF")
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    hidden = b"SECR" + len(SECRET).to_bytes(4, "little") + SECRET.encode() + b"\0" * (len(SECRET) % 2)
    frame = b"ANMF" + (size + len(hidden)).to_bytes(4, "little") + data[at + 8 : at + 8 + size] + hidden
    body = data[12:at] + frame + data[at + 8 + size :]
    clean = without_metadata(b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WEBP" + body, WEBP)
    assert not telling(clean)
    assert clean == without_metadata(data, WEBP)
    assert opened(clean).n_frames == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("picture_format", [PNG, WEBP])
def test_a_colour_profile_stays_when_it_is_asked_for(picture_format: PictureFormat) -> None:
    data = saved(image(), picture_format.upper(), icc_profile=b"a profile")
    kept = without_metadata(data, picture_format, with_profile=True)
    assert opened(kept).info["icc_profile"] == b"a profile"
    assert "icc_profile" not in opened(without_metadata(data, picture_format)).info
