"""What a field holds, told so that two that differ can be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from cmsite.model import Extra
from cmsite.shape.report.values import Altered, Value, tell_apart
from cmsite.shape.views import (
    CardView,
    EntryView,
    LinkView,
    MenuView,
    PictureView,
    PointView,
    ReasonView,
    SeriesView,
    SkillView,
    TermView,
)

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def card(slug: str, title: str, tier: str = "good") -> CardView:
    return CardView(title, f"/{slug}/", DAY, "", None, 1, False, tier, ())


def said(a: object, b: object) -> tuple[object, object]:
    """Return the two sides of a field."""
    value = tell_apart("field", a, b)
    return value.a, value.b


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ("Un", "Deux", ("Un", "Deux")),
        ("", "Deux", (None, "Deux")),
        (None, LinkView("Suite", "/x/"), (None, "Suite")),
        (
            LinkView("Suite", "/x/"),
            LinkView("Suite", "/y/"),
            ("label: Suite, url: /x/", "label: Suite, url: /y/"),
        ),
        (
            PictureView("/a.png", "", 1, 1, "", ""),
            PictureView("/b.png", "", 1, 1, "", ""),
            ("/a.png", "/b.png"),
        ),
        (True, False, ("true", "false")),
        (3, 4, ("3", "4")),
        (DAY, DAY + timedelta(days=1), ("2026-03-01", "2026-03-02")),
        (DAY, DAY + timedelta(hours=1), ("2026-03-01T00:00:00+00:00", "2026-03-01T01:00:00+00:00")),
        (b"un", b"deux", ("2 bytes", "4 bytes")),
        ("<svg><title>Un</title></svg>", "<svg><title>Deux</title></svg>", ("Un", "Deux")),
        ("<i>Un</i>", "<i>Deux</i>", ("<i>Un</i>", "<i>Deux</i>")),
        (b"un", b"le", ("un", "le")),
        (Extra((("a", "1"),)), Extra((("a", "2"),)), ("a: 1", "a: 2")),
    ],
)
def test_a_value_is_told_as_far_as_it_takes(a: object, b: object, told: tuple[object, object]) -> None:
    assert said(a, b) == told
    assert said(b, a) == (told[1], told[0])


def test_one_instant_in_two_zones_is_told_by_its_clock() -> None:
    there = DAY.astimezone(timezone(timedelta(hours=1)))
    assert said(DAY, there) == ("2026-03-01T00:00:00+00:00", "2026-03-01T01:00:00+01:00")


def test_values_that_read_the_same_to_the_last_are_told_by_their_digests() -> None:
    a, b = said(b"\xff", b"\xfe")
    assert a != b


def test_a_list_says_what_only_one_has_and_what_is_altered() -> None:
    a = (card("un", "Un"), card("deux", "Deux"), card("trois", "Trois"))
    b = (card("trois", "Trois", "strong"), card("deux", "Deux, côté joueurs"), card("quatre", "Quatre"))
    assert tell_apart("posts", a, b) == Value(
        "posts",
        ("Un", "Deux", "Trois"),
        ("Trois", "Deux, côté joueurs", "Quatre"),
        only_a=("Un",),
        only_b=("Quatre",),
        altered=(Altered("Trois", "Trois", ("tier",)), Altered("Deux", "Deux, côté joueurs", ("title",))),
    )


def test_a_list_in_another_order_is_told_by_its_order_alone() -> None:
    value = tell_apart(
        "posts", (card("un", "Un"), card("deux", "Deux")), (card("deux", "Deux"), card("un", "Un"))
    )
    assert (value.a, value.b) == (("Un", "Deux"), ("Deux", "Un"))
    assert (value.only_a, value.only_b, value.altered) == ((), (), ())


def test_two_posts_of_one_title_that_change_places_are_told_apart_all_the_same() -> None:
    one, other = card("un", "Titre"), card("deux", "Titre")
    value = tell_apart("posts", (one, other), (other, one))
    assert value.a != value.b


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (MenuView("blog", "", "/blog/"), "blog"),
        (EntryView("écoute", "/tags/ecoute/", 3), "écoute (3)"),
        (ReasonView("niche", "exact", "e-santé"), "niche exact (e-santé)"),
        (ReasonView("", "by-name", ""), "by-name"),
        (
            PointView("niche", (TermView("e-santé", ""), TermView("finance", "")), ()),
            "niche: e-santé, finance",
        ),
        (PointView("niche", (), ()), "niche: –"),
        (SkillView("social_media", 4, ()), "social media 4/5"),
        (("a", "b"), "a, b"),
    ],
)
def test_an_entry_goes_by_what_a_person_would_call_it(entry: object, told: str) -> None:
    assert tell_apart("field", (entry,), ()).only_a == (told,)


def test_a_series_whose_parts_differ_says_so() -> None:
    a, b = (SeriesView("Bases", "/bases/", (LinkView(title, "/un/"),), 1) for title in ("Un", "Deux"))
    assert tell_apart("series", a, b) == Value(
        "series", "Bases 1/1", "Bases 1/1", altered=(Altered("Bases 1/1", "Bases 1/1", ("parts",)),)
    )
