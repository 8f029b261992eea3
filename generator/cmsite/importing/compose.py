"""Write the text of a post or page as cmsite reads it: a head in its usual order, then the body."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from cmsite.importing.dates import Moment
from cmsite.importing.yaml_text import NO_KEYS, Keys, Value, without_controls, write_keys
from cmsite.model import Language

_MAX_HEAD = 60 * 1024  # cmsite reads 64 KiB
_RULE = re.compile(r"---[ \t]*(?=\n|\Z)")


class Text(Struct, frozen=True):
    """A post or page in cmsite's words; what is empty or as it is by default is not written."""

    title: str
    body: str
    date: Moment | None = None
    updated: Moment | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    language: Language | None = None
    image: str = ""
    image_alt: str = ""
    draft: bool = False
    templating: bool = True
    trusted: bool = False
    extra: Keys = NO_KEYS


def write_text(text: Text) -> str:
    """Return the file: head and body, one blank line between them, a newline at the end."""
    body = without_controls(text.body).strip("\n").rstrip()
    # cmsite takes `---` right after the head for a second head
    body = _RULE.sub("***", body, count=1) if _RULE.match(body) else body
    return f"---\n{_head(text)}---\n" + (f"\n{body}\n" if body else "")


def fits(extra: Keys) -> bool:
    """Return whether the author's own keys are small enough to stand in a head."""
    return len(write_keys(extra).encode()) <= _MAX_HEAD // 2


def _head(text: Text) -> str:
    keys: tuple[tuple[str, Value | bool | date | None], ...] = (
        ("title", text.title),
        ("date", text.date.written() if text.date else None),
        ("updated", text.updated.written() if text.updated else None),
        ("summary", text.summary),
        ("tags", text.tags),
        ("category", text.category),
        ("slug", text.slug),
        ("aliases", text.aliases),
        ("language", text.language),
        ("image", text.image),
        ("image_alt", text.image_alt),
        ("draft", text.draft),
    )
    written = [(name, value) for name, value in keys if value]
    if not text.templating:
        written.append(("templating", False))
    if text.trusted:
        written.append(("raw_html", "trusted"))
    if text.extra.entries:
        written.append(("extra", text.extra))
    return write_keys(tuple(written))
