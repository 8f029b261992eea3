"""Turn what only kramdown understands into what cmsite's Markdown does, and say what it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cmsite.importing.edits import Edit, Traced, inside, whole_lines
from cmsite.importing.jekyll.code import code_spans
from cmsite.importing.report import Note

_LIST_OF_CONTENTS = r"^[ ]{0,3}(?:[*+-]|\d+\.)[ \t]+.*\n[ ]{0,3}\{:\s*toc\b[^}\n]*\}[ \t]*$"
_MARK_OF_CONTENTS = r"^[ ]{0,3}\{:\s*toc\b[^}\n]*\}[ \t]*$"
_NAMED_ATTRIBUTES = r"^[ ]{0,3}\{:[\w-]+:[^}\n]*\}[ \t]*$"
_COMMENT = re.compile(r"\{::comment\}")
_END_OF_COMMENT = re.compile(r"\{:/(?:comment)?\}")
_STRIPPED = re.compile(r"<(script|iframe|form|style|object|embed)\b", re.IGNORECASE)


class _Rule(Struct, frozen=True):
    """What is looked for, what stands there instead (None: it stays), and what there is to say."""

    pattern: str
    instead: str | None
    what: str
    hint: str = ""


_COMMENTED = _Rule("", "", "a kramdown comment was taken out")
_RULES = (
    _Rule(_LIST_OF_CONTENTS, "[TOC]", "kramdown's list of contents became `[TOC]`"),
    _Rule(_MARK_OF_CONTENTS, "", "a mark for contents without a list was taken out"),
    _Rule(r"\{::options\b[^}\n]*/\}", "", "kramdown's options were taken out"),
    _Rule(
        r"\{::?/?(?:nomarkdown|nokramdown|comment)[^}\n]*\}|\{:/\}",
        "",
        "a kramdown mark was taken out",
        "see whether what it held still looks right",
    ),
    _Rule(
        _NAMED_ATTRIBUTES,
        None,
        "kramdown's named attributes are left as they stand",
        "write them where they are used, as `{: .class }`",
    ),
)


def convert_kramdown(body: Traced, path: str) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """Return the edits that leave no kramdown but attribute lists, which cmsite reads, and notes."""
    code = code_spans(body.text)
    edits: list[Edit] = []
    notes: list[Note] = []
    done = 0
    for start, end, rule in sorted(_found(body.text), key=lambda found: found[0]):
        if start < done or inside(start, code):
            continue
        done = end
        notes.append(Note(path, body.line_at(start), rule.what, rule.hint, bool(rule.hint)))
        if rule.instead is not None:
            edits.append(_edit(body.text, start, end, rule.instead))
    return tuple(edits), tuple(notes)


def _found(text: str) -> Iterator[tuple[int, int, _Rule]]:
    """Yield where each rule applies; of two at one place the earlier rule comes first."""
    at = 0
    while (opened := _COMMENT.search(text, at)) and (closed := _END_OF_COMMENT.search(text, opened.end())):
        yield opened.start(), closed.end(), _COMMENTED
        at = closed.end()
    for rule in _RULES:
        for match in re.finditer(rule.pattern, text, re.MULTILINE):
            yield match.start(), match.end(), rule


def _edit(text: str, start: int, end: int, instead: str) -> Edit:
    return Edit(start, end, instead) if instead else Edit(*whole_lines(text, start, end), "")


def note_stripped_html(body: Traced, path: str) -> Iterator[Note]:
    """Yield a note for each kind of HTML element that cmsite takes out of what is not trusted."""
    code = code_spans(body.text)
    seen: set[str] = set()
    for match in _STRIPPED.finditer(body.text):
        name = match[1].lower()
        if name not in seen and not inside(match.start(), code):
            seen.add(name)
            what = f"`<{name}>` is not shown unless the head says `raw_html: trusted`"
            hint = "put a link in its place, or trust the post's HTML"
            yield Note(path, body.line_at(match.start()), what, hint, True)
