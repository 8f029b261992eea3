"""The small stylesheet of an edition's accent, readable on both papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.colour import READABLE, contrast, lighten
from cmsite.model import Palette, Theme
from cmsite.shape.palette import accent_sheet

PAPER = Palette("paper", "#ffffff", "#14181c")
THEME = Theme("carnet", (), (), (), (Palette("teal", "#0f6b66", "#5cc9c1"),), PAPER)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_without_an_accent_the_theme_keeps_its_own() -> None:
    assert accent_sheet(THEME, "") == ""


def test_a_palette_gives_a_colour_for_each_paper() -> None:
    assert accent_sheet(THEME, "teal") == (
        ":root{--accent:#0f6b66}\n"
        "@media (prefers-color-scheme:dark){:root:not([data-scheme=light]){--accent:#5cc9c1}}\n"
        ":root[data-scheme=dark]{--accent:#5cc9c1}\n"
    )


def test_a_colour_is_kept_on_light_paper_and_lightened_on_dark() -> None:
    first, *others = accent_sheet(THEME, "#3d4fa3").splitlines()
    assert first == ":root{--accent:#3d4fa3}"
    assert all(lighten("#3d4fa3", PAPER.dark) in line for line in others)


def test_a_colour_that_can_be_read_already_is_not_lightened() -> None:
    assert lighten("#ffd27f", PAPER.dark) == "#ffd27f"


@pytest.mark.parametrize(
    ("colour", "lightened"), [("#3d4fa3", "#717ebb"), ("#000000", "#828282"), ("#0000ff", "#7070ff")]
)
def test_a_colour_is_mixed_with_no_more_white_than_it_needs(colour: str, lightened: str) -> None:
    assert lighten(colour, PAPER.dark) == lightened


def test_on_a_paper_on_which_nothing_can_be_read_a_colour_becomes_white() -> None:
    assert lighten("#3d4fa3", "#ffffff") == "#3d4fa3"  # read well already
    assert lighten("#eeeeee", "#ffffff") == "#ffffff"


@given(COLOURS)
def test_every_colour_can_be_read_on_dark_paper_once_lightened(colour: str) -> None:
    assert contrast(lighten(colour, PAPER.dark), PAPER.dark) >= READABLE


@given(COLOURS, COLOURS)
def test_contrast_has_no_direction_and_is_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_accessibility_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
