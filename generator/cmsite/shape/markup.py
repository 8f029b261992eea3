"""Turn Markdown into HTML: one contract, whatever the engine beside it.

What comes out has its own heading ids, no style attributes, callouts as block quotes, pictures with a
title as figures; it is sanitised unless the author vouches for it. Links are still as written:
they mean different things in different editions (`links` resolves them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Protocol

import nh3
from msgspec import Struct

from cmsite.model import Html, Language, RawHtml
from cmsite.shape.clean_already import cleaned_already
from cmsite.shape.engine import Heading, MarkupError
from cmsite.shape.typography import typeset, typeset_html

MAX_DEPTH = 100  # nested elements; the sanitiser's time grows with the square of the depth
_WORDS_A_MINUTE = 200
_EXCERPT = 200  # characters

_OBSOLETE_TAGS = {"acronym", "area", "center", "h1", "map", "rtc", "strike", "tt"}  # or the page's own: h1
_OBSOLETE_ATTRIBUTES = {"align", "char", "charoff", "size", "summary"}
_TAGS = (nh3.ALLOWED_TAGS | {"section", "input"}) - _OBSOLETE_TAGS
_ATTRIBUTES = {
    **{tag: names - _OBSOLETE_ATTRIBUTES for tag, names in nh3.ALLOWED_ATTRIBUTES.items() if tag in _TAGS},
    "*": {"class", "id", "lang", "title", "dir"},
    "input": {"checked", "disabled", "aria-label"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "th": {"scope", "colspan", "rowspan", "abbr"},
    "details": {"open"},
    "time": {"datetime"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    url_schemes={"http", "https", "mailto", "tel", "xmpp", "post"},
    link_rel=None,
)
_FIELD = re.compile(r'<input(?![^>]*\stype="checkbox")[^>]*>')  # of forms, only a task's box stays
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INSIDE = r"""[^<>"']*+(?:(?:"[^"]*"|'[^']*')[^<>"']*+)*+"""  # of a tag: a value in quotes may hold < and >
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*){_INSIDE}>")
_BLOCK = r"p|li|h\d|div|td|th|dd|dt|blockquote|br|figcaption"
_BETWEEN = re.compile(rf"</?(?:({_BLOCK})\b|[a-zA-Z]){_INSIDE}>")
_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>', re.DOTALL)
_NOT_PROSE = re.compile(r"<!--.*?-->|<(pre|script|style)\b.*?</\1>", re.DOTALL)
_NOTES = re.compile(r'<div class="footnote">.*', re.DOTALL)
_PARAGRAPH = re.compile(rf"<p\b(?![^<>]*callout-title){_INSIDE}>(.*?)</p>", re.DOTALL)
_APART = b'!"#$%&()*+,./:;<=>?@[\\]^`{|}~ \n'  # what parts words, in ASCII
_OUTLINE = bytes(ord(" " if byte in _APART else "-" if byte == ord("-") else "x") for byte in range(256))
_APART_TOO = "\n«»“”‘„–—…·•→\u00a0\u202f"


class Converted(Struct, frozen=True):
    """A text as HTML, its headings in order, its number of words and its first words."""

    html: Html
    headings: tuple[Heading, ...]
    words: int
    excerpt: str

    @property
    def minutes(self) -> int:
        """How long the text takes to read, at least one minute."""
        return max(1, round(self.words / _WORDS_A_MINUTE))


class Source(Struct, frozen=True):
    """A text in Markdown, the language of the words that an engine adds, and how its own HTML is taken."""

    text: str
    language: Language
    raw_html: RawHtml


class Converting(Protocol):
    """Whoever converts the texts of editions, and counts how many it has really converted."""

    @property
    def converted(self) -> int:
        """How many texts were converted."""

    @property
    def shared(self) -> bool:
        """Whether several editions ask for the same texts."""

    def convert_all(self, sources: Sequence[Source]) -> Sequence[Converted | MarkupError]:
        """Return the HTML of some texts in their order, or what keeps one from having any."""


def convert(
    text: str,
    language: Language,
    raw_html: RawHtml,
    extensions: tuple[str, ...] = (),
    engine: str = "markdown",
) -> Converted:
    """Return Markdown as HTML, with `language` for the words that the engine adds.

    Raises MarkupError for what nests too deep, or opens a Markdown block and never closes it.
    """
    html, written = _read(text, language, extensions, engine)
    headings = tuple(Heading(each.level, each.id, typeset(each.text, language)) for each in written)
    html = typeset_html(_clean(html, raw_html), language)
    prose = _without_code(_NOTES.sub("", html))
    paragraphs = (plain_text(match[1]) for match in _PARAGRAPH.finditer(prose))
    excerpt = _shortened(next((words for words in paragraphs if words), ""))
    return Converted(Html(html), headings, _count_words(_bare(prose)), excerpt)


def _read(
    text: str, language: Language, extensions: tuple[str, ...], engine: str
) -> tuple[str, tuple[Heading, ...]]:
    """Return what the engine of that name makes of a text; only the one that is used is imported."""
    if engine == "commonmark":
        from cmsite.shape import commonmark

        return commonmark.to_html(text, language)
    if engine != "markdown":
        raise ValueError(engine)
    from cmsite.shape import python_markdown

    return python_markdown.to_html(text, language, extensions)


def _clean(html: str, raw_html: RawHtml) -> str:
    """Return HTML without what no page may hold, unless the author vouches for it."""
    if raw_html is RawHtml.SANITISED and (known := cleaned_already(html, MAX_DEPTH)) is not None:
        return known
    _refuse_depth(html)
    return sanitised(html) if raw_html is RawHtml.SANITISED else html


def sanitised(html: str) -> str:
    """Return HTML with nothing but the elements, attributes and addresses that may stand in a page."""
    html = _CLEANER.clean(html)
    return _FIELD.sub("", html) if "<input" in html else html


def plain_text(html: str) -> str:
    """Return the words of some HTML, in one line, without code blocks and note marks."""
    return " ".join(_bare(_without_code(html)).split())


def _bare(html: str) -> str:
    """Return the words of some HTML as they are spaced in it, without note marks."""
    if "<sup" in html:
        html = _MARK.sub("", html)
    pieces = _BETWEEN.split(html)
    pieces[1::2] = [" " if block else "" for block in pieces[1::2]]
    return unescape("".join(pieces))


def _count_words(text: str) -> int:
    """Return how many words a text has: "l'été" and "porte-voix" are one."""
    spaced = _parted(text.strip())
    if " -" in spaced or not spaced.isprintable():  # how many spaces matters, or which
        spaced = _parted(" ".join(text.split()))
    outline = spaced.encode().translate(_OUTLINE).replace(b"--", b" ").replace(b" - ", b" ")
    return outline.count(b" x") + outline.count(b" -") + (outline[:1] not in (b" ", b""))


def _parted(text: str) -> str:
    for mark in _APART_TOO:
        if mark in text:  # to look is ten times faster than to replace nothing
            text = text.replace(mark, " ")
    return text


def _without_code(html: str) -> str:
    """Return some HTML without its blocks of code, which part words, and its comments, which do not."""
    return _NOT_PROSE.sub(lambda match: " " if match[1] else "", html)


def _shortened(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    return f"{text[:_EXCERPT].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def _refuse_depth(html: str) -> None:
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        if depth > MAX_DEPTH:
            raise MarkupError(f"elements are nested deeper than {MAX_DEPTH}", "flatten the text")
