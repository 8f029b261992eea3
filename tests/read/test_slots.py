"""The place of a new term is behind the last of its point."""

from __future__ import annotations

import pytest

from cmsite.model import Point, TermSlot
from cmsite.read.slots import find_slot
from cmsite.read.yaml_places import written_end
from read.told import yaml


def slot(text: str) -> TermSlot:
    return find_slot(yaml(text), Point.NICHE)


def test_among_terms_on_lines_of_their_own_it_is_below_the_last_with_the_margin_of_the_others() -> None:
    text = "# a\nniche:\n   a:\n      label: A\n   b:\n      label: B\n\n# c\nscope:\n"
    assert slot(text) == TermSlot(6, 15, 3, in_braces=False, follows=True, terse=False)


def test_it_is_terse_where_the_last_term_is() -> None:
    assert slot("niche:\n  a:\n    label: A\n  b: {label: B}\n").terse
    assert not slot("niche:\n  a: {label: A}\n  b:\n").terse


def test_in_braces_it_is_behind_the_last_term_or_behind_the_brace() -> None:
    assert slot("niche: {a: {label: A} , }") == TermSlot(1, 22, 7, in_braces=True, follows=True, terse=True)
    assert slot("niche: { }") == TermSlot(1, 9, 0, in_braces=True, follows=False, terse=True)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a: b  # c\n", (1, 5)),
        ("a: [b, c]\n", (1, 9)),
        ("a:\n  - b\n  - c: d\n# e\n", (3, 9)),
        ("a: 'b\n  c'\nd: e\n", (2, 5)),
        ("a: |\n  b\n  # c\nd: e\n", (4, 1)),
        ("a:\n  b:\n\nc: d\n", (2, 5)),
    ],
)
def test_what_is_written_ends_behind_its_last_value(text: str, end: tuple[int, int]) -> None:
    assert written_end(yaml(text).source, ("a",)) == end
