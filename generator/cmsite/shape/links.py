"""Lead every link of a text to where it stands in this edition.

`post:SLUG` and paths of source files become addresses; a link to a post that the edition leaves out
becomes plain text, with a warning; pictures and documents become addresses below /files/, and only
those that are referred to are published; the site's base is put before root-relative addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import unquote

from msgspec import Struct

from cmsite.errors import Problem, Severity, suggest
from cmsite.model import Body, Fault, Html, Place, Slug, UrlPath
from cmsite.paths import from_content
from cmsite.shape.attributes import attribute, names, with_attribute
from cmsite.shape.code import blank_code
from cmsite.shape.gallery import Gallery, Showing, sizes
from cmsite.shape.routes import Routing, keep_quoted

_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ELEMENT = re.compile(
    rf"<a\b(?P<a>{_ATTRIBUTES})>(?P<words>.*?)</a>|<img\b(?P<img>{_ATTRIBUTES})>", re.DOTALL | re.IGNORECASE
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_TAIL = re.compile(r"[?#]")
_SOURCE = re.compile(r"\.(?:md|markdown)$")


class LinkMap(Struct, frozen=True):
    """What links may lead to in one edition.

    `paths` has the path of every post and page of the edition, `sources` the slug of every source file
    of the site, `slugs` every slug of the site, `gallery` every picture and document.
    """

    routing: Routing
    paths: Mapping[Slug, UrlPath]
    sources: Mapping[str, Slug]
    slugs: frozenset[Slug]
    gallery: Gallery


class Linked(Struct, frozen=True):
    """A text with its links resolved, the files they lead to, the pictures it shows, and the problems.

    `led` has each address that the author wrote, with the one in its place.
    """

    html: Html
    files: frozenset[str]
    pictures: frozenset[str]
    problems: tuple[Problem, ...]
    led: tuple[tuple[str, str], ...] = ()


def link(html: Html, body: Body, links: LinkMap, *, leads: bool = False) -> Linked:
    """Return the HTML with every link resolved for the edition.

    When the text `leads` its page, its first picture is not left to wait until it is scrolled to.
    """
    linking = _Linking(body, links, waiting=not leads)
    return linking.told(_ELEMENT.sub(linking.element, html))


def link_address(written: str, body: Body, links: LinkMap) -> Linked:
    """Return the address of a link outside the text (a call to action) as `html`; "" if it leads nowhere."""
    linking = _Linking(body, links)
    return linking.told(linking.address(written) or "")


class _Linking:
    """One pass over one text."""

    def __init__(self, body: Body, links: LinkMap, *, waiting: bool = True) -> None:
        self.body, self.links, self.waiting = body, links, waiting
        self.files: set[str] = set()
        self.pictures: set[str] = set()
        self.problems: list[Problem] = []
        self.led: dict[tuple[str, str], None] = {}

    def told(self, html: str) -> Linked:
        files, pictures = frozenset(self.files), frozenset(self.pictures)
        return Linked(Html(html), files, pictures, tuple(self.problems), tuple(self.led))

    def element(self, match: re.Match[str], *, inside_link: bool = False) -> str:
        if match["img"] is not None:
            return self._picture(match["img"], inside_link=inside_link)
        words = _ELEMENT.sub(lambda inner: self.element(inner, inside_link=True), match["words"])
        written = attribute(match["a"], "href")
        if written is None:  # an anchor, or a link that the sanitiser has emptied
            return f"<a{match['a']}>{words}</a>" if _is_anchor(match["a"]) else words
        address = self.address(written)
        return words if address is None else f"<a{with_attribute(match['a'], 'href', address)}>{words}</a>"

    def _picture(self, attributes: str, *, inside_link: bool) -> str:
        written, alt = attribute(attributes, "src") or "", attribute(attributes, "alt") or ""
        if _SCHEME.match(written):
            what = "a picture of another site is not shown: readers' browsers ask no other host"
            self._warn(written, what, "copy it to content/files/ and write `files/NAME`", "foreign-image")
            if inside_link or not written.startswith("http"):
                return escape(alt)
            return f'<a href="{escape(written)}">{escape(alt or written)}</a>'
        target, tail = _parted(written)
        showing = self._showing(written or alt, from_content(unquote(target), self.body.place.path))
        if showing is None:
            return escape(alt)
        told = _picture_attributes(attributes, showing, self.links.routing, tail)
        self.led[written, attribute(told, "src") or ""] = None
        if self.waiting and attribute(told, "loading") is None:
            told = with_attribute(told, "loading", "lazy")
        self.waiting = True
        return f"<img{with_attribute(told, 'decoding', 'async')}>"

    def _showing(self, written: str, path: str) -> Showing | None:
        """Return what an <img> says of a picture, None when its words have to take its place."""
        gallery = self.links.gallery
        if path not in gallery.files:
            if written.startswith("/") and not path.startswith("files/"):
                return gallery.show_static(path)
            what = f"there is no file `content/{path}`" if path else "this picture has no address"
            self._warn(written, what, "put it in content/files/ and write `files/NAME`", "no-image")
            return None
        if fault := gallery.files[path].why_not_shown():
            self._warn_of_fault(written, path, fault)
            return None
        self.pictures.add(path)
        return gallery.show(path)

    def address(self, written: str) -> str | None:
        """Return the address a written link leads to, None when it has to become plain text."""
        address = self._leads_to(written)
        if address is not None:
            self.led[written, address] = None
        return address

    def _leads_to(self, written: str) -> str | None:
        target, tail = _parted(written)
        if target.startswith("post:"):
            return self._to_post(Slug(target.removeprefix("post:")), written, tail)
        if not target or _SCHEME.match(target):
            return written
        path = unquote(target)
        if _SOURCE.search(path):
            return self._to_source(path, written, tail)
        file = from_content(path, self.body.place.path)
        if known := self.links.gallery.files.get(file):
            if known.fault:
                self._warn_of_fault(written, file, known.fault)
                return None
            self.files.add(file)
            return f"{self.links.routing.link(f'/{file}')}{keep_quoted(tail)}"
        if file.startswith("files/"):
            self._warn(
                written,
                f"there is no file `content/{file}`",
                "check the name, or put the file there",
                "no-image",
            )
            return None
        return self.links.routing.link_written(written) if target.startswith("/") else written

    def _to_source(self, path: str, written: str, tail: str) -> str | None:
        inside = from_content(path, self.body.place.path)
        candidates = [f"content/{inside}", f"content/{from_content(f'./{path}', self.body.place.path)}"]
        slug = next((self.links.sources[name] for name in candidates if name in self.links.sources), None)
        if slug is None:
            hint = _nearest_source(path, self.links.sources)
            self._problem(written, f"there is no post `{path}`", hint, "unknown-post", Severity.ERROR)
            return None
        return self._to_post(slug, written, tail)

    def _to_post(self, slug: Slug, written: str, tail: str) -> str | None:
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
        return f"{self.links.routing.link(self.links.paths[slug])}{keep_quoted(tail)}"

    def _warn_of_fault(self, written: str, path: str, fault: Fault) -> None:
        what = f"`content/{path}` cannot be shown: {fault.what}"
        self._warn(written, what, fault.hint, "broken-image")

    def _warn(self, written: str, what: str, hint: str, code: str) -> None:
        self._problem(written, what, hint, code, Severity.WARNING)

    def _problem(self, written: str, what: str, hint: str, code: str, severity: Severity) -> None:
        """Note a problem at the first place of the body where the link is written so."""
        place, excerpt = find_link(self.body, written)
        self.problems.append(Problem(place, what, hint, code, severity, excerpt))


def find_link(body: Body, written: str) -> tuple[Place, str]:
    """Return the first place of a body where an address is written so, and the line there."""
    index, column = _find_link(body.text, written)
    place = Place(body.place.path, body.place.line + index, column + 1)
    return place, body.text.split("\n")[index]


def _nearest_source(path: str, sources: Iterable[str]) -> str:
    """Return a hint with the source file whose name is nearest; folders and endings do not count."""
    from difflib import get_close_matches

    stems = {_stem(source): source for source in sources}
    near = get_close_matches(_stem(path), list(stems), n=1)
    return f"did you mean `{stems[near[0]]}`?" if near else "write `post:SLUG`, or the file's path from here"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _find_link(text: str, written: str) -> tuple[int, int]:
    """Return the line and the column, from 0, of an address in a body, best where a link has it."""
    prose = blank_code(text)
    whole = rf"{re.escape(written)}(?![\w/.#?-])"
    for before in (r"\]\(<?|\]:[ \t]*<?|=[\"']?", r"(?<![\w/-])"):
        if match := re.search(rf"(?:{before})(?P<written>{whole})", prose):
            start = match.start("written")
            return prose.count("\n", 0, start), start - (prose.rfind("\n", 0, start) + 1)
    return 0, 0


def _parted(written: str) -> tuple[str, str]:
    """Return an address in two: its path, and its query and fragment."""
    path = _TAIL.split(written, maxsplit=1)[0]
    return path, written[len(path) :]


def _is_anchor(written: str) -> bool:
    return any(name not in ("title", "hreflang") for name in names(written))


def _picture_attributes(written: str, showing: Showing, routing: Routing, tail: str) -> str:
    """Return an <img>'s attributes with all that is known of its picture; a size of the author's stays."""
    width, height = _size(written, showing)
    written = with_attribute(written, "src", f"{routing.link(f'/{showing.path}')}{keep_quoted(tail)}")
    if showing.sources and attribute(written, "srcset") is None:
        written = with_attribute(written, "srcset", routing.srcset(showing.sources))
        room = sizes(width) if width < showing.width else showing.sizes
        written = with_attribute(written, "sizes", room)
    for name, size in (("width", width), ("height", height)):
        written = with_attribute(written, name, str(size)) if size else written
    return written


def _size(written: str, showing: Showing) -> tuple[int, int]:
    """Return the size to show a picture in: the author's, in proportion where half of it is missing."""
    told = [attribute(written, name) or "" for name in ("width", "height")]
    width, height = (int(size) if re.fullmatch(r"[1-9]\d{0,4}", size) else 0 for size in told)
    if not (showing.width and showing.height) or (width and height):
        return width, height
    if width:
        return width, max(1, round(width * showing.height / showing.width))
    if height:
        return max(1, round(height * showing.width / showing.height)), height
    return showing.width, showing.height
