"""What a coverage counts, and that a post for a gap fills it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import mask, post, profile, site
from cmsite.model import FIXED_TERMS, Language, Mask, Point, Post, Profile, Select, Site, Vocabulary
from cmsite.shape.masks import matches
from cmsite.shape.personalise import personalise
from cmsite.shape.report.coverage import (
    Cell,
    as_markdown,
    cover,
    filling_command,
    gains,
    language_for,
    summary,
)
from shape.strategies import blogs, masks, vocabularies

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ENGLISH = Language("en")


def cells(of: Site, *profiles: Profile, least: int = 1) -> dict[str, int]:
    """Return how many posts each term has: `{"paris": 2}`; for profiles that share no term."""
    return {cell.term: cell.count for cell in cover(of, profiles, now=NOW, least=least).cells}


def with_profiles(of: Site, *profiles: Profile) -> Site:
    return replace(of, profiles=profiles)


def test_a_post_counts_for_its_own_term() -> None:
    assert cells(site(post(locality="paris")), profile(locality="paris")) == {"paris": 1}


def test_a_post_within_a_term_counts_for_it() -> None:
    assert cells(site(post(locality="paris")), profile(locality="france")) == {"france": 1}


def test_a_post_about_a_wider_term_is_in_the_edition_and_counts_for_nothing() -> None:
    assert cells(site(post(locality="france")), profile(locality="paris")) == {"paris": 0}


def test_a_post_that_the_edition_leaves_out_counts_for_nothing() -> None:
    left_out = post("a", niche="e-sante", locality="lyon")
    posts = site(left_out, post("b", locality="paris"))
    assert cells(posts, profile(niche="e-sante", locality="paris")) == {"e-sante": 0, "paris": 1}


def test_a_term_is_counted_for_each_profile_that_states_it() -> None:
    both = profile("un", locality="paris"), profile("deux", locality="paris", language=ENGLISH)
    posts = site(post("a", locality="paris"), post("b", locality="paris", language=ENGLISH))
    assert [cell.posts for cell in cover(posts, both, now=NOW).cells] == [("a",), ("b",)]


def test_terms_run_in_the_order_of_the_points_and_then_of_the_mask() -> None:
    wanted = profile(presence="online", niche=("b", "a"), locality="paris")
    assert list(cells(site(post()), wanted)) == ["b", "a", "paris", "online"]


def test_an_empty_edition_counts_nothing_and_does_not_stop_the_others() -> None:
    empty, other = profile("vide", locality="lyon"), profile("plein", locality="paris")
    coverage = cover(site(post(locality="paris")), (empty, other), now=NOW)
    assert [(cell.profile, cell.count) for cell in coverage.cells] == [("vide", 0), ("plein", 1)]
    assert [len(shelf.posts) for shelf in coverage.shelves] == [0, 1]


def test_a_cell_is_thin_below_the_least_that_is_wanted() -> None:
    posts = site(post("a", niche="x", locality="paris"), post("b", niche="x"))
    coverage = cover(posts, (profile(niche="x", locality="paris"),), now=NOW, least=2)
    assert [cell.term for cell in coverage.thin] == ["paris"]
    assert summary(coverage) == "2 terms in 1 profile: 1 thin (with fewer than 2 posts)"


def test_when_nothing_is_thin_the_summary_says_so() -> None:
    coverage = cover(site(post(locality="paris")), (profile(locality="paris"),), now=NOW)
    assert summary(coverage) == "1 term in 1 profile: none without a post"


def test_no_free_term_breaks_the_markdown_table() -> None:
    coverage = cover(site(post()), (profile(niche="a|b *c* <d>"),), now=NOW)
    assert r"| niche | a\|b \*c\* \<d\> | 0 | **thin** |  |" in as_markdown(coverage)


def test_the_command_that_fills_a_cell_can_be_typed_as_it_stands() -> None:
    def of(term: str) -> Cell:
        return cover(site(post()), (profile(niche=term),), now=NOW).cells[0]

    assert filling_command(of("e-sante")) == "cmsite new post --for niche=e-sante"
    assert filling_command(of("l'art de vivre")) == "cmsite new post --for 'niche=l'\"'\"'art de vivre'"
    assert filling_command(of("a,b")) == ""


def test_a_post_is_missed_in_the_language_of_the_profile_that_lacks_it() -> None:
    french, english = profile("un", niche="x"), profile("deux", niche="x", language=ENGLISH)
    of = with_profiles(site(post(niche="x"), language=Language("fr")), french, english)
    assert language_for(of, mask(niche="x"), now=NOW) == "en"


def test_among_equals_a_post_is_missed_in_the_language_of_the_site() -> None:
    english, french = profile("deux", niche="x", language=ENGLISH), profile("un", niche="x")
    of = with_profiles(site(post(), language=Language("fr")), english, french)
    assert language_for(of, mask(niche="x"), now=NOW) == "fr"


def test_a_profile_that_would_leave_the_post_out_does_not_choose_its_language() -> None:
    english = profile("deux", niche="x", locality="lyon", language=ENGLISH)
    of = with_profiles(site(post(), language=Language("fr")), english)
    assert language_for(of, mask(niche="x", locality="paris"), now=NOW) == "fr"


def test_a_post_adds_to_the_profiles_that_take_it_and_to_no_other() -> None:
    taker, other = profile("un", niche="x", locality="paris"), profile("deux", niche="x", locality="lyon")
    of = with_profiles(site(post()), taker, other)
    gained = gains(of, post("neuf", niche="x", locality="paris", draft=True), now=NOW)
    assert [(gain.profile, gain.term, gain.today, gain.then) for gain in gained] == [
        ("un", "x", 0, 1),
        ("un", "paris", 0, 1),
    ]


def test_a_post_with_a_date_to_come_adds_from_its_own_day() -> None:
    of = with_profiles(site(post()), profile(niche="x"))
    assert gains(of, post("neuf", niche="x", date=NOW + timedelta(days=9)), now=NOW)


def test_a_post_for_which_an_edition_has_no_room_adds_nothing() -> None:
    full = profile(niche="x", locality="paris", select=Select(at_most=1))
    of = with_profiles(site(post("fort", niche="x", locality="paris")), full)
    assert gains(of, post("neuf", locality="paris"), now=NOW) == ()


@examples(max_examples=15)
@given(vocabularies(), masks(), blogs())
def test_a_cell_holds_the_posts_of_the_edition_that_match_its_term(
    words: Vocabulary, wanted: Mask, posts: tuple[Post, ...]
) -> None:
    of, reader = site(*posts, words=words), profile(mask=wanted)
    coverage = cover(of, (reader,), now=NOW)
    chosen = [one.slug for one in coverage.shelves[0].posts]
    if chosen:
        assert chosen == [one.slug for one in personalise(of, reader, now=NOW).chosen]
    stated = {one.slug: one.mask for one in posts}
    for cell in coverage.cells:
        speaking = [slug for slug in chosen if matches(stated[slug], cell.point, cell.term, words)]
        assert list(cell.posts) == speaking


@examples(max_examples=10)
@given(vocabularies(), st.lists(masks(), min_size=1, max_size=3), blogs())
def test_a_post_for_a_gap_adds_to_it(words: Vocabulary, wanted: list[Mask], posts: tuple[Post, ...]) -> None:
    profiles = tuple(profile(f"p-{number}", mask=each) for number, each in enumerate(wanted))
    of = with_profiles(site(*posts, words=words), *profiles)
    for gap in cover(of, profiles, now=NOW).thin:
        filling = post("neuf", mask=Mask(**{gap.point.value: (gap.term,)}), draft=True)
        gained = {(gain.profile, gain.point, gain.term) for gain in gains(of, filling, now=NOW)}
        assert (gap.profile, gap.point, gap.term) in gained


def test_the_fixed_terms_are_counted_as_any_other() -> None:
    posts = site(post(scope="internal"), words=Vocabulary())
    assert cells(posts, profile(scope=FIXED_TERMS[Point.SCOPE])) == {"internal": 1, "external": 0}
