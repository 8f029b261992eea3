"""Hold a post's mask against a profile's and say how well they fit, and why."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import astuple

from cmsite.model import POINTS, Mask, Point, Term, Terms, Vocabulary, Weights


class Outcome(StrEnum):
    """How one point of a post meets the same point of a profile."""

    EXACT = "exact"
    WIDER = "wider"
    NARROWER = "narrower"
    OPEN = "open"
    CONFLICT = "conflict"
    BARRED = "barred"

    @property
    def level(self) -> int | None:
        """The level that counts for the score; None for an outcome that leaves the post out."""
        return _LEVELS.get(self)


_LEVELS = {Outcome.EXACT: 3, Outcome.WIDER: 2, Outcome.NARROWER: 1, Outcome.OPEN: 0}
_BEST = 3


class Tier(StrEnum):
    """How close a chosen post is, in the words readers see."""

    STRONG = "strong"
    GOOD = "good"
    GENERAL = "general"


class Fit(Struct, frozen=True):
    """How one point of a post's mask meets the same point of a profile's.

    `term` is the post's term that decided, None when the point is open; `share` is what the point
    adds to the score.
    """

    point: Point
    outcome: Outcome
    term: Term | None
    weight: int

    @property
    def share(self) -> int:
        """What the point adds to the score: weight × level, 0 for a conflict or a bar."""
        return self.weight * (self.outcome.level or 0)


class TermTree(Struct, frozen=True, cache_hash=True):
    """Which term lies within which, for one point."""

    parents: tuple[tuple[Term, Term], ...]

    def above(self, term: Term) -> tuple[Term, ...]:
        """Return the term and all that it lies within, the nearest first."""
        return _above(self, term)

    def outcome(self, post: Term, profile: Term) -> Outcome:
        """Return how a post's term meets a profile's."""
        if post == profile:
            return Outcome.EXACT
        if post in self.above(profile):
            return Outcome.WIDER
        return Outcome.NARROWER if profile in self.above(post) else Outcome.CONFLICT


@lru_cache(maxsize=10_000)
def _above(tree: TermTree, term: Term) -> tuple[Term, ...]:
    parents = dict(tree.parents)
    path = [term]
    while (parent := parents.get(path[-1])) is not None:
        path.append(parent)
    return tuple(path)


def term_tree(vocabulary: Vocabulary, point: Point) -> TermTree:
    """Return the tree that `within` makes of a point's terms."""
    return TermTree(tuple((entry.term, entry.within) for entry in vocabulary.terms(point) if entry.within))


def fit_point(point: Point, post: Terms, profile: Terms, tree: TermTree, *, weight: int = 1) -> Fit:
    """Return the best outcome that any of the post's terms gives; the first written wins among equals.

    A side that states nothing leaves the point open. When no term of the post lies above, below or on
    one of the profile's, the outcome is a conflict.
    """
    if not post or not profile:
        return Fit(point, Outcome.OPEN, None, weight)
    fits = [Fit(point, tree.outcome(mine, theirs), mine, weight) for mine in post for theirs in profile]
    return max(fits, key=lambda fit: fit.outcome.level or 0)


class Match(Struct, frozen=True):
    """How a post meets a profile: the six fits, in the order of the points, and what follows from them.

    A post that is not `admitted` has one conflict or bar at least.
    """

    fits: tuple[Fit, ...]
    admitted: bool
    score: int
    tier: Tier


def matching(profile: Mask, vocabulary: Vocabulary, weights: Weights) -> Callable[[Mask, Mask], Match]:
    """Return what holds posts against a profile's mask, by their mask and their `not:`.

    It remembers how masks and terms fit, for most posts share theirs.
    """
    trees = {point: term_tree(vocabulary, point) for point in POINTS}

    @cache
    def fit(point: Point, stated: Terms, barred: Terms) -> Fit:
        bar = _barring_term(barred, profile[point], trees[point])
        if bar is not None:
            return Fit(point, Outcome.BARRED, bar, weights[point])
        return fit_point(point, stated, profile[point], trees[point], weight=weights[point])

    @cache
    def follows(fits: tuple[Fit, ...]) -> Match:
        return Match(fits, admits(fits), score(fits), tier(fits, profile))

    @cache
    def match(post: Mask, barred: Mask) -> Match:
        return follows(tuple(map(fit, POINTS, astuple(post), astuple(barred))))

    return match


def fit_masks(
    post: Mask, barred: Mask, profile: Mask, vocabulary: Vocabulary, weights: Weights
) -> tuple[Fit, ...]:
    """Return the six fits of a post, in the order of the points.

    `barred` is the post's `not:`; it wins over whatever the post's mask gives at the same point.
    """
    return matching(profile, vocabulary, weights)(post, barred).fits


def _barring_term(barred: Terms, profile: Terms, tree: TermTree) -> Term | None:
    """Return the first barred term that is, or contains, one of the profile's."""
    return next((term for term in barred for theirs in profile if term in tree.above(theirs)), None)


def admits(fits: tuple[Fit, ...]) -> bool:
    """Return whether the post passes the gate: one conflict or bar leaves it out."""
    return all(fit.outcome.level is not None for fit in fits)


def score(fits: tuple[Fit, ...]) -> int:
    """Return the sum of all shares."""
    return sum(fit.share for fit in fits)


def tier(fits: tuple[Fit, ...], profile: Mask) -> Tier:
    """Return the tier: general when no point is better than open, strong from half of what could be had."""
    if not any(fit.outcome.level for fit in fits):
        return Tier.GENERAL
    possible = sum(fit.weight * _BEST for fit in fits if profile[fit.point])
    return Tier.STRONG if score(fits) * 2 >= possible else Tier.GOOD


def matches(mask: Mask, point: Point, term: Term, vocabulary: Vocabulary) -> bool:
    """Return whether the mask states the term, or one within it, at this point."""
    tree = term_tree(vocabulary, point)
    return any(term in tree.above(stated) for stated in mask[point])
