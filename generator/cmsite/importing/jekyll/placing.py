"""Give each text of a Jekyll blog its slug, its file in the site and the old addresses it answers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from cmsite.importing.jekyll.config import Config
from cmsite.importing.jekyll.heads import Told
from cmsite.importing.jekyll.permalinks import clean_path, lookup_form, new_address, old_address, same_page
from cmsite.importing.jekyll.sources import Sort, Source
from cmsite.importing.report import Note
from cmsite.importing.settings import SiteFacts, zone
from cmsite.importing.slugs import RESERVED, free_slug, make_slug
from cmsite.importing.yaml_text import Keys, read_keys
from cmsite.model import Slug

_ABOUT = frozenset(["/about", "/about-me", "/a-propos", "/apropos", "/à-propos"])
_LEADING_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:-|$)")
_FIXED = frozenset(
    [
        "/",
        "/feed.xml",
        "/rss.xml",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/404.html",
        "/resume.json",
        "/card.vcf",
    ]
)
_NO_ALIAS = re.compile(r"[\s?#\\<>\"*|:\x00-\x1f]|/\.(?!well-known/)")
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)


class Placed(Struct, frozen=True):
    """A text with its place in the site: slug, path of the file, and where it stood before."""

    source: Source
    told: Told
    slug: Slug
    path: str
    old: str | None
    new: str
    aliases: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def own_slug(self) -> str:
        """The slug when the file's name does not give it, else nothing."""
        return "" if _LEADING_DATE.sub("", PurePosixPath(self.path).stem, count=1) == self.slug else self.slug

    @property
    def target(self) -> str:
        """What a link to this text is written as."""
        return self.new if self.source.sort is Sort.PAGE else f"post:{self.slug}"


def existing_slugs(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the slugs the site has already, each with the path of its file."""
    slugs: dict[str, str] = {}
    for path, text in files:
        match = _HEAD.match(text)
        keys = read_keys(match[1]) if match else Keys()
        stated = keys.text("slug") if isinstance(keys, Keys) else ""
        slugs[stated or _LEADING_DATE.sub("", PurePosixPath(path).stem, count=1)] = path
    return slugs


def order_texts(texts: Iterable[tuple[Source, Told]]) -> list[tuple[Source, Told]]:
    """Return the texts posts first, by date and then by path."""
    return sorted(texts, key=_order)


def _order(text: tuple[Source, Told]) -> tuple[int, str, str]:
    source, told = text
    day = told.date.wall.isoformat() if told.date else ""
    return tuple(Sort).index(source.sort), day, source.path


def place_texts(
    texts: Sequence[tuple[Source, Told]], config: Config, facts: SiteFacts, existing: dict[str, str]
) -> tuple[Placed, ...]:
    """Return every text with a slug of its own; earlier ones choose first, so hand them in `order_texts`.

    A slug that a file of the site holds is free for the text that would be that very file, so that
    a second import finds the places of the first.
    """
    about = _about_page(texts, config)
    taken = dict(existing) | dict.fromkeys(facts.routes, "")
    placed = [
        _placed_about(source, told, config, facts)
        if source is about
        else _place(source, told, config, facts, taken)
        for source, told in texts
    ]
    return _with_aliases(placed, facts)


def _about_page(texts: Iterable[tuple[Source, Told]], config: Config) -> Source | None:
    pages = (text for text in texts if text[0].sort is Sort.PAGE)
    return next((source for source, told in pages if _is_about(old_address(source, told, config))), None)


def _is_about(address: str | None) -> bool:
    return address is not None and lookup_form(address).removesuffix(".html").casefold() in _ABOUT


def _placed_about(source: Source, told: Told, config: Config, facts: SiteFacts) -> Placed:
    old, new = old_address(source, told, config), f"/{facts.about}/"
    return Placed(source, told, Slug("about"), "content/pages/about.md", old, new)


def _place(source: Source, told: Told, config: Config, facts: SiteFacts, taken: dict[str, str]) -> Placed:
    folder = "content/pages/" if source.sort is Sort.PAGE else "content/posts/"
    day = f"{told.date.day().isoformat()}-" if told.date else ""
    wanted = _wanted_slug(source, told)

    def is_taken(slug: str) -> bool:
        holder = taken.get(slug)
        return holder is not None and not (holder.startswith(folder) and holder.endswith(f"/{day}{slug}.md"))

    slug = free_slug(wanted, is_taken)
    path = taken.get(slug) or f"{folder}{day}{slug}.md"
    taken[slug] = ""
    new = (
        f"/{slug}/"
        if source.sort is Sort.PAGE
        else new_address(facts.permalink, slug, told, zone(facts.timezone))
    )
    notes = _slug_notes(source, wanted, slug)
    return Placed(source, told, slug, path, old_address(source, told, config), new, notes=notes)


def _wanted_slug(source: Source, told: Told) -> Slug:
    return make_slug(
        told.slug or source.name, make_slug(told.title, "page" if source.sort is Sort.PAGE else "post")
    )


def _slug_notes(source: Source, wanted: Slug, slug: Slug) -> tuple[Note, ...]:
    if slug == wanted:
        return ()
    why = "is an address of cmsite's own" if wanted in RESERVED else "is taken by another text"
    return (Note(source.path, 1, f"the slug `{wanted}` {why}: `{slug}` is used"),)


def _with_aliases(placed: Sequence[Placed], facts: SiteFacts) -> tuple[Placed, ...]:
    """Return the texts with the addresses they answer to; each address belongs to one text only."""
    routes = {f"/{name}" for name in (*RESERVED, *facts.routes)}
    claimed = {lookup_form(text.new) for text in placed} | _FIXED | routes
    done = []
    for text in placed:
        aliases, notes = _aliases_of(text, claimed)
        claimed |= {lookup_form(alias) for alias in aliases}
        done.append(replace(text, aliases=aliases, notes=(*text.notes, *notes)))
    return tuple(done)


def _aliases_of(text: Placed, claimed: set[str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    aliases: dict[str, str] = {}
    notes: list[Note] = []
    for written in (text.old, *text.told.redirects):
        if written is None:
            continue
        path = unquote(written if written.startswith("/") else f"/{written}")
        line = text.source.line_of("redirect_from" if written != text.old else "permalink")
        if _NO_ALIAS.search(path):
            notes.append(
                Note(text.source.path, line, f"`{written}` is no plain path: it is not an alias", "", True)
            )
        elif not same_page(path, text.new) and lookup_form(path) in claimed:
            what = f"the old address `{written}` belongs to another page now: it is not an alias"
            notes.append(Note(text.source.path, line, what, "choose which of the two answers to it", True))
        elif not same_page(path, text.new):
            aliases.setdefault(lookup_form(path), clean_path(path))
    return tuple(aliases.values()), tuple(notes)
