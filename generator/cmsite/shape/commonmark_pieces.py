"""Write the single pieces of a CommonMark text, and mend those that are already written."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise
from typing import Any

from cmsite.shape.attributes import attribute, with_attribute
from cmsite.shape.code import blank_code

INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Subscript", "Superscript", "Link"})
OPENING = {
    "Paragraph": "<p>", "Emphasis": "<em>", "Strong": "<strong>", "Strikethrough": "<del>", "Subscript": "~",
    "Superscript": "^", "Item": "<li>", "DefinitionList": "<dl>\n", "DefinitionListTitle": "<dt>",
    "DefinitionListDefinition": "<dd>", "TableHead": "<thead>\n<tr>\n", "TableRow": "<tr>\n", "HtmlBlock": "",
}  # fmt: skip
CLOSING = {
    "Emphasis": "</em>", "Strong": "</strong>", "Strikethrough": "</del>", "Subscript": "~",
    "Superscript": "^", "Link": "</a>", "DefinitionList": "</dl>\n", "DefinitionListTitle": "</dt>\n",
    "DefinitionListDefinition": "</dd>\n", "TableHead": "</tr>\n</thead>\n<tbody>\n", "TableRow": "</tr>\n",
    "Table": "</tbody>\n</table>\n", "HtmlBlock": "",
}  # fmt: skip
ALONE = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>\n"}

ATTRIBUTES = re.compile(r"\{:?[ ]*([^}\n ][^}\n]*)\}")
_ATTRIBUTE = re.compile(r"""([.#])([^\s"'=<>.#]+)|([^\s"'=<>/]+)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
_OPENED = re.compile(r"<([a-z0-9]+)(.*?)( ?/?>\s*)$", re.DOTALL)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[([^\]\n]+)\]: *(.*)\n?", re.MULTILINE)
_ASKS = re.compile(r"\smarkdown(?:=(?:\"[^\"]*\"|'[^']*'|\w+))?(?=[\s>/])")
_TAG = re.compile(r"<[^>]*>")


class Marks:
    """Pairs the `==` of a block: the second of two, as deep in it as the first, ends what that has marked."""

    def __init__(self) -> None:
        self.depth = self.at = -1

    def forget(self) -> None:
        """Let none wait for its other half any more: a block has ended."""
        self.depth = self.at = -1

    def leave(self, depth: int) -> None:
        """Forget what waits in an element of this depth, which has ended."""
        if self.depth == depth:
            self.forget()

    def write(self, out: list[str], text: str, depth: int) -> None:
        """Write a text with its marks. One before a space opens nothing, one after a space ends nothing."""
        pieces = text.split("==")
        out.append(pieces[0])
        for before, after in pairwise(pieces):
            waits = self.depth == depth and self.at >= 0
            if waits and not before[-1:].isspace() and any(out[self.at + 1 :]):
                out[self.at] = "<mark>"
                out.append("</mark>")
                self.forget()
            else:
                if not after[:1].isspace():
                    self.depth, self.at = depth, len(out)
                out.append("==")
            out.append(after)


def opened_link(inside: dict[str, Any]) -> str:
    """Return the tag that opens a link, its address as it was written."""
    address = f"mailto:{inside['dest_url']}" if inside["link_type"] == "Email" else inside["dest_url"]
    return f'<a href="{escape(address)}"{_title(inside)}>'


def picture(inside: dict[str, Any], words: str) -> str:
    """Return a picture that `words` stand for."""
    return f'<img alt="{escape(words)}" src="{escape(inside["dest_url"])}"{_title(inside)}>'


def opened_list(first: int | None) -> str:
    """Return the tag that opens a list: one of numbers from `first` on, or of dots for None."""
    if first is None:
        return "<ul>\n"
    return "<ol>\n" if first == 1 else f'<ol start="{first}">\n'


def opened_cell(name: str, side: str) -> str:
    """Return the tag that opens a cell of a column that leans to a side, or to none."""
    return f"<{name}>" if side == "None" else f'<{name} class="align-{side.lower()}">'


def figure(paragraph: str, shown: str) -> str:
    """Return a figure for a paragraph that is nothing but one picture with a title, else ""."""
    inside = shown.removeprefix("<img").removesuffix(">")
    caption = attribute(inside, "title")
    if not caption:
        return ""
    inside = re.sub(r' title="[^"]*"', "", inside, count=1)
    attributes = paragraph.removeprefix("<p").removesuffix(">")
    told = f"<figcaption>{escape(caption, quote=False)}</figcaption>"
    return f"<figure{attributes}><img{inside}>{told}</figure>\n"


def raw(html: str) -> str:
    """Return HTML of the author's, without what asks for Markdown in it."""
    return _ASKS.sub("", html) if "markdown" in html else html


def plain(html: str) -> str:
    """Return the words of what stands in one line."""
    return unescape(_TAG.sub("", html) if "<" in html else html).strip()


def with_attributes(opening: str, listed: str) -> str:
    """Return an opening tag with the attributes that a text lists as `.class #id key=value`."""
    match = _OPENED.match(opening)
    if match is None:
        return opening
    name, attributes, end = match.groups()
    for sign, word, key, *values in _ATTRIBUTE.findall(unescape(listed)):
        if sign == ".":
            classes = f"{attribute(attributes, 'class') or ''} {word}".strip()
            attributes = with_attribute(attributes, "class", classes)
        else:
            value = word or next(filter(None, values), "")
            attributes = with_attribute(attributes, "id" if sign else key, value)
    return f"<{name}{attributes}{end}"


def without_abbreviations(text: str) -> tuple[str, dict[str, str]]:
    """Return a text without the lines that explain abbreviations, and what each stands for, as HTML."""
    found: dict[str, str] = {}
    if "*[" not in text or not _ABBREVIATION.search(text):
        return text, found
    for match in reversed(list(_ABBREVIATION.finditer(blank_code(text)))):
        means = text[match.start(2) : match.end(2)].strip()
        found.setdefault(escape(match[1].strip(), quote=False), escape(means))
        text = f"{text[: match.start()]}\n{text[match.end() :]}"
    return text, found


def one_of(abbreviations: dict[str, str]) -> re.Pattern[str] | None:
    """Return what finds any of the abbreviations as a word, the longest first; None if there are none."""
    if not abbreviations:
        return None
    longest = sorted(abbreviations, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _title(inside: dict[str, Any]) -> str:
    return f' title="{escape(inside["title"])}"' if inside["title"] else ""
