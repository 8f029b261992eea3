"""What counts as code in Markdown, so that neither Jinja nor a link's search takes it for text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.shape.code import blank_code, find_code

SOUP = st.text(st.sampled_from("`~ \n>\\ab-"), max_size=80)


def code(text: str) -> list[str]:
    return [text[start:end] for start, end in find_code(text)]


@pytest.mark.parametrize(
    "piece",
    [
        "```\nx\n```",
        "```python\nx\n\ny\n```",
        "~~~\nx\n~~~",
        '``` {.python title="x"}\nx\n```',
        "````\n```\nx\n```\n````",
        "~~~~\n~~~\nx\n~~~\n~~~~",
        "~~~\n```\nx\n~~~",
        "```\n```",
        "    ```\n    x\n\n    y\n    ```",
        "> ```\n> x\n>\n> ```",
        "> > ~~~\n> > x\n> > ~~~",
    ],
)
def test_a_closed_fence_is_code_whole(piece: str) -> None:
    assert code(f"before\n\n{piece}\n\nafter") == [piece]


@pytest.mark.parametrize("piece", ["`x`", "`` x ` y ``", "`a\nb`", "```x```", "`\\`", "`` ` ``"])
def test_a_span_is_code(piece: str) -> None:
    assert code(f"before {piece} after") == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "```\nnever closed\n\nend",
        "~~~\n```\nnever closed",
        "````\nclosed too short\n```\n",
        "a ` alone",
        "\\`escaped\\`",
        "`over a blank\n\nline`",
        "``two and one`",
        "    indented code is not found",
        "~~strike~~ ~~~",
        "",
    ],
)
def test_this_is_text(text: str) -> None:
    assert code(text) == []


def test_a_span_of_three_ticks_at_the_start_of_a_line_opens_no_fence() -> None:
    assert code("```x``` text\n\n```\ny\n```") == ["```x```", "```\ny\n```"]


def test_an_escaped_backslash_before_a_span_is_not_an_escape_of_its_tick() -> None:
    assert code("\\\\`x`")[0].endswith("`x`")


def test_an_unclosed_longer_fence_leaves_the_shorter_one_in_it_alone() -> None:
    assert code("````\n```\nx\n```\n\nend") == ["```\nx\n```"]


def test_a_tick_in_a_fence_pairs_with_none_outside() -> None:
    assert code("a ` b\n```\n` x\n```\nc ` d") == ["```\n` x\n```"]


def test_fences_may_be_asked_for_alone() -> None:
    text = "`a`\n\n~~~\nb\n~~~"
    assert [text[start:end] for start, end in find_code(text, spans=False)] == ["~~~\nb\n~~~"]


def test_code_is_blanked_in_place() -> None:
    assert blank_code("a `b` c\n```\nd\n```\ne") == "a     c\n   \n \n   \ne"


@given(SOUP)
def test_pieces_come_in_order_and_never_overlap(text: str) -> None:
    places = list(find_code(text))
    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(start >= 0 and end <= len(text) for start, end in places)


@given(SOUP)
def test_blanking_keeps_every_line_and_column(text: str) -> None:
    blank = blank_code(text)
    assert [len(line) for line in blank.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(new in (old, " ") for new, old in zip(blank, text, strict=True))
