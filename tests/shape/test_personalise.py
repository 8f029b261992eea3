"""Which posts stand in an edition, in what order, and why the others do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import mask, post, profile, site
from cmsite.errors import ProblemsFound
from cmsite.model import (
    Kind,
    Language,
    Mask,
    Order,
    Overrides,
    Post,
    Select,
    Slug,
    Vocabulary,
    Weights,
)
from cmsite.shape.masks import Outcome, Tier
from cmsite.shape.personalise import Edition, Why, personalise
from shape.strategies import blogs, masks, vocabularies

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ANCHOR = post("anchor")  # an open post, so that no edition is empty


def edition(*posts: Post, now: datetime = NOW, weights: Weights | None = None, **theirs: Any) -> Edition:
    select = {name: theirs.pop(name) for name in list(theirs) if name in Select.__struct_fields__}
    for name in ("include", "exclude"):
        select[name] = tuple(Slug(slug) for slug in select.get(name, ()))
    whole = site(*posts, weights=weights or Weights())
    return personalise(whole, profile(select=Select(**select), **theirs), now=now)


def slugs(made: Edition) -> list[str]:
    return [one.slug for one in made.chosen]


def chosen(*posts: Post, **theirs: Any) -> list[str]:
    """Return the slugs of the edition without the anchor's, which keeps it from being empty."""
    return [slug for slug in slugs(edition(ANCHOR, *posts, **theirs)) if slug != ANCHOR.slug]


def why(left_out: Post, **theirs: Any) -> Why | None:
    made = edition(ANCHOR, left_out, **theirs)
    return next((one.why for one in made.left_out if one.post == left_out), None)


def day(number: int) -> datetime:
    return datetime(2026, 3, number, tzinfo=UTC)


def test_one_conflicting_point_leaves_the_post_out_whatever_the_others_say() -> None:
    both = post("lyon", niche="e-sante", locality="lyon")
    assert chosen(both, niche="e-sante", locality="paris") == []
    assert why(both, niche="e-sante", locality="paris") is Why.MASK


def test_an_open_post_stands_in_the_edition() -> None:
    assert chosen(post("open"), niche="e-sante", locality="paris") == ["open"]


def test_a_barred_post_is_left_out() -> None:
    barred = post("barred", niche="e-sante", barred=mask(locality="france"))
    assert why(barred, niche="e-sante", locality="paris") is Why.MASK
    assert chosen(barred, niche="e-sante", locality="quebec") == ["barred"]


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"draft": True}, Why.DRAFT),
        ({"date": NOW + timedelta(seconds=1)}, Why.FUTURE),
        ({"expires": NOW}, Why.EXPIRED),
        ({"expires": NOW - timedelta(days=1)}, Why.EXPIRED),
        ({"language": Language("en")}, Why.LANGUAGE),
    ],
)
def test_what_leaves_a_post_out_before_its_mask_is_asked(given_: dict[str, Any], reason: Why) -> None:
    assert why(post("p", niche="e-sante", **given_), niche="e-sante") is reason
    assert why(post("p", **given_), include=["p"]) is reason


def test_reasons_are_called_as_the_manual_does() -> None:
    words = ["draft", "future", "expired", "language", "excluded", "mask", "general", "at-most"]
    assert [each.value for each in Why] == words


@pytest.mark.parametrize("given_", [{"date": NOW}, {"expires": NOW + timedelta(seconds=1)}])
def test_a_post_is_in_from_its_very_date_until_it_expires(given_: dict[str, Any]) -> None:
    assert chosen(post("p", **given_)) == ["p"]


def test_a_draft_needs_no_date() -> None:
    assert why(post("p", date=None, draft=True)) is Why.DRAFT


def test_an_excluded_post_is_never_in() -> None:
    assert why(post("p", niche="e-sante"), niche="e-sante", exclude=["p"]) is Why.EXCLUDED


def test_a_post_chosen_by_name_is_in_whatever_its_mask_says() -> None:
    made = edition(
        ANCHOR,
        post("p", niche="e-sante", locality="lyon", service="support"),
        niche="e-sante",
        locality="paris",
        service="communication",
        include=["p"],
    )
    one = next(one for one in made.chosen if one.slug == "p")
    assert one.by_name
    assert one.score == 9  # niche alone: 3 × 3
    assert [fit.outcome for fit in one.fits if fit.share == 0].count(Outcome.CONFLICT) == 2


def test_a_barred_post_may_be_chosen_by_name() -> None:
    assert chosen(post("p", barred=mask(niche="x")), niche="x", include=["p"]) == ["p"]


def test_a_post_that_would_be_in_anyway_still_says_that_it_was_named() -> None:
    made = edition(post("named"), post("other"), include=["named"])
    assert {one.slug: one.by_name for one in made.chosen} == {"named": True, "other": False}


def test_general_posts_may_be_left_out() -> None:
    fitting, general = post("fitting", niche="x"), post("general", service="y")
    kept = edition(fitting, general, niche="x")
    assert slugs(kept) == ["fitting", "general"]
    assert {one.slug: one.tier for one in kept.chosen} == {"fitting": Tier.STRONG, "general": Tier.GENERAL}
    made = edition(fitting, general, niche="x", keep_general=False)
    assert slugs(made) == ["fitting"]
    assert [(one.post.slug, one.why) for one in made.left_out] == [("general", Why.GENERAL)]


def test_a_general_post_chosen_by_name_stays() -> None:
    made = edition(post("fitting", niche="x"), post("g"), niche="x", keep_general=False, include=["g"])
    assert slugs(made) == ["fitting", "g"]


def test_general_pages_are_never_left_out() -> None:
    page = post("contact", kind=Kind.PAGE, date=None)
    whole = replace(site(post("p", niche="x")), pages=(page,))
    made = personalise(whole, profile(niche="x", select=Select(keep_general=False)), now=NOW)
    assert [one.slug for one in made.pages] == ["contact"]


def test_pages_pass_the_same_gate() -> None:
    pages = (
        post("in", kind=Kind.PAGE, date=None, niche="x"),
        post("out", kind=Kind.PAGE, date=None, niche="y"),
        post("english", kind=Kind.PAGE, date=None, language=Language("en")),
    )
    made = personalise(replace(site(ANCHOR), pages=pages), profile(niche="x"), now=NOW)
    assert [one.slug for one in made.pages] == ["in"]
    assert {(one.post.slug, one.why) for one in made.left_out} == {
        ("out", Why.MASK),
        ("english", Why.LANGUAGE),
    }


def test_at_most_lets_the_least_relevant_go_first() -> None:
    posts = [post("far", service="z"), post("near", niche="x"), post("nearer", niche="x", service="y")]
    made = edition(*posts, niche="x", service=["y", "z"], at_most=2)
    assert sorted(slugs(made)) == ["near", "nearer"]
    assert [(one.post.slug, one.why) for one in made.left_out] == [("far", Why.AT_MOST)]


def test_at_most_never_drops_what_was_chosen_by_name() -> None:
    posts = [post("near", niche="x"), post("one", niche="y"), post("two", niche="y")]
    assert slugs(edition(*posts, niche="x", include=["one", "two"], at_most=2)) == ["one", "two"]
    assert slugs(edition(*posts, niche="x", include=["one", "two"], at_most=1)) == ["one", "two"]


def test_at_most_counts_posts_and_not_pages() -> None:
    pages = tuple(post(slug, kind=Kind.PAGE, date=None) for slug in ("a", "b", "c"))
    made = personalise(replace(site(ANCHOR), pages=pages), profile(select=Select(at_most=1)), now=NOW)
    assert (len(made.chosen), len(made.pages)) == (1, 3)


def test_by_date_the_newest_is_first_and_ties_go_by_slug() -> None:
    posts = [post("b", date=day(2)), post("c", date=day(3)), post("a", date=day(2))]
    assert slugs(edition(*posts)) == ["c", "a", "b"]


def test_by_relevance_score_then_date_then_slug_decide() -> None:
    posts = [
        post("b", niche="x", date=day(1)),
        post("a", niche="x", date=day(1)),
        post("new", niche="x", date=day(2)),
        post("best", niche="x", service="y", date=day(1)),
        post("open", date=day(9)),
    ]
    made = edition(*posts, niche="x", service="y", order=Order.RELEVANCE)
    assert slugs(made) == ["best", "new", "a", "b", "open"]
    assert [one.slug for one in made.ranked] == slugs(made)


def test_a_blog_by_date_still_knows_what_is_most_relevant() -> None:
    made = edition(post("old", niche="x", date=day(1)), post("new", date=day(2)), niche="x")
    assert slugs(made) == ["new", "old"]
    assert [one.slug for one in made.ranked] == ["old", "new"]
    assert [one.slug for one in made.dated] == slugs(made)


def test_two_dates_that_are_one_instant_tie() -> None:
    here = datetime.fromisoformat("2026-03-01T10:00:00+01:00")
    there = datetime.fromisoformat("2026-03-01T09:00:00+00:00")
    assert slugs(edition(post("b", date=here), post("a", date=there))) == ["a", "b"]


def test_weights_decide_what_is_most_relevant() -> None:
    posts = [post("place", locality="paris"), post("sector", niche="x")]
    theirs: dict[str, Any] = {"niche": "x", "locality": "paris", "order": Order.RELEVANCE}
    assert slugs(edition(*posts, **theirs)) == ["sector", "place"]
    assert slugs(edition(*posts, weights=Weights(locality=9), **theirs)) == ["place", "sector"]


def test_the_next_change_is_the_next_date_to_come_or_to_expire() -> None:
    soon, later = NOW + timedelta(days=1), NOW + timedelta(days=2)
    assert edition(ANCHOR, post("a", date=later), post("b", expires=soon)).until == soon
    assert edition(ANCHOR, post("a", date=later), post("b", expires=NOW)).until == later
    assert edition(ANCHOR, post("a", date=soon, draft=True)).until is None


def test_a_post_enters_at_the_instant_that_the_edition_before_it_named() -> None:
    later = post("later", date=NOW + timedelta(days=3))
    until = edition(ANCHOR, later).until
    assert until is not None
    assert "later" not in slugs(edition(ANCHOR, later, now=until - timedelta(seconds=1)))
    assert "later" in slugs(edition(ANCHOR, later, now=until))


def test_an_edition_speaks_with_the_profiles_words() -> None:
    own = profile(language=Language("en"), site=Overrides(title="Own", posts_per_page=3))
    whole = site(post("p", language=Language("en")), title="Site", description="Kept")
    settings = personalise(whole, own, now=NOW).settings
    assert (settings.title, settings.description) == ("Own", "Kept")
    assert (settings.posts_per_page, settings.language) == (3, "en")


def test_an_empty_edition_names_the_points_that_emptied_it() -> None:
    posts = [post("a", locality="lyon"), post("b", barred=mask(niche="x")), post("c", draft=True)]
    with pytest.raises(ProblemsFound) as found:
        personalise(site(*posts), profile(niche="x", locality="paris", service="y"), now=NOW)
    (problem,) = found.value.problems
    assert problem.code == "empty-edition"
    assert str(problem.place) == "profiles/sante.yml:1:1"
    assert "locality, niche" in problem.hint
    assert "service" not in problem.hint


def test_an_edition_emptied_by_other_reasons_names_them() -> None:
    with pytest.raises(ProblemsFound) as found:
        personalise(site(post("a", draft=True), post("b", date=NOW + timedelta(1))), profile(), now=NOW)
    assert "draft, future" in found.value.problems[0].hint


def test_a_site_without_a_post_is_told_to_write_one() -> None:
    with pytest.raises(ProblemsFound, match="1 problem") as found:
        personalise(site(), profile(), now=NOW)
    assert "write a first post" in found.value.problems[0].hint


@settings(max_examples=40)
@given(blogs(), masks(), vocabularies(), st.sampled_from(Order), st.data())
def test_the_order_is_the_same_however_the_posts_were_read(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, order: Order, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(posts))
    own = profile(mask=theirs, select=Select(order=order, at_most=3))
    one = personalise(site(ANCHOR, *posts, words=words), own, now=NOW)
    other = personalise(site(*shuffled, ANCHOR, words=words), own, now=NOW)
    assert one.chosen == other.chosen
    assert {left.post.slug: left.why for left in one.left_out} == {
        left.post.slug: left.why for left in other.left_out
    }


@settings(max_examples=40)
@given(blogs(), masks(), vocabularies(), st.integers(1, 4))
def test_every_post_is_either_in_or_left_out_for_one_reason(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, at_most: int
) -> None:
    own = profile(mask=theirs, select=Select(at_most=at_most))
    made = personalise(site(ANCHOR, *posts, words=words), own, now=NOW)
    everyone = [one.slug for one in made.chosen] + [left.post.slug for left in made.left_out]
    assert sorted(everyone) == sorted(one.slug for one in (ANCHOR, *posts))
    assert len(made.chosen) <= at_most
