"""Turn an edition and a theme into a plan: every output, put together with its exact inputs when asked for.

An output's inputs are one digest for each field of its view, plus `template` and `generator`. It is
current if and only if they are those of the manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import astuple

from cmsite.digest import digest, digest_bytes, digest_field
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import MARKER, SOCIAL_CARD, DrawingRecipe, Place, SearchRecipe, Site, Slug, Theme
from cmsite.shape.aims import unmet_needs
from cmsite.shape.cards import SEARCH_SCRIPT, Desk, statement_of
from cmsite.shape.feeds import EntryFeedView, FeedView, SitemapEntry
from cmsite.shape.files import losses, used_files
from cmsite.shape.kinship import Related, series_parts
from cmsite.shape.markup import Converting
from cmsite.shape.outputs import (
    BytesRecipe,
    CardRecipe,
    CopyRecipe,
    Output,
    PageRecipe,
    Plan,
    Planned,
    Recipe,
    SitemapIndexRecipe,
    SitemapRecipe,
    ready,
)
from cmsite.shape.page import Page
from cmsite.shape.pages import compose_pages, compose_redirects
from cmsite.shape.palette import accent_sheet
from cmsite.shape.personalise import Chosen, Edition
from cmsite.shape.resume import business_card, resume
from cmsite.shape.routes import output_path, own_domain, routing
from cmsite.shape.social import card_recipe, social_cards
from cmsite.shape.syndication import FeedKind, compose_feeds
from cmsite.shape.templates import Templates
from cmsite.shape.texts import Gist, tell_texts
from cmsite.shape.views import CardView, SiteView

_SHARED = (SiteView, CardView, EntryFeedView)  # what several outputs show
_THE_AUTHORS = {"robots.txt", "CNAME", ".nojekyll"}  # a static file of this name takes the place of ours


class Composed(Struct, frozen=True):
    """An edition's pages, before they are tied to other editions and planned."""

    desk: Desk
    pages: tuple[Page, ...]


def compose_edition(
    edition: Edition,
    site: Site,
    theme: Theme,
    converter: Converting,
    *,
    pictures: str,
    cards: str = "",
    searchable: bool = False,
    known: Mapping[Slug, tuple[str, Gist]] | None = None,
) -> Composed:
    """Return every page of an edition, that of the search too if it is `searchable`.

    `pictures` stands for what makes pictures smaller, "" if there is nothing that can; `cards` for what
    draws social cards; `known` has what is known of this edition's texts from before.
    Raises ProblemsFound for mistakes in bodies.
    """
    route = routing(edition.settings)
    texts = tell_texts(edition, site, route, converter, pictures, known)
    assets = tuple((name, f"/{path}") for name, path, _ in _assets(theme, edition.settings.accent))
    has_card = any(template.name == SOCIAL_CARD for template in theme.templates)
    desk = Desk(
        edition,
        theme,
        route,
        texts,
        assets,
        related=Related(edition.ranked),
        series=series_parts(edition.dated[::-1]),
        threads={thread.slug: thread for thread in site.threads},
        searchable=searchable,
        drawn_by=cards if has_card else "",
    )
    return Composed(desk, (*compose_pages(desk), *compose_redirects(desk)))


def plan_edition(
    composed: Composed,
    site: Site,
    templates: Templates,
    generator: str,
    *,
    index: tuple[SearchRecipe, ...] = (),
    sitemaps: tuple[str, ...] = (),
) -> Plan:
    """Return the plan of an edition. `generator` is the digest of the program itself.

    `index` are the files of its search index; `sitemaps` are those of all editions published together,
    given to the one that stands at the root.
    Raises ProblemsFound for two outputs that claim one path.
    """
    desk, pages, known = composed.desk, composed.pages, dict[int, str]()
    planned = [*_pages(pages, templates, generator, known), *_social_cards(desk, templates, generator)]
    planned += _feeds(desk, generator, known)
    outputs = [_output(path, BytesRecipe(data)) for _, path, data in _worn(desk)]
    planned += _sitemaps(desk, pages, sitemaps, generator)
    outputs += [_output(f"pagefind/{each.file.path}", each) for each in index]
    outputs += _small_files(desk, index=bool(sitemaps))
    outputs += [*_files(desk, generator), *_static_files(site)]
    planned += map(ready, outputs)
    warnings = (*desk.texts.warnings, *losses(desk), *unmet_needs(desk))
    return Plan(tuple(_without_collisions(planned, site)), warnings)


def _pages(
    pages: Iterable[Page], templates: Templates, generator: str, known: dict[int, str]
) -> Iterator[Planned]:
    for page in pages:
        finish = partial(_page_output, page, templates, generator, known)
        tie = digest_field(page.tie) if page.tie else ""
        yield Planned(output_path(page.path), PageRecipe, finish, page.source, tie)


def _social_cards(desk: Desk, templates: Templates, generator: str) -> Iterator[Planned]:
    for path, chosen in social_cards(desk):
        finish = partial(_card_output, path, desk, chosen, templates, generator)
        source = chosen.post.source if chosen else ""
        yield Planned(output_path(path), CardRecipe, finish, source, "")


def _feeds(desk: Desk, generator: str, known: dict[int, str]) -> Iterator[Planned]:
    for path, kind, compose in compose_feeds(desk):
        yield Planned(path, kind, partial(_feed_output, path, kind, compose, generator, known), "", "")


def _output(path: str, recipe: Recipe, source: str = "") -> Output:
    inputs = tuple(
        (name, digest_field(getattr(recipe, name))) for name in recipe.__struct_fields__ if name != "source"
    )
    return Output(path, recipe, inputs, source)


def _page_output(page: Page, templates: Templates, generator: str, known: dict[int, str]) -> Output:
    view = page.view()
    inputs = [(name, _digest_of(getattr(view, name), known)) for name in view.__struct_fields__]
    inputs += [("template", templates.digest(page.template)), ("generator", generator)]
    return Output(output_path(page.path), PageRecipe(page.template, view), tuple(inputs), page.source)


def _digest_of(value: object, known: dict[int, str]) -> str:
    """Return the digest of a view's field; `known` remembers those that outputs share, while they live."""
    if isinstance(value, _SHARED):
        return known.get(id(value)) or known.setdefault(id(value), digest_field(value))
    if isinstance(value, tuple) and value and isinstance(value[0], _SHARED):  # in some lists are all posts
        return digest_field(tuple(_digest_of(each, known) for each in value))
    if isinstance(value, FeedView):
        *head, entries = astuple(value)
        return digest_field((*head, _digest_of(entries, known)))
    return digest_field(value)


def _feed_output(
    path: str, kind: FeedKind, compose: Callable[[], FeedView], generator: str, known: dict[int, str]
) -> Output:
    feed = compose()
    return Output(path, kind(feed), (("feed", _digest_of(feed, known)), ("generator", generator)))


def _card_output(
    path: str, desk: Desk, chosen: Chosen | None, templates: Templates, generator: str
) -> Output:
    recipe, source = card_recipe(desk, chosen), chosen.post.source if chosen else ""
    inputs = [(name, digest_field(getattr(recipe.view, name))) for name in recipe.view.__struct_fields__]
    inputs += [("font", recipe.font), ("maker", digest_field(recipe.maker))]
    inputs += [("template", templates.digest(SOCIAL_CARD)), ("generator", generator)]
    return Output(output_path(path), recipe, tuple(inputs), source)


def _with_generator(output: Output, generator: str) -> Output:
    return Output(output.path, output.recipe, (*output.inputs, ("generator", generator)), output.source)


def _assets(theme: Theme, accent: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield each file of the theme: its name, its path with a fingerprint, its bytes."""
    named = [(asset.path, asset.data) for asset in theme.assets]
    if sheet := accent_sheet(theme, accent):
        named.append(("zz-accent.css", sheet.encode()))
    for name, data in named:
        stem, dot, ending = name.rpartition(".")
        yield name, f"assets/{stem.removeprefix('zz-')}.{digest_bytes(data)[:10]}{dot}{ending}", data


def _worn(desk: Desk) -> Iterator[tuple[str, str, bytes]]:
    """Yield the theme's files that a page of the edition loads."""
    for name, path, data in _assets(desk.theme, desk.edition.settings.accent):
        if desk.searchable or name != SEARCH_SCRIPT:
            yield name, path, data


def _sitemaps(
    desk: Desk, pages: Iterable[Page], together: tuple[str, ...], generator: str
) -> Iterator[Planned]:
    """Yield the sitemap and the index of several; neither for an edition kept from search."""
    if desk.edition.target:
        return
    tie = digest(tuple(page.tie for page in pages)) if any(page.tie for page in pages) else ""
    finish = partial(_sitemap, desk, pages, generator)
    yield Planned("sitemap.xml", SitemapRecipe, finish, "", tie)
    if together:
        yield ready(_with_generator(_output("sitemap-index.xml", SitemapIndexRecipe(together)), generator))


def _sitemap(desk: Desk, pages: Iterable[Page], generator: str) -> Output:
    """Return the sitemap, of canonical pages only."""
    changed = {
        chosen.post.source: chosen.post.updated or chosen.post.date
        for chosen in (*desk.edition.chosen, *desk.edition.pages)
    }
    entries = tuple(
        SitemapEntry(desk.routing.absolute(page.path), changed.get(page.source))
        for page in sorted(pages, key=lambda page: page.path)
        if _is_found(page, desk.routing.absolute(page.path))
    )
    return _with_generator(_output("sitemap.xml", SitemapRecipe(entries)), generator)


def _is_found(page: Page, address: str) -> bool:
    """Return whether search engines are to find a page at this address."""
    return page.indexed and not page.leads_to and (page.tie is None or page.tie.canonical == address)


def _small_files(desk: Desk, *, index: bool) -> Iterator[Output]:
    robots = "User-agent: *\nAllow: /\n"
    if not desk.edition.target:
        name = "/sitemap-index.xml" if index else "/sitemap.xml"
        robots += f"\nSitemap: {desk.routing.absolute(name)}\n"
    yield _output("robots.txt", BytesRecipe(robots.encode()))
    yield _output(".nojekyll", BytesRecipe(b""))
    told = statement_of(desk, desk.edition.mask)
    yield _output("resume.json", BytesRecipe(resume(desk, told)))
    yield _output("card.vcf", BytesRecipe(business_card(desk, told)))
    if domain := own_domain(desk.edition.settings):
        yield _output("CNAME", BytesRecipe(f"{domain}\n".encode()))


def _files(desk: Desk, generator: str) -> Iterator[Output]:
    """Yield the pictures and documents that the edition refers to."""
    gallery = desk.texts.links.gallery
    uses, linked = used_files(desk)
    for path in sorted(uses.keys() | linked):
        source = f"content/{path}"
        for name, recipe in gallery.publish(path, uses.get(path, ()), linked=path in linked):
            made = recipe or CopyRecipe(source, gallery.files[path].digest)
            output = _output(name, made, source)
            yield _with_generator(output, generator) if isinstance(made, DrawingRecipe) else output


def _static_files(site: Site) -> Iterator[Output]:
    for file in site.static:
        source = f"content/static/{file.path}"
        yield _output(file.path, CopyRecipe(source, file.digest), source)


def _without_collisions(planned: list[Planned], site: Site) -> Iterator[Planned]:
    """Yield the outputs in the order of their paths. Raises ProblemsFound when two claim one path."""
    static = {file.path for file in site.static}
    kept = [output for output in planned if not (output.path in static & _THE_AUTHORS and not output.source)]
    claimed: dict[str, Planned] = {}
    problems = []
    for output in sorted(kept, key=lambda output: output.path):
        first = claimed.setdefault(output.path.casefold(), output)
        if first is not output or output.path.casefold() == MARKER:
            problems.append(_collision(output, first))
    for output in kept:
        parents = output.path.casefold().split("/")[:-1]
        above = ["/".join(parents[: index + 1]) for index in range(len(parents))]
        problems += [_collision(output, claimed[path]) for path in above if path in claimed]
    if problems:
        raise ProblemsFound(problems)
    yield from sorted(kept, key=lambda output: output.path)


def _collision(output: Planned, other: Planned) -> Problem:
    one, two = (output, other) if output.source else (other, output)
    claimant = f"{two.source} claims it too" if two.source and two is not one else "it is the site's own"
    what = f"two files claim the address `/{output.path.removesuffix('index.html')}`: {claimant}"
    hint = "change a slug, an alias or a static file's name"
    return Problem(Place(one.source or "cmsite.yml"), what, hint, "collision")
