"""In which sizes a picture is published: never wider than it is, and all that its <img> names is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.model import DrawingRecipe, Picture, PictureFormat, PictureRecipe, SiteFile
from cmsite.shape.gallery import IN_TEXT, PORTRAIT, Gallery, Showing, Use, sizes

RASTER = [PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.GIF, PictureFormat.WEBP, PictureFormat.AVIF]
COLUMN = "(min-width: 40rem) 37.5rem, 100vw"


def gallery(found: Picture | None, path: str = "files/x.jpg", maker: str = "Pillow") -> Gallery:
    return Gallery({path: SiteFile(path, "digest", 1, found)}, {}, maker)


def jpeg(width: int, height: int) -> Picture:
    return Picture(PictureFormat.JPEG, width, height)


def published(of: Gallery, *uses: Use, linked: bool = False) -> dict[str, tuple[str, int, int]]:
    """Return the format and size of each file that is made of the one picture, by its path."""
    (path,) = of.files
    made = of.publish(path, uses, linked=linked)
    return {
        name: (recipe.format.value, recipe.width, recipe.height)
        for name, recipe in made
        if isinstance(recipe, PictureRecipe)
    }


def test_a_wide_photograph_comes_in_four_widths_and_once_for_everybody() -> None:
    of = gallery(jpeg(4000, 3000))
    assert of.show("files/x.jpg") == Showing(
        path="files/x.jpg.1920.jpg",
        width=1920,
        height=1440,
        sources=tuple((f"files/x.jpg.{width}.webp", width) for width in (480, 960, 1440, 1920)),
        sizes=COLUMN,
    )
    assert published(of, IN_TEXT) == {
        "files/x.jpg.1440.webp": ("webp", 1440, 1080),
        "files/x.jpg.1920.jpg": ("jpeg", 1920, 1440),
        "files/x.jpg.1920.webp": ("webp", 1920, 1440),
        "files/x.jpg.480.webp": ("webp", 480, 360),
        "files/x.jpg.960.webp": ("webp", 960, 720),
    }


def test_a_small_picture_is_shown_as_it_is_and_as_webp() -> None:
    of = gallery(jpeg(300, 200))
    assert of.show("files/x.jpg") == Showing(
        "files/x.jpg", 300, 200, (("files/x.jpg.300.webp", 300),), "(min-width: 300px) 300px, 100vw"
    )
    assert published(of, IN_TEXT) == {
        "files/x.jpg": ("jpeg", 300, 200),
        "files/x.jpg.300.webp": ("webp", 300, 200),
    }


def test_a_picture_that_is_linked_to_is_published_whole() -> None:
    of = gallery(jpeg(4000, 3000))
    assert published(of, linked=True) == {"files/x.jpg": ("jpeg", 4000, 3000)}
    assert published(of, IN_TEXT, linked=True).keys() == published(of, IN_TEXT).keys() | {"files/x.jpg"}


def test_a_webp_is_its_own_widest_file() -> None:
    of = gallery(Picture(PictureFormat.WEBP, 1000, 500))
    assert of.show("files/x.jpg").sources == (("files/x.jpg.480.webp", 480), ("files/x.jpg", 1000))


def test_a_width_that_would_save_nothing_is_left_out() -> None:
    assert [width for _, width in gallery(jpeg(1000, 10)).show("files/x.jpg").sources] == [480, 1000]
    assert [width for _, width in gallery(jpeg(1100, 10)).show("files/x.jpg").sources] == [480, 960, 1100]


@pytest.mark.parametrize(
    ("picture_format", "plain"), [(PictureFormat.GIF, "png"), (PictureFormat.AVIF, "webp")]
)
def test_those_who_know_no_webp_get_what_everything_reads(picture_format: PictureFormat, plain: str) -> None:
    assert gallery(Picture(picture_format, 4000, 40)).show("files/x.jpg").path == f"files/x.jpg.1920.{plain}"


def test_a_picture_too_tall_for_webp_is_not_made_so() -> None:
    tall = gallery(jpeg(1000, 30_000))
    assert tall.show("files/x.jpg").sources == (("files/x.jpg.480.webp", 480),)
    taller = gallery(Picture(PictureFormat.AVIF, 2000, 30_000))
    assert taller.show("files/x.jpg").path == "files/x.jpg"


def test_a_portrait_is_small() -> None:
    shown = gallery(jpeg(2000, 2000)).show("files/x.jpg", PORTRAIT)
    assert shown == Showing(
        "files/x.jpg.480.jpg",
        480,
        480,
        (("files/x.jpg.240.webp", 240), ("files/x.jpg.480.webp", 480)),
        "120px",
    )


def test_what_moves_is_published_once_as_it_is() -> None:
    of = gallery(Picture(PictureFormat.GIF, 4000, 30, moving=True))
    assert of.show("files/x.jpg") == Showing("files/x.jpg", 4000, 30)
    assert published(of, IN_TEXT) == {"files/x.jpg": ("gif", 4000, 30)}


def test_a_drawing_has_a_size_and_no_widths() -> None:
    of = gallery(Picture(PictureFormat.SVG, 760, 396))
    assert of.show("files/x.jpg") == Showing("files/x.jpg", 760, 396)
    assert list(of.publish("files/x.jpg", (IN_TEXT,), linked=False)) == [
        ("files/x.jpg", DrawingRecipe("content/files/x.jpg", "digest"))
    ]


@pytest.mark.parametrize("found", [None, Picture(PictureFormat.BMP, 40, 30), Picture(PictureFormat.TIFF)])
def test_documents_are_published_as_they_are(found: Picture | None) -> None:
    assert list(gallery(found).publish("files/x.jpg", (), linked=True)) == [("files/x.jpg", None)]
    assert not gallery(found, maker="").keeps_what_cameras_note("files/x.jpg")


def test_without_a_maker_a_picture_is_published_as_it_is_with_its_size() -> None:
    of = gallery(jpeg(4000, 3000), maker="")
    assert of.show("files/x.jpg") == Showing("files/x.jpg", 4000, 3000)
    assert list(of.publish("files/x.jpg", (IN_TEXT, PORTRAIT), linked=True)) == [("files/x.jpg", None)]
    assert of.keeps_what_cameras_note("files/x.jpg")
    assert not gallery(jpeg(4000, 3000)).keeps_what_cameras_note("files/x.jpg")


@pytest.mark.parametrize(
    ("width", "room", "told"),
    [
        (4000, 600, COLUMN),
        (600, 600, COLUMN),
        (599, 600, "(min-width: 599px) 599px, 100vw"),
        (90, 120, "90px"),
    ],
)
def test_the_room_that_a_picture_takes(width: int, room: int, told: str) -> None:
    assert sizes(width, room) == told


@given(
    st.sampled_from(RASTER), st.integers(1, 9000), st.integers(1, 9000), st.sampled_from([IN_TEXT, PORTRAIT]),
    st.booleans(),
)  # fmt: skip
def test_every_file_that_is_named_is_made_and_none_is_wider_than_the_picture(
    picture_format: PictureFormat, width: int, height: int, use: Use, linked: bool
) -> None:
    of = gallery(Picture(picture_format, width, height))
    shown, made = of.show("files/x.jpg", use), published(of, use, linked=linked)
    assert {shown.path, *(path for path, _ in shown.sources)} | ({"files/x.jpg"} if linked else set()) == set(
        made
    )
    assert made[shown.path][1:] == (shown.width, shown.height)
    assert [made[path][1] for path, _ in shown.sources] == [width for _, width in shown.sources]
    assert sorted({width for _, width in shown.sources}) == [width for _, width in shown.sources]
    for wide, high in ((wide, high) for _, wide, high in made.values()):
        assert wide <= width
        assert 1 <= high <= height
        assert abs(wide * height - high * width) <= max(width, height) or high == 1  # in proportion
