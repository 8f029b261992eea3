"""Read what a Jekyll head says in cmsite's words: title, dates, tags, picture, and the rest as extra."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from cmsite.importing.compose import fits
from cmsite.importing.dates import Moment, read_moment
from cmsite.importing.jekyll.sources import Sort, Source
from cmsite.importing.languages import known_language
from cmsite.importing.report import Note
from cmsite.importing.yaml_text import NO_KEYS, Entry, Keys
from cmsite.model import LANGUAGES, Language

_LANGUAGE = ("lang", "language", "locale")
_UPDATED = ("last_modified_at", "updated", "modified")
_LABELS = ("tags", "tag", "categories", "category")
_CONSUMED = frozenset(
    ["title", "date", "layout", "published", "permalink", "redirect_from", "slug", *_LABELS]
)


class Told(Struct, frozen=True):
    """What a text says of itself. `picture` is as it was written; `address` is its own permalink."""

    path: str
    title: str
    date: Moment | None = None
    updated: Moment | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # all of them, as old addresses are made of them
    category: str = ""
    language: Language | None = None
    picture: str = ""
    picture_alt: str = ""
    draft: bool = False
    address: str = ""
    redirects: tuple[str, ...] = ()
    slug: str = ""
    extra: Keys = NO_KEYS
    notes: tuple[Note, ...] = ()


def read_head(source: Source) -> Told:
    """Return what the head says; what cmsite has no word for is kept under `extra`."""
    head = source.head
    told = Told(
        path=source.path,
        title=_one_line(head.text("title")),
        tags=_several(head, "tags", "tag"),
        categories=_distinct((*source.folders, *_several(head, "categories", "category"))),
        draft=source.sort is Sort.DRAFT or head.text("published").lower() == "false",
        address=head.text("permalink"),
        redirects=_list(head.find("redirect_from")),
        slug=head.text("slug"),
        extra=Keys(tuple(entry for entry in head.entries if entry.name not in _CONSUMED)),
    )
    for step in (
        _with_title,
        _with_date,
        _with_updated,
        _with_summary,
        _with_language,
        _with_picture,
        _bounded,
    ):
        told = step(told, source)
    return told


def _one_line(text: str) -> str:
    """Return the text on one line, its HTML entities as characters; a no-break space stays one."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", html.unescape(text)).strip()


def _several(head: Keys, plural: str, singular: str) -> tuple[str, ...]:
    """Return the names under both spellings of a key.

    Jekyll splits a plural key's text at spaces and takes a singular key's as one name; commas are
    no separators to it, but whoever wrote them meant them.
    """
    one, many = head.find(singular), head.find(plural)
    names = [_split(one, at_spaces=False), _split(many, at_spaces=True)]
    return _distinct(name for found in names for name in found)


def _split(entry: Entry | None, *, at_spaces: bool) -> tuple[str, ...]:
    if entry is None or not isinstance(entry.value, str):
        return _list(entry)
    if "," in entry.value:
        return tuple(entry.value.split(","))
    return tuple(entry.value.split()) if at_spaces else (entry.value,)


def _list(entry: Entry | None) -> tuple[str, ...]:
    if entry is None or isinstance(entry.value, Keys):
        return ()
    items = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if text := _one_line(name):
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


def _with_title(told: Told, source: Source) -> Told:
    if told.title:
        return told
    words = re.sub(r"[-_\s]+", " ", source.name).strip()
    title = words[:1].upper() + words[1:] or "Untitled"
    what = f"no title: “{title}” was made from the file's name"
    return _noted(replace(told, title=title), source.line_of("title"), what, "write a better one")


def _with_date(told: Told, source: Source) -> Told:
    written = source.head.text("date")
    moment = read_moment(written) if written else None
    if source.sort is Sort.PAGE:
        return told
    if written and moment is None:
        what = f"the date `{written}` cannot be read" + ("; the file name's is used" if source.day else "")
        told = _noted(told, source.line_of("date"), what, "write it as 2026-03-01 10:00")
    if source.day is None and source.sort is Sort.POST:
        what = "the file's name has no date, so Jekyll did not publish it: imported as a draft"
        told = _noted(replace(told, draft=True), 1, what, "give it a date, and take `draft` away")
    if moment is None and source.day is not None:
        moment = read_moment(source.day.isoformat())
    return replace(told, date=moment)


def _with_updated(told: Told, source: Source) -> Told:
    moment = read_moment(source.head.text(*_UPDATED))
    return _without(replace(told, updated=moment), *_UPDATED) if moment else told


def _with_summary(told: Told, source: Source) -> Told:
    for name in ("description", "excerpt"):
        if text := _one_line(source.head.text(name)):
            return _without(replace(told, summary=text), name)
    return told


def _with_language(told: Told, source: Source) -> Told:
    written = source.head.text(*_LANGUAGE)
    if not written:
        return told
    language = known_language(written)
    if language is None:
        what = f"cmsite does not know the language `{written}`; it is kept under extra"
        return _noted(
            told, source.line_of(*_LANGUAGE), what, f"write one of {', '.join(LANGUAGES)} as `language`"
        )
    return _without(replace(told, language=language), *_LANGUAGE)


def _with_picture(told: Told, source: Source) -> Told:
    entry = source.head.find("image")
    if entry is None:
        return told
    if isinstance(entry.value, Keys):
        alt = _one_line(entry.value.text("alt"))
        return replace(told, picture=entry.value.text("path", "url", "src", "feature"), picture_alt=alt)
    return replace(told, picture=entry.value.strip()) if isinstance(entry.value, str) else told


def _bounded(told: Told, _: Source) -> Told:
    if fits(told.extra):
        return told
    what = "the head is too large: keys of its own were left out"
    return _noted(replace(told, extra=NO_KEYS), 1, what, "bring over by hand what you still want")


def without_picture(told: Told) -> Told:
    """Return the same without `image` under extra, for a picture that found its place."""
    return _without(told, "image")


def _without(told: Told, *names: str) -> Told:
    return replace(told, extra=Keys(tuple(entry for entry in told.extra.entries if entry.name not in names)))


def _noted(told: Told, line: int, what: str, hint: str) -> Told:
    return replace(told, notes=(*told.notes, Note(told.path, line, what, hint, True)))
