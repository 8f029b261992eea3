"""Write feeds and the sitemap: XML through one writer, JSON through another, never by hand.

A post's id in feeds is made of its own `id` or its file's name: it outlives a change of address,
title and profile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import urljoin
from uuid import UUID, uuid5

from msgspec import Struct

from cmsite.model import Html, Post
from cmsite.xml_text import document, element, holding

_NAMESPACE = UUID("6ba1b1c2-52a5-5b7c-9a8e-3f5a2b1d7c40")  # cmsite's own, chosen once for all
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(  # with something in it besides its name; in a text, as in code, stands no tag
    r"""<[a-zA-Z][^<>"'=]*+(?=["'=])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>"""
)
_ADDRESSED = re.compile("href|src", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(\s[^\s"'<>/=]+=)("[^"]*"|'[^']*')""")
_CANDIDATE = re.compile(r"((?:^|,)\s*)(\S*[^\s,])(\s+[\d.]+[wx])?")  # of a srcset: an address and what for
_ENTRIES = 256  # as XML, kept at once: a few megabytes
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class EntryFeedView(Struct, frozen=True):
    """A post in a feed; its addresses are absolute. `html` is empty when the feed carries summaries."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    tags: tuple[str, ...]


class FeedView(Struct, frozen=True):
    """A whole feed: its own address, its page's, and its entries, the newest first."""

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    url: str
    page: str
    entries: tuple[EntryFeedView, ...]


class SitemapEntry(Struct, frozen=True):
    """A page in the sitemap, with the day of its last change if it has one."""

    url: str
    changed: datetime | None


def feed_id(name: str) -> str:
    """Return the urn that stands for a name, the same for ever."""
    return uuid5(_NAMESPACE, name).urn


def post_id(post: Post) -> str:
    """Return the urn of a post: of its `id`, or else of its source file's name."""
    return feed_id(f"post:{post.id or post.name}")


def with_absolute_addresses(html: Html, *, origin: str, page: str) -> str:
    """Return the HTML with the addresses of the site made whole, so that any reader can follow them."""

    def whole(attribute: re.Match[str]) -> str:
        name, quoted = attribute[1], attribute[2]
        match name.strip(" \t\r\n=").lower():
            case "href" | "src":
                return f"{name}{quoted[0]}{_absolute(quoted[1:-1], origin, page)}{quoted[0]}"
            case "srcset":
                return f"{name}{quoted[0]}{_CANDIDATE.sub(candidate, quoted[1:-1])}{quoted[0]}"
            case _:
                return attribute[0]

    def candidate(found: re.Match[str]) -> str:
        return f"{found[1]}{_absolute(found[2], origin, page)}{found[3] or ''}"

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(whole, tag[0]) if _ADDRESSED.search(tag[0]) else tag[0], html)


def _absolute(address: str, origin: str, page: str) -> str:
    if _SCHEME.match(address):
        return address
    if address.startswith("//"):
        return f"{origin.partition('//')[0]}{address}"
    return f"{origin}{address}" if address.startswith("/") else urljoin(page, address)


def atom(feed: FeedView) -> bytes:
    """Return the feed as Atom (RFC 4287), in UTF-8."""
    own = {"rel": "self", "type": "application/atom+xml", "href": feed.url}
    page = {"rel": "alternate", "type": "text/html", "href": feed.page}
    updated = max(entry.updated for entry in feed.entries).isoformat()
    head = (
        *_texts(1, {"id": feed.id, "title": feed.title, "subtitle": feed.subtitle}),
        element(1, "link", **own),
        element(1, "link", **page),
        element(1, "updated", updated),
        holding(1, "author", _texts(2, {"name": feed.author or feed.title})),
    )
    about = {"xmlns": _ATOM, "xml:lang": feed.language}
    return document(holding(0, "feed", (*head, *map(_atom_entry, feed.entries)), **about))


@lru_cache(maxsize=_ENTRIES)
def _atom_entry(entry: EntryFeedView) -> str:
    """Return an entry, once for all feeds: a post stands in that of each of its tags too."""
    content = {"type": "html"}
    told = {"published": entry.published.isoformat(), "updated": entry.updated.isoformat()}
    parts = (
        *_texts(2, {"id": entry.id, "title": entry.title}),
        element(2, "link", rel="alternate", type="text/html", href=entry.url),
        *_texts(2, told | {"summary": entry.summary}),
        *(element(2, "category", term=_clean(tag)) for tag in entry.tags),
        *((element(2, "content", _clean(entry.html), **content),) if entry.html else ()),
    )
    return holding(1, "entry", parts)


def rss(feed: FeedView) -> bytes:
    """Return the feed as RSS 2.0, with whole texts in `content:encoded`, in UTF-8."""
    named = {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:content": _CONTENT, "xmlns:dc": _DUBLIN_CORE}
    own = {"rel": "self", "type": "application/rss+xml", "href": feed.url}
    channel = (
        *_texts(2, {"title": feed.title, "link": feed.page}),
        element(2, "description", _clean(feed.subtitle)),
        *_texts(2, {"language": feed.language}),
        element(2, "lastBuildDate", _mailed(max(one.updated for one in feed.entries))),
        element(2, "atom:link", **own),
        *(_rss_item(entry, feed.author or feed.title) for entry in feed.entries),
    )
    return document(holding(0, "rss", (holding(1, "channel", channel),), **named))


def _mailed(moment: datetime) -> str:
    """Return a moment as a mail tells it, and RSS too."""
    from email.utils import format_datetime

    return format_datetime(moment)


def _rss_item(entry: EntryFeedView, author: str) -> str:
    parts = (
        *_texts(3, {"title": entry.title, "link": entry.url}),
        element(3, "guid", entry.id, isPermaLink="false"),
        *_texts(3, {"dc:creator": author, "pubDate": _mailed(entry.published)}),
        *(each for tag in entry.tags for each in _texts(3, {"category": tag})),
        *_texts(3, {"description": entry.summary, "content:encoded": entry.html}),
    )
    return holding(2, "item", parts)


def json_feed(feed: FeedView) -> bytes:
    """Return the feed as JSON Feed 1.1, in UTF-8."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.author or feed.title}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: EntryFeedView) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.tags),
        **({"content_html": entry.html} if entry.html else {"content_text": entry.summary}),
    }


def sitemap(entries: Iterable[SitemapEntry]) -> bytes:
    """Return the sitemap of some pages, in UTF-8."""
    return document(holding(0, "urlset", map(_sitemap_url, entries), xmlns=_SITEMAP))


def _sitemap_url(entry: SitemapEntry) -> str:
    changed = (element(2, "lastmod", entry.changed.isoformat()),) if entry.changed else ()
    return holding(1, "url", (element(2, "loc", entry.url), *changed))


def sitemap_index(urls: Iterable[str]) -> bytes:
    """Return an index of the sitemaps at these addresses, in UTF-8."""
    maps = (holding(1, "sitemap", (element(2, "loc", url),)) for url in urls)
    return document(holding(0, "sitemapindex", maps, xmlns=_SITEMAP))


def _texts(depth: int, texts: dict[str, str]) -> Iterator[str]:
    """Yield an element for each text that is not empty, by the elements' names."""
    return (element(depth, name, clean) for name, text in texts.items() if (clean := _clean(text)))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
