"""Find the tags of a body that lack their other half, and say so in the author's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

Token = tuple[int, str, str]  # as Jinja's lexer gives it: line from 1, kind, text

_OPENING = ("if", "for", "set", "macro", "call", "filter", "with", "block", "autoescape")
_BETWEEN = {"else": ("if", "for"), "elif": ("if",)}
_TAG = re.compile(r"\{[{%]")


class Unpaired(Struct, frozen=True):
    """A tag without its other half: its line and column in the text, from 1."""

    line: int
    column: int
    what: str
    hint: str


class _Tag(Struct, frozen=True):
    name: str
    line: int
    column: int


def find_unpaired(text: str, tokens: Iterable[Token]) -> tuple[Unpaired, ...]:
    """Return the tags that are never closed or, as the first of them, one that closes nothing.

    What follows a tag that closes nothing is not looked at: it would be told wrong.
    """
    open_tags: list[_Tag] = []
    for tag in _tags(text, tokens):
        inner = open_tags[-1] if open_tags else None
        if tag.name in _OPENING:
            open_tags.append(tag)
        elif tag.name in _BETWEEN:
            if inner is None or inner.name not in _BETWEEN[tag.name]:
                return (_outside(tag),)
        elif inner and tag.name == f"end{inner.name}":
            open_tags.pop()
        elif tag.name.startswith("end"):
            return (_closes_nothing(tag, inner),)
    return tuple(_never_closed(tag) for tag in open_tags)


def _tags(text: str, tokens: Iterable[Token]) -> Iterator[_Tag]:
    """Yield every `{% … %}` that opens, parts or closes a block; `{% set x = 1 %}` does not."""
    lines, seen = text.split("\n"), Counter[int]()
    words, line, column = list[str](), 1, 1
    for at, kind, value in tokens:
        if kind in ("block_begin", "variable_begin", "raw_begin", "raw_end"):
            begins = [match.start() + 1 for match in _TAG.finditer(lines[at - 1])]
            words, line, column = [], at, begins[seen[at]]
            seen[at] += 1
        elif kind == "data":  # between `{% raw %}` and `{% endraw %}` it holds tags
            seen.update(at + value.count("\n", 0, match.start()) for match in _TAG.finditer(value))
        elif kind in ("name", "operator"):
            words.append(value)
        elif kind == "block_end" and words and not (words[0] == "set" and "=" in words):
            yield _Tag(words[0], line, column)


def _never_closed(tag: _Tag) -> Unpaired:
    what = f"`{{% {tag.name} … %}}` is opened here and never closed"
    return Unpaired(tag.line, tag.column, what, f"write `{{% end{tag.name} %}}` where it ends")


def _closes_nothing(tag: _Tag, inner: _Tag | None) -> Unpaired:
    opening = tag.name.removeprefix("end")
    hint = f"take it away, or write `{{% {opening} … %}}` before it"
    if inner:
        hint = f"what is open here is a `{{% {inner.name} … %}}`: write `{{% end{inner.name} %}}` first"
    return Unpaired(tag.line, tag.column, f"`{{% {tag.name} %}}` closes nothing", hint)


def _outside(tag: _Tag) -> Unpaired:
    what = f"`{{% {tag.name} %}}` stands outside of any `{{% if … %}}`"
    return Unpaired(tag.line, tag.column, what, "take it away, or write `{% if … %}` before it")
