"""Words set in a font: what it cannot write is left out, and no line is wider than its room."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cmsite.model import Font
from cmsite.shape.lettering import can_write, fit, writable

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ éàùçœŒ«»'’:?,.-…\u00a0\u202f0123456789"
FONT = Font("fonts/x.ttf", b"", "X", 1000, tuple((letter, 500) for letter in sorted(LETTERS)))


def lines(text: str, room: int = 100, size: int = 20, count: int = 9) -> tuple[str, ...]:
    """Return the lines of a text whose letters are half as wide as the size: ten in a line."""
    return fit(FONT, text, room, {size: count}).lines


def test_lines_end_at_spaces_and_after_hyphens() -> None:
    assert lines("un deux trois") == ("un deux", "trois")
    assert lines("porte-parole") == ("porte-", "parole")


def test_lines_are_about_equally_long() -> None:
    assert lines("un un un un un") == ("un un un", "un un")
    assert lines("aaaa bbb ccc dd") == ("aaaa bbb", "ccc dd")


def test_a_line_never_ends_at_a_space_that_does_not_break() -> None:
    assert lines("voici donc où\u202f?") == ("voici", "donc où\u202f?")
    assert lines("abcdef «\u00a0g\u00a0»") == ("abcdef", "«\u00a0g\u00a0»")


def test_the_first_size_is_taken_at_which_the_lines_suffice() -> None:
    sizes = {40: 2, 20: 2, 10: 3}
    assert fit(FONT, "un deux", 100, sizes).size == 40
    assert fit(FONT, "un deux trois", 100, sizes).size == 20
    assert fit(FONT, "un deux trois quatre cinq", 100, sizes).size == 10


def test_a_text_that_is_too_long_ends_in_an_ellipsis_after_a_whole_word() -> None:
    assert lines("un deux trois quatre cinq", count=2) == ("un deux", "trois…")
    assert lines("un deux, trois", count=1) == ("un deux…",)


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert lines("anticonstitutionnellement") == ("anticonsti", "tutionnell", "ement")
    assert lines("anticonstitutionnellement", count=1) == ("anticonst…",)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Fêtons 🎉 ça", "Fetons ça"),
        ("ﬁn №", "fin No"),
        ("e\u0301te\u0301", "été"),
        ("日本語", ""),
        ("a\x07\u200db\n c", "a b c"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_is_spelt_otherwise_or_left_out(text: str, written: str) -> None:
    font = Font("x", b"", "X", 1000, (*FONT.widths, ("\u0302", 0)))
    assert writable(font, text).replace("\u0302", "") == written


def test_a_text_that_loses_a_letter_cannot_be_written_and_one_that_loses_a_sign_can() -> None:
    assert can_write(FONT, "Bravo 🎉 !")
    assert not can_write(FONT, "Bravo 日")
    assert not can_write(FONT, "Привет")


TEXTS = st.text(st.sampled_from([*LETTERS, " ", " ", "🎉", "日", "\n"]), max_size=80)


@given(
    TEXTS, st.integers(1, 300), st.dictionaries(st.integers(5, 60), st.integers(1, 4), min_size=1, max_size=3)
)
def test_no_line_is_wider_than_its_room_nor_are_there_more_than_asked_for(
    text: str, room: int, sizes: dict[int, int]
) -> None:
    setting = fit(FONT, text, room, sizes)
    assert len(setting.lines) <= sizes[setting.size]
    for line in setting.lines:
        assert len(line) <= 1 or len(line) * 500 * setting.size <= room * 1000


@given(TEXTS, st.integers(20, 300))
def test_no_word_is_lost_while_there_are_lines(text: str, room: int) -> None:
    told = "".join(fit(FONT, text, room, {10: 400}).lines)
    assert told.replace(" ", "") == writable(FONT, text).replace(" ", "")
