"""Say in words what the mask's picture shows: one mask, or two laid one on the other, point by point."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from cmsite.model import POINTS, Mask, Point, Term, Vocabulary

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GAPS = re.compile(r"[ \t\n\r\x7f-\x9f\u2028\u2029]+")


class Whose(StrEnum):
    """Which of two masks states a term; all terms of a mask alone are its own."""

    SHARED = "shared"
    OWN = "own"
    OTHER = "other"


class ToldTerm(Struct, frozen=True):
    """A term as readers see it, and which mask states it."""

    term: Term
    label: str
    whose: Whose


class ToldPoint(Struct, frozen=True):
    """One of the six points in words; no terms when it states nothing."""

    point: Point
    name: str
    terms: tuple[ToldTerm, ...]


class PictureWords(Struct, frozen=True):
    """The words of a language that the picture is told with.

    `points` are the names of the six points in their order; `named`, `laid`, `only` have places for names,
    `point` for a point's name and what it states.
    """

    points: tuple[str, ...]
    open: str
    title: str
    named: str
    laid: str
    shared: str
    only: str
    point: str
    part: str
    between: str


WORDS = {
    "fr": PictureWords(
        points=("Secteur", "Enjeu", "Service", "Territoire", "Périmètre", "Présence"),
        open="non précisé",
        title="Le masque, en six points",
        named="{}\u00a0: le masque, en six points",
        laid="{} et {}\u00a0: deux masques l’un sur l’autre",
        shared="en commun",
        only="{} seulement",
        point="{}\u00a0: {}.",
        part="{} ({})",
        between="\u202f; ",
    ),
    "en": PictureWords(
        points=("Sector", "Challenge", "Team", "Area", "Scope", "Presence"),
        open="not stated",
        title="The mask, in six points",
        named="{}: the mask, in six points",
        laid="{} and {}: two masks laid one on the other",
        shared="shared",
        only="only {}",
        point="{}: {}.",
        part="{} ({})",
        between="; ",
    ),
}


def tell_points(
    mask: Mask, vocabulary: Vocabulary, language: str, *, other: Mask | None = None, words: PictureWords
) -> tuple[ToldPoint, ...]:
    """Return the six points with their terms: shared ones first, then the mask's own, then the other's.

    Labels are those of the vocabulary; a free term is its own label.
    """
    told = []
    for point, name in zip(POINTS, words.points, strict=True):
        labels = {entry.term: entry.label.told_in(language) for entry in vocabulary.terms(point)}
        terms = tuple(
            ToldTerm(term, printable(labels.get(term, term)), whose)
            for term, whose in _owners(mask, other, point)
        )
        told.append(ToldPoint(point, printable(name), terms))
    return tuple(told)


def _owners(mask: Mask, other: Mask | None, point: Point) -> list[tuple[Term, Whose]]:
    mine = tuple(dict.fromkeys(mask[point]))
    theirs = tuple(dict.fromkeys(other[point])) if other else ()
    return [
        *((term, Whose.SHARED) for term in mine if term in theirs),
        *((term, Whose.OWN) for term in mine if term not in theirs),
        *((term, Whose.OTHER) for term in theirs if term not in mine),
    ]


def tell_whose(whose: Whose, names: tuple[str, str], words: PictureWords) -> str:
    """Return "shared", "only A" or "only B" in words."""
    if whose is Whose.SHARED:
        return words.shared
    return words.only.format(names[0] if whose is Whose.OWN else names[1])


def tell_point(told: ToldPoint, names: tuple[str, str] | None, words: PictureWords) -> str:
    """Return a point as a sentence; with two names, every group of terms says whose it is."""
    if not told.terms:
        return words.point.format(told.name, words.open)
    if names is None:
        return words.point.format(told.name, ", ".join(term.label for term in told.terms))
    groups = []
    for whose in Whose:
        if labels := [term.label for term in told.terms if term.whose is whose]:
            groups.append(words.part.format(", ".join(labels), tell_whose(whose, names, words)))
    return words.point.format(told.name, words.between.join(groups))


def tell_title(names: tuple[str, ...], words: PictureWords) -> str:
    """Return the picture's title: the mask's, whose mask it is, or which two masks it compares."""
    match names:
        case ():
            return words.title
        case (name,):
            return words.named.format(name)
        case _:
            return words.laid.format(*names[:2])


def pair_of(names: tuple[str, ...]) -> tuple[str, str]:
    """Return two names to tell two masks apart; a missing one is A or B."""
    first, second = (*names, *("A", "B")[len(names) :])[:2]
    return first, second


def printable(text: str) -> str:
    """Return a text on one line, without the characters that XML cannot hold."""
    return _GAPS.sub(" ", _NOT_XML.sub(" ", text)).strip()
