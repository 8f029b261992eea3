"""Frame a page that reports on the site: one file of HTML that needs nothing else, and no script.

Every such page is written for the author, and never becomes a part of the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from cmsite.model import Language, Settings
from cmsite.write.report import check_page

_FOLDER = Path(__file__).parent
_NO_SCRIPT = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def mark_of(command: str) -> str:
    """Return what stands near the top of every page that a command makes, and of no other."""
    return f'<meta name="generator" content="cmsite {command}">'


def check_place(file: Path, *, command: str, root: Path, settings: Settings) -> None:
    """Raise Refused where a command's page could be published or would take a stranger's place."""
    published = (root / settings.output, root / "private", root / "content" / "static")
    check_page(file, mark=mark_of(command), published=published)


def framed(body: str, *, title: str, language: Language, command: str) -> str:
    """Return a whole page: `title` and `body` are HTML, the style is the shared one and the command's own."""
    styles = [
        (_FOLDER / name).read_text(encoding="utf-8") for name in ("report_page.css", f"{command}_page.css")
    ]
    parts = [
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        f'{mark_of(command)}\n<meta http-equiv="Content-Security-Policy" content="{_NO_SCRIPT}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">\n<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>\n<style>\n{''.join(styles)}</style>\n</head>\n<body>",
        f"{body}\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def sign(shape: str, word: str) -> str:
    """Return a sign for the eye, and the word that is read in its place."""
    return f'<span aria-hidden="true">{shape}</span><span class="unseen">{word}</span>'


def table(name: str, caption: str, parts: Iterable[str]) -> str:
    """Return a table in a region of its own, which scrolls by keyboard where the page is narrow."""
    body = "\n".join(part for part in parts if part)
    return (
        f'<div class="scroll" role="region" aria-labelledby="c-{name}" tabindex="0">\n'
        f'<table>\n<caption id="c-{escape(name)}">{caption}</caption>\n{body}\n</table>\n</div>'
    )
