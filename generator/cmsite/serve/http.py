"""Read what a browser asks for, refuse what is not meant for us, and write what it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from mimetypes import MimeTypes
from urllib.parse import parse_qsl, unquote_to_bytes

from msgspec import Struct, field

LARGEST_HEAD = 16_384  # bytes

_TYPES = MimeTypes()
for _type, _ending in (
    ("application/feed+json", ".feed.json"),
    ("application/javascript", ".js"),
    ("application/manifest+json", ".webmanifest"),
    ("application/wasm", ".wasm"),
    ("font/ttf", ".ttf"),
    ("font/woff2", ".woff2"),
    ("image/avif", ".avif"),
    ("image/webp", ".webp"),
    ("text/markdown", ".md"),
    ("text/vcard", ".vcf"),
    ("text/yaml", ".yml"),
):
    _TYPES.add_type(_type, _ending)
_TEXTS = ("application/javascript", "application/json", "application/feed+json", "application/xml")
_FEEDS = {
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


class Asked(Struct, frozen=True):
    """A request: its path with the percent-encoding undone, its query, and its headers in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, "" for none."""
        for pair in self.headers.get("cookie", "").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return ""


class Answer(Struct, frozen=True):
    """What is answered: a status, a body of some type, and more headers."""

    status: HTTPStatus
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class BadRequest(Exception):
    """What came is no request that we read; the message says why."""


def parse(head: bytes) -> Asked:
    """Return the request that a head says. Raises BadRequest."""
    try:
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        method, target, version = first.split(" ")
        headers = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not name or name.strip() != name or name.lower() in headers:
                raise BadRequest("a header cannot be read")
            headers[name.lower()] = value.strip()
    except ValueError as error:
        raise BadRequest("this is not a request") from error
    if not version.startswith("HTTP/1.") or not target.startswith("/"):
        raise BadRequest("this is not a request for a page")
    path, _, query = target.partition("?")
    return Asked(method, _decoded(path), dict(parse_qsl(query)), headers)


def _decoded(path: str) -> str:
    try:
        decoded = unquote_to_bytes(path.encode("latin-1")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the address is not UTF-8") from error
    if any(ord(letter) < 32 or letter in "\x7f\\" for letter in decoded):
        raise BadRequest("the address holds what no address does")
    return decoded


def refusal(asked: Asked, hosts: frozenset[str]) -> Answer | None:
    """Return the answer to a request that is not for us, None for one that is.

    `hosts` are the names that we go by, with the port: a page elsewhere that has its own name lead to
    this machine asks under that name.
    """
    host, origin = asked.headers.get("host", ""), asked.headers.get("origin")
    if host.lower() not in hosts:
        return refused(HTTPStatus.FORBIDDEN, "the preview does not go by this name")
    if origin is not None and origin.lower() not in {f"http://{name}" for name in hosts}:
        return refused(HTTPStatus.FORBIDDEN, "the preview does not answer other sites")
    embedded = asked.headers.get("sec-fetch-mode") not in (None, "navigate")
    if embedded and asked.headers.get("sec-fetch-site") == "cross-site":
        return refused(HTTPStatus.FORBIDDEN, "the preview does not answer other sites")
    if asked.method not in ("GET", "HEAD"):
        answer = refused(HTTPStatus.METHOD_NOT_ALLOWED, "the preview can only be read")
        return Answer(answer.status, answer.body, headers=(("Allow", "GET, HEAD"),))
    return None


def refused(status: HTTPStatus, why: str) -> Answer:
    """Return a refusal in words."""
    return Answer(status, f"{status.value} {status.phrase}: {why}\n".encode())


def head_of(answer: Answer, *, length: bool = True) -> bytes:
    """Return the head of an answer; without its length for one that goes on."""
    lines = [
        f"HTTP/1.1 {answer.status.value} {answer.status.phrase}",
        f"Content-Type: {answer.type}",
        "Cache-Control: no-cache",
        "Connection: close",
        "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: same-origin",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    if length:
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def type_of(path: str) -> str:
    """Return the content type of a file of the site, by its name and nothing of the machine's."""
    name = path.rpartition("/")[2]
    kind = _FEEDS.get(name) or _TYPES.guess_type(name, strict=True)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind
