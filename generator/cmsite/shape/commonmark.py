"""Drive the CommonMark engine: write its events as the HTML of the contract.

Only this module knows the engine, pulldown-cmark as pyromark brings it. It tells what a text consists of and
leaves the writing to us, so that one pass gives headings with their ids, tables aligned by class, callouts,
tasks, notes and figures. What CommonMark has no word for but authors of Python-Markdown use is read in that
pass too: `{: .lead }` after a paragraph, `==marked==`, abbreviations, `[TOC]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any

from cmsite.shape.commonmark_ends import Note, Title, contents, level_titles, notes_at_the_end
from cmsite.shape.commonmark_pieces import (
    ALONE,
    ATTRIBUTES,
    CLOSING,
    INLINE,
    OPENING,
    Marks,
    figure,
    one_of,
    opened_cell,
    opened_link,
    opened_list,
    picture,
    plain,
    raw,
    with_attributes,
    without_abbreviations,
)
from cmsite.shape.engine import Heading, callout_title, ends_of_open_blocks, refuse_open_blocks, task_box
from cmsite.shape.highlighting import highlighted

_CALLOUT = re.compile(r"\[!([\w-]+)\][ \t]*")


def to_html(text: str, language: str) -> tuple[str, tuple[Heading, ...]]:
    """Return a text as HTML that is not sanitised yet, and its headings."""
    refuse_open_blocks(text)
    text, abbreviations = without_abbreviations(_apart(text))
    writer = _Writer(language, abbreviations)
    writer.write(_engine().events(text))
    return writer.told()


@cache
def _engine() -> Any:
    from pyromark import Markdown, Options

    return Markdown(
        options=Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_SUBSCRIPT  # written as it was: else one `~` would strike through
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_HEADING_ATTRIBUTES
        | Options.ENABLE_GFM
        | Options.ENABLE_DEFINITION_LIST
    )


def _apart(text: str) -> str:
    """Return a text with an empty line after each tag that asks for Markdown within it."""
    for end in reversed(ends_of_open_blocks(text)):
        text = f"{text[:end]}\n\n{text[end:]}"
    return text


class _Writer:
    """One pass over one text: pieces of HTML in `out`, of which some are mended when more is known.

    `out` is another list while a note or a picture's words are gathered; pieces are known by their places.
    """

    def __init__(self, language: str, abbreviations: dict[str, str]) -> None:
        self.language = language
        self.abbreviations = abbreviations
        self.short = one_of(abbreviations)
        self.out: list[str] = []
        self.body = self.out
        self.code: list[str] | None = None
        self.code_language = ""
        self.paragraph = self.picture = -1
        self.titling = False
        self.opened: list[int] = []  # inline elements
        self.closed = (-1, -1)  # the last of them: where it opens, and where it ended
        self.marked = Marks()
        self.lists: list[int] = []
        self.items: list[int] = []
        self.quotes: list[int] = []
        self.pictures: list[dict[str, Any]] = []
        self.outer: list[list[str]] = []  # what `out` was before a picture or a note began
        self.sides: tuple[str, ...] = ()
        self.column = 0
        self.cell = "td"
        self.titles: list[Title] = []
        self.notes: list[Note] = []
        self.marks: list[tuple[list[str], int, str]] = []
        self.contents: list[tuple[list[str], int]] = []

    def told(self) -> tuple[str, tuple[Heading, ...]]:
        """Return the whole, once every event is written."""
        headings = level_titles(self.titles)
        for out, at in self.contents:
            out[at] = contents(headings)
        ending = notes_at_the_end(self.notes, self.marks, self.language)
        return "".join(self.body) + ending, headings

    def write(self, events: Iterable[Any]) -> None:
        for event in events:
            if event.__class__ is str:
                self._alone(event)
                continue
            for kind, value in event.items():
                if kind == "Text":
                    self._text(value)
                elif kind == "Start":
                    if value.__class__ is str:
                        self._start(value)
                    else:
                        for name, inside in value.items():
                            self._start_with(name, inside)
                elif kind == "End":
                    self._end(value if value.__class__ is str else next(iter(value)), value)
                else:
                    self._other(kind, value)

    def _alone(self, name: str) -> None:
        if name == "SoftBreak" and self.titling:
            self._end_title()
        else:
            self.out.append(ALONE[name])

    def _end_title(self) -> None:
        """End the first line of a callout: what follows it is a paragraph of its own."""
        self.titling = False
        self.out.append("</p>\n")
        self.paragraph = len(self.out)
        self.out.append("<p>")

    def _text(self, text: str) -> None:
        if self.code is not None:
            self.code.append(text)
            return
        out = self.out
        if text[:1] == "{" and len(out) == self.closed[1] and (match := ATTRIBUTES.match(text)):
            out[self.closed[0]] = with_attributes(out[self.closed[0]], match[1])
            text = text[match.end() :]
        elif text[:1] == "[" and len(out) - 1 == self.paragraph and (match := _CALLOUT.match(text)):
            text = self._callout(match, text)
        if "&" in text or "<" in text or ">" in text:
            text = escape(text, quote=False)
        if self.short is not None:
            text = self.short.sub(self._abbreviation, text)
        if "==" in text:
            self.marked.write(out, text, len(self.opened))
        elif text:
            out.append(text)

    def _callout(self, match: re.Match[str], text: str) -> str:
        """Make a callout of a quote whose first line is a kind and a title; return the title."""
        if not self.quotes or self.quotes[-1] != self.paragraph - 1:
            return text
        kind = match[1].lower()
        self.out[self.quotes[-1]] = f'<blockquote class="callout callout-{kind}">\n'
        self.out[self.paragraph] = '<p class="callout-title">'
        self.titling = True
        return text[match.end() :] or callout_title(kind, self.language)

    def _abbreviation(self, match: re.Match[str]) -> str:
        return f'<abbr title="{self.abbreviations[match[0]]}">{match[0]}</abbr>'

    def _start(self, name: str) -> None:
        if name not in INLINE:
            self.marked.forget()
        if name == "TableCell":
            self.out.append(opened_cell(self.cell, self.sides[self.column]))
            self.column += 1
            return
        at = len(self.out)
        if name == "Paragraph":
            self.paragraph = at
        elif name == "Item":
            self.items.append(at)
        elif name in ("TableHead", "TableRow"):
            self.cell, self.column = "th" if name == "TableHead" else "td", 0
        elif name in INLINE:
            self.opened.append(at)
        self.out.append(OPENING[name])

    def _start_with(self, name: str, inside: Any) -> None:
        at = len(self.out)
        if name != "Link":
            self.marked.forget()
        if name == "Link":
            self.opened.append(at)
            self.out.append(opened_link(inside))
        elif name == "Image":
            self.pictures.append(inside)
            self._gather([])
        elif name == "Heading":
            self.titles.append(Title(self.out, at, inside))
            self.out.append("")
        elif name == "List":
            self.lists.append(at)
            self.out.append(opened_list(inside))
        elif name == "CodeBlock":
            self.code = []
            words = inside["Fenced"].strip("{} .").split() if inside != "Indented" else []
            self.code_language = words[0] if words else ""
        elif name == "BlockQuote":
            self._start_quote(at, inside)
        elif name == "FootnoteDefinition":
            self.notes.append(Note(inside, []))
            self._gather(self.notes[-1].out)
        elif name == "Table":
            self.sides = inside
            self.out.append("<table>\n")

    def _gather(self, pieces: list[str]) -> None:
        """Write into other pieces until the picture or note that begins here ends."""
        self.outer.append(self.out)
        self.out = pieces

    def _start_quote(self, at: int, kind: str | None) -> None:
        self.quotes.append(at)
        if kind is None:
            self.out.append("<blockquote>\n")
        else:
            title = callout_title(kind.lower(), self.language)
            self.out.append(f'<blockquote class="callout callout-{kind.lower()}">\n')
            self.out.append(f'<p class="callout-title">{title}</p>\n')

    def _end(self, name: str, value: Any) -> None:
        ending = _ENDINGS.get(name)
        if ending is not None:
            ending(self, value)
            return
        if name in INLINE:
            self._end_inline(CLOSING[name])
        else:
            self.out.append(CLOSING[name])

    def _end_inline(self, closing: str) -> None:
        self.marked.leave(len(self.opened))
        start = self.opened.pop()
        self.out.append(closing)
        self.closed = (start, len(self.out))

    def _end_paragraph(self, _: Any) -> None:
        out, at = self.out, self.paragraph
        self.titling = False
        self._take_attributes(at)
        if len(out) == at + 2 and out[-1] == "[TOC]":
            out[at:] = [""]
            self.contents.append((out, at))
        elif len(out) == at + 2 and self.picture == at + 1 and (shown := figure(out[at], out[-1])):
            out[at:] = [shown]
        else:
            out.append("</p>\n")
        self.paragraph = self.picture = -1

    def _take_attributes(self, at: int) -> None:
        """Give the attributes that a last line lists to the block that begins at a piece."""
        out = self.out
        if (
            len(out) > at + 2
            and out[-1][:1] == "{"
            and out[-2] == "\n"
            and (match := ATTRIBUTES.fullmatch(out[-1].strip()))
        ):
            del out[-2:]
            out[at] = with_attributes(out[at], match[1])

    def _end_item(self, _: Any) -> None:
        self._take_attributes(self.items.pop())
        self.out.append("</li>\n")

    def _end_list(self, value: Any) -> None:
        self.lists.pop()
        self.out.append("</ol>\n" if value["List"] else "</ul>\n")

    def _end_quote(self, _: Any) -> None:
        self.quotes.pop()
        self.out.append("</blockquote>\n")

    def _end_heading(self, _: Any) -> None:
        title = self.titles[-1]
        title.end(len(self.out), plain("".join(self.out[title.at + 1 :])))
        self.out.append("")

    def _end_picture(self, _: Any) -> None:
        words, inside = plain("".join(self.out)), self.pictures.pop()
        self.out = self.outer.pop()
        self.marked.forget()
        self.picture = len(self.out)
        self.out.append(picture(inside, words))
        self.closed = (self.picture, len(self.out))

    def _end_code(self, _: Any) -> None:
        code = "".join(self.code or ())
        self.code = None
        self.out.append(highlighted(code if code.endswith("\n") else f"{code}\n", self.code_language))

    def _end_note(self, _: Any) -> None:
        self.out = self.outer.pop()

    def _end_cell(self, _: Any) -> None:
        self.out.append(f"</{self.cell}>\n")

    def _other(self, kind: str, value: Any) -> None:
        at = len(self.out)
        if kind == "Code":
            self.out.append(f"<code>{escape(value, quote=False)}</code>")
            self.closed = (at, at + 1)
        elif kind in ("Html", "InlineHtml"):
            self.out.append(raw(value))
        elif kind == "FootnoteReference":
            self.marks.append((self.out, at, value))
            self.out.append("")
        elif kind == "TaskListMarker":
            self.out[self.items[-1]] = '<li class="task-list-item">'
            self.out[self.lists[-1]] = '<ul class="task-list">\n'
            self.out.append(f"{task_box(self.language, done=value)} ")


_ENDINGS: dict[str, Callable[[_Writer, Any], None]] = {
    "Paragraph": _Writer._end_paragraph,
    "Item": _Writer._end_item,
    "List": _Writer._end_list,
    "BlockQuote": _Writer._end_quote,
    "Heading": _Writer._end_heading,
    "Image": _Writer._end_picture,
    "CodeBlock": _Writer._end_code,
    "FootnoteDefinition": _Writer._end_note,
    "TableCell": _Writer._end_cell,
}
