"""Hold an edition against the organisations it speaks to: each need, and the posts that answer it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cmsite.errors import Problem, Severity
from cmsite.model import Mask, Point, Target, Term
from cmsite.shape.cards import Desk, label_of, posts_on
from cmsite.shape.masks import matching
from cmsite.shape.personalise import Chosen, aim


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


def aims_of(desk: Desk) -> tuple[Aim, ...]:
    """Return the organisations that have a page in the edition: its own target, or the public ones."""
    edition = desk.edition
    public = tuple(target for target in edition.profile.targets if target.public)
    return tuple(_aim(desk, target) for target in ((edition.target,) if edition.target else public))


def unmet_needs(desk: Desk) -> Iterator[Problem]:
    """Yield a warning, for the author alone, for each need that no post of the edition answers."""
    for one in aims_of(desk):
        for need in one.needs:
            if not need.posts:
                label = label_of(desk.edition, need.point, need.term)
                what = f"no post answers a need of `{one.target.slug}`: {need.point}, {label}"
                hint = f"`cmsite new post --for {need.point}={need.term}` begins one; or take the need out"
                yield Problem(one.target.place, what, hint, "unmet-need", Severity.WARNING)


def _aim(desk: Desk, target: Target) -> Aim:
    mask = aim(desk.edition.profile, target).mask
    match = matching(mask, desk.edition.vocabulary, desk.edition.settings.weights)

    def closeness(one: Chosen) -> int:
        """Return how well a post fits the organisation; one that its mask would leave out comes last."""
        found = match(one.post.mask, one.post.barred)
        return found.score if found.admitted else -1

    needs = (
        Need(point, term, tuple(sorted(posts_on(desk, point, term), key=closeness, reverse=True)))
        for point, terms in target.needs.stated()
        for term in terms
    )
    return Aim(target, mask, tuple(needs))
