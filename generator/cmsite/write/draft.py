"""Write the draft of a post or a page: a new file, so that nothing of the author's is ever overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from cmsite.errors import Refused
from cmsite.model import Language, Mask, Slug
from cmsite.write.yaml_text import one_or_list, scalar

_HINTS = {
    "fr": ("une ou deux phrases qui donnent envie de lire", "[écoute, méthode]"),
    "en": ("one or two sentences that make somebody want to read on", "[listening, method]"),
}


class Draft(Struct, frozen=True):
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


class PageDraft(Struct, frozen=True):
    """A page to be written; `language` is told in the file only when `foreign`."""

    title: str
    slug: Slug
    language: Language
    foreign: bool

    @property
    def path(self) -> str:
        """The page's file, from the site's folder."""
        return f"content/pages/{self.slug}.md"


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


def compose_page(draft: PageDraft) -> str:
    """Return the page's text: its head, and no body yet."""
    summary, _ = _HINTS[draft.language]
    lines = [f"title: {scalar(draft.title)}", f"summary:  # {summary}"]
    if draft.foreign:
        lines.append(f"language: {draft.language}")
    return "\n".join(["---", *lines, "draft: true", "---", "", ""])


def write_page(root: Path, draft: PageDraft) -> None:
    """Write the page into the site's folder. Raises Refused when a file of that name is there."""
    write_new_file(root, draft.path, compose_page(draft).encode(), hint="give the page another title")


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
