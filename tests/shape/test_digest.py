"""A fingerprint is the same for equal values, another for others, and refused to what has no written form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct, inspect
from msgspec.structs import replace

from builders import mask, post, profile
from cmsite.digest import digest, digest_bytes, digest_field
from cmsite.model import DrawingRecipe, Extra, Kind, PictureRecipe, Point, SearchRecipe, Slug, Template
from cmsite.shape import views
from cmsite.shape.feeds import FeedView, SitemapEntry
from cmsite.shape.views import CardView, LinkView, PageView, ReasonView, SocialCardView

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.binary(max_size=4) | st.dates(),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


class Colour(Enum):
    RED = 1


class Shade(StrEnum):
    RED = "red"


class Pair(Struct, frozen=True):
    one: object
    two: object


class Couple(Struct, frozen=True):
    one: object
    two: object


class Loose(Struct):
    one: int = 1


def written(value: Any) -> tuple[str, str]:
    """Return a value with the types of all it holds: True and 1 are told apart."""
    inner = tuple(written(each) for each in value) if isinstance(value, tuple) else value
    return type(value).__name__, repr(inner)


@given(VALUES, VALUES)
def test_two_values_have_one_digest_exactly_when_they_are_the_same(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) is (written(one) == written(other))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_texts_that_run_together_stay_apart(one: list[str], other: list[str]) -> None:
    assert (digest(tuple(one)) == digest(tuple(other))) is (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((), ("",)),
        (("a", "b"), ("ab",)),
        ((("a",), "b"), ("a", ("b",))),
        ("1", 1),
        ("a", b"a"),
        (True, 1),
        (None, ""),
        (None, "None"),
        (Colour.RED, 1),
        (Shade.RED, "red"),
        (Shade.RED, Colour.RED),
        (date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
        (date(2026, 3, 1), "2026-03-01"),
        (Pair(1, 2), Pair(2, 1)),
        (Pair(1, 2), Couple(1, 2)),
        (Pair(1, 2), (1, 2)),
        ("s1:a", "a"),
    ],
)
def test_values_that_look_alike_are_told_apart(one: object, other: object) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "value", [1.5, {}, {"a": 1}, [], ["a"], {1}, object(), Loose(), lambda: 1, 1j, range(3)]
)
def test_what_has_no_stable_form_is_refused(value: object) -> None:
    for wrapped in (value, (value,), Pair(1, value)):
        with pytest.raises(TypeError, match="no stable digest"):
            digest(wrapped)


def test_a_set_has_no_order() -> None:
    words = [f"w{number}" for number in range(50)]
    assert digest(frozenset(words)) == digest(frozenset(words[::-1]))
    assert digest(frozenset(words)) != digest(frozenset(words[1:]))


def test_a_text_is_itself_whatever_it_is_called() -> None:
    assert digest(Slug("a")) == digest("a") == digest(Markup("a"))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 127, 128, 129, 5000])
@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_a_text_of_any_length_is_itself(size: int, letter: str) -> None:
    text = letter * size
    assert digest((text, 1)) == digest((Markup(text), 1)) == digest(("".join(text), 1))
    assert digest(text) != digest(text + letter)


def test_every_field_of_a_post_counts() -> None:
    one = post("a", niche="x")
    others: dict[str, object] = {
        "kind": Kind.PAGE, "draft": True, "pinned": True, "templating": False, "mask": mask(niche="y"),
        "barred": mask(niche="y"), "tags": ("t",), "aliases": ("/x/",), "image": "files/x.jpg",
        "date": datetime(2026, 3, 2, tzinfo=UTC),
    }  # fmt: skip
    texts = {name: "other" for name in one.__struct_fields__ if isinstance(getattr(one, name), str)}
    for name, value in {**texts, **others}.items():
        changed: Any = {name: value}
        assert digest(replace(one, **changed)) != digest(one), name


def test_nouns_of_the_model_have_digests() -> None:
    assert digest(post("a")) == digest(post("a"))
    assert digest(profile(niche="x")) != digest(profile(niche="y"))
    assert digest(Point.NICHE) != digest(Point.SCOPE)


def test_a_digest_is_the_same_for_ever() -> None:
    assert digest(("a", 1, None, True)) == "8a4e969b3927e1ee3a7f539a622dcd21"
    assert digest(Template("a.html", "b", "c")) == "fc1f78870651dcbc80066e432b13e899"
    assert digest_bytes(b"a") == "27c35e6e9373877f29e562464e46497e"


TOLD = (  # the types that a field of a view may hold, to any depth
    inspect.StrType, inspect.IntType, inspect.BoolType, inspect.NoneType, inspect.DateTimeType,
    inspect.BytesType, inspect.EnumType,
)  # fmt: skip


def untold(kind: inspect.Type) -> Iterator[inspect.Type]:
    """Yield what a type holds that two unequal values could tell alike."""
    match kind:
        case inspect.UnionType(types):
            for each in types:
                yield from untold(each)
        case inspect.VarTupleType(item):
            yield from untold(item)
        case inspect.TupleType(items):
            for each in items:
                yield from untold(each)
        case inspect.StructType(cls, fields):
            for field in fields if cls is not Extra else ():
                yield from untold(field.type)
        case _ if not isinstance(kind, TOLD):
            yield kind


@pytest.mark.parametrize(
    "kind",
    [*get_args(PageView), SocialCardView, FeedView, SitemapEntry, PictureRecipe, DrawingRecipe, SearchRecipe],
)
def test_all_that_is_digested_as_a_field_is_text_numbers_and_moments(kind: type) -> None:
    assert [*untold(inspect.type_info(kind))] == []


def test_a_union_in_a_field_is_of_one_kind_or_nothing() -> None:
    """Two frozen types with the same fields would be told alike."""
    unions = [
        found
        for view in vars(views).values()
        if isinstance(view, type) and issubclass(view, Struct) and view is not Struct
        for field in inspect.type_info(view).fields  # type: ignore[attr-defined]
        if isinstance(found := field.type, inspect.UnionType)
    ]
    assert unions
    assert all(len(union.types) == 2 and inspect.NoneType() in union.types for union in unions)


MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))]))
EXTRAS = st.recursive(
    st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple)
        | st.lists(st.tuples(st.text(max_size=2), inner), max_size=2).map(lambda each: Extra(tuple(each)))
    ),
    max_leaves=4,
)
CARDS = st.builds(
    CardView,
    title=st.text(max_size=2),
    url=st.text(max_size=2),
    date=MOMENTS,
    summary=st.text(max_size=2),
    category=st.none() | st.builds(LinkView, st.text(max_size=1), st.text(max_size=1)),
    minutes=st.integers(0, 2),
    pinned=st.booleans(),
    tier=st.sampled_from(["strong", "good"]),
    reasons=st.lists(st.builds(ReasonView, *[st.text(max_size=1)] * 3), max_size=2).map(tuple),
)


LONG = "x" * 2_000
TEXTS = st.text(max_size=2) | st.sampled_from([LONG, f"{LONG}!", digest_bytes(LONG.encode())])


@pytest.mark.parametrize(
    "values",
    [
        CARDS,
        EXTRAS.map(lambda value: Extra((("key", value),))),
        st.none() | MOMENTS,
        TEXTS,
        st.builds(LinkView, TEXTS, TEXTS),
    ],
    ids=["cards", "extras", "moments", "texts", "links"],
)
@given(data=st.data())
def test_fields_of_one_type_have_one_digest_exactly_when_they_are_the_same(
    values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    one, other = data.draw(values), data.draw(values)
    same = digest(one) == digest(other)
    assert (digest_field(one) == digest_field(other)) is same
