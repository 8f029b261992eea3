"""What is printed in HTML: the same as MarkupSafe prints, whatever it is."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from cmsite.shape.printing import filled, printed
from cmsite.shape.views import LinkView


class Word(StrEnum):
    LESS = "<"


class Told:
    """What says for itself how it is shown."""

    def __html__(self) -> str:
        return "<i>"

    def __str__(self) -> str:
        return "&"


TEXTS = st.text(st.sampled_from("a&<>'\"é;\u202f{}"), max_size=8)
VALUES = (
    TEXTS
    | TEXTS.map(Markup)
    | st.integers()
    | st.floats()
    | st.sampled_from([True, False, None, Word.LESS, Told(), (), ["<"], LinkView("<a>", "&")])
    | st.just(datetime(2026, 3, 1, tzinfo=UTC))
)


@given(VALUES)
def test_a_value_is_printed_as_markupsafe_prints_it(value: Any) -> None:
    assert printed(value) == escape(value)


def test_what_is_undefined_is_not_printed() -> None:
    with pytest.raises(jinja2.UndefinedError, match="'nope' is undefined"):
        printed(jinja2.StrictUndefined(name="nope"))


@given(st.lists(TEXTS | st.sampled_from(["{a}", "{b}", "{{", "}}", "{a.b}"])).map("".join), VALUES, VALUES)
def test_a_text_is_filled_as_markupsafe_fills_it(text: str, one: Any, other: Any) -> None:
    assert attempted(filled, text, a=one, b=other) == attempted(slowly, text, a=one, b=other)


@pytest.mark.parametrize(
    "text",
    ["{a}", "<{a}>{a}", "{a!r}", "{a!s:>4}", "{a:>4}", "{a.label}", "{a[0]}", "{}", "{0}", "{c}", "{a"],
)
@pytest.mark.parametrize("value", ["<b>", Markup("<b>"), 7, True, None, LinkView("<x>", "/"), ("<",)])
def test_fields_that_ask_for_more_are_filled_too(text: str, value: Any) -> None:
    assert attempted(filled, text, a=value) == attempted(slowly, text, a=value)


def slowly(text: str, values: Any) -> Markup:
    return Markup.escape(text).format(**values)


def attempted(fill: Any, text: str, **values: Any) -> object:
    """Return what filling a text gives, with its type, or how it fails."""
    try:
        told = fill(text, values)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        return type(error), str(error)
    return type(told), str(told)
