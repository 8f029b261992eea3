"""Point a body's links at where things are now: posts by slug, pictures under files/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from msgspec import Struct

from cmsite.importing.edits import Edit, Traced, inside
from cmsite.importing.jekyll.book import Book
from cmsite.importing.jekyll.code import code_spans
from cmsite.importing.jekyll.config import Config
from cmsite.importing.jekyll.sources import MEDIA

_INLINE = re.compile(r"\]\(\s*<?(?P<url>(?:[^()\s<>]|\([^()\s]*\))+)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<url>[^\s<>]+)", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"""<[^<>]*?\b(?:src|href|poster)\s*=\s*(?P<quote>["'])(?P<url>[^"'<>]*)(?P=quote)""", re.IGNORECASE
)
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?", re.DOTALL)


class Pointed(Struct, frozen=True):
    """A link's new address; the old file it shows, if there is one, or whether one is missing."""

    url: str
    file: str = ""
    missing: bool = False


class Redirected(Struct, frozen=True):
    """What became of a body's links: the edits, the old files they show, the lines of missing ones."""

    edits: tuple[Edit, ...]
    files: tuple[str, ...]
    missing: tuple[tuple[int, str], ...]


def redirect_links(body: Traced, path: str, config: Config, book: Book) -> Redirected:
    """Return the edits that point every link outside of code at its new place."""
    code = code_spans(body.text)
    edits: dict[int, Edit] = {}
    files: list[str] = []
    missing: list[tuple[int, str]] = []
    for start, end in _urls(body.text):
        pointed = None if inside(start, code) else point(body.text[start:end], path, config, book)
        if pointed is None:
            continue
        edits[start] = Edit(start, end, pointed.url)
        files += [pointed.file] if pointed.file else []
        missing += [(body.line_at(start), pointed.url)] if pointed.missing else []
    return Redirected(tuple(edits.values()), tuple(files), tuple(missing))


def _urls(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_INLINE, _REFERENCE, _ATTRIBUTE):
        for match in pattern.finditer(text):
            yield match.span("url")


def point(url: str, path: str, config: Config, book: Book) -> Pointed | None:
    """Return where a link of the text at `path` leads now; None when it stays as it is.

    A missing picture is pointed at files/ all the same, so that a build names the very place.
    """
    if "{" in url or url.startswith(("#", "//", "post:", "mailto:")):
        return None
    own = _own_path(url, config)
    parts = _PARTS.fullmatch(own or url)
    if parts is None or (own is None and ":" in parts["path"]):
        return None
    if PurePosixPath(unquote(parts["path"])).suffix.lower() in MEDIA:
        return _point_at_file(parts["path"], path, book, rooted=url.startswith("/"))
    target = book.address(parts["path"]) if own else None
    if target:
        return Pointed(target + (parts["fragment"] or ""))
    return Pointed(own) if own and url.startswith("/") and own != url else None


def _own_path(url: str, config: Config) -> str | None:
    """Return the path of an address of this blog, without its base; None for any other address."""
    for prefix in (config.url + config.base, config.base):
        if prefix and (url == prefix or url.startswith((f"{prefix}/", f"{prefix}#"))):
            return url.removeprefix(prefix) or "/"
    return url if url.startswith("/") else None


def _point_at_file(url: str, path: str, book: Book, *, rooted: bool) -> Pointed | None:
    found = book.file(url, path)
    if found is not None:
        return Pointed(f"files/{quote(found)}", found)
    return Pointed(f"files/{url.lstrip('/')}", missing=True) if rooted else None
