"""Say what two editions show differently, page by page: presence, place, fields and words.

Two editions given the other way round differ in the same, turned round.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cmsite.model import IndexFile, SearchRecipe, Slug
from cmsite.shape.outputs import (
    AtomRecipe,
    CopyRecipe,
    JsonFeedRecipe,
    Output,
    PageRecipe,
    Plan,
    RssRecipe,
    SitemapIndexRecipe,
    SitemapRecipe,
)
from cmsite.shape.personalise import Edition, pinned_first
from cmsite.shape.render import render
from cmsite.shape.report.blocks import Row, align
from cmsite.shape.report.fields import (
    TEMPLATE,
    Fields,
    differing,
    fields_of,
    fields_of_all_pages,
    seen_from_home,
)
from cmsite.shape.report.values import Value, tell_apart
from cmsite.shape.routes import Routing, routing
from cmsite.shape.templates import Templates
from cmsite.shape.views import ListPage, PagePage, PostPage, RedirectPage, TargetPage

_BODIES = ("post.html", "html")

Homes = tuple[Routing, Routing]


class Side(Struct, frozen=True):
    """An edition ready to be rendered: what stands on one side of a comparison."""

    edition: Edition
    plan: Plan
    templates: Templates


class Sheet(Struct, frozen=True):
    """An output as a person finds it. `title` is the post's, the tag's or the feed's, "" for none.

    `kind` is what a page's head says (home, blog, post, page, tag …), or else redirect, feed, sitemap,
    search-index, file.
    """

    path: str
    kind: str
    title: str


class Changed(Struct, frozen=True):
    """An output that both editions have with other bytes: once as it is called in each of them.

    `fields` are the names of what differs in its view, dotted inside; `values` tell them, but for the body
    and for what all pages share; `rows` are the body's blocks, none where the two bodies are the same.
    """

    a: Sheet
    b: Sheet
    fields: tuple[str, ...]
    values: tuple[Value, ...]
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """Its path, from the output's root."""
        return self.a.path

    @property
    def blocks(self) -> tuple[Row, ...]:
        """The blocks of the body that differ."""
        return tuple(row for row in self.rows if not row.same)


class Moved(Struct, frozen=True):
    """A post that two lists have in another order: its place in each, from 1, among those in both lists."""

    slug: Slug
    list: str  # blog or home
    a: int
    b: int


class Difference(Struct, frozen=True):
    """What two editions show differently. `site` is what all pages share; `same` have the same bytes."""

    a: Edition
    b: Edition
    only_a: tuple[Sheet, ...]
    only_b: tuple[Sheet, ...]
    changed: tuple[Changed, ...]
    moved: tuple[Moved, ...]
    site: tuple[Value, ...]
    same: tuple[Sheet, ...]


def differ(a: Side, b: Side) -> Difference:
    """Return what two editions show differently. Raises ProblemsFound when a template fails."""
    mine, theirs = ({output.path: output for output in side.plan.outputs()} for side in (a, b))
    both = [path for path in mine if path in theirs]
    changed = {path for path in both if _made_differently(mine[path], theirs[path], a, b)}
    homes = routing(a.edition.settings), routing(b.edition.settings)
    return Difference(
        a=a.edition,
        b=b.edition,
        only_a=tuple(_sheet(output) for path, output in mine.items() if path not in theirs),
        only_b=tuple(_sheet(output) for path, output in theirs.items() if path not in mine),
        changed=tuple(_changed(mine[path], theirs[path], homes) for path in both if path in changed),
        moved=tuple(_moved(a.edition, b.edition)),
        site=tuple(_site(a, b, homes)),
        same=tuple(_sheet(mine[path]) for path in both if path not in changed),
    )


def sheets(plan: Plan) -> tuple[Sheet, ...]:
    """Return every output of an edition as a person finds it."""
    return tuple(map(_sheet, plan.outputs()))


def _made_differently(one: Output, other: Output, a: Side, b: Side) -> bool:
    """Return whether two outputs have other bytes. Equal inputs make equal bytes, and are not rendered."""
    if type(one.recipe) is type(other.recipe) and one.inputs == other.inputs:
        return False
    return _made(one, a.templates) != _made(other, b.templates)


def _made(output: Output, templates: Templates) -> object:
    """Return an output's bytes, or the digest that stands for those of a file that is made elsewhere."""
    match output.recipe:
        case CopyRecipe(digest=digest) | SearchRecipe(file=IndexFile(digest=digest)):
            return digest
    made = render(output, templates)
    return output.inputs if made is None else made


def _sheet(output: Output) -> Sheet:
    match output.recipe:
        case PageRecipe(view=PostPage() | PagePage() as view):
            return Sheet(output.path, view.head.kind, view.post.title)
        case PageRecipe(view=ListPage() as view):
            return Sheet(output.path, view.head.kind, view.label)
        case PageRecipe(view=TargetPage(name=name)):
            return Sheet(output.path, "target", name)
        case PageRecipe(view=RedirectPage(title=title)):
            return Sheet(output.path, "redirect", title)
        case PageRecipe(view=view) if not isinstance(view, RedirectPage):
            return Sheet(output.path, view.head.kind, "")
        case AtomRecipe(feed=feed) | RssRecipe(feed=feed) | JsonFeedRecipe(feed=feed):
            return Sheet(output.path, "feed", feed.title)
        case SitemapRecipe() | SitemapIndexRecipe():
            return Sheet(output.path, "sitemap", "")
        case SearchRecipe():
            return Sheet(output.path, "search-index", "")
    return Sheet(output.path, "file", "")


def _changed(one: Output, other: Output, homes: Homes) -> Changed:
    mine, theirs = fields_of(one), fields_of(other)
    names = differing(mine, theirs)
    mine, theirs = _comparable(mine, theirs, homes)
    told = differing(mine, theirs)
    bodies = [(mine.get(name), theirs.get(name)) for name in _BODIES if name in told]
    return Changed(
        a=_sheet(one),
        b=_sheet(other),
        fields=names,
        values=tuple(
            tell_apart(name, mine.get(name), theirs.get(name))
            for name in told
            if not name.startswith("site.") and name not in (*_BODIES, TEMPLATE)
        ),
        rows=tuple(row for a, b in bodies for row in align(str(a or ""), str(b or ""))),
    )


def _site(a: Side, b: Side, homes: Homes) -> Iterator[Value]:
    """Yield what all pages show of the two editions: where they stand, what they are called, their menu …"""
    if a.edition.settings.url != b.edition.settings.url:
        yield tell_apart("url", a.edition.settings.url, b.edition.settings.url)
    mine, theirs = _comparable(fields_of_all_pages(a.plan), fields_of_all_pages(b.plan), homes)
    for name in differing(mine, theirs):
        yield tell_apart(name, mine[name], theirs[name])


def _comparable(mine: Fields, theirs: Fields, homes: Homes) -> tuple[Fields, Fields]:
    """Return two views as each is seen from its own home, if the two editions do not stand at one address."""
    if homes[0] == homes[1]:
        return mine, theirs
    return seen_from_home(mine, homes[0]), seen_from_home(theirs, homes[1])


def _moved(a: Edition, b: Edition) -> Iterator[Moved]:
    lists = {
        "blog": (pinned_first(a.chosen), pinned_first(b.chosen)),
        "home": (a.selection(), b.selection()),
    }
    for name, (mine, theirs) in lists.items():
        found = _reordered(name, [one.slug for one in mine], [one.slug for one in theirs])
        yield from sorted(found, key=lambda moved: (min(moved.a, moved.b), moved.slug))


def _reordered(name: str, mine: list[Slug], theirs: list[Slug]) -> Iterator[Moved]:
    places = {slug: place for place, slug in enumerate((slug for slug in theirs if slug in mine), 1)}
    for place, slug in enumerate((slug for slug in mine if slug in places), 1):
        if places[slug] != place:
            yield Moved(slug, name, place, places[slug])
