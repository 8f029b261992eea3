"""Say dates, lists and counts as each language does. Never the system's locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup

_AND = {"fr": "et", "en": "and"}
_PATTERNS = {"fr": "{day} {month} {year}", "en": "{month} {day}, {year}"}
_FIRST = {"fr": ("1 ", Markup("1<sup>er</sup> "))}  # French says "1er mars", which Babel does not


def long_date(moment: datetime, language: str) -> Markup:
    """Return a date in words: "1<sup>er</sup> mars 2026", "March 1, 2026"."""
    return _long_date(moment.date(), language)


@lru_cache(maxsize=4096)
def _long_date(day: date, language: str) -> Markup:
    month = _month_in_date(day.month, language)
    text = _PATTERNS[language].format(day=day.day, month=month, year=day.year)
    plain, marked = _FIRST.get(language, ("", Markup("")))
    if plain and text.startswith(plain):
        return marked + text.removeprefix(plain)
    return Markup.escape(text)


@cache
def _month_in_date(month: int, language: str) -> str:
    return str(format_date(date(2000, month, 1), "MMMM", locale=_locale(language)))


def month_name(moment: datetime, language: str) -> str:
    """Return the month alone, as a heading of a list would have it: "mars", "March"."""
    return str(format_date(moment, "LLLL", locale=_locale(language)))


def month_year(text: str, language: str) -> str:
    """Return `2021-03` as "mars 2021", and `2021` as it is."""
    year, _, month = text.partition("-")
    if not month:
        return year
    return str(format_date(date(int(year), int(month), 1), "MMMM y", locale=_locale(language)))


def joined(words: Sequence[str], language: str) -> str:
    """Return the words as a list in a sentence: "a, b et c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"


@lru_cache(maxsize=4096)
def plural(count: int, language: str) -> str:
    """Return which form a count takes: `one` or `other`."""
    form = _locale(language).plural_form(count)
    return "one" if form == "one" else "other"


@cache
def _locale(language: str) -> Locale:
    return Locale(language)
