"""Follow every link of an edition's pages, feeds and sitemap, and find those that lead nowhere.

A link is told where its author wrote it: in a body, under a key, in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from cmsite.errors import Severity, suggest
from cmsite.model import Body, Place
from cmsite.shape.links import find_link
from cmsite.shape.outputs import Output, PageRecipe
from cmsite.shape.report.finding import Entry, Finding, Key, Rendition
from cmsite.shape.report.host import Arrival, Fate, Host
from cmsite.shape.report.references import find_references, is_page
from cmsite.shape.routes import Routing, routing, served_path

_SHOWN = 80  # characters of an address that a message quotes
_BY_SLUG = "check the address; name a post by `post:SLUG`"


class _Written(Struct, frozen=True):
    """An address as its author wrote it: in a body, or (`body` None) under a key of `source`."""

    source: str
    address: str
    body: Body | None = None
    key: Key = ()


def audit_links(rendition: Rendition, neighbours: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Yield every link that leads nowhere, as often as a file holds it; equal findings are one.

    `neighbours` has the files of the editions that are published together, by their folder.
    """
    yield from _Walk(rendition, neighbours).run()
    for chosen in (*rendition.edition.chosen, *rendition.edition.pages):
        if any(not written for written, _ in rendition.texts.by_slug(chosen.slug).led):
            place, excerpt = find_link(chosen.wording.body, "")
            what, hint = "this link has no address", "write one between the brackets"
            yield Finding(place, what, hint, "broken-link", Severity.WARNING, excerpt)


class _Walk:
    """One walk over all files of one edition."""

    def __init__(self, rendition: Rendition, neighbours: Mapping[str, frozenset[str]]) -> None:
        self.rendition, edition = rendition, rendition.edition
        self.references = {path: find_references(path, data) for path, data in rendition.data.items()}
        self.host = Host(
            routing=routing(edition.settings),
            files=frozenset(output.path for output in rendition.outputs),
            ids={path: found.ids for path, found in self.references.items() if is_page(path)},
            neighbours=neighbours,
            at_root=edition.profile.name == edition.settings.profile and edition.target is None,
        )
        self.written = _written(rendition, self.host)
        self._hint = cache(self._hint_to_path)
        self._follow = cache(lambda address, at: self.host.follow(address, at=at or self.host.address("")))

    def run(self) -> Iterator[Finding]:
        for output in self.rendition.outputs:
            if found := self.references.get(output.path):
                at = self.host.address(output.path)
                for address in found.addresses:
                    arrival = self._follow(address, "" if _is_the_same_anywhere(address) else at)
                    if arrival.fate not in (Fate.ARRIVES, Fate.LEAVES):
                        yield self._finding(output, address, arrival)

    def _finding(self, output: Output, address: str, arrival: Arrival) -> Finding:
        at, excerpt = self._place(output, address, arrival)
        what, hint = self._words(address, arrival)
        if address.startswith("#") and _is_template(self.rendition, at):  # it is on every page that it makes
            what = f"a page that has this link has nothing with the id {_shown(arrival.anchor)}"
        lost = arrival.fate is Fate.NO_ANCHOR
        return Finding(at, what, hint, "broken-anchor" if lost else "broken-link", Severity.WARNING, excerpt)

    def _words(self, address: str, arrival: Arrival) -> tuple[str, str]:
        match arrival.fate:
            case Fate.NO_ADDRESS:
                hint = "write a path of the site, or a whole address with `https://`"
                return f"{_shown(address)} is not an address", hint
            case Fate.OUTSIDE:
                base = self.host.routing.base
                what = f"{_shown(address)} leads out of the site, whose addresses begin with `{base}`"
                return what, f"put `{base}` before it" if address[:1] == "/" else "take some `../` away"
            case Fate.NO_ANCHOR:
                ids = sorted(self.host.ids[self.host.serves(arrival.path) or ""])
                hint = suggest(
                    arrival.anchor, ids, otherwise="give the heading meant an id: `## Words {#id}`"
                )
                return f"nothing in `{arrival.path}` has the id {_shown(arrival.anchor)}", hint
            case _:
                return f"nothing stands at {_shown(arrival.path)}", self._hint(arrival.path)

    def _hint_to_path(self, path: str) -> str:
        for one in self.rendition.edition.left_out:
            if self.host.routing.post(one.post) == path:
                return f"this edition leaves that post out: `post:{one.post.slug}` becomes plain text there"
        pages = [served_path(file) for file in self.host.ids]
        return suggest(path, pages, otherwise=_BY_SLUG)

    def _place(self, output: Output, address: str, arrival: Arrival) -> tuple[Entry | Place, str]:
        """Return where a broken link is written: in the page's own text, in a template, in another text."""
        written = self.written.get(arrival.whole, ())
        own = [one for one in written if one.source == output.source]
        template = output.recipe.template if isinstance(output.recipe, PageRecipe) else ""
        if template and not own and (found := _in_templates(self.rendition, address, arrival)):
            return found
        for one in own or written:
            return find_link(one.body, one.address) if one.body else (Entry(one.source, one.key), "")
        paths = {each.name: each.path for each in self.rendition.theme.templates}
        return (Place(paths[template]) if template else Entry(output.source or "cmsite.yml")), ""


def _written(rendition: Rendition, host: Host) -> dict[str, list[_Written]]:
    """Return every address that an author wrote, by the whole address that it leads to."""
    found: dict[str, list[_Written]] = {}
    for at, one, address in _authors(rendition, host.routing):
        found.setdefault(host.follow(address, at=at).whole, []).append(one)
    return found


def _authors(rendition: Rendition, route: Routing) -> Iterator[tuple[str, _Written, str]]:
    """Yield each address of an author's: the page it stands on, how it is written, what stands for it."""
    for chosen in (*rendition.edition.chosen, *rendition.edition.pages):
        text, source = rendition.texts.by_slug(chosen.slug), chosen.post.source
        at = route.absolute(rendition.texts.links.paths[chosen.slug])
        for written, address in text.led:
            yield at, _Written(source, written, chosen.wording.body), address
        if action := chosen.wording.call_to_action:
            variant = dict(chosen.wording.origins)["call_to_action"]
            key: Key = () if variant is None else ("variants", variant)
            yield at, _Written(source, action.url, key=(*key, "call_to_action", "url")), text.action
    for index, link in enumerate(rendition.edition.settings.author.links):
        key = ("author", "links", index, "url")
        yield route.absolute(route.about()), _Written("cmsite.yml", link.url, key=key), link.url


def _in_templates(rendition: Rendition, address: str, arrival: Arrival) -> tuple[Place, str] | None:
    """Return the first line of a template that holds an address, whole or behind a `{{ … }}`."""
    tail = re.escape(arrival.path.lstrip("/")) if arrival.fate is not Fate.OUTSIDE else ""
    behind = rf"|(?<=\}}\}}){tail}(?=[\"'#?,\s])" if tail else ""
    wanted = re.compile(rf"(?<=[\"']){re.escape(address)}(?=[\"']){behind}")
    for template in rendition.theme.templates:
        if match := wanted.search(template.text):
            line = template.text.count("\n", 0, match.start()) + 1
            column = match.start() - template.text.rfind("\n", 0, match.start())
            return Place(template.path, line, column), template.text.split("\n")[line - 1]
    return None


def _is_the_same_anywhere(address: str) -> bool:
    """Return whether an address leads to the same place from every page, as those of a menu do."""
    return address.startswith(("/", "https:", "http:"))


def _is_template(rendition: Rendition, at: Entry | Place) -> bool:
    return any(at.path == template.path for template in rendition.theme.templates)


def _shown(address: str) -> str:
    return f"`{address if len(address) <= _SHOWN else address[: _SHOWN - 1] + '…'}`"
