"""Build one edition for the preview, and list the addresses at which its files are served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from cmsite.build import Published, build_aside
from cmsite.editions import Prepared, Request
from cmsite.model import Post, SearchRecipe, Site, Slug
from cmsite.read.site import Reading
from cmsite.serve.choice import Choice
from cmsite.shape.drafts import with_drafts
from cmsite.shape.personalise import Chosen, Edition
from cmsite.shape.routes import Routing, output_path, routing, served_path


class Wish(Struct, frozen=True):
    """What a preview shows: the origin that pages are built for, whether drafts too, and the instant."""

    origin: str
    now: datetime
    drafts: bool = False


class Built(Struct, frozen=True):
    """An edition that stands in the preview's folder.

    `files` has, by address, the path of every file from that folder; `texts` the slug behind a file;
    `elsewhere` every post and page of the site by the address that it has wherever it stands; `site` is
    the site as it is written, drafts and all; `indexed` tells whether its search is up to date.
    """

    choice: Choice
    folder: Path
    base: str
    files: Mapping[str, str]
    texts: Mapping[str, Slug]
    elsewhere: Mapping[str, Post]
    site: Site
    reading: Reading
    prepared: Prepared
    published: Published
    indexed: bool

    @property
    def index(self) -> tuple[SearchRecipe, ...]:
        """The files of its search index, as old as they may be."""
        planned = self.prepared.plan.planned
        recipes = (each.output().recipe for each in planned if each.kind is SearchRecipe)
        return tuple(recipe for recipe in recipes if isinstance(recipe, SearchRecipe))

    @property
    def edition(self) -> Edition:
        """The edition, with its reasons."""
        return self.prepared.edition

    def text_at(self, address: str) -> Chosen | None:
        """Return the post or page at an address, None for an address of another kind."""
        slug = self.texts.get(self.files.get(address, ""))
        texts = (*self.edition.chosen, *self.edition.pages)
        return next((one for one in texts if one.slug == slug), None)


def build_edition(
    reading: Reading,
    choice: Choice,
    wish: Wish,
    folder: Path,
    *,
    index: tuple[SearchRecipe, ...] | None = None,
) -> Built:
    """Build an edition into a folder and return it, with an older search `index` if one is given.

    Raises as `build_site` does.
    """
    site, now = reading.site, wish.now
    if wish.drafts:
        shown, now = with_drafts(site, wish.now)
        reading = replace(reading, site=shown, heads="")
    base = routing(site.settings).base
    url = f"{wish.origin}{base}"
    request = Request(now=now, profile=choice.profile, target=choice.target, base_url=url, jobs=1)
    published, prepared = build_aside(reading.root, reading, request, folder, index=index)
    routes = routing(prepared.edition.settings)
    return Built(
        choice=choice,
        folder=folder,
        base=_address(routes, "/"),
        files=_table(routes, prepared.plan.paths()),
        texts={output_path(path): slug for slug, path in prepared.texts.links.paths.items()},
        elsewhere={_address(routes, _path(routes, post)): post for post in reading.site.texts()},
        site=site,
        reading=reading,
        prepared=prepared,
        published=published,
        indexed=index is None,
    )


def _table(routes: Routing, paths: Iterable[str]) -> dict[str, str]:
    """Return every address that is served, with its file: no other file ever is.

    A folder's page stands at the folder's address. Files that hosts read for themselves are left out.
    """
    table = {}
    for path in paths:
        if not any(part.startswith(".") and part != ".well-known" for part in path.split("/")):
            table[_address(routes, served_path(path))] = path
    return table


def _path(routes: Routing, post: Post) -> str:
    return routes.about() if post.slug == "about" else routes.post(post)


def _address(routes: Routing, path: str) -> str:
    """Return an address as a browser asks for it, its percent-encoding undone."""
    return unquote(routes.link(path))
