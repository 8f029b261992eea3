"""Name what every Markdown engine gives and refuses, and the words that it adds, whichever it is."""

from __future__ import annotations

import re

from msgspec import Struct

from cmsite.shape.code import blank_code
from cmsite.slugs import slug_for

CALLOUTS = {
    "fr": {
        "note": "Note",
        "tip": "Conseil",
        "important": "Important",
        "warning": "Attention",
        "caution": "Prudence",
    },
    "en": {
        "note": "Note",
        "tip": "Tip",
        "important": "Important",
        "warning": "Warning",
        "caution": "Caution",
    },
}
BACK = {"fr": "Retour au texte, note {}", "en": "Back to the text, note {}"}
_DONE = {"fr": ("à faire", "fait"), "en": ("to do", "done")}
_OPEN_BLOCK = re.compile(r"^ {0,3}<(\w+)[^>]*\smarkdown[=\s>]", re.MULTILINE)


class Heading(Struct, frozen=True):
    """A heading of a text: its level in the page (2 to 6), its id and its words."""

    level: int
    id: str
    text: str


class MarkupError(Exception):
    """The engine cannot take this text; `hint` says what to do, `line` counts from 1 in the text."""

    def __init__(self, what: str, hint: str, line: int = 1) -> None:
        super().__init__(what, hint, line)
        self.what, self.hint, self.line = what, hint, line


def heading_id(words: str) -> str:
    """Return the id of a heading of these words: all their letters, as slugs have them."""
    return slug_for(words) or "section"


def callout_title(kind: str, language: str) -> str:
    """Return the title of a callout that has none of its own."""
    return CALLOUTS[language].get(kind, kind.capitalize())


def task_box(language: str, *, done: bool) -> str:
    """Return the box of a task, with a name for those who do not see it."""
    checked = " checked" if done else ""
    return f'<input type="checkbox" disabled{checked} aria-label="{_DONE[language][done]}">'


def refuse_open_blocks(text: str) -> None:
    """Refuse a `<div markdown="1">` that is never closed: it would swallow the rest of the text."""
    bare, blocks = _open_blocks(text)
    for match in blocks:
        name = match[1]
        opened = len(re.findall(rf"<{name}\b", bare, re.IGNORECASE))
        if opened > len(re.findall(rf"</{name}\s*>", bare, re.IGNORECASE)):
            line = bare.count("\n", 0, match.start()) + 1
            raise MarkupError(f"`<{name} markdown=…>` is opened and never closed", f"add `</{name}>`", line)


def ends_of_open_blocks(text: str) -> list[int]:
    """Return where the tags end that ask for Markdown within an HTML block."""
    bare, blocks = _open_blocks(text)
    return [bare.find(">", match.end() - 1) + 1 for match in blocks]


def _open_blocks(text: str) -> tuple[str, list[re.Match[str]]]:
    """Return a text without its code, and the tags in it that ask for Markdown."""
    if "markdown" not in text or not _OPEN_BLOCK.search(text):
        return text, []
    bare = blank_code(text, spans=False)
    return bare, list(_OPEN_BLOCK.finditer(bare))
