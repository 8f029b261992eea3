"""Write what an author asked for by name: the draft of a post, or a page that reports on the site.

Nothing of the author's is ever overwritten: a draft is a new file, a page takes the place of an
earlier one of the same kind and of nothing else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cmsite.errors import Refused, UsageError
from cmsite.model import Language, Mask, Slug
from cmsite.write.yaml_text import one_or_list, scalar

_HINTS = {
    "fr": ("une ou deux phrases qui donnent envie de lire", "[écoute, méthode]"),
    "en": ("one or two sentences that make somebody want to read on", "[listening, method]"),
}
_HEAD = 65_536  # bytes of a page in which its mark is looked for


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be written. `language` is told in the file only when `foreign`, not the site's own."""

    title: str
    slug: Slug
    day: date
    language: Language
    foreign: bool
    mask: Mask

    @property
    def path(self) -> str:
        """The draft's file, from the site's folder."""
        return f"content/posts/{self.day.isoformat()}-{self.slug}.md"


def compose(draft: Draft) -> str:
    """Return the draft's text: a head with what is known and a word on what is not, and no body yet."""
    summary, tags = _HINTS[draft.language]
    lines = [f"title: {scalar(draft.title)}", f"date: {draft.day.isoformat()}"]
    lines += [f"summary:  # {summary}", f"tags: []  # {tags}"]
    if draft.foreign:
        lines.append(f"language: {draft.language}")
    lines.append("draft: true")
    if draft.mask:
        lines += ["mask:", *(f"  {point}: {one_or_list(terms)}" for point, terms in draft.mask.stated())]
    return "\n".join(["---", *lines, "---", "", ""])


def write_draft(root: Path, draft: Draft) -> None:
    """Write the draft into the site's folder. Raises Refused when a file of that name is there."""
    write_new_file(root, draft.path, compose(draft).encode(), hint="give the post another title")


def write_new_file(root: Path, path: str, data: bytes, *, hint: str) -> None:
    """Write a file that is not there yet. Raises Refused, with the hint, when one of that name is."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as opened:
            opened.write(data)
    except FileExistsError as error:
        raise Refused(f"{path} is there already", hint) from error
    except OSError:
        file.unlink(missing_ok=True)  # half a file would be taken for the author's
        raise


def check_page(file: Path, *, mark: str, published: tuple[Path, ...]) -> None:
    """Raise Refused when a page may not be written to `file`: among what is published, or over a stranger.

    `mark` is a text that stands near the top of every page of the kind; a file without it is the author's.
    """
    target = file.resolve()
    for folder in published:
        if target.is_relative_to(folder.resolve()):
            what = f"{file} lies in {folder.name}/, and what stands there is published with the site"
            raise Refused(what, "name a file elsewhere")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}", "create it, or name a file elsewhere")
    if os.path.lexists(target) and not _bears(target, mark):
        raise Refused(f"{file} is not a page that this command made", "name another file, or move that one")


def write_page(file: Path, text: str) -> None:
    """Write a page whole, or not at all: a reader never meets half of it."""
    target = file.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _bears(file: Path, mark: str) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return mark.encode() in opened.read(_HEAD)
