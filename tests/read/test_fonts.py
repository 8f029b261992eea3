"""What is read of a font: its family, and the width of each letter."""

from __future__ import annotations

from contextlib import suppress

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cmsite.errors import ProblemsFound
from cmsite.read.fonts import read_font
from cmsite.read.theme import built_in_themes, read_theme
from site_folder import SiteFolder

DATA = (built_in_themes() / "carnet/fonts/Vollkorn-Medium.ttf").read_bytes()


def test_the_font_of_the_theme_has_every_french_letter_and_gap() -> None:
    font = read_font(DATA, "x.ttf")
    widths = dict(font.widths)
    assert (font.family, font.em) == ("Vollkorn", 1000)
    assert [one for one in "ÀÂÇÉÈÊËÎÏÔŒÙÛÜŸÆàâçéèêëîïôœùûüÿæ«»’…—–\u00a0\u202f" if one not in widths] == []
    assert widths["i"] < widths["n"] < widths["W"]
    assert "日" not in widths


@pytest.mark.parametrize("data", [b"", b"no font at all", DATA[:300], DATA[:4] + b"\xff" * 400])
def test_a_file_that_is_no_font_is_told(data: bytes) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_font(data, "themes/x/fonts/x.ttf")
    [problem] = found.value.problems
    assert (problem.code, problem.place.path) == ("font", "themes/x/fonts/x.ttf")


@given(st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_a_damaged_font_is_read_or_told_and_nothing_else(at: int, damage: bytes) -> None:
    with suppress(ProblemsFound):
        assert read_font(DATA[:at] + damage + DATA[at + len(damage) :], "x.ttf").em > 0


def test_a_theme_with_two_fonts_is_told_to_keep_one(site: SiteFolder) -> None:
    site.write("themes/carnet/fonts/a.ttf", DATA).write("themes/carnet/fonts/b.TTF", DATA)
    with pytest.raises(ProblemsFound) as found:
        read_theme(site.root, "carnet")
    [problem] = found.value.problems
    assert (problem.code, problem.place.path) == ("font", "themes/carnet/fonts")
    assert "a.ttf, b.TTF" in problem.hint


def test_a_card_without_a_font_is_told(site: SiteFolder) -> None:
    site.write("themes/bare/theme.yml", "name: bare\n").write("themes/bare/templates/card.svg", "<svg/>")
    with pytest.raises(ProblemsFound) as found:
        read_theme(site.root, "bare")
    [problem] = found.value.problems
    assert (problem.code, problem.place.path) == ("font", "themes/bare/templates/card.svg")


def test_a_font_of_ones_own_takes_the_place_of_the_one_below(site: SiteFolder) -> None:
    site.write("themes/carnet/fonts/own.ttf", DATA)
    font = read_theme(site.root, "carnet").font
    assert font is not None
    assert font.path == "themes/carnet/fonts/own.ttf"
