"""Tell posts, drafts and pages of a Jekyll folder by their paths, and split each into head and body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct

from cmsite.importing.jekyll.config import Config
from cmsite.importing.report import Note
from cmsite.importing.yaml_text import Keys, Unreadable, read_keys

MARKDOWN = frozenset([".md", ".markdown", ".mkd", ".mkdn", ".mkdown"])
HTML = frozenset([".html", ".htm"])
_PICTURES = "png jpg jpeg gif svg webp avif ico bmp"
_DOCUMENTS = "pdf epub odt ods odp doc docx xls xlsx ppt pptx csv txt zip mp3 ogg oga wav mp4 webm ogv"
MEDIA = frozenset(f".{ending}" for ending in f"{_PICTURES} {_DOCUMENTS}".split())
_PAGES = frozenset([".md", ".markdown", ".html"])
_DATED = re.compile(r"(?P<year>\d{4}|\d{2})-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<rest>.*)")
_HEAD = re.compile(r"---[ \t]*\n(?P<head>.*?\n?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LISTING = re.compile(r"\b(?:paginator|site\.(?:posts|tags|categories))\b")
_OURS_TO_MAKE = re.compile(r"(?i)(?:readme|license|licence|404|index)(?:\..*)?|feed\.xml")
_PASSED_OVER = "skipped: cmsite makes this page itself, or a site has no use for it"


class Sort(StrEnum):
    """What a text is to Jekyll."""

    POST = "post"
    DRAFT = "draft"
    PAGE = "page"


class Source(Struct, frozen=True):
    """A text of the old blog: where it stands, what its name says, its head and its body.

    `name` is the file's name without date and ending; `folders` are those above `_posts`, which
    Jekyll takes for categories; `body_line` is the body's first line in the file.
    """

    path: str
    sort: Sort
    name: str
    day: date | None
    folders: tuple[str, ...]
    head: Keys
    body: str
    body_line: int

    @property
    def html(self) -> bool:
        """Whether the body is HTML from end to end, without Markdown."""
        return PurePosixPath(self.path).suffix.lower() in HTML

    def line_of(self, *names: str) -> int:
        """Return the line of the head's first key among these names, 1 when there is none."""
        entry = self.head.find(*names)
        return entry.line if entry else 1


def sort_files(files: Iterable[str], config: Config) -> tuple[tuple[tuple[str, Sort], ...], tuple[Note, ...]]:
    """Return the files that are texts, with what each is to Jekyll, and notes on those passed over."""
    texts: list[tuple[str, Sort]] = []
    notes: list[Note] = []
    for path in files:
        sort, ending = _sort_of(path), PurePosixPath(path).suffix.lower()
        if sort is None or ending in MEDIA or config.excludes(path):
            continue
        if sort is Sort.PAGE and _is_made_by_cmsite(path):
            notes.append(Note(path, 1, _PASSED_OVER))
        elif ending in MARKDOWN or ending in HTML:
            texts.append((path, sort))
        else:
            notes.append(Note(path, 1, "neither Markdown nor HTML: left out", "save it as Markdown", True))
    return tuple(texts), (*notes, *_collection_notes(files, config))


def _sort_of(path: str) -> Sort | None:
    pure = PurePosixPath(path)
    above = pure.parent.parts
    if pure.name.startswith("."):
        return None
    if "_posts" in above:
        return Sort.POST
    if "_drafts" in above:
        return Sort.DRAFT
    if any(folder.startswith("_") and folder != "_pages" for folder in above):
        return None
    return Sort.PAGE if pure.suffix.lower() in _PAGES or _is_made_by_cmsite(path) else None


def _is_made_by_cmsite(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.parent.parts in ((), ("_pages",)) and bool(_OURS_TO_MAKE.fullmatch(pure.name))


def _collection_notes(files: Iterable[str], config: Config) -> list[Note]:
    notes = []
    for name in config.collections:
        count = sum(path.startswith(f"_{name}/") for path in files)
        if count and name not in ("posts", "pages", "drafts"):
            what = f"a collection of {count} file(s): left where it is"
            notes.append(Note(f"_{name}", 1, what, "bring over by hand what you still want", True))
    return notes


def split_source(path: str, sort: Sort, text: str) -> Source | Note | None:
    """Return the head and body of a text; a note when it cannot be read; None when it is no page.

    A page without a head is a plain file to Jekyll; a post without one is not published.
    """
    match = _HEAD.match(text)
    if match is None:
        what = "no front matter, so Jekyll did not publish it: left out"
        return None if sort is Sort.PAGE else Note(path, 1, what, "add a head, and import again", True)
    head = read_keys(match["head"], first_line=2)
    if isinstance(head, Unreadable):
        return _unreadable(path, head)
    body = text[match.end() :]
    if sort is Sort.PAGE and PurePosixPath(path).stem.lower() == "index" and _LISTING.search(body):
        return Note(path, 1, _PASSED_OVER)
    day, name = _read_name(PurePosixPath(path), sort)
    return Source(
        path=path,
        sort=sort,
        name=name,
        day=day,
        folders=_folders_above(path),
        head=head,
        body=body,
        body_line=text.count("\n", 0, match.end()) + 1,
    )


def _unreadable(path: str, fault: Unreadable) -> Note:
    what = f"the front matter cannot be read: {fault.what}; left out"
    return Note(path, fault.line, what, "mend it (a text with `: ` needs quotes), and import again", True)


def _read_name(path: PurePosixPath, sort: Sort) -> tuple[date | None, str]:
    """Return the day and the title part of a file's name; `about/index.md` is named by its folder."""
    if sort is Sort.PAGE:
        return None, path.parent.name if path.stem.lower() == "index" else path.stem
    match = _DATED.fullmatch(path.stem)
    if match is None:
        return None, path.stem
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return date(year, int(match["month"]), int(match["day"])), match["rest"]
    except ValueError:  # 2016-02-30
        return None, match["rest"]


def _folders_above(path: str) -> tuple[str, ...]:
    parts = PurePosixPath(path).parent.parts
    return parts[: parts.index("_posts")] if "_posts" in parts else ()
