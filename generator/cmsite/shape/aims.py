"""Hold an edition against the organisations it speaks to: each need, and the posts that answer it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cmsite.errors import Problem, Severity
from cmsite.model import Mask, Point, Target, Term
from cmsite.shape.cards import label_of, posts_on
from cmsite.shape.masks import admits, fit_masks, score
from cmsite.shape.personalise import Chosen, Edition, aim


class Need(Struct, frozen=True):
    """A term that the organisation looks for, and the posts that speak of it, the nearest first."""

    point: Point
    term: Term
    posts: tuple[Chosen, ...]


class Aim(Struct, frozen=True):
    """An organisation, the mask with which the author aims at it, and its needs."""

    target: Target
    mask: Mask
    needs: tuple[Need, ...]


def aims_of(edition: Edition) -> tuple[Aim, ...]:
    """Return the organisations that have a page in the edition: its own target, or the public ones."""
    public = tuple(target for target in edition.profile.targets if target.public)
    return tuple(_aim(edition, target) for target in ((edition.target,) if edition.target else public))


def unmet_needs(edition: Edition) -> Iterator[Problem]:
    """Yield a warning, for the author alone, for each need that no post of the edition answers."""
    for one in aims_of(edition):
        for need in one.needs:
            if not need.posts:
                label = label_of(edition, need.point, need.term)
                what = f"no post answers a need of `{one.target.slug}`: {need.point}, {label}"
                hint = f"`cmsite new post --for {need.point}={need.term}` begins one; or take the need out"
                yield Problem(one.target.place, what, hint, "unmet-need", Severity.WARNING)


def _aim(edition: Edition, target: Target) -> Aim:
    mask = aim(edition.profile, target).mask
    needs = (
        Need(point, term, _answers(edition, mask, point, term))
        for point, terms in target.needs.stated()
        for term in terms
    )
    return Aim(target, mask, tuple(needs))


def _answers(edition: Edition, mask: Mask, point: Point, term: Term) -> tuple[Chosen, ...]:
    """Return the posts that speak of the term, those first that fit the organisation best."""
    posts = posts_on(edition, point, term)
    return tuple(sorted(posts, key=lambda one: -_score(edition, mask, one)))


def _score(edition: Edition, mask: Mask, one: Chosen) -> int:
    """Return how well a post fits the organisation; one that its mask would leave out comes last."""
    fits = fit_masks(one.post.mask, one.post.barred, mask, edition.vocabulary, edition.settings.weights)
    return score(fits) if admits(fits) else -1
