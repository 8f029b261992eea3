"""Turn a body's Liquid into Markdown, and say what had to be left for the author."""

from __future__ import annotations

import re

from msgspec import Struct

from cmsite.importing.edits import Edit, Traced, whole_lines
from cmsite.importing.jekyll.book import Book
from cmsite.importing.jekyll.figures import show_tag
from cmsite.importing.jekyll.liquid import Part, Token, scan_liquid
from cmsite.importing.jekyll.values import Scope, work_out
from cmsite.importing.report import Note

_BRANCHES = frozenset(["else", "elsif", "when"])
_BEFORE_LINK = re.compile(r"(?:\{\{\s*site\.(?:url|baseurl)\s*\}\})+\Z")
_ONLY_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_LEFT = "Liquid is left as it stands"


class Surroundings(Struct, frozen=True):
    """What a body's Liquid may speak of: its own file, the values it could see, the other texts."""

    path: str
    scope: Scope
    book: Book
    markdown: bool = True


def convert_liquid(body: Traced, around: Surroundings) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """Return the edits that make Markdown of Liquid, and notes on what changed or was left."""
    edits: list[Edit] = []
    notes: list[Note] = []
    for token in scan_liquid(body.text, markdown=around.markdown):
        made, said = _convert(token, body.text, around)
        edits += made
        notes += (Note(around.path, body.line_at(token.start), *words) for words in said)
    return _without_overlaps(edits), tuple(notes)


_Words = tuple[str, str, bool]
_Result = tuple[list[Edit], list[_Words]]


def _convert(token: Token, text: str, around: Surroundings) -> _Result:
    match token.part:
        case Part.RAW_MARK | Part.COMMENT:
            return [Edit(*whole_lines(text, token.start, token.end), "")], []
        case Part.CODE:
            return [], [("Jekyll ran the Liquid in this code; now it is shown as it stands", "", False)]
        case Part.HIGHLIGHT:
            return [_open_fence(token, text)], []
        case Part.END_HIGHLIGHT:
            return [_close_fence(token, text)], []
        case Part.OUTPUT:
            return _convert_output(token, around.scope)
        case Part.TAG:
            return _convert_tag(token, text, around)


def _convert_output(token: Token, scope: Scope) -> _Result:
    value = work_out(token.rest, scope)
    if value is None:
        what = f"{_LEFT}: {{{{ {_short(token.rest)} }}}}"
        return [], [(what, "write what Jekyll showed here", True)]
    return [Edit(token.start, token.end, value)], []


def _convert_tag(token: Token, text: str, around: Surroundings) -> _Result:
    if token.name in ("post_url", "link"):
        return _convert_link(token, text, around.book)
    shown = show_tag(token.name, token.rest, lambda variable: work_out(variable, around.scope))
    if shown is not None:
        return [Edit(token.start, token.end, shown.markdown)], [(shown.what, "", False)]
    if token.name.startswith("end") or token.name in _BRANCHES:
        return [], []  # the note on the opening tag speaks for the block
    what = f"{_LEFT}: {{% {_short(f'{token.name} {token.rest}')} %}}"
    return [], [(what, "write what Jekyll showed here, or delete it", True)]


def _convert_link(token: Token, text: str, book: Book) -> _Result:
    target = book.post(token.rest) if token.name == "post_url" else _link_target(token.rest, book)
    if target is None:
        what = f"no text of this blog is `{_short(token.rest)}`; {_LEFT}"
        return [], [(what, "write the address, or `post:` and the slug of a post", True)]
    before = _BEFORE_LINK.search(text, text.rfind("\n", 0, token.start) + 1, token.start)
    return [Edit(before.start() if before else token.start, token.end, target)], []


def _link_target(path: str, book: Book) -> str | None:
    path = path.strip("\"' /")
    return book.paths.get(path) or (f"/{path}" if path in book.files else None)


def _open_fence(token: Token, text: str) -> Edit:
    before = "" if _stands_first(token, text) else "\n\n"
    after = "" if _stands_last(token, text) else "\n"
    language = token.rest.split()[0] if token.rest else ""
    return Edit(token.start, token.end, f"{before}{token.name}{language}{after}")


def _close_fence(token: Token, text: str) -> Edit:
    before = "" if _stands_first(token, text) else "\n"
    after = "" if _stands_last(token, text) else "\n"
    return Edit(token.start, token.end, f"{before}{token.name}{after}")


def _stands_first(token: Token, text: str) -> bool:
    line_start = text.rfind("\n", 0, token.start) + 1
    return _ONLY_LEAD.fullmatch(text, line_start, token.start) is not None


def _stands_last(token: Token, text: str) -> bool:
    line_end = text.find("\n", token.end)
    return not text[token.end : line_end if line_end >= 0 else len(text)].strip()


def _without_overlaps(edits: list[Edit]) -> tuple[Edit, ...]:
    """Return the edits, those dropped that begin where another still runs.

    `{{ site.url }}` before a link is worked out and then belongs to the link's own edit.
    """
    kept: list[Edit] = []
    for edit in edits:
        while kept and kept[-1].end > edit.start:
            kept.pop()
        kept.append(edit)
    return tuple(kept)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
