"""Find in a published file where it leads, and which of its elements others may lead to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from msgspec import Struct

_ADDRESSES = {"href", "src", "poster", "data", "action", "formaction", "xlink:href"}
_CANDIDATES = {"srcset", "imagesrcset"}
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", re.IGNORECASE)
_WHOLE = re.compile(r"https?://", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z]")


class References(Struct, frozen=True):
    """Every address in a file, as it is written there, each once; and the ids of its elements."""

    addresses: tuple[str, ...]
    ids: frozenset[str]


class Picture(Struct, frozen=True):
    """A picture in a text: its address and its alternative text, "" for none."""

    address: str
    alt: str


def is_page(path: str) -> bool:
    """Return whether a file of the site is an HTML page."""
    return path.endswith((".html", ".htm"))


def find_pictures(html: str) -> tuple[Picture, ...]:
    """Return the pictures of some HTML, in order."""
    if "<img" not in html.lower():
        return ()
    page = _Page()
    page.feed(html)
    page.close()
    return tuple(page.pictures)


def find_references(path: str, data: bytes) -> References:
    """Return what a page, a feed, a sitemap or robots.txt refers to; nothing for any other file.

    Of what is no page only whole addresses count, and those in the HTML that a feed carries.
    """
    text = data.decode("utf-8", "replace")
    if is_page(path):
        return _in_html(text)
    if path.endswith(".xml"):
        return _collected(_in_xml(text))
    if path.endswith(".json"):
        return _collected(_in_json(json.loads(text)))
    if path == "robots.txt":
        return _collected(iter(re.findall(r"^Sitemap:\s*(\S+)", text, re.MULTILINE | re.IGNORECASE)))
    return References((), frozenset())


class _Page(HTMLParser):
    """Gathers the addresses and the ids of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: dict[str, None] = {}
        self.ids: set[str] = set()
        self.pictures: list[Picture] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value for name, value in reversed(attrs) if value is not None}
        if identity := attributes.get("id") or (attributes.get("name") if tag == "a" else None):
            self.ids.add(identity)
        if tag == "img":
            self.pictures.append(Picture(attributes.get("src", ""), attributes.get("alt", "")))
        if tag == "meta":
            self.addresses |= dict.fromkeys(_in_meta(attributes))
        for name, value in attributes.items():
            if name in _ADDRESSES and not (name == "data" and tag != "object"):
                self.addresses[value.strip()] = None
            elif name in _CANDIDATES:
                self.addresses |= dict.fromkeys(part.split()[0] for part in value.split(",") if part.strip())


def _in_html(text: str) -> References:
    page = _Page()
    page.feed(text)
    page.close()
    return References(tuple(page.addresses), frozenset(page.ids))


def _in_meta(attributes: dict[str, str]) -> Iterator[str]:
    """Yield where a <meta> leads: a redirect, or a whole address such as that of a picture."""
    content = attributes.get("content", "").strip()
    if attributes.get("http-equiv", "").lower() == "refresh":
        if (match := _REFRESH.match(content)) and match[1]:
            yield match[1].strip()
    elif _WHOLE.match(content) and " " not in content:
        yield content


def _in_xml(text: str) -> Iterator[str]:
    for element in ET.fromstring(text).iter():  # noqa: S314 made by the program itself
        for value in (*element.attrib.values(), element.text or ""):
            yield from _in_value(value)


def _in_json(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _in_value(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _in_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from _in_json(item)


def _in_value(value: str) -> Iterator[str]:
    """Yield the address that a value is, or those of the HTML that it holds."""
    text = value.strip()
    if _WHOLE.match(text) and not re.search(r"\s", text):
        yield text
    elif _MARKUP.search(text):
        yield from _whole_addresses(text)


@lru_cache(maxsize=1024)
def _whole_addresses(html: str) -> tuple[str, ...]:
    """Return the whole addresses in some HTML, which several feeds carry."""
    return tuple(address for address in _in_html(html).addresses if _WHOLE.match(address))


def _collected(addresses: Iterator[str]) -> References:
    return References(tuple(dict.fromkeys(addresses)), frozenset())
