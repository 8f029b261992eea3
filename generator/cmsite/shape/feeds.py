"""Write feeds and the sitemap: XML through a writer, JSON through another, never by hand.

A post's id in feeds is made of its own `id` or its file's name: it outlives a change of address,
title and profile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from msgspec import Struct

from cmsite.model import Html, Post

_NAMESPACE = UUID("6ba1b1c2-52a5-5b7c-9a8e-3f5a2b1d7c40")  # cmsite's own, chosen once for all
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")  # in a text, as in code, stands no tag
_ATTRIBUTE = re.compile(r"""(\s[^\s"'<>/=]+=)("[^"]*"|'[^']*')""")
_CANDIDATE = re.compile(r"((?:^|,)\s*)(\S*[^\s,])(\s+[\d.]+[wx])?")  # of a srcset: an address and what for
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

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(whole, tag[0]) if "=" in tag[0] else tag[0], html)


def _absolute(address: str, origin: str, page: str) -> str:
    if _SCHEME.match(address):
        return address
    if address.startswith("//"):
        return f"{origin.partition('//')[0]}{address}"
    return f"{origin}{address}" if address.startswith("/") else urljoin(page, address)


def atom(feed: FeedView) -> bytes:
    """Return the feed as Atom (RFC 4287), in UTF-8."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _texts(root, {"id": feed.id, "title": feed.title, "subtitle": feed.subtitle})
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    ET.SubElement(root, "updated").text = max(entry.updated for entry in feed.entries).isoformat()
    _texts(ET.SubElement(root, "author"), {"name": feed.author or feed.title})
    for entry in feed.entries:
        _atom_entry(root, entry)
    return _xml(root)


def _atom_entry(root: ET.Element, entry: EntryFeedView) -> None:
    element = ET.SubElement(root, "entry")
    _texts(element, {"id": entry.id, "title": entry.title})
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    _texts(element, {"published": entry.published.isoformat(), "updated": entry.updated.isoformat()})
    _texts(element, {"summary": entry.summary})
    for tag in entry.tags:
        ET.SubElement(element, "category", {"term": _clean(tag)})
    if entry.html:
        ET.SubElement(element, "content", {"type": "html"}).text = _clean(entry.html)


def rss(feed: FeedView) -> bytes:
    """Return the feed as RSS 2.0, with whole texts in `content:encoded`, in UTF-8."""
    named = {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:content": _CONTENT, "xmlns:dc": _DUBLIN_CORE}
    root = ET.Element("rss", named)
    channel = ET.SubElement(root, "channel")
    _texts(channel, {"title": feed.title, "link": feed.page})
    ET.SubElement(channel, "description").text = _clean(feed.subtitle)
    _texts(channel, {"language": feed.language})
    ET.SubElement(channel, "lastBuildDate").text = _mailed(max(one.updated for one in feed.entries))
    own = {"rel": "self", "type": "application/rss+xml", "href": feed.url}
    ET.SubElement(channel, "atom:link", own)
    for entry in feed.entries:
        _rss_item(ET.SubElement(channel, "item"), entry, feed.author or feed.title)
    return _xml(root)


def _mailed(moment: datetime) -> str:
    """Return a moment as a mail tells it, and RSS too."""
    from email.utils import format_datetime

    return format_datetime(moment)


def _rss_item(item: ET.Element, entry: EntryFeedView, author: str) -> None:
    _texts(item, {"title": entry.title, "link": entry.url})
    ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.id
    _texts(item, {"dc:creator": author, "pubDate": _mailed(entry.published)})
    for tag in entry.tags:
        _texts(item, {"category": tag})
    _texts(item, {"description": entry.summary, "content:encoded": entry.html})


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
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for entry in entries:
        element = ET.SubElement(root, "url")
        ET.SubElement(element, "loc").text = entry.url
        if entry.changed:
            ET.SubElement(element, "lastmod").text = entry.changed.isoformat()
    return _xml(root)


def sitemap_index(urls: Iterable[str]) -> bytes:
    """Return an index of the sitemaps at these addresses, in UTF-8."""
    root = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
    for url in urls:
        ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = url
    return _xml(root)


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if clean := _clean(text):
            ET.SubElement(parent, name).text = clean


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
