"""Set the spaces of a language as printers do, outside code.

In French, a space typed before `; ! ?` becomes a narrow one that does not break (U+202F), one before `:`
and inside « » a wide one that does not break (U+00A0). None is put where none was typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NARROW, _WIDE = "\u202f", "\u00a0"
_SPACES, _NARROW_MARKS = (" ", _WIDE, _NARROW), (";", "!", "?")
_MARK = re.compile("[;!?:»«]")
_VERBATIM = re.compile(
    r"<(pre|code|kbd|samp|script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)


@lru_cache(maxsize=16384)
def typeset(text: str, language: str) -> str:
    """Return a plain text with the spaces of its language."""
    if language != "fr":
        return text
    text = re.sub(r"[ \u00a0\u202f](?=[;!?])", _NARROW, text)
    text = re.sub(r" (?=:(?:\s|$)|»)", _WIDE, text)
    return re.sub(r"(?<=«) ", _WIDE, text)


def typeset_html(html: str, language: str) -> str:
    """Return some HTML with the spaces of its language, but in code."""
    if language != "fr":
        return html
    pieces, end, tag_ends = list[str](), 0, 0
    for start, stop in [*(match.span() for match in _VERBATIM.finditer(html)), (len(html), len(html))]:
        for mark in _MARK.finditer(html, end, start):
            at, space = _space(html, mark.start())
            if not space or at < max(end, tag_ends):
                continue
            tag = html.rfind("<", max(end, tag_ends), at)
            tag_ends = html.find(">", tag) if tag >= 0 else tag_ends
            if at > tag_ends:
                pieces += (html[end:at], space)
                end = at + 1
        pieces.append(html[end:stop])
        end = stop
    return "".join(pieces)


def _space(html: str, at: int) -> tuple[int, str]:
    """Return where the space of a mark stands and the one to set there, "" for none."""
    mark, before, after = html[at], html[at - 1 : at], html[at + 1 : at + 2]
    if mark == "«":
        return at + 1, _WIDE if after == " " and html[at + 2 : at + 3] not in _NARROW_MARKS else ""
    if mark in _NARROW_MARKS:
        return at - 1, _NARROW if before in _SPACES else ""
    ends = mark == "»" or after in ("", "<") or after.isspace()
    return at - 1, _WIDE if before == " " and ends else ""
