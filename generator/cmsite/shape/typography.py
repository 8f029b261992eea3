"""Set the spaces of a language as printers do, outside code.

In French, a space typed before `; ! ?` becomes a narrow one that does not break (U+202F), one before `:`
and inside « » a wide one that does not break (U+00A0). None is put where none was typed.
"""

from __future__ import annotations

import re

_NARROW, _WIDE = "\u202f", "\u00a0"
_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = {"pre", "code", "kbd", "samp", "script", "style", "textarea"}


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
    verbatim = 0
    pieces = []
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            name = re.match(r"</?([a-z0-9]*)", piece, re.IGNORECASE)
            if name and name[1].lower() in _VERBATIM:
                verbatim += -1 if piece.startswith("</") else 1
            pieces.append(piece)
        else:
            pieces.append(piece if verbatim > 0 else typeset(piece, language))
    return "".join(pieces)
