"""Follow every link and asset of a published folder as a browser would, under the site's base path."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_REFERENCES = {"href", "src", "poster", "data-src"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _REFERENCES and value:
                self.links.append(value)
            elif name == "srcset" and value:
                self.links += [part.split()[0] for part in value.split(",")]
            elif name == "id" and value:
                self.ids.add(value)
            elif name == "style" or name.startswith("on"):
                self.handlers.append(f"{tag} {name}")
            if tag == "meta" and name == "content" and value and value.startswith("0; url="):
                self.links.append(value.removeprefix("0; url="))


def broken_links(public: Path, url: str) -> list[str]:
    """Return every link, asset or anchor of the site at `url` that leads nowhere, as "page → link"."""
    pages = {file: _parsed(file) for file in sorted(public.rglob("*.html"))}
    origin, base = urlsplit(url).netloc, urlsplit(url).path
    broken = []
    for file, page in pages.items():
        at = urljoin(url, file.relative_to(public).as_posix().removesuffix("index.html"))
        for link in page.links:
            target = urlsplit(urljoin(at, link))
            if target.scheme not in ("http", "https") or target.netloc != origin:
                continue
            found = _served(public, target.path, base)
            if found is None or not _has_anchor(pages, found, unquote(target.fragment)):
                broken.append(f"{file.relative_to(public)} → {link}")
    return broken


def forbidden_attributes(public: Path) -> list[str]:
    """Return every style attribute and event handler, which a strict CSP blocks."""
    found = [(file, what) for file in sorted(public.rglob("*.html")) for what in _parsed(file).handlers]
    return [f"{file.relative_to(public)}: {what}" for file, what in found]


def foreign_requests(public: Path) -> list[str]:
    """Return every address of another host that a browser would ask by itself."""
    asked = re.compile(
        r'<(?:script|img|link rel="stylesheet"|iframe|source)[^>]*(?:src|href)="((?:https?:)?//[^"]*)"'
    )
    return [
        match for file in sorted(public.rglob("*.html")) for match in asked.findall(file.read_text("utf-8"))
    ]


def _parsed(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def _served(public: Path, path: str, base: str) -> Path | None:
    """Return the file a static host serves at an address, None for a 404."""
    if not path.startswith(base):
        return None
    file = public / unquote(path.removeprefix(base))
    file = file / "index.html" if path.endswith("/") else file
    return file if file.is_file() else None


def _has_anchor(pages: dict[Path, _Page], file: Path, anchor: str) -> bool:
    return not anchor or file not in pages or anchor in pages[file].ids
