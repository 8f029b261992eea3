"""The shortest change that puts a post in or out: it works, and nothing shorter does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import mask, post, profile, site, vocabulary
from cmsite.errors import ProblemsFound
from cmsite.model import POINTS, Kind, Mask, Point, Post, Profile, Select, Site, Slug, Terms, Vocabulary
from cmsite.shape.personalise import Chosen, Why, personalise
from cmsite.shape.report.explain import explain
from cmsite.shape.report.flip import Flip, PostFlip, ProfileFlip
from shape.strategies import TERMS, blogs, masks, terms, vocabularies

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ANCHOR = post("anchor")  # an open post, so that no edition is empty
NOTHING: Terms = ()


def is_in(whole: Site, whose: Profile, asked: Post) -> bool | None:
    try:
        edition = personalise(whole, whose, now=NOW)
    except ProblemsFound:
        return None
    return any(one.slug == asked.slug for one in (*edition.chosen, *edition.pages))


def restated(of: Mask, *points: tuple[Point, Terms]) -> Mask:
    return replace(of, **{point.value: stated for point, stated in points})


def edited(whole: Site, asked: Post) -> Site:
    return replace(
        whole,
        posts=tuple(asked if each.slug == asked.slug else each for each in whole.posts),
        pages=tuple(asked if each.slug == asked.slug else each for each in whole.pages),
    )


def after(flip: Flip, whole: Site, whose: Profile, asked: Post) -> bool | None:
    """Return whether the post is in once the change is made."""
    if isinstance(flip, ProfileFlip):
        return is_in(whole, replace(whose, mask=restated(whose.mask, *flip.points)), asked)
    return is_in(edited(whole, replace(asked, mask=flip.mask, barred=flip.barred)), whose, asked)


def size(flip: Flip, asked: Post) -> tuple[int, int]:
    """Return how many points a change touches, and how many terms it writes there."""
    if isinstance(flip, ProfileFlip):
        return len(flip.points), sum(len(stated) for _, stated in flip.points)
    pairs = ((flip.mask, asked.mask), (flip.barred, asked.barred))
    new = [(point, now[point]) for now, was in pairs for point in POINTS if now[point] != was[point]]
    return len({point for point, _ in new}), sum(len(stated) for _, stated in new)


def one_point_changes(whose: Profile, asked: Post) -> Iterator[tuple[Profile, Post, int]]:
    """Yield every change of one point to nothing or one term, on either side, and its number of terms."""
    for point in POINTS:
        for stated in (NOTHING, *((term,) for term in TERMS)):
            yield replace(whose, mask=restated(whose.mask, (point, stated))), asked, len(stated)
            yield whose, replace(asked, mask=restated(asked.mask, (point, stated))), len(stated)
            yield whose, replace(asked, barred=restated(asked.barred, (point, stated))), len(stated)


def decided_by_a_mask(whole: Site, whose: Profile, asked: Post) -> bool:
    verdict = explain(whole, whose, asked, now=NOW).verdict
    if isinstance(verdict, Chosen):
        return not verdict.by_name
    return verdict.why in (Why.MASK, Why.GENERAL, Why.AT_MOST)


def small_masks() -> st.SearchStrategy[Mask]:
    """Return masks of two points at most, so that posts are in as often as out."""
    return st.builds(Mask, niche=terms(), locality=terms())


def selects() -> st.SearchStrategy[Select]:
    named = st.sampled_from([(), (Slug("post-0"),)])
    return st.builds(
        Select, keep_general=st.booleans(), include=named, at_most=st.sampled_from([None, None, 1, 2, 3])
    )


def small_blogs() -> st.SearchStrategy[tuple[Post, ...]]:
    """Return posts that state two points at most, some of them barring something."""
    one = st.tuples(small_masks(), st.just(Mask()) | small_masks())
    return st.lists(one, min_size=1, max_size=4).map(
        lambda drawn: tuple(
            post(f"post-{number}", mask=stated, barred=barred)
            for number, (stated, barred) in enumerate(drawn)
        )
    )


@given(blogs() | small_blogs(), masks() | small_masks(), vocabularies(), selects())
def test_making_the_change_flips_the_verdict(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, select: Select
) -> None:
    whole, whose = site(*posts, words=words), profile(mask=theirs, select=select)
    for asked in posts[:2]:
        answer = explain(whole, whose, asked, now=NOW)
        if answer.flip is not None:
            assert after(answer.flip, whole, whose, asked) is not answer.included
            assert after(answer.flip, whole, whose, asked) is not None


@given(small_blogs(), small_masks(), vocabularies(), selects())
def test_no_change_of_one_point_is_shorter(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, select: Select
) -> None:
    whole, whose, asked = site(ANCHOR, *posts, words=words), profile(mask=theirs, select=select), posts[0]
    answer = explain(whole, whose, asked, now=NOW)
    if not decided_by_a_mask(whole, whose, asked):
        assert answer.flip is None
        return
    shortest = size(answer.flip, asked) if answer.flip else (7, 0)
    for changed_profile, changed_post, written in one_point_changes(whose, asked):
        if (1, written) < shortest:
            outcome = is_in(edited(whole, changed_post), changed_profile, changed_post)
            assert outcome in (answer.included, None)


@given(small_blogs(), small_masks(), vocabularies(), selects())
def test_what_stands_in_a_page_s_way_is_flipped_too(
    posts: tuple[Post, ...], theirs: Mask, words: Vocabulary, select: Select
) -> None:
    page = replace(posts[0], kind=Kind.PAGE, date=None, slug=Slug("page"))
    whole, whose = replace(site(ANCHOR, words=words), pages=(page,)), profile(mask=theirs, select=select)
    if is_in(whole, whose, ANCHOR):
        answer = explain(whole, whose, page, now=NOW)
        if answer.flip is not None:
            assert after(answer.flip, whole, whose, page) is not answer.included


def of_profile(**points: str) -> ProfileFlip:
    """Return a change of the profile's mask; an empty text states nothing."""
    stated = mask(**{name: term or () for name, term in points.items()})
    return ProfileFlip(tuple((point, stated[point]) for point in POINTS if point.value in points))


TREE = vocabulary(
    niche={"e-sante": None, "finance": None},
    challenge={"confiance": None, "crise": None},
    locality={"france": None, "paris": "france", "lyon": "france"},
)


def flip_of(asked: Post, whose: Profile, *others: Post, words: Vocabulary = TREE) -> Flip | None:
    return explain(site(ANCHOR, asked, *others, words=words), whose, asked, now=NOW).flip


def test_a_conflict_goes_when_the_profile_states_nothing_there() -> None:
    assert flip_of(post(locality="lyon"), profile(locality="paris")) == of_profile(locality="")


def test_two_conflicts_take_two_points() -> None:
    flip = flip_of(post(niche="finance", locality="lyon"), profile(niche="e-sante", locality="paris"))
    assert flip == of_profile(niche="", locality="")


def test_a_term_is_stated_where_silence_would_make_the_post_general() -> None:
    whose = profile(locality="paris", niche="e-sante", select=Select(keep_general=False))
    near = post("near", niche="e-sante")
    assert flip_of(post(locality="lyon"), whose, near) == of_profile(locality="france")


def test_a_general_post_can_only_come_in_by_its_own_mask() -> None:
    whose = profile(locality="paris", select=Select(keep_general=False))
    near = post("near", locality="paris")
    assert flip_of(post(), whose, near) == PostFlip(mask(locality="france"), Mask())


def test_the_limit_is_respected() -> None:
    whose = profile(locality="paris", select=Select(at_most=1))
    near = post("near", locality="france")
    assert flip_of(post("zz-last"), whose, near) == PostFlip(mask(locality="paris"), Mask())


def test_a_post_that_fits_goes_out_by_another_term_of_the_profile() -> None:
    assert flip_of(post(locality="lyon"), profile(locality="lyon")) == of_profile(locality="paris")


def test_a_post_that_states_nothing_goes_out_by_its_own_bar() -> None:
    assert flip_of(post(), profile(niche="e-sante")) == PostFlip(Mask(), mask(niche="e-sante"))


def test_where_neither_side_states_anything_no_change_of_one_side_helps() -> None:
    assert flip_of(post(), profile()) is None


def test_a_free_point_takes_the_terms_that_the_site_uses() -> None:
    free, other = vocabulary(), post("other", niche="finance")
    assert flip_of(post(niche="e-sante"), profile(niche="e-sante"), other, words=free) == of_profile(
        niche="finance"
    )


def test_a_change_that_would_empty_the_edition_is_no_answer() -> None:
    asked = post(locality="lyon")
    other = post("other", locality="paris")
    flip = explain(site(asked, other, words=TREE), profile(), asked, now=NOW).flip
    assert flip == of_profile(locality="paris")
