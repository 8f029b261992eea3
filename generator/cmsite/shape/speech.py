"""Name what a body may speak of: the mask in words, the profile, the author, the site."""

from __future__ import annotations

from jinja2 import TemplateRuntimeError
from msgspec import Struct

from cmsite.model import POINTS, Author, Extra, Mask, Point, Term, Vocabulary
from cmsite.shape.language import joined
from cmsite.shape.masks import term_tree


class UnstatedPointError(TemplateRuntimeError):
    """A body prints a point that the mask leaves unstated."""


class PointWords(Struct, frozen=True):
    """A point of the mask as a body speaks of it; printed, it lists its labels."""

    point: str
    terms: tuple[str, ...]
    labels: tuple[str, ...]
    phrases: tuple[str, ...]
    matching: frozenset[str]  # every word that is one of the terms, or a wider one
    language: str

    def __str__(self) -> str:
        return self.label

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def label(self) -> str:
        """The labels as the language lists them."""
        return joined(self._stated(self.labels), self.language)

    @property
    def phrase(self) -> str:
        """The phrases as the language lists them; a term without one gives its label."""
        return joined(self._stated(self.phrases), self.language)

    def matches(self, *words: str) -> bool:
        """Return whether the mask states one of the terms, or a term within one of them."""
        return any(word in self.matching for word in words)

    def _stated(self, words: tuple[str, ...]) -> tuple[str, ...]:
        if not words:
            raise UnstatedPointError(self.point)
        return words


class MaskWords(Struct, frozen=True):
    """The six points, as `mask.niche` and so on."""

    niche: PointWords
    challenge: PointWords
    service: PointWords
    locality: PointWords
    scope: PointWords
    presence: PointWords


class ProfileWords(Struct, frozen=True):
    """What a body may say of the profile."""

    name: str
    headline: str
    language: str
    extra: Extra


class SiteWords(Struct, frozen=True):
    """What a body may say of the site."""

    title: str
    description: str
    url: str
    language: str
    extra: Extra


class TargetWords(Struct, frozen=True):
    """What a body may say of the organisation aimed at."""

    name: str
    slug: str
    greeting: str


class Speech(Struct, frozen=True):
    """Everything a body may speak of; `target` is None but in a target's own edition."""

    mask: MaskWords
    profile: ProfileWords
    author: Author
    site: SiteWords
    target: TargetWords | None = None


def mask_words(mask: Mask, vocabulary: Vocabulary, language: str) -> MaskWords:
    """Return the mask as bodies in this language speak of it."""
    return MaskWords(*(_point_words(mask, point, vocabulary, language) for point in POINTS))


def _point_words(mask: Mask, point: Point, vocabulary: Vocabulary, language: str) -> PointWords:
    tree = term_tree(vocabulary, point)
    known = {entry.term: entry for entry in vocabulary.terms(point)}
    entries = [(term, known.get(term)) for term in mask[point]]
    labels = tuple(entry.label.told_in(language) if entry else term for term, entry in entries)
    phrases = tuple(
        entry.phrase.told_in(language) if entry and entry.phrase and entry.phrase.has(language) else label
        for (_, entry), label in zip(entries, labels, strict=True)
    )
    matching = {above for term in mask[point] for above in tree.above(term)}
    matching |= {Term(alias) for term in matching if (entry := known.get(term)) for alias in entry.aliases}
    return PointWords(point.value, mask[point], labels, phrases, frozenset(matching), language)
