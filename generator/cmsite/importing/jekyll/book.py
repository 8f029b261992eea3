"""Look up where a post, a page or a picture of the old blog is found now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from msgspec import Struct

from cmsite.importing.jekyll.permalinks import lookup_form
from cmsite.importing.jekyll.placing import Placed
from cmsite.importing.jekyll.sources import Sort
from cmsite.importing.slugs import make_slug

_LIKE_A_DATE = re.compile(r"(?:\d+-){1,3}")


class Book(Struct, frozen=True):
    """Every text by the names it goes by, and every file of the old blog.

    What the maps give is what a link is written as: `post:SLUG`, or a page's new address.
    """

    names: Mapping[str, str]  # 2016-03-08-title, and title where it is the only one
    paths: Mapping[str, str]  # _posts/2016-03-08-title.md
    addresses: Mapping[str, str]  # /2016/03/08/title
    files: frozenset[str]

    def post(self, name: str) -> str | None:
        """Return the link to the post that `post_url` names, dated as in its file or not."""
        stem = PurePosixPath(name.strip("\"'/ ")).name
        return self.names.get(stem) or self.names.get(make_slug(stem, "")) or self.names.get(_undated(stem))

    def address(self, path: str) -> str | None:
        """Return the link to what stood at an old address."""
        return self.addresses.get(lookup_form(path))

    def file(self, path: str, beside: str) -> str | None:
        """Return the path of a file in the old folder, told from its root or from a text's folder."""
        plain = unquote(path)
        roots = ("",) if plain.startswith("/") else (str(PurePosixPath(beside).parent), "")
        for root in roots:
            found = normpath(f"{root}/{plain}").lstrip("/")
            if found in self.files:
                return found
        return None


def make_book(texts: Iterable[Placed], files: Iterable[str]) -> Book:
    """Return the book of these texts and files."""
    names: dict[str, str] = {}
    paths: dict[str, str] = {}
    addresses: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    for text in texts:
        paths[text.source.path] = text.target
        if text.source.sort is not Sort.PAGE:
            names[PurePosixPath(text.source.path).stem] = text.target
            short.setdefault(make_slug(text.source.name, ""), set()).add(text.target)
        for address in (*text.aliases, text.old, text.new):
            if address is not None:
                addresses.setdefault(lookup_form(address), text.target)
    for name, targets in short.items():
        if len(targets) == 1:
            names.setdefault(name, next(iter(targets)))
    return Book(names, paths, addresses, frozenset(files))


def _undated(stem: str) -> str:
    """Return the slug of what follows anything like a date at the start of a name."""
    return make_slug(_LIKE_A_DATE.sub("", stem, count=1), "")
