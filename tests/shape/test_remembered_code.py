"""A piece of code that was coloured before looks as it would if it were the first."""

from __future__ import annotations

import pytest

from cmsite.shape.python_markdown import _Remembering, to_html

CODE = "x = 1\n# a\n\nprint(x)"
HEADS = (
    "python",
    "",
    "text",
    "nobody-knows",
    "{.python}",
    "{.python .mine}",
    "{.python #here}",
    "{.python data-x=y}",
    'python title="a.py"',
    'python hl_lines="1"',
    'python linenums="1"',
    'python linenums="3 2"',
    'python linenums="1 1 2" hl_lines="2"',
)


def block(head: str, code: str = CODE) -> str:
    return f"```{head}\n{code}\n```\n"


def alone(text: str) -> str:
    _Remembering.known.clear()
    return to_html(text, "fr")[0]


@pytest.mark.parametrize("head", HEADS)
def test_code_is_what_it_would_be_if_nothing_were_remembered(head: str) -> None:
    fresh = alone(block(head))
    alone("".join(block(other) for other in HEADS))
    assert to_html(block(head), "fr")[0] == fresh


def test_the_same_code_in_another_language_or_place_is_told_apart() -> None:
    texts = [
        block("python"),
        block("sql"),
        f"> {block('python')}",
        f"`#!python {CODE.split()[0]}`",
        f"    {CODE}",
    ]
    fresh = [alone(text) for text in texts]
    _Remembering.known.clear()
    assert [to_html(text, "fr")[0] for text in texts + texts] == fresh + fresh


def test_code_is_coloured_once_however_often_it_is_written() -> None:
    alone(block("python") * 3 + block("python", "y = 2"))
    assert len(_Remembering.known) == 2


def test_a_thing_that_is_wished_is_not_remembered() -> None:
    alone("".join(block(head) for head in HEADS if "=" in head or "#" in head or "mine" in head))
    assert not _Remembering.known
