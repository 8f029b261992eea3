"""Draw vocabularies (trees without loops), masks and posts, silent or worded, over the same few terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from builders import PLACE, post, vocabulary
from cmsite.model import (
    POINTS,
    Body,
    CallToAction,
    Mask,
    Point,
    Post,
    Term,
    Terms,
    Variant,
    Vocabulary,
    Weights,
)

NAMES = ("a", "b", "c", "d", "e", "f")
STRANGER = Term("z")  # declared nowhere: it lies within nothing and contains nothing
TERMS = tuple(Term(name) for name in NAMES)
START = datetime(2026, 1, 1, tzinfo=UTC)
_BODIES = st.sampled_from(
    [
        "Un texte.",
        "Avant.\n\n{% if mask.niche.matches('a') %}\nPour a.\n{% endif %}\n\n## Après\n\n- un\n- deux",
        "{% if mask.locality %}Vers {{ mask.locality }}.{% else %}Partout.{% endif %}\n\nLa suite.",
        "Lire [l'autre](post:post-0).",
    ]
)


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


def sayable_masks() -> st.SearchStrategy[Mask]:
    """Return masks that a sentence can be made of, which scope and presence have terms of their own for."""
    return st.builds(Mask, niche=terms(), challenge=terms(), locality=terms())


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


@st.composite
def worded_blogs(draw: st.DrawFn) -> tuple[Post, ...]:
    """Return posts that speak to many masks, and say other things to each by conditions and variants."""
    posts = draw(blogs())
    return tuple(
        replace(
            post,
            mask=Mask(niche=draw(terms()), locality=draw(terms())),
            barred=Mask(),
            body=Body(draw(_BODIES), post.body.place),
            variants=tuple(draw(st.lists(_variants(), max_size=2))),
            tags=draw(st.sampled_from([(), ("un",), ("un", "deux")])),
            pinned=draw(st.booleans()),
        )
        for post in posts
    )


def _variants() -> st.SearchStrategy[Variant]:
    words = st.none() | st.sampled_from(["Un autre", "Un autre encore"])
    whens = terms(at_least=1).map(lambda stated: Mask(niche=stated))
    actions = st.none() | st.just(CallToAction("Parlons", "/about/"))
    return st.builds(
        Variant, when=whens, place=st.just(PLACE), title=words, summary=words, call_to_action=actions
    )


def _post(draw: st.DrawFn, index: int) -> Post:
    given: dict[str, Any] = {
        "mask": draw(masks()),
        "barred": draw(st.just(Mask()) | masks()),
        "date": START + timedelta(days=draw(st.integers(0, 2))),
    }
    return post(f"post-{index}", **given)
