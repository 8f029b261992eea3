"""Why a post is in an edition or not, told in full."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import PLACES, mask, post, profile, site
from cmsite.errors import ProblemsFound
from cmsite.model import Body, Kind, Language, Mask, Place, Post, Select, Site, Slug, Variant, Vocabulary
from cmsite.shape.masks import Outcome, Tier
from cmsite.shape.personalise import Chosen, Edition, LeftOut, Why, personalise
from cmsite.shape.report.explain import Explanation, explain
from shape.strategies import blogs, masks, vocabularies

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ANCHOR = post("anchor")  # an open post, so that no edition is empty


def told(asked: Post, *others: Post, select: Select | None = None, **theirs: Any) -> Explanation:
    whole = site(ANCHOR, asked, *others)
    return explain(whole, profile(select=select or Select(), **theirs), asked, now=NOW)


def effects(answer: Explanation) -> dict[str, str]:
    return {each.name: each.effect for each in answer.dates}


@st.composite
def selects(draw: st.DrawFn) -> Select:
    """Return choices that name posts, limit them and keep or leave out the general ones."""
    slugs = [Slug(f"post-{number}") for number in range(4)]
    named = draw(st.lists(st.sampled_from(slugs), max_size=2, unique=True))
    return Select(
        keep_general=draw(st.booleans()),
        include=tuple(named[:1]),
        exclude=tuple(named[1:]),
        at_most=draw(st.none() | st.integers(1, 3)),
    )


@settings(max_examples=20)
@given(blogs(), masks(), vocabularies(), selects())
def test_it_agrees_with_the_edition_on_every_post(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, select: Select
) -> None:
    whole, whose = site(*posts, words=words), profile(mask=theirs, select=select)
    try:
        edition: Edition | None = personalise(whole, whose, now=NOW)
    except ProblemsFound:
        edition = None
    both: list[Chosen | LeftOut] = [*edition.chosen, *edition.left_out] if edition else []
    verdicts = {one.post.slug: one for one in both}
    for each in posts[:2]:
        answer = explain(whole, whose, each, now=NOW)
        assert answer.verdict == verdicts.get(each.slug, answer.verdict)
        assert answer.empty is not bool(verdicts)
        assert answer.reasons


def test_what_it_tells_is_the_verdict_s() -> None:
    near = told(post(locality="paris"), locality="paris")
    assert (near.included, near.why, near.tier, near.score) == (True, None, Tier.STRONG, 6)
    far = told(post(locality="lyon"), locality="paris")
    assert (far.included, far.why, far.tier, far.score) == (False, Why.MASK, None, None)


@settings(max_examples=20)
@given(blogs(), masks(), vocabularies(), selects())
def test_the_shares_sum_to_the_score(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, select: Select
) -> None:
    whole, whose = site(*posts, words=words), profile(mask=theirs, select=select)
    for each in posts[:2]:
        answer = explain(whole, whose, each, now=NOW)
        assert all(point.share == point.weight * (point.level or 0) for point in answer.points)
        if answer.included:
            assert sum(point.share for point in answer.points) == answer.score


@settings(max_examples=10)
@given(blogs(), masks(), vocabularies())
def test_the_places_number_the_blog_from_one_without_a_gap(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary
) -> None:
    whole, whose = site(ANCHOR, *posts, words=words), profile(mask=theirs)
    answers = [explain(whole, whose, each, now=NOW) for each in whole.posts]
    places = [answer.lists[0].place for answer in answers if answer.included]
    assert sorted(place for place in places if place) == list(range(1, len(places) + 1))
    assert all(answer.lists[0].place is None for answer in answers if not answer.included)


@pytest.mark.parametrize(
    ("stated", "theirs", "reason"),
    [
        ("paris", "paris", "locality: the post is for `paris`, the very term of the profile"),
        ("france", "paris", "locality: the post is for `france`, which takes in the profile's `paris`"),
        ("lyon", "france", "locality: the post is for `lyon`, which lies within the profile's `france`"),
        ("lyon", "paris", "locality: the post is for `lyon`, and the profile is `paris`"),
    ],
)
def test_each_outcome_is_told_in_a_sentence(stated: str, theirs: str, reason: str) -> None:
    assert told(post(locality=stated), locality=theirs).reasons == (reason,)


def test_a_bar_names_the_term_and_what_it_contains() -> None:
    answer = told(post(barred=mask(locality="france")), locality="paris")
    assert answer.reasons == (
        "locality: the post's `not:` bars `france`, which `paris` lies within, and the profile is `paris`",
    )
    assert answer.points[3].outcome is Outcome.BARRED


def test_a_post_that_states_nothing_speaks_to_anyone() -> None:
    answer = told(post(), niche="e-sante")
    assert answer.tier is Tier.GENERAL
    assert answer.reasons == (
        "it speaks to anyone: no point fits better than open, and none stands against it",
    )


@pytest.mark.parametrize(
    ("fields", "select", "why", "words"),
    [
        ({"draft": True}, Select(), Why.DRAFT, "it is a draft"),
        ({"date": datetime(2027, 1, 1, tzinfo=UTC)}, Select(), Why.FUTURE, "2027-01-01"),
        ({"expires": datetime(2026, 5, 1, tzinfo=UTC)}, Select(), Why.EXPIRED, "2026-05-01"),
        ({"language": Language("en")}, Select(), Why.LANGUAGE, "`en`"),
        ({}, Select(exclude=(Slug("un-post"),)), Why.EXCLUDED, "`exclude`"),
    ],
)
def test_what_no_mask_decides_is_told_and_nothing_flips_it(
    fields: dict[str, Any], select: Select, why: Why, words: str
) -> None:
    answer = told(post(locality="lyon", **fields), select=select, locality="paris")
    assert answer.why is why
    assert len(answer.reasons) == 1
    assert words in answer.reasons[0]
    assert answer.flip is None


def test_a_general_post_is_told_why_it_is_left_out() -> None:
    near = post("near", locality="paris")
    answer = told(post(), near, select=Select(keep_general=False), locality="paris")
    assert answer.why is Why.GENERAL
    assert "`general: leave-out`" in answer.reasons[0]


def test_a_limit_is_told_with_its_number() -> None:
    near = post("near", locality="paris")
    answer = told(post(), near, select=Select(at_most=1), locality="paris")
    assert answer.why is Why.AT_MOST
    assert "`at_most: 1`" in answer.reasons[0]


def test_a_post_chosen_by_name_says_so_first_and_then_what_stands_against_it() -> None:
    answer = told(post(locality="lyon"), select=Select(include=(Slug("un-post"),)), locality="paris")
    assert answer.included
    assert answer.reasons[0].startswith("it is chosen by name")
    assert answer.reasons[1].startswith("locality: the post is for `lyon`")
    assert answer.flip is None


def test_each_field_names_the_variant_that_won_and_where_it_is_written() -> None:
    own, nearer = Place("content/posts/un-post.md", 2), Place("content/posts/un-post.md", 9)
    variant = Variant(mask(locality="france"), nearer, summary="Pour ici.")
    asked = post(variants=(variant,))
    whole = site(asked)
    answer = explain(whole, profile(locality="paris"), asked, now=NOW, places={"title": own})
    fields = {each.field: each for each in answer.fields}
    assert (fields["title"].variant, fields["title"].place) == (None, own)
    assert (fields["summary"].variant, fields["summary"].place) == (1, nearer)
    assert fields["summary"].value == "Pour ici."
    assert (fields["body"].place, fields["body"].value) == (asked.body.place, "Un texte.")
    assert (fields["image"].value, fields["image"].place) == ("", Place(asked.source))


def test_a_body_that_a_variant_brings_has_its_own_place() -> None:
    body = Body("Autre.", Place("content/posts/un-post.md", 12))
    variant = Variant(mask(locality="france"), Place("content/posts/un-post.md", 9), body=body)
    answer = told(post(variants=(variant,)), locality="paris")
    assert (answer.fields[-1].variant, answer.fields[-1].place) == (1, body.place)


def test_dates_say_what_they_do_at_this_instant() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    later = replace(post(), updated=day, expires=datetime(2027, 1, 1, tzinfo=UTC))
    assert effects(told(later)) == {
        "date": "past: does not hold it back",
        "updated": "shown to readers, decides nothing",
        "expires": "out from then on",
    }
    assert effects(told(replace(post(), expires=day)))["expires"] == "past: out since then"
    future = replace(post(), date=datetime(2027, 1, 1, tzinfo=UTC))
    assert effects(told(future))["date"] == "to come: out until then"
    assert effects(told(post(draft=True, date=None)))["date"] == "none is written"


def test_a_pinned_post_is_first_in_the_blog_but_not_in_the_selection() -> None:
    near = post("near", locality="paris")
    answer = told(post(pinned=True, date=datetime(2020, 1, 1, tzinfo=UTC)), near, locality="paris")
    assert [(each.list, each.place, each.length) for each in answer.lists] == [
        ("blog", 1, 3),
        ("home", None, 1),
    ]


def test_the_only_post_of_a_site_is_explained_although_its_edition_is_empty() -> None:
    asked = post(locality="lyon")
    answer = explain(site(asked), profile(locality="paris"), asked, now=NOW)
    assert answer.empty
    assert answer.why is Why.MASK
    assert answer.lists == ()
    assert answer.flip is not None


def test_a_page_is_explained_and_stands_in_no_list() -> None:
    page = post("contact", kind=Kind.PAGE, date=None, locality="lyon")
    whole = Site(site().settings, PLACES, (), (ANCHOR,), (page,))
    answer = explain(whole, profile(locality="paris"), page, now=NOW)
    assert answer.why is Why.MASK
    assert [each.place for each in answer.lists] == [None, None]
    assert answer.flip is not None


def test_a_page_of_an_edition_without_posts_has_no_answer() -> None:
    page = post("contact", kind=Kind.PAGE, date=None)
    with pytest.raises(ProblemsFound):
        explain(Site(site().settings, PLACES, (), (), (page,)), profile(), page, now=NOW)
