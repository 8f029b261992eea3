"""Lead every link of a text to where it stands in this edition.

`post:SLUG` and paths of source files become addresses; a link to a post that the edition leaves out
becomes plain text, with a warning; pictures and documents become addresses below /files/, and only
those that are referred to are published; the site's base is put before root-relative addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from cmsite.errors import Problem, Severity, suggest
from cmsite.model import Body, Html, Place, Slug, UrlPath
from cmsite.paths import from_content
from cmsite.shape.routes import Routing

_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ELEMENT = re.compile(
    rf"<a\b(?P<a>{_ATTRIBUTES})>(?P<words>.*?)</a>|<img\b(?P<img>{_ATTRIBUTES})>", re.DOTALL
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SOURCE = re.compile(r"\.(?:md|markdown)$")


@dataclass(frozen=True, slots=True)
class LinkMap:
    """What links may lead to in one edition.

    `paths` has the path of every post and page of the edition, `sources` the slug of every source file
    of the site, `slugs` every slug of the site, `files` every path of a picture or document.
    """

    routing: Routing
    paths: Mapping[Slug, UrlPath]
    sources: Mapping[str, Slug]
    slugs: frozenset[Slug]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Linked:
    """A text with its links resolved, the files it refers to, and what was found on the way."""

    html: Html
    files: frozenset[str]
    problems: tuple[Problem, ...]


def link(html: Html, body: Body, links: LinkMap) -> Linked:
    """Return the HTML with every link resolved for the edition."""
    return _Linking(body, links).run(html)


def link_address(written: str, body: Body, links: LinkMap) -> tuple[str, tuple[Problem, ...]]:
    """Return the address of a link outside the text (a call to action); "" if it leads nowhere."""
    linking = _Linking(body, links)
    return linking.address(written) or "", tuple(linking.problems)


class _Linking:
    """One pass over one text."""

    def __init__(self, body: Body, links: LinkMap) -> None:
        self.body, self.links = body, links
        self.files: set[str] = set()
        self.problems: list[Problem] = []

    def run(self, html: Html) -> Linked:
        return Linked(Html(_ELEMENT.sub(self._element, html)), frozenset(self.files), tuple(self.problems))

    def _element(self, match: re.Match[str]) -> str:
        if match["img"] is not None:
            return self._picture(match)
        words = _ELEMENT.sub(self._element, match["words"])
        written = _attribute(match["a"], "href")
        if written is None:
            return f"<a{match['a']}>{words}</a>" if _attribute(match["a"], "id") else words
        address = self.address(written)
        return words if address is None else f"<a{_with(match['a'], 'href', address)}>{words}</a>"

    def _picture(self, match: re.Match[str]) -> str:
        written = _attribute(match["img"], "src") or ""
        alt = _attribute(match["img"], "alt") or ""
        if _SCHEME.match(written):
            what = "a picture of another site is not shown: readers' browsers ask no other host"
            self._warn(written, what, "copy it to content/files/ and write `files/NAME`", "foreign-image")
            return (
                f'<a href="{escape(written)}">{escape(alt or written)}</a>'
                if written.startswith("http")
                else escape(alt)
            )
        address = self.address(written)
        if address is None:
            return escape(alt)
        return f'<img{_with(match["img"], "src", address)} loading="lazy" decoding="async">'

    def address(self, written: str) -> str | None:
        """Return the address a written link leads to, None when it has to become plain text."""
        target, hash_, fragment = written.partition("#")
        if not target:
            return written
        if target.startswith("post:"):
            return self._to_post(Slug(target.removeprefix("post:")), written, hash_ + fragment)
        if _SCHEME.match(target):
            return written
        path = unquote(target.partition("?")[0])
        if _SOURCE.search(path):
            return self._to_source(path, written, hash_ + fragment)
        file = from_content(path, self.body.place.path)
        if file in self.links.files:
            self.files.add(file)
            return self.links.routing.link(f"/{file}")
        if file.startswith("files/"):
            self._warn(
                written,
                f"there is no file `content/{file}`",
                "check the name, or put the file there",
                "no-image",
            )
            return None
        return self.links.routing.link(written) if target.startswith("/") else written

    def _to_source(self, path: str, written: str, fragment: str) -> str | None:
        inside = from_content(path, self.body.place.path)
        candidates = [f"content/{inside}", f"content/{from_content(f'./{path}', self.body.place.path)}"]
        slug = next((self.links.sources[name] for name in candidates if name in self.links.sources), None)
        if slug is None:
            hint = suggest(
                candidates[-1],
                list(self.links.sources),
                otherwise="write `post:SLUG`, or the file's path from here",
            )
            self._problem(written, f"there is no post `{path}`", hint, "unknown-post", Severity.ERROR)
            return None
        return self._to_post(slug, written, fragment)

    def _to_post(self, slug: Slug, written: str, fragment: str) -> str | None:
        if slug not in self.links.slugs:
            hint = suggest(slug, list(self.links.slugs), otherwise="name a post by its slug")
            self._problem(written, f"there is no post `{slug}`", hint, "unknown-post", Severity.ERROR)
            return None
        if slug not in self.links.paths:
            what = f"this edition leaves out the post `{slug}`: the link becomes plain text"
            self._warn(
                written, what, "put the link into a condition on the mask, or accept it", "left-out-link"
            )
            return None
        return self.links.routing.link(f"{self.links.paths[slug]}{fragment}")

    def _warn(self, written: str, what: str, hint: str, code: str) -> None:
        self._problem(written, what, hint, code, Severity.WARNING)

    def _problem(self, written: str, what: str, hint: str, code: str, severity: Severity) -> None:
        """Note a problem at the first place of the body where the link is written so."""
        lines = self.body.text.split("\n")
        index, column = next(
            ((i, line.find(written)) for i, line in enumerate(lines) if written in line), (0, 0)
        )
        place = Place(self.body.place.path, self.body.place.line + index, column + 1)
        self.problems.append(Problem(place, what, hint, code, severity, lines[index]))


def _attribute(attributes: str, name: str) -> str | None:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", attributes)
    return unescape(match[1] if match[1] is not None else match[2]) if match else None


def _with(attributes: str, name: str, value: str) -> str:
    """Return an element's attributes with another value for one of them."""
    written = f' {name}="{escape(value)}"'
    return re.sub(rf"""\s{name}=(?:"[^"]*"|'[^']*')""", lambda _: written, attributes, count=1).rstrip("/ ")
