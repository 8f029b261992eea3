"""Say which files need no look: the edition is what it was, and so are the texts that each was composed of.

While a file is composed it is noted which texts were asked for, whole or for their gist. Everything else that
a file can show stands in its edition's `context`. So where the context is the same, and the texts that were
asked for are, the file would be composed as it was: nothing is put together to find that out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from cmsite.model import Slug
from cmsite.shape.texts import Gist, Texts


class TextBasis(Struct, frozen=True, array_like=True):
    """A text as it was: the mark of its body, and its gist."""

    slug: Slug
    mark: str
    gist: Gist


class EditionBasis(Struct, frozen=True, array_like=True):
    """An edition as it was: its context, and its texts in their order."""

    context: str
    texts: tuple[TextBasis, ...]

    def known(self) -> dict[Slug, tuple[str, Gist]]:
        """Return the mark and the gist of each text."""
        return {text.slug: (text.mark, text.gist) for text in self.texts}


class FileBasis(Struct, frozen=True, array_like=True):
    """What a file was composed of: its edition, by number, its `tie`, and the texts it asked for."""

    edition: int
    tie: str
    asked: tuple[int, ...]


class Basis(Struct, frozen=True, array_like=True):
    """What the files of a generation were composed of, by their paths."""

    editions: tuple[EditionBasis, ...] = ()
    files: dict[str, FileBasis] = {}

    def edition(self, context: str) -> EditionBasis | None:
        """Return the edition of a context, None if it was not among them, or if the context is not known."""
        return next((one for one in self.editions if context and one.context == context), None)


def edition_basis(context: str, texts: Texts) -> EditionBasis:
    """Return what an edition is."""
    told = ((slug, texts.marks[slug], gist) for slug, gist in texts.gists.items())
    return EditionBasis(context, tuple(TextBasis(*each) for each in told))


def numbered(asked: Iterable[tuple[Slug, bool]], numbers: Mapping[Slug, int]) -> tuple[int, ...]:
    """Return what stands for some texts, each asked for whole or for its gist."""
    return tuple(sorted(2 * numbers[slug] + whole for slug, whole in asked))


class Unmoved:
    """Tells of a file of an edition whether it would be composed as it was."""

    def __init__(self, basis: Basis, now: EditionBasis) -> None:
        self.files = basis.files
        self.edition = -1
        self.moved: frozenset[int] = frozenset()
        for number, before in enumerate(basis.editions):
            if now.context and before.context == now.context:
                self.edition, self.moved = number, frozenset(_moved(before, now))

    def would_be(self, path: str, tie: str) -> FileBasis | None:
        """Return what a file was composed of, if it would be composed of the same."""
        was = self.files.get(path)
        if was is None or was.edition != self.edition or was.tie != tie:
            return None
        return was if self.moved.isdisjoint(was.asked) else None


def _moved(before: EditionBasis, now: EditionBasis) -> Iterable[int]:
    """Yield what stands for each text that is not what it was; equal contexts have the same texts."""
    for number, (was, one) in enumerate(zip(before.texts, now.texts, strict=True)):
        if one.mark != was.mark:
            yield 2 * number + 1
        if (one.gist.minutes, one.gist.excerpt) != (was.gist.minutes, was.gist.excerpt):
            yield 2 * number
