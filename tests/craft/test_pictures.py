"""What is made of a picture: upright, in sRGB, in the size asked for, and telling nothing besides."""

from __future__ import annotations

import pytest
from PIL import Image, ImageCms

from cmsite.craft.pictures import UnreadablePicture, look_at, make_pictures, picture_maker
from cmsite.model import PictureFormat
from craft.recipes import measured, recipe
from pictures import TELLTALES, corners, image, moving, opened, photo, picture, saved

WEBP, JPEG, PNG = PictureFormat.WEBP, PictureFormat.JPEG, PictureFormat.PNG
UPRIGHT = ("red", "lime", "blue", "white")


def made(data: bytes, picture_format: PictureFormat | None = None, width: int = 0) -> bytes:
    """Return the one file that is made of a picture: itself unless a format or a width is given."""
    return make_pictures(data, [recipe(data, picture_format, width)])[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("width", [0, 20])
def test_nothing_that_a_camera_notes_is_in_what_is_made(kind: str, width: int) -> None:
    data = photo(kind=kind)
    assert any(telltale in data for telltale in TELLTALES)
    for wanted in (WEBP, measured(data).format):
        result = made(data, wanted, width)
        assert [telltale for telltale in TELLTALES if telltale in result] == []
        assert opened(result).getexif() == {}
        assert not {"comment", "xmp", "icc_profile"} & opened(result).info.keys()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_camera_took_on_its_side_is_upright(kind: str, turn: int) -> None:
    lying = {5: 5, 6: 8, 7: 7, 8: 6}.get(turn, turn)
    turned = image(80, 60)
    if lying > 1:
        turned = turned.transpose(
            {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
             4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
             6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
             8: Image.Transpose.ROTATE_90}[lying]
        )  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    data = saved(turned, kind, exif=exif)
    for width in (0, 40):
        result = opened(made(data, width=width))
        assert corners(made(data, width=width)) == UPRIGHT
        assert result.size == ((80, 60) if not width else (40, 30))


def test_a_picture_that_needs_no_change_keeps_its_very_pixels() -> None:
    for data in (picture(kind="JPEG", quality=30), picture(kind="WEBP", quality=30), picture(mode="P"),
                 picture(mode="1")):  # fmt: skip
        assert opened(made(data)).tobytes() == opened(data).tobytes()
        assert len(made(data)) <= len(data)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_survives(mode: str) -> None:
    data = picture(mode=mode)
    for result in (made(data), made(data, PNG, 20), made(data, WEBP, 20), made(data, WEBP)):
        grey = (
            [opened(each).convert("L").getpixel((3, 3)) for each in (data, result)]
            if mode != "I;16"
            else [76] * 2
        )
        assert abs(int(grey[0]) - int(grey[1])) < 12  # type: ignore[arg-type]
    if mode == "I;16":  # the upper half of sixteen bits, not a picture all in white
        assert [opened(made(data, PNG, 20)).getpixel(place) for place in ((2, 2), (18, 13))] == [76, 255]


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    clear = image().convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 20, 30))
    data = saved(clear.convert(mode)) if mode != "P" else saved(clear.quantize(16))
    assert opened(data).has_transparency_data
    for wanted, width in ((PNG, 0), (PNG, 20), (WEBP, 20)):
        result = opened(made(data, wanted, width)).convert("RGBA")
        assert result.getpixel((1, 1))[3] == 0  # type: ignore[index]
        assert result.getpixel((result.width - 2, 1))[3] == 255  # type: ignore[index]


def test_one_colour_that_stands_for_nothing_stays_transparent() -> None:
    data = picture(transparency=(255, 0, 0))
    result = opened(made(data, WEBP, 20)).convert("RGBA")
    assert [result.getpixel(place)[3] for place in ((1, 1), (18, 13))] == [0, 255]  # type: ignore[index]


def test_a_picture_for_the_press_becomes_one_for_the_screen() -> None:
    data = picture(kind="JPEG", mode="CMYK")
    assert opened(data).mode == "CMYK"
    assert corners(made(data, WEBP)) == UPRIGHT
    assert opened(made(data, JPEG, 20)).mode == "RGB"


def profile(primaries: str) -> bytes:
    """Return a colour profile: sRGB, or one whose greens are other greens."""
    made_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(made_profile.tobytes())
    if primaries == "other":
        at = data.index(b"gXYZ")
        where = int.from_bytes(data[at + 4 : at + 8], "big")
        data[where + 8 : where + 12] = (0x3000).to_bytes(4, "big")
        data = data.replace("sRGB built-in".encode("utf-16-be"), "wide built-in"[:13].encode("utf-16-be"))
        data = data.replace(b"sRGB built-in", b"wide built-in")
    return bytes(data)


def test_colours_of_another_profile_are_brought_to_those_of_the_web() -> None:
    data = picture(kind="JPEG", icc_profile=profile("other"), quality=95)
    bare = picture(kind="JPEG", quality=95)
    result = opened(made(data))
    assert "icc_profile" not in result.info
    assert result.getpixel((38, 2)) != opened(bare).getpixel((38, 2))
    assert "icc_profile" not in opened(made(data, WEBP, 20)).info


@pytest.mark.parametrize("written", [profile("sRGB"), b"no profile at all", profile("other")[:200]])
def test_a_profile_of_the_web_or_none_at_all_changes_no_colour(written: bytes) -> None:
    data = picture(kind="PNG", icc_profile=written)
    assert opened(made(data)).tobytes() == image().tobytes()
    assert b"iCCP" not in made(data)


def test_a_profile_of_other_colours_than_the_picture_is_left_aside() -> None:
    data = picture(kind="PNG", mode="L", icc_profile=profile("other"))
    assert opened(made(data)).tobytes() == image(mode="L").tobytes()


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_keeps_moving_and_tells_nothing(kind: str) -> None:
    comment = {"comment": b"un secret"} if kind == "GIF" else {"exif": opened(photo()).getexif()}
    data = moving(kind, **comment)
    result = made(data)
    before, after = opened(data), opened(result)
    assert (after.n_frames, after.info.get("loop")) == (3, 0)  # type: ignore[attr-defined]
    for frame in range(3):
        before.seek(frame)
        after.seek(frame)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
    assert [telltale for telltale in TELLTALES if telltale in result] == []


def test_a_drawing_is_as_crisp_as_it_is_light() -> None:
    flat = made(picture(400, 300), WEBP)
    assert opened(flat).convert("RGB").tobytes() == image(400, 300).tobytes()
    assert len(flat) < 400


def test_equal_pictures_give_equal_bytes() -> None:
    data = photo(60, 40, turn=6)
    wanted = [recipe(data, WEBP, 30), recipe(data, JPEG, 20), recipe(data)]
    assert make_pictures(data, wanted) == make_pictures(data, wanted)
    assert make_pictures(data, wanted[::-1]) == make_pictures(data, wanted)[::-1]


def test_pixels_that_cannot_be_read_are_told_without_a_word_of_python() -> None:
    data = bytearray(picture(200, 150))
    at = data.index(b"IDAT") + 8
    data[at : at + 20] = bytes(20)
    with pytest.raises(UnreadablePicture):
        made(bytes(data))
    with pytest.raises(UnreadablePicture):
        look_at(bytes(data), measured(bytes(data)))


def test_a_header_that_promises_another_size_is_not_believed() -> None:
    data, other = picture(40, 30), picture(80, 60)
    with pytest.raises(UnreadablePicture):
        make_pictures(data, [recipe(other)])


def test_the_maker_is_told_by_its_version() -> None:
    assert len(picture_maker()) == 32
