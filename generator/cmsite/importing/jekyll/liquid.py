"""Cut a text into its Liquid: tags, outputs, raw passages, comments, highlighted code, and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from cmsite.importing.jekyll.code import FENCE, SPAN, code_end

_LIQUID = r"(?P<tag>\{%)|(?P<output>\{\{)"
_IN_MARKDOWN = re.compile(f"{FENCE}|{SPAN}|{_LIQUID}", re.MULTILINE)
_IN_HTML = re.compile(rf"(?P<fence>(?!))|(?P<span>(?!))|{_LIQUID}")
_INNER = re.compile(r"\s*(?P<name>[\w-]+)\s*(?P<rest>.*)", re.DOTALL)
_RAW_MARK = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_RAW_PASSAGE = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_END_TAG = re.compile(r"%\}")
_END_OUTPUT = re.compile(r"\}\}")
_BLOCKS = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment", "highlight")}


class Part(StrEnum):
    """What a piece of Liquid is."""

    TAG = "tag"
    OUTPUT = "output"
    RAW_MARK = "raw mark"
    COMMENT = "comment"
    HIGHLIGHT = "highlight"
    END_HIGHLIGHT = "end of highlight"
    CODE = "code"  # code in Markdown that held Liquid outside raw passages


class Token(Struct, frozen=True):
    """A piece of Liquid: what it is, where it stands, a tag's name, and what else is in it.

    Highlighted code has for a name the fence that can hold it.
    """

    part: Part
    start: int
    end: int
    name: str = ""
    rest: str = ""


class _Text(Struct, frozen=True):
    """A text, and what was looked for in vain: it stands no further on either."""

    text: str
    absent: set[re.Pattern[str]]

    def find(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        found = None if pattern in self.absent else pattern.search(self.text, at)
        if found is None:
            self.absent.add(pattern)
        return found


def scan_liquid(text: str, *, markdown: bool) -> Iterator[Token]:
    """Yield the Liquid of a text in its order; between the tokens stands what is none.

    In fences and code spans of Markdown only the marks of raw passages are yielded; a passage that
    is never closed is a tag like another.
    """
    start = _IN_MARKDOWN if markdown else _IN_HTML
    searched = _Text(text, set())
    at = 0
    while match := start.search(text, at):
        if match["fence"] or match["span"]:
            end = code_end(text, match)
            tokens = _code(text, match.start(), end) if end else []
        else:
            tokens = _liquid(searched, match)
            end = tokens[-1].end if tokens else None
        yield from tokens
        at = end or match.end()


def _code(text: str, start: int, end: int) -> list[Token]:
    shown = _RAW_PASSAGE.sub("", text[start:end])
    ran = "{{" in shown or "{%" in shown
    return _raw_marks(text, start, end) + ([Token(Part.CODE, end, end)] if ran else [])


def _raw_marks(text: str, start: int, end: int) -> list[Token]:
    return [Token(Part.RAW_MARK, *mark.span()) for mark in _RAW_MARK.finditer(text, start, end)]


def _liquid(searched: _Text, match: re.Match[str]) -> list[Token]:
    closing = searched.find(_END_TAG if match["tag"] else _END_OUTPUT, match.end())
    if closing is None:
        return []
    inner = searched.text[match.end() : closing.start()].strip("-")
    if match["output"]:
        return [Token(Part.OUTPUT, match.start(), closing.end(), rest=inner.strip())]
    named = _INNER.fullmatch(inner)
    name, rest = (named["name"], named["rest"].strip()) if named else ("", inner.strip())
    tag = Token(Part.TAG, match.start(), closing.end(), name, rest)
    return _block(searched, tag) or [tag]


def _block(searched: _Text, tag: Token) -> list[Token]:
    """Return the tokens of a block that is read whole; none when the tag opens no such block."""
    ending = _BLOCKS.get(tag.name)
    closing = searched.find(ending, tag.end) if ending else None
    if closing is None:
        return []
    if tag.name == "raw":
        return [Token(Part.RAW_MARK, tag.start, tag.end), Token(Part.RAW_MARK, *closing.span())]
    if tag.name == "comment":
        return [Token(Part.COMMENT, tag.start, closing.end())]
    fence = _fence(searched.text[tag.end : closing.start()])
    return [
        Token(Part.HIGHLIGHT, tag.start, tag.end, fence, tag.rest),
        *_raw_marks(searched.text, tag.end, closing.start()),
        Token(Part.END_HIGHLIGHT, *closing.span(), fence),
    ]


def _fence(code: str) -> str:
    """Return backticks enough to hold code that has fences of its own."""
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    return "`" * (longest + 1)
