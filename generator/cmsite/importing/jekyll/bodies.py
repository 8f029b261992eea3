"""Turn a Jekyll body into Markdown for cmsite: Liquid first, then kramdown, then the links."""

from __future__ import annotations

from msgspec import Struct

from cmsite.importing.edits import apply_edits, trace
from cmsite.importing.jekyll.book import Book
from cmsite.importing.jekyll.config import Config
from cmsite.importing.jekyll.kramdown import convert_kramdown, note_stripped_html
from cmsite.importing.jekyll.links import redirect_links
from cmsite.importing.jekyll.placing import Placed
from cmsite.importing.jekyll.tags import Surroundings, convert_liquid
from cmsite.importing.jekyll.values import Scope
from cmsite.importing.report import Note


class Converted(Struct, frozen=True):
    """A body in cmsite's Markdown, the files of the old blog it shows, and what there is to say."""

    text: str
    files: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def templating(self) -> bool:
        """Whether the body may be read as a template; not so when it holds what looks like one."""
        return "{{" not in self.text and "{%" not in self.text


def convert_body(placed: Placed, config: Config, book: Book) -> Converted:
    """Return the body with its Liquid worked out, its kramdown translated and its links redirected."""
    source = placed.source
    scope = Scope(config, source.head, placed.told.title, f"{config.base}{placed.old or placed.new}")
    around = Surroundings(source.path, scope, book, markdown=not source.html)
    body = trace(source.body, source.body_line)
    edits, notes = convert_liquid(body, around)
    body = apply_edits(body, edits)
    if not source.html:
        edits, more = convert_kramdown(body, source.path)
        notes += (*more, *note_stripped_html(body, source.path))
        body = apply_edits(body, edits)
    redirected = redirect_links(body, source.path, config, book)
    notes += _missing_notes(source.path, redirected.missing)
    return Converted(apply_edits(body, redirected.edits).text, redirected.files, notes)


def _missing_notes(path: str, missing: tuple[tuple[int, str], ...]) -> tuple[Note, ...]:
    """Return one note for all the pictures that the old folder does not have."""
    if not missing:
        return ()
    line = min(line for line, _ in missing)
    names = sorted({url for _, url in missing})
    first = names[0].removeprefix("files")
    others = f" and {len(names) - 1} more are" if names[1:] else " is"
    what = f"`{first}`{others} not in the Jekyll folder"
    return (Note(path, line, what, "put what is missing under content/files/", True),)
