"""Draw vocabularies (trees without loops), masks and posts over the same few terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from builders import post, vocabulary
from cmsite.model import POINTS, Mask, Point, Post, Term, Terms, Vocabulary, Weights

NAMES = ("a", "b", "c", "d", "e", "f")
STRANGER = Term("z")  # declared nowhere: it lies within nothing and contains nothing
TERMS = tuple(Term(name) for name in NAMES)
START = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str | None]:
    """Return terms and what each lies within: always one before it, so that there is no loop."""
    return {
        name: draw(st.sampled_from([None, *NAMES[:index]])) if index else None
        for index, name in enumerate(NAMES)
    }


def vocabularies() -> st.SearchStrategy[Vocabulary]:
    """Return vocabularies that declare all six points."""
    return st.fixed_dictionaries({point.value: trees() for point in POINTS}).map(
        lambda all_: vocabulary(**all_)
    )


def terms(*, at_least: int = 0) -> st.SearchStrategy[Terms]:
    """Return what a mask may state at one point."""
    return st.lists(st.sampled_from(TERMS), min_size=at_least, max_size=3, unique=True).map(tuple)


def masks() -> st.SearchStrategy[Mask]:
    """Return masks, each point stating nothing or up to three terms."""
    return st.builds(Mask, **{point.value: terms() for point in POINTS})


def weights() -> st.SearchStrategy[Weights]:
    """Return weights that an author may write."""
    return st.builds(Weights, **{point.value: st.integers(0, 100) for point in POINTS})


def points() -> st.SearchStrategy[Point]:
    """Return one of the six points."""
    return st.sampled_from(POINTS)


@st.composite
def blogs(draw: st.DrawFn) -> tuple[Post, ...]:
    """Return posts with masks and bars, several of them of the same day."""
    count = draw(st.integers(1, 6))
    return tuple(_post(draw, index) for index in range(count))


def _post(draw: st.DrawFn, index: int) -> Post:
    given: dict[str, Any] = {
        "mask": draw(masks()),
        "barred": draw(st.just(Mask()) | masks()),
        "date": START + timedelta(days=draw(st.integers(0, 2))),
    }
    return post(f"post-{index}", **given)
