"""Make every path and address of an edition; none is made anywhere else.

A `UrlPath` begins and ends inside the site ("/2026/02/ecouter/"); `link` puts the site's base before
it and `absolute` the scheme and host as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

from cmsite.model import Point, Post, Routes, Settings, Slug, Term, UrlPath
from cmsite.slugs import slug_for

_SHARED_HOSTS = (".github.io", ".gitlab.io", ".netlify.app", ".pages.dev", ".vercel.app", ".codeberg.page")
_SAFE = "/#:@!$&'()*+,;=~"


class Routing(Struct, frozen=True):
    """Where things stand in one edition: origin ("https://host"), base ("/carnet/") and names."""

    origin: str
    base: str
    names: Routes
    permalink: str

    def link(self, path: str) -> str:
        """Return the address of a path of the site, as a page of the site links to it."""
        return _quoted(f"{self.base}{path.lstrip('/')}")

    def link_written(self, address: str) -> str:
        """Return the address of a root-relative link of the author's, its query and fragment kept."""
        return f"{quote(self.base, safe='/')}{keep_quoted(address.lstrip('/'))}"

    def absolute(self, path: str) -> str:
        """Return the whole address of a path of the site."""
        return f"{self.origin}{self.link(path)}"

    def srcset(self, sources: Iterable[tuple[str, int]]) -> str:
        """Return the `srcset` of some files of one picture, each with its width in pixels."""
        links = ((self.link(f"/{path}").replace(",", "%2C"), width) for path, width in sources)
        return ", ".join(f"{link} {width}w" for link, width in links)

    def post(self, post: Post) -> UrlPath:
        """Return a post's path by the permalink pattern, or a page's."""
        if post.date is None:
            return self.page(post.slug)
        filled = self.permalink.format(
            year=post.date.year,
            month=f"{post.date.month:02}",
            day=f"{post.date.day:02}",
            slug=post.slug,
            category=slug_for(post.category) if post.category else "",
        )
        path = f"/{filled}/"
        return UrlPath(re.sub(r"/{2,}", "/", path) if "//" in path else path)

    def page(self, slug: Slug) -> UrlPath:
        """Return the path of an undated page."""
        return UrlPath(f"/{slug}/")

    def home(self) -> UrlPath:
        """Return the path of the home page."""
        return UrlPath("/")

    def about(self) -> UrlPath:
        """Return the path of the about page."""
        return UrlPath(f"/{self.names.about}/")

    def blog(self, number: int = 1) -> UrlPath:
        """Return the path of one page of the blog, counted from 1."""
        return UrlPath(f"/{self.names.blog}/" if number == 1 else f"/{self.names.blog}/page/{number}/")

    def index(self, kind: str) -> UrlPath:
        """Return the path of the list of all tags, categories, series, or of the archive's years."""
        return UrlPath(f"/{getattr(self.names, kind)}/")

    def member(self, kind: str, word: str) -> UrlPath:
        """Return the path of one tag, category, series or year."""
        return UrlPath(f"/{getattr(self.names, kind)}/{slug_for(word)}/")

    def topic(self, point: Point, term: Term) -> UrlPath:
        """Return the path of a term of the mask."""
        return UrlPath(f"/{self.names.topics}/{point.value}/{slug_for(term) or term}/")

    def target(self, slug: Slug) -> UrlPath:
        """Return the path of the page for an organisation aimed at."""
        return UrlPath(f"/for/{slug}/")


def routing(settings: Settings) -> Routing:
    """Return the routing of an edition with these settings."""
    parts = urlsplit(settings.url)
    base = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return Routing(f"{parts.scheme}://{parts.netloc}", base, settings.routes, settings.permalink)


@lru_cache(maxsize=65536)
def _quoted(path: str) -> str:
    return quote(path, safe=_SAFE)


def keep_quoted(address: str) -> str:
    """Return an address as it may stand in a page; what its author has percent-encoded stays so."""
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(address, safe=f"{_SAFE}?%"))


def output_path(path: str) -> str:
    """Return the file, from the output's root, that a host serves at a path of the site."""
    bare = path.lstrip("/")
    if not bare or bare.endswith("/"):
        return f"{bare}index.html"
    return bare if "." in bare.rpartition("/")[2] else f"{bare}/index.html"


def redirect_path(alias: str) -> UrlPath:
    """Return the path of the site that an old address is."""
    path = f"/{alias.strip('/')}"
    return UrlPath(path if path.endswith((".html", ".htm")) else f"{path}/")


def served_path(file: str) -> UrlPath:
    """Return the path of the site at which a host serves a file: a folder's for its index.html."""
    return UrlPath(f"/{file.removesuffix('index.html') if f'/{file}'.endswith('/index.html') else file}")


def own_domain(settings: Settings) -> str:
    """Return the host for a CNAME file: the url's, when it is the author's own domain at its root."""
    parts = urlsplit(settings.url)
    host = (parts.hostname or "").lower()
    local = "." not in host or re.fullmatch(r"[\d.]+|\[?[0-9a-f:]+\]?", host) or host.endswith(".localhost")
    if local or parts.port or parts.path not in ("", "/") or host.endswith(_SHARED_HOSTS):
        return ""
    return host
