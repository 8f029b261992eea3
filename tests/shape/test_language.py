"""Dates, lists and counts as French and English say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from cmsite.shape.language import joined, long_date, month_name, month_year, plural


@pytest.mark.parametrize(
    ("moment", "language", "expected"),
    [
        (datetime(2026, 3, 1, tzinfo=UTC), "fr", "1<sup>er</sup> mars 2026"),
        (datetime(2026, 3, 2, tzinfo=UTC), "fr", "2 mars 2026"),
        (datetime(2026, 3, 11, tzinfo=UTC), "fr", "11 mars 2026"),
        (datetime(2026, 8, 31, tzinfo=UTC), "fr", "31 août 2026"),
        (datetime(2026, 3, 1, tzinfo=UTC), "en", "March 1, 2026"),
        (datetime(2026, 12, 25, tzinfo=UTC), "en", "December 25, 2026"),
    ],
)
def test_a_date_in_words(moment: datetime, language: str, expected: str) -> None:
    told = long_date(moment, language)
    assert told == expected
    assert isinstance(told, Markup)


@given(st.dates(), st.sampled_from([("fr", "d MMMM y"), ("en", "MMMM d, y")]))
def test_a_date_is_told_as_babel_tells_it(day: date, told: tuple[str, str]) -> None:
    language, pattern = told
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    expected = format_date(day, pattern, locale=language)
    if language == "fr" and day.day == 1:
        expected = expected.replace("1 ", "1<sup>er</sup> ", 1)
    assert long_date(moment, language) == expected


def test_a_date_is_told_in_its_own_zone() -> None:
    here = timezone(timedelta(hours=2))
    assert long_date(datetime(2026, 3, 2, 0, 30, tzinfo=here), "en") == "March 2, 2026"


@pytest.mark.parametrize(("language", "expected"), [("fr", "février"), ("en", "February")])
def test_a_month_alone(language: str, expected: str) -> None:
    assert month_name(datetime(2026, 2, 1, tzinfo=UTC), language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2021", "fr", "2021"),
        ("2021-03", "fr", "mars 2021"),
        ("2021-12", "en", "December 2021"),
        ("", "fr", ""),
    ],
)
def test_a_year_and_perhaps_a_month(text: str, language: str, expected: str) -> None:
    assert month_year(text, language) == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ([], "fr", ""),
        (["a"], "fr", "a"),
        (["a", "b"], "fr", "a et b"),
        (["a", "b", "c"], "fr", "a, b et c"),
        (["a", "b"], "en", "a and b"),
        (["a", "b", "c", "d"], "en", "a, b, c and d"),
    ],
)
def test_a_list_in_a_sentence(words: list[str], language: str, expected: str) -> None:
    assert joined(words, language) == expected


@pytest.mark.parametrize(
    ("count", "language", "form"),
    [
        (0, "fr", "one"),
        (1, "fr", "one"),
        (2, "fr", "other"),
        (1_000_000, "fr", "other"),  # CLDR has a third form there, which the strings do not
        (0, "en", "other"),
        (1, "en", "one"),
        (2, "en", "other"),
    ],
)
def test_a_count_takes_a_form(count: int, language: str, form: str) -> None:
    assert plural(count, language) == form
