"""Say what a static host serves of an edition, and what becomes of a link that is followed there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from cmsite.shape.routes import Routing, served_path


class Fate(StrEnum):
    """What becomes of a link: it arrives, leaves the site for good, or is broken in one of four ways."""

    ARRIVES = "arrives"
    LEAVES = "leaves"
    NO_ADDRESS = "no address"
    OUTSIDE = "outside the base"
    NO_FILE = "no file"
    NO_ANCHOR = "no anchor"


class Arrival(Struct, frozen=True):
    """Where a link leads: the whole address, the path asked for in the site ("/blog/") and the anchor."""

    fate: Fate
    whole: str
    path: str = ""
    anchor: str = ""


class Host(Struct, frozen=True):
    """An edition's files at their addresses; `ids` has those of every page's elements, by file.

    A folder's address serves its index.html, with or without the last slash. `neighbours` are the files
    of the editions that are published together, by their folder; from a page of the lead's, `at_root`, the
    paths of the site lead to them, from another's only whole addresses.
    """

    routing: Routing
    files: frozenset[str]
    ids: Mapping[str, frozenset[str]]
    neighbours: Mapping[str, frozenset[str]]
    at_root: bool

    def address(self, file: str) -> str:
        """Return the whole address of a file of the edition."""
        return self.routing.absolute(served_path(file))

    def follow(self, link: str, *, at: str) -> Arrival:
        """Return where a link leads that stands at the whole address `at`."""
        try:
            whole = urljoin(at, link.strip())
            parts = urlsplit(whole)
            _ = parts.port
        except ValueError:
            return Arrival(Fate.NO_ADDRESS, link)
        if f"{parts.scheme}://{parts.netloc}".lower() != self.routing.origin.lower():
            return Arrival(Fate.LEAVES, whole)
        path, base = unquote(parts.path or "/"), unquote(urlsplit(self.routing.absolute("/")).path)
        if not f"{path}/".startswith(base):
            return Arrival(Fate.LEAVES if _is_whole(link) else Fate.OUTSIDE, whole, path)
        inside = f"/{path[len(base) :]}"
        file = self.serves(inside)
        if file is None:
            beside = (self.at_root or _is_whole(link)) and self._is_beside(inside)
            return Arrival(Fate.LEAVES if beside else Fate.NO_FILE, whole, inside)
        anchor = parts.fragment.partition(":~:")[0]
        found = self._has(file, anchor)
        return Arrival(Fate.ARRIVES if found else Fate.NO_ANCHOR, whole, inside, unquote(anchor))

    def serves(self, path: str) -> str | None:
        """Return the file that a path of the site gives, None for a 404."""
        return _served(path.removeprefix("/"), self.files)

    def _is_beside(self, path: str) -> bool:
        """Return whether another edition serves a path of the site."""
        within = [(f"/{folder}/" if folder else "/", files) for folder, files in self.neighbours.items()]
        return any(
            path.startswith(start) and _served(path[len(start) :], files) is not None
            for start, files in within
        )

    def _has(self, file: str, anchor: str) -> bool:
        """Return whether a file has the place an anchor names; of a file that is no page nobody knows."""
        if not anchor or anchor.lower() == "top" or file not in self.ids:
            return True
        return anchor in self.ids[file] or unquote(anchor) in self.ids[file]


def _served(path: str, files: frozenset[str]) -> str | None:
    index = f"{path.rstrip('/')}/index.html".removeprefix("/")
    return path if path in files else index if index in files else None


def _is_whole(link: str) -> bool:
    return bool(urlsplit(link.strip()).netloc)
