"""Import a Jekyll folder into a site: read all of it, decide everything, then write what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from cmsite.errors import UsageError
from cmsite.importing.compose import Text, write_text
from cmsite.importing.disk import (
    Outcome,
    list_files,
    read_picture,
    read_site_text,
    read_text,
    site_files,
    write_new,
)
from cmsite.importing.jekyll import config as settings
from cmsite.importing.jekyll.bodies import Converted, convert_body
from cmsite.importing.jekyll.book import Book, make_book
from cmsite.importing.jekyll.config import Config, describe_blog, read_config
from cmsite.importing.jekyll.heads import Told, read_head, without_picture
from cmsite.importing.jekyll.labels import unify_labels
from cmsite.importing.jekyll.links import point
from cmsite.importing.jekyll.placing import Placed, existing_slugs, order_texts, place_texts
from cmsite.importing.jekyll.sources import Sort, Source, sort_files, split_source
from cmsite.importing.languages import guess_language
from cmsite.importing.report import Imported, Note, sort_notes
from cmsite.importing.settings import SiteFacts, read_facts, write_settings
from cmsite.model import Language

SETTINGS = "cmsite.yml"


class _Blog(Struct, frozen=True):
    """The old blog as it was read: settings, texts with what their heads say, and all files."""

    config: Config
    texts: tuple[tuple[Source, Told], ...]
    files: tuple[str, ...]
    notes: tuple[Note, ...]


class _Made(Struct, frozen=True):
    """A file for the site, and the old files it shows."""

    path: str
    text: str
    files: tuple[str, ...]
    notes: tuple[Note, ...]


def import_jekyll(folder: Path, site: Path) -> Imported:
    """Return what was done to bring the blog in `folder` into the site; nothing there is overwritten.

    Raises UsageError when the folder is no Jekyll blog.
    """
    blog = _read_blog(folder, site)
    language = blog.config.language or guess_language(source.body for source, _ in blog.texts)
    stated = read_site_text(site, SETTINGS)
    facts = _facts_of_first(blog.config, language) if stated is None else read_facts(stated)
    placed = place_texts(blog.texts, blog.config, facts, existing_slugs(site_files(site)))
    book = make_book(placed, blog.files)
    other = language if language != facts.language else None
    made = [_make(text, blog.config, book, other) for text in placed]
    outcomes = {text.path: write_new(site, text.path, text.text.encode()) for text in made}
    pictures, unread = _copy(folder, site, {file for text in made for file in text.files}, outcomes)
    if stated is None:
        first = write_settings(describe_blog(blog.config, language))
        outcomes[SETTINGS] = write_new(site, SETTINGS, first.encode())
    notes = (*blog.notes, *unread, *(note for text in made for note in text.notes))
    return _report(placed, outcomes, pictures, notes)


def _read_blog(folder: Path, site: Path) -> _Blog:
    """Return all that is read before anything is decided. Raises UsageError for another kind of folder."""
    names = {name.name for name in folder.iterdir()} if folder.is_dir() else set()
    if not names & {settings.NAME, "_posts", "_drafts"}:
        hint = f"give the folder that holds {settings.NAME} and _posts"
        raise UsageError(f"{folder} is not a Jekyll folder", hint)
    listing = list_files(folder, site)
    config, on_config = _read_config(folder, listing.files)
    chosen, on_files = sort_files(listing.files, config)
    sources, on_texts = _read_sources(folder, chosen)
    ordered = order_texts((source, read_head(source)) for source in sources)
    told = unify_labels(told for _, told in ordered)
    texts = tuple((source, head) for (source, _), head in zip(ordered, told, strict=True))
    return _Blog(config, texts, listing.files, (*listing.notes, *on_config, *on_files, *on_texts))


def _facts_of_first(config: Config, language: Language | None) -> SiteFacts:
    """Return the facts of the cmsite.yml that is about to be written."""
    default = SiteFacts()
    return SiteFacts(language=language or default.language, timezone=config.timezone or default.timezone)


def _read_config(folder: Path, files: Sequence[str]) -> tuple[Config, tuple[Note, ...]]:
    if settings.NAME not in files:
        return Config(), (Note(settings.NAME, 1, "there is none: Jekyll's own defaults are taken"),)
    text = read_text(folder, settings.NAME)
    return (Config(), (text,)) if isinstance(text, Note) else read_config(text)


def _read_sources(folder: Path, chosen: Iterable[tuple[str, Sort]]) -> tuple[list[Source], list[Note]]:
    sources: list[Source] = []
    notes: list[Note] = []
    for path, sort in chosen:
        text = read_text(folder, path)
        source = text if isinstance(text, Note) else split_source(path, sort, text)
        if isinstance(source, Note):
            notes.append(source)
        elif source is not None:
            sources.append(source)
    return sources, notes


def _make(placed: Placed, config: Config, book: Book, language: Language | None) -> _Made:
    """Return the file for a text; `language` is the blog's own when the site has another."""
    body = convert_body(placed, config, book)
    told, image, picture_notes = _settle_picture(placed, config, book)
    files = (*body.files, image) if image else body.files
    notes = (*told.notes, *placed.notes, *picture_notes, *body.notes)
    return _Made(placed.path, write_text(_in_words(placed, told, body, image, language)), files, notes)


def _in_words(placed: Placed, told: Told, body: Converted, image: str, language: Language | None) -> Text:
    """Return the text in cmsite's words; `image` is the picture's path in the old folder."""
    return Text(
        title=told.title,
        body=body.text,
        date=told.date,
        updated=told.updated,
        summary=told.summary,
        tags=told.tags,
        category=told.category,
        slug=placed.own_slug,
        aliases=placed.aliases,
        language=told.language or language,
        image=f"files/{image}" if image else "",
        image_alt=told.picture_alt if image else "",
        draft=told.draft,
        templating=body.templating,
        trusted=placed.source.html,
        extra=told.extra,
    )


def _settle_picture(placed: Placed, config: Config, book: Book) -> tuple[Told, str, tuple[Note, ...]]:
    """Return the head and its picture's path in the old folder, or the picture kept under `extra`."""
    told, source = placed.told, placed.source
    if not told.picture:
        return told, "", ()
    pointed = point(told.picture, source.path, config, book)
    if pointed is not None and pointed.file:
        return without_picture(told), pointed.file, ()
    what = f"the picture `{told.picture}` is not in the Jekyll folder: kept under `extra`"
    hint = "put it under content/files/ and name it as `image`"
    return told, "", (Note(source.path, source.line_of("image"), what, hint, True),)


def _copy(
    folder: Path, site: Path, files: Iterable[str], outcomes: dict[str, Outcome]
) -> tuple[int, tuple[Note, ...]]:
    """Return how many pictures have their copy in the site, and notes on those that cannot be read."""
    notes: list[Note] = []
    copied = 0
    for path in sorted(files):
        data = read_picture(folder, path)
        if isinstance(data, Note):
            notes.append(data)
            continue
        target = f"content/files/{path}"
        outcomes[target] = write_new(site, target, data)
        copied += 1
    return copied, tuple(notes)


def _report(
    placed: Sequence[Placed], outcomes: dict[str, Outcome], pictures: int, notes: Iterable[Note]
) -> Imported:
    def paths(outcome: Outcome) -> tuple[str, ...]:
        return tuple(sorted(path for path, became in outcomes.items() if became is outcome))

    texts = [text for text in placed if text.source.sort is not Sort.PAGE]
    drafts = sum(text.told.draft for text in texts)
    return Imported(
        written=paths(Outcome.WRITTEN),
        unchanged=paths(Outcome.UNCHANGED),
        kept=paths(Outcome.KEPT),
        posts=len(texts) - drafts,
        drafts=drafts,
        pages=len(placed) - len(texts),
        pictures=pictures,
        notes=sort_notes(notes),
    )
