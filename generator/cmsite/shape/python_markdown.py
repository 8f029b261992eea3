"""Drive Python-Markdown: its extensions, and what its tree still needs to meet the contract.

Only this module knows the engine. Tables lose their style attributes (a strict CSP blocks them),
callouts become block quotes, a picture with a title becomes a figure, a `#` heading makes room for
the page's own title, ids keep all letters ("œuvrer-l-ete").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from pymdownx.highlight import Highlight, HighlightExtension
from pymdownx.inlinehilite import InlineHiliteExtension
from pymdownx.mark import MarkExtension
from pymdownx.quotes import QuotesExtension
from pymdownx.superfences import SuperFencesCodeExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from cmsite.shape.engine import (
    BACK,
    Heading,
    MarkupError,
    callout_title,
    heading_id,
    refuse_open_blocks,
    task_box,
)

_BEGINS = {  # what an inline pattern of the engine begins with; a tab may become spaces
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": ("  \n", "\t"),
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
    "delimiter": "=~",
}
_SEEKS = {  # what else of the engine goes over a whole text, and what it looks for there
    "fenced_code_block": ("```", "~~~"),
    "html_block": "<&",
    "attr_list": "{",
    "abbr": ("*[",),
    "task-list": "[",
    "quotes": ">",
}
_NO_WISHES: dict[str, tuple[Any, ...]] = {  # what a block of code says that wants nothing but its colours
    **dict.fromkeys(("linestart", "linestep", "linespecial"), (-1,)),
    **dict.fromkeys(("hl_lines", "classes", "attrs", "title", "id_value"), (None, [], {}, "")),
}
_NUMBER = "code_block_count"  # which nothing is named by where lines have no names
_PIECES = 2_048  # of code that are remembered
_CONTENTS = "[TOC]"
_HEADINGS = re.compile(r"h([1-6])")
_CHECKBOX = re.compile(r'<input type="checkbox" disabled( checked)?/?>')


def to_html(text: str, language: str, extensions: tuple[str, ...] = ()) -> tuple[str, tuple[Heading, ...]]:
    """Return a text as HTML that is not sanitised yet, and its headings."""
    refuse_open_blocks(text)
    engine = _engine(language, extensions, frozenset() if extensions else idle_parts(text))
    engine.reset()
    try:
        html = engine.convert(text)
    except BaseException as error:
        _engine.cache_clear()  # it was left in the middle of its lists, which no reset mends
        if not isinstance(error, RecursionError):
            raise
        raise MarkupError(
            "this text is nested too deep to be read", "shorten its lists and quotes"
        ) from error
    html = _CHECKBOX.sub(lambda match: task_box(language, done=bool(match[1])), html)
    tokens: list[dict[str, Any]] = engine.toc_tokens  # type: ignore[attr-defined]
    return html, tuple(_headings(tokens))


@cache
def is_extension(name: str) -> bool:
    """Return whether the engine can load an extension of this name: a module that is one."""
    try:
        Markdown(extensions=[name])
    except (ImportError, AttributeError, TypeError, ValueError):
        return False
    return True


def idle_patterns(text: str) -> frozenset[str]:
    """Return the engine's inline patterns that can find nothing in a text: it lacks what they begin with.

    The engine tries each of them on each piece of a text; most texts are read in two thirds of the time
    without those that are idle.
    """
    return frozenset(name for name, begins in _BEGINS.items() if not any(mark in text for mark in begins))


def idle_parts(text: str) -> frozenset[str]:
    """Return all parts of the engine that can find nothing in a text: patterns, passes, and the contents."""
    passes = (name for name, sought in _SEEKS.items() if not any(mark in text for mark in sought))
    contents = () if _CONTENTS in text else (_CONTENTS,)
    return idle_patterns(text).union(passes, contents)


@lru_cache(maxsize=128)
def _engine(language: str, extensions: tuple[str, ...], idle: frozenset[str]) -> Markdown:
    """Return an engine without the parts that are named as idle."""
    engine = _whole_engine(language, extensions, "" if _CONTENTS in idle else _CONTENTS)
    for parts in (engine.inlinePatterns, engine.preprocessors, engine.treeprocessors):
        for name in idle:
            if name in parts:
                parts.deregister(name)
    return engine


def _whole_engine(language: str, extensions: tuple[str, ...], contents: str = _CONTENTS) -> Markdown:
    """Return an engine that puts the list of all headings in the place of `contents`.

    Our extensions are given as they are: the engine looks a name up among all that is installed.
    """
    return Markdown(
        extensions=[
            AbbrExtension(),
            AttrListExtension(),
            DefListExtension(),
            FootnoteExtension(BACKLINK_TITLE=BACK[language]),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            TableExtension(),
            _Highlighting(guess_lang=False),
            InlineHiliteExtension(),
            MarkExtension(),
            QuotesExtension(callouts=True),
            SuperFencesCodeExtension(),
            TasklistExtension(),
            DeleteSubExtension(subscript=False),
            TocExtension(slugify=lambda words, _: heading_id(words), marker=contents),
            *extensions,
            _ContractExtension(language),
        ],
        output_format="html",
    )


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], unescape(token["name"]))
        yield from _headings(token["children"])


class _Highlighting(HighlightExtension):  # type: ignore[misc]  # a library without types
    """Colours code, each plain piece once."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """Return what the engine has code coloured by."""
        return _Remembering


class _Remembering(Highlight):  # type: ignore[misc]
    """Keeps what became of blocks of code that nothing is asked of: no lines, titles, names or numbers."""

    known: ClassVar[dict[tuple[str, str, str], Any]] = {}

    def highlight(self, src: str, language: str, css_class: str = "highlight", **wishes: Any) -> Any:
        """Return a piece of code as HTML."""
        told = ((name, value) for name, value in wishes.items() if name != _NUMBER)
        if any(value not in _NO_WISHES.get(name, ()) for name, value in told):
            return super().highlight(src, language, css_class, **wishes)
        key = (src, language, css_class)
        if key not in self.known:
            if len(self.known) >= _PIECES:
                self.known.clear()
            self.known[key] = super().highlight(src, language, css_class, **wishes)
        return self.known[key]


class _ContractExtension(Extension):
    """Registers our two passes over the tree: before ids are given, and after attributes are read."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 the engine's name
        md.treeprocessors.register(_BeforeIds(md), "cmsite-headings", 7)
        after = _AfterAttributes(md)
        after.language = self.language
        md.treeprocessors.register(after, "cmsite-contract", 4)


class _BeforeIds(Treeprocessor):
    """Makes room for the page's title: with a `#` in the text, every heading goes down a level."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if _HEADINGS.fullmatch(str(element.tag))]
        if any(element.tag == "h1" for element in headings):
            for element in headings:
                element.tag = f"h{min(int(element.tag[1]) + 1, 6)}"


class _AfterAttributes(Treeprocessor):
    """Brings tables, callouts and pictures into the form of the contract."""

    language = "en"

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag in ("th", "td"):
                    _align_by_class(child)
                elif child.tag == "div" and "admonition" in child.get("class", "").split():
                    _make_callout(child, self.language)
                elif child.tag == "p" and (figure := _figure(child)) is not None:
                    parent[index] = figure


def _align_by_class(cell: Element) -> None:
    side = re.fullmatch(r"text-align:\s*(left|center|right);?", cell.attrib.pop("style", ""))
    if side:
        cell.set("class", f"{cell.get('class', '')} align-{side[1]}".strip())


def _make_callout(element: Element, language: str) -> None:
    kind = next((name for name in element.get("class", "").split() if name != "admonition"), "note")
    element.tag = "blockquote"
    element.set("class", f"callout callout-{kind}")
    for child in element:
        if child.get("class") == "admonition-title":
            child.set("class", "callout-title")
            if (child.text or "").strip().casefold() == kind:
                child.text = callout_title(kind, language)


def _figure(paragraph: Element) -> Element | None:
    """Return a figure for a paragraph that is nothing but one picture with a title, else None."""
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return None
    picture = paragraph[0]
    if picture.tag != "img" or not picture.get("title"):
        return None
    figure = Element("figure", dict(paragraph.attrib))
    figure.tail = paragraph.tail
    caption = Element("figcaption")
    caption.text = picture.attrib.pop("title")
    picture.tail = ""
    figure.append(picture)
    figure.append(caption)
    return figure
