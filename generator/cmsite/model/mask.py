"""Name the six points, the terms they may take, and the mask that states them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from cmsite.model.text import Localised, Place, Term, Terms


class Point(StrEnum):
    """One of the six questions of a mask, in the order in which they are always told."""

    NICHE = "niche"
    CHALLENGE = "challenge"
    SERVICE = "service"
    LOCALITY = "locality"
    SCOPE = "scope"
    PRESENCE = "presence"


POINTS = tuple(Point)
FIXED_TERMS: dict[Point, Terms] = {
    Point.SCOPE: (Term("internal"), Term("external")),
    Point.PRESENCE: (Term("offline"), Term("online")),
}


class Mask(Struct, frozen=True, array_like=True):
    """The six points, each with the terms it states; an empty point states nothing."""

    niche: Terms = ()
    challenge: Terms = ()
    service: Terms = ()
    locality: Terms = ()
    scope: Terms = ()
    presence: Terms = ()

    def __getitem__(self, point: Point) -> Terms:
        terms: Terms = getattr(self, point)
        return terms

    def __bool__(self) -> bool:
        return any(self[point] for point in POINTS)

    def stated(self) -> Iterator[tuple[Point, Terms]]:
        """Yield the points that state something, with their terms, in the order of `POINTS`."""
        return ((point, self[point]) for point in POINTS if self[point])


class VocabularyTerm(Struct, frozen=True):
    """A term that mask.yml declares, with its words."""

    term: Term
    label: Localised
    phrase: Localised | None
    article: Localised | None
    aliases: tuple[str, ...]
    within: Term | None
    place: Place


class Vocabulary(Struct, frozen=True, cache_hash=True):
    """The terms each point may take. A point that is not declared takes any term."""

    points: tuple[tuple[Point, tuple[VocabularyTerm, ...]], ...] = ()

    def declares(self, point: Point) -> bool:
        """Return whether the terms of `point` are a closed list."""
        return any(known is point for known, _ in self.points)

    def terms(self, point: Point) -> tuple[VocabularyTerm, ...]:
        """Return the declared terms of `point` in the order of mask.yml, none for a free point."""
        return next((terms for known, terms in self.points if known is point), ())
