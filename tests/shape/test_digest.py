"""A fingerprint is the same for equal values, another for others, and refused to what has no written form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from builders import mask, post, profile
from cmsite.digest import digest, digest_bytes
from cmsite.model import Kind, Point, Slug, Template

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
