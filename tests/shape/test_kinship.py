"""Posts that belong together: what they share counts, then their order."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from builders import mask, post, profile, site
from cmsite.model import Post, Slug
from cmsite.shape.kinship import Related, series_parts
from cmsite.shape.personalise import Chosen, personalise

TAGS = st.sets(st.sampled_from(["a", "b", "c", "d", "A"]), max_size=4)
TERMS = st.sampled_from([(), ("paris",), ("paris", "lyon")])


def test_the_post_that_shares_most_comes_first_then_the_more_relevant() -> None:
    posts = (
        post("one", tags=("a", "b")),
        post("two", tags=("a",)),
        post("three", tags=("A", "b")),
        post("four", tags=("c",)),
        post("five", tags=("b",)),
        post("six", tags=("a",)),
    )
    found = Related(_chosen(*posts))
    assert [one.slug for one in found[Slug("one")]] == ["three", "two", "five"]
    assert found[Slug("four")] == ()


@given(st.lists(st.tuples(TAGS, TERMS), max_size=12))
def test_all_posts_at_once_gives_what_holding_each_against_every_other_gives(
    kinds: list[tuple[set[str], tuple[str, ...]]],
) -> None:
    posts = _chosen(
        *(
            post(f"p{index}", tags=tuple(sorted(tags)), mask=mask(locality=terms))
            for index, (tags, terms) in enumerate(kinds)
        )
    )
    found = Related(posts)
    for one in posts:
        shared = [
            (len(_topics(one.post) & _topics(other.post)), other) for other in posts if other is not one
        ]
        ranked = [other for count, other in sorted(shared, key=lambda each: -each[0]) if count]
        assert list(found[one.slug]) == ranked[:3]


def test_a_series_keeps_the_order_of_its_posts() -> None:
    parts = series_parts(_chosen(post("b", series="S"), post("x"), post("a", series="S")))
    assert [one.slug for one in parts["S"]] == ["b", "a"]
    assert list(parts) == ["S"]


def _topics(one: Post) -> set[tuple[str, str]]:
    return {("tag", tag.casefold()) for tag in one.tags} | {("locality", term) for term in one.mask.locality}


def _chosen(*posts: Post) -> tuple[Chosen, ...]:
    """Return the posts as a profile that states nothing chooses them, in the order given."""
    if not posts:
        return ()
    edition = personalise(site(*posts), profile(), now=datetime(2026, 4, 1, tzinfo=UTC))
    by_slug = {one.slug: one for one in edition.chosen}
    return tuple(by_slug[one.slug] for one in posts)
