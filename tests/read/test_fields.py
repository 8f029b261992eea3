"""Each kind of value is turned from text into what it means, or refused with what to write instead."""

from __future__ import annotations

import re
from datetime import UTC, date, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmsite.errors import ProblemsFound
from cmsite.model import Extra, Localised
from cmsite.read.fields import calendar_day, fault_of_url, fault_of_word, is_reserved, shown, slug_of
from cmsite.read.schema import PostKeys, SiteKeys, TermKeys
from read.told import keys, told

FORMS = "(write 2026-03-01, 2026-03-01 10:00 or 2026-03-01 10:00:00 +0100)"
SLUG = "is not a slug (lower-case letters, digits and single hyphens)"
ONE_TEXT = "a text is expected here, not a list (write one text; one that begins with `[` needs quotes)"
EMPTY = "nothing stands between the quotes (write a text there)"
TWO = "(write `[one, two]`)"
DIGITS = "(write digits, as in `10`)"
WHOLE = "is not a web address (write it whole: https://example.org/)"
MORE = "holds more than a host and a path (leave out `?…`, `#…`, `user@`, `//` and `..`)"


def field(text: str) -> PostKeys:
    return keys(f"title: a\n{text}\n", PostKeys)


# dates


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01", "2026-03-01T00:00:00"),
        ("2026-3-1", "2026-03-01T00:00:00"),
        ('"2026-03-01"', "2026-03-01T00:00:00"),
        ("2026-03-01 10:00", "2026-03-01T10:00:00"),
        ("2026-03-01  9:05", "2026-03-01T09:05:00"),
        ("2026-03-01T10:00:59", "2026-03-01T10:00:59"),
        ("2026-03-01 10:00:00 +0100", "2026-03-01T10:00:00+01:00"),
        ("2026-03-01 10:00:00 +01:00", "2026-03-01T10:00:00+01:00"),
        ("2026-03-01 10:00:00 -05", "2026-03-01T10:00:00-05:00"),
        ("2026-03-01T10:00:00.123Z", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01 10:00 UTC", "2026-03-01T10:00:00+00:00"),
        ("9999-12-31", "9999-12-31T00:00:00"),
    ],
)
def test_a_date_may_be_written_in_several_ways(written: str, moment: str) -> None:
    read = field(f"date: {written}").date
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2026-13-45", f"`2026-13-45` is not a date of the calendar {FORMS}"),
        ("2026-02-29", f"`2026-02-29` is not a date of the calendar {FORMS}"),
        ("2026-03-01 25:00", f"`2026-03-01 25:00` is not a date of the calendar {FORMS}"),
        ("2026-03-01 10:00 +2500", f"`2026-03-01 10:00 +2500` is not a date of the calendar {FORMS}"),
        ("0000-01-01", f"`0000-01-01` is not a date of the calendar {FORMS}"),
        ("0999-01-01", f"`0999-01-01` is not a date of the calendar {FORMS}"),
        ("9999-12-31 23:59 -2300", f"`9999-12-31 23:59 -2300` is not a date of the calendar {FORMS}"),
        ("2026-03-01 +0100", f"`2026-03-01 +0100` is not a date {FORMS}"),
        ("01/03/2026", f"`01/03/2026` is not a date {FORMS}"),
        ("1er mars 2026", f"`1er mars 2026` is not a date {FORMS}"),
        ("20260301", f"`20260301` is not a date {FORMS}"),
        ("2026", f"`2026` is not a date {FORMS}"),
        ("1:30", f"`1:30` is not a date {FORMS}"),
        ("٢٠٢٦-٠٣-٠١", f"`٢٠٢٦-٠٣-٠١` is not a date {FORMS}"),
        ("''", f"an empty text is not a date {FORMS}"),
        ("[2026-03-01]", ONE_TEXT),
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_with_the_forms_that_are(written: str, problem: str) -> None:
    assert told(lambda: field(f"date: {written}")) == [f"a.yml:2:7: {problem}"]


@given(st.dates(), st.times(), st.none() | st.integers(-1439, 1439))
@example(date(9999, 12, 31), time(23, 59), -1439)
@example(date(9999, 12, 31), time(23, 59), None)
@example(date(1, 1, 1), time(), 1439)
def test_every_day_that_is_accepted_can_be_told_in_every_zone(
    day: date, at: time, minutes: int | None
) -> None:
    zone = None if minutes is None else timezone(timedelta(minutes=minutes))
    try:
        moment = calendar_day(day.year, day.month, day.day, at.replace(tzinfo=zone))
    except ValueError:
        assert not 1000 < day.year < 9999
    else:
        for hours in (-12, 14):
            here = timezone(timedelta(hours=hours))
            aware = moment if zone else moment.replace(tzinfo=here)
            assert aware.astimezone(UTC) == aware.astimezone(here) == aware


# booleans and numbers


def test_booleans_are_true_and_false_and_nothing_else() -> None:
    assert field("draft: true").draft is True
    assert field("draft: false").draft is False
    assert field("draft:").draft is False


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("yes", "`true`"), ("on", "`true`"), ("True", "`true`"), ("TRUE", "`true`"), ("oui", "`true`"),
        ("1", "`true`"), ("no", "`false`"), ("off", "`false`"), ("False", "`false`"), ("non", "`false`"),
        ("0", "`false`"), ("peut-être", "`true` or `false`"), ("null", "`true` or `false`"),
    ],
)  # fmt: skip
def test_other_words_for_yes_and_no_are_told_what_to_write(written: str, hint: str) -> None:
    assert told(lambda: field(f"draft: {written}")) == [
        f"a.yml:2:8: `true` or `false` is expected, not `{written}` (write {hint})"
    ]


def test_a_list_is_no_boolean() -> None:
    assert told(lambda: field("draft: [true]")) == [
        "a.yml:2:8: `true` or `false` is expected, not a list (write `true` or `false`)"
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("0", "the number must be at least 1 (write `1`, say)"),
        ("-1", f"a whole number is expected, not `-1` {DIGITS}"),
        ("1.5", f"a whole number is expected, not `1.5` {DIGITS}"),
        ("dix", f"a whole number is expected, not `dix` {DIGITS}"),
        ("9999999999", f"a whole number is expected, not `9999999999` {DIGITS}"),
        ("١٠", f"a whole number is expected, not `١٠` {DIGITS}"),
        ("{a: b}", f"a whole number is expected, not keys and values {DIGITS}"),
    ],
)
def test_what_is_no_whole_number_is_refused(written: str, problem: str) -> None:
    assert told(lambda: keys(f"posts_per_page: {written}", SiteKeys)) == [f"a.yml:1:17: {problem}"]


def test_numbers_may_be_quoted_and_begin_with_zero() -> None:
    assert keys('posts_per_page: "012"', SiteKeys).posts_per_page == 12


def test_a_number_above_its_bound_is_told_the_bound() -> None:
    assert told(lambda: keys("weights: {niche: 101}", SiteKeys)) == [
        "a.yml:1:18: the number must be at most 100 (write `100`, say)"
    ]


# texts and lists


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    assert field("tags: [no, 1:30, 12:30:45, 010, 1.10, 75001, 2026-03-01]").tags == (
        "no", "1:30", "12:30:45", "010", "1.10", "75001", "2026-03-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("écoute", ("écoute",)),
        ("[écoute, méthode]", ("écoute", "méthode")),
        ("\n- écoute\n- méthode", ("écoute", "méthode")),
        ("['Paris, France']", ("Paris, France",)),
        ("1,5 °C", ("1,5 °C",)),
        ("[a, '', ' b ']", ("a", "b")),
        ("", ()),
        ("[]", ()),
    ],
)
def test_a_single_term_may_stand_where_a_list_is_meant(written: str, tags: tuple[str, ...]) -> None:
    assert field(f"tags: {written}").tags == tags


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a, b", "2:7: several values on one line need brackets (write `[a, b]`)"),
        ("a ,b", "2:7: several values on one line need brackets (write `[a, b]`)"),
        ("a, b et c,", "2:7: several values on one line need brackets (write `[a, b et c]`)"),
        ("{a: b}", f"2:7: a text or a list of texts is expected here, not keys and values {TWO}"),
        ("[a, [b]]", f"2:11: each item of this list is a text, not a list {TWO}"),
        ("[a, b: c]", f"2:11: each item of this list is a text, not keys and values {TWO}"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_texts_is_told_where_it_stands(written: str, problem: str) -> None:
    assert told(lambda: field(f"tags: {written}")) == [f"a.yml:{problem}"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[a]", f"2:10: {ONE_TEXT}"),
        ("{a: b}", "2:10: a text is expected here, not keys and values (put the text in quotes)"),
    ],
)
def test_a_text_is_neither_a_list_nor_keys(written: str, problem: str) -> None:
    assert told(lambda: field(f"summary: {written}")) == [f"a.yml:{problem}"]


def test_a_text_that_must_be_there_cannot_be_empty() -> None:
    assert told(lambda: keys("title: ' '", PostKeys)) == [f"a.yml:1:8: {EMPTY}"]
    assert told(lambda: keys("timezone: ''", SiteKeys)) == [f"a.yml:1:11: {EMPTY}"]
    assert field("summary: ''").summary == ""


def test_a_text_of_one_language_serves_all_and_one_a_language_is_kept_apart() -> None:
    assert keys("label: Paris", TermKeys).label == Localised((("", "Paris"),))
    assert keys("label: {fr: Londres, en: London}", TermKeys).label == Localised(
        (("fr", "Londres"), ("en", "London"))
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[x]", "1:8: a text, or one text for each language, is expected (write `{fr: …, en: …}`)"),
        ("{}", "1:8: a text, or one text for each language, is expected (write `{fr: …, en: …}`)"),
        ("''", f"1:8: {EMPTY}"),
        ("{fr: x, de: y}", "1:16: `de` is not a language of cmsite (the languages are en, fr)"),
        ("{fr: x, en: [y]}", "1:20: a text is expected here, not a list (write one text)"),
        ("{fr: x, en: ''}", f"1:20: {EMPTY}"),
    ],
)
def test_a_text_in_languages_is_told_where_it_goes_wrong(written: str, problem: str) -> None:
    assert told(lambda: keys(f"label: {written}", TermKeys)) == [f"a.yml:{problem}"]


def test_the_languages_are_known() -> None:
    assert field("language: en").language == "en"
    hints = {"de": "write `en` or `fr`", "FR": "did you mean `fr`?", "français": "write `en` or `fr`"}
    for written, hint in hints.items():
        assert told(lambda written=written: field(f"language: {written}")) == [  # type: ignore[misc]
            f"a.yml:2:11: `{written}` is not a language of cmsite ({hint})"
        ]


def test_what_is_under_extra_is_kept_as_it_was_written() -> None:
    assert field("extra: {a: 'no', b: [1, {c: d}]}").extra == Extra(
        (("a", "no"), ("b", ("1", Extra((("c", "d"),)))))
    )
    assert told(lambda: field("extra: [a]")) == [
        "a.yml:2:8: keys are expected under this one, not a list (write `key: value` lines)"
    ]


@pytest.mark.parametrize("written", ["2021", "2021-03", '"2021-12"'])
def test_a_month_or_a_year_may_stand_in_the_experience(written: str) -> None:
    read = keys(f"author: {{experience: [{{role: a, organisation: b, from: {written}}}]}}", SiteKeys)
    assert read.author.experience[0].start == written.strip('"')


@pytest.mark.parametrize("written", ["2021-13", "2021-3", "mars 2021", "2021-03-01", "21"])
def test_other_forms_of_a_month_are_refused(written: str) -> None:
    assert told(
        lambda: keys(f"author: {{experience: [{{role: a, organisation: b, from: {written}}}]}}", SiteKeys)
    ) == [f"a.yml:1:56: `{written}` is not a year or a month (write 2021 or 2021-03)"]


# slugs


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Bonjour", f"`Bonjour` {SLUG} (write `bonjour`)"),
        ("l'été", f"`l'été` {SLUG} (write `l-ete`)"),
        ("Œuvre", f"`Œuvre` {SLUG} (write `oeuvre`)"),
        ("ça", f"`ça` {SLUG} (write `ca`)"),
        ("a--b", f"`a--b` {SLUG} (write `a-b`)"),
        ("-a", f"`-a` {SLUG} (write `a`)"),
        ("a/b", f"`a/b` {SLUG} (write `a-b`)"),
        ("../x", f"`../x` {SLUG} (write `x`)"),
        ("a_b", f"`a_b` {SLUG} (write `a-b`)"),
        ("COM1", f"`COM1` {SLUG} (write `com1-1`)"),
        ("'!!!'", f"`!!!` {SLUG} (write a word or two: `my-first-post`)"),
        ("''", f"an empty text {SLUG} (write a word or two: `my-first-post`)"),
        ("con", "`con` cannot be a slug: some systems reserve this name (write `con-1`, say)"),
        ("aux", "`aux` cannot be a slug: some systems reserve this name (write `aux-1`, say)"),
        ("lpt9", "`lpt9` cannot be a slug: some systems reserve this name (write `lpt9-1`, say)"),
        ("a" * 151, "this slug has 151 characters (keep it to 150 at most)"),
        ("[a]", ONE_TEXT),
    ],
)
def test_what_is_no_slug_is_told_what_to_write(written: str, problem: str) -> None:
    assert told(lambda: field(f"slug: {written}")) == [f"a.yml:2:7: {problem}"]


@pytest.mark.parametrize("slug", ["a", "1", "ecouter-avant-de-parler", "2026", "console", "a" * 150])
def test_slugs_are_lower_case_letters_digits_and_single_hyphens(slug: str) -> None:
    assert field(f"slug: {slug}").slug == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Œuvrer l'été", "oeuvrer-l-ete"), ("Ça va ?", "ca-va"), ("Straße", "strasse"),
        ("e\u0301te\u0301", "ete"), ("C++ & C#", "c-c"), ("…", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_text_gives_a_slug_that_keeps_its_letters(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@given(st.text(max_size=40))
def test_the_slug_of_a_text_is_a_slug_or_nothing_and_that_of_a_slug_is_itself(text: str) -> None:
    slug = slug_of(text)
    assert slug_of(slug) == slug
    if slug and len(slug) <= 150 and not is_reserved(slug):
        assert field(f"slug: {slug}").slug == slug


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30))
@example("con")
@example("CON ")
def test_the_hint_to_a_bad_slug_is_a_good_one(text: str) -> None:
    quoted = text.replace("'", "''").replace("\u2028", "").replace("\u2029", "")
    found = told(lambda: field(f"slug: '{quoted}'"))
    for problem in found:
        hint = re.findall(r"`([a-z0-9-]+)`", problem)[-1]
        assert field(f"slug: {hint}").slug == hint


def test_a_word_needs_a_letter_or_a_digit_and_not_too_many() -> None:
    assert fault_of_word("écoute") is None
    assert fault_of_word("…") == ("`…` has no letter or digit", "choose a word")
    assert fault_of_word("é" * 151) == (
        f"`{'é' * 79}…` is too long for an address", "keep it to 150 characters at most",
    )  # fmt: skip


def test_a_message_quotes_long_values_in_part_and_on_one_line() -> None:
    assert shown("a\n  b\tc") == "`a b c`"
    assert shown("x" * 80) == f"`{'x' * 80}`"
    assert shown("x" * 81) == f"`{'x' * 79}…`"
    assert shown(["a"]) == "a list"


# addresses


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/carnet", "https://example.org/carnet/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("https://exämple.org/été/", "https://exämple.org/été/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
    ],
)
def test_the_address_of_a_site_ends_with_a_slash(written: str, url: str) -> None:
    assert keys(f"url: {written}", SiteKeys).url == url


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("example.org", WHOLE), ("//example.org/", WHOLE), ("ftp://example.org/", WHOLE), ("https://", WHOLE),
        ("https://exa mple.org/", WHOLE), ("https://example.org:port/", WHOLE), ("http://[::1", WHOLE),
        ("https://example.org/?a", MORE), ("https://example.org/#a", MORE), ("https://me@example.org/", MORE),
        ("https://example.org/a//b/", MORE), ("https://example.org/../a/", MORE),
        ("https://example.org/..", MORE),
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(written: str, problem: str) -> None:
    assert told(lambda: keys(f"url: {written}", SiteKeys)) == [f"a.yml:1:6: `{written}` {problem}"]


@given(st.text(max_size=30), st.sampled_from(["", "http://", "https://", "https://a/", "http://["]))
def test_any_text_is_an_address_or_has_a_fault(text: str, start: str) -> None:
    fault = fault_of_url(start + text)
    assert fault is None or all(fault)


def test_comments_are_off_unless_a_place_for_them_is_named() -> None:
    assert keys("comments: {giscus: null}", SiteKeys).comments.giscus is None
    assert told(lambda: keys("comments: {giscus: oui}", SiteKeys)) == [
        "a.yml:1:20: keys are expected under this one (write `key: value` lines)"
    ]


def test_all_mistakes_of_a_file_are_told_together() -> None:
    with pytest.raises(ProblemsFound) as caught:
        field("date: hier\ntags: a, b\nslug: A\ndraft: oui\nzzz: 1")
    assert [problem.place.line for problem in caught.value.problems] == [2, 3, 4, 5, 6]
