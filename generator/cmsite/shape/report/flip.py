"""Find the shortest change, of a profile's mask or of a post's own, that turns a verdict round.

Every change is tried by personalising again, so that `general: leave-out` and `at_most` have their say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import IntEnum
from itertools import chain, combinations, islice, product

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import ProblemsFound
from cmsite.model import POINTS, Body, Kind, Mask, Point, Post, Profile, Site, Slug, Terms, Vocabulary
from cmsite.shape.masks import Outcome, fit_masks
from cmsite.shape.personalise import Chosen, LeftOut, Why, personalise

_BY_MASK = (Why.MASK, Why.GENERAL, Why.AT_MOST)  # all other reasons stand whatever a mask says
_WITNESS = Slug("-")  # no author can write this slug
_TRIES = 400  # changes of several points that are tried; only a tight `at_most` ever needs that many


class ProfileFlip(Struct, frozen=True):
    """A change of the profile's mask: what to state at some points, where no term states nothing."""

    points: tuple[tuple[Point, Terms], ...]


class PostFlip(Struct, frozen=True):
    """A post's new front matter: the whole of its `mask:` and the whole of its `not:`."""

    mask: Mask
    barred: Mask


Flip = ProfileFlip | PostFlip


class _Side(IntEnum):
    """Whose mask is changed; the profile comes before the post."""

    PROFILE = 0
    POST = 1


class _Edit(Struct, frozen=True):
    """One point said otherwise. `bars` are the post's, and stay empty for the profile."""

    side: _Side
    point: Point
    terms: Terms
    bars: Terms
    cost: int  # how many terms there are to write


class _Case(Struct, frozen=True):
    """What is to be turned round: `wanted` is whether the post shall be in."""

    site: Site
    profile: Profile
    post: Post
    now: datetime
    wanted: bool
    today: dict[Point, Outcome]


def find_flip(site: Site, profile: Profile, verdict: Chosen | LeftOut, *, now: datetime) -> Flip | None:
    """Return the change that would put the verdict's post in or out, None where no mask could.

    Fewest points first, then fewest terms, the profile before the post, then the order of the points
    and of the vocabulary. A change that would empty the edition is no answer.
    """
    in_ = isinstance(verdict, Chosen)
    if verdict.by_name if isinstance(verdict, Chosen) else verdict.why not in _BY_MASK:
        return None
    today = {fit.point: fit.outcome for fit in verdict.fits}
    case = _Case(_lean(site, verdict.post), profile, verdict.post, now, not in_, today)
    found = next((edits for edits in _changes(case) if _flips(case, edits)), None)
    return _told(case, found) if found else None


def with_witness(site: Site, profile: Profile, *, now: datetime) -> tuple[Site, Profile]:
    """Return the site with one more post, which the profile chooses by name: no edition of it is empty."""
    witness = Post(
        Kind.POST, _WITNESS, "", profile.language, Body("", profile.place), source="", name="", date=now
    )
    select = replace(profile.select, include=(*profile.select.include, _WITNESS))
    return replace(site, posts=(*site.posts, witness)), replace(profile, select=select)


def _lean(site: Site, post: Post) -> Site:
    """Return the site without what decides nothing here: wordings, and pages but the one asked about."""
    pages = (replace(post, variants=()),) if post.kind is Kind.PAGE else ()
    return replace(site, posts=tuple(replace(each, variants=()) for each in site.posts), pages=pages)


def _changes(case: _Case) -> Iterator[tuple[_Edit, ...]]:
    """Yield the changes worth trying, the shortest first."""
    single = {point: list(_profile_edits(case, point)) for point in POINTS}
    may = case.wanted or _stands_without(case)
    post = {point: _one_per_outcome(case, _post_edits(case, point)) if may else [] for point in POINTS}
    yield from _combined(case, 1, (single, post))
    profile = {point: _one_per_outcome(case, single[point]) for point in POINTS}
    several = (_combined(case, count, (profile, post)) for count in range(2, len(POINTS) + 1))
    yield from islice(chain.from_iterable(several), _TRIES)


def _stands_without(case: _Case) -> bool:
    """Return whether the profile's edition still has a post when this one is out."""
    return (
        _is_in(_holding(case.site, replace(case.post, draft=True)), case.profile, case.post, case.now)
        is False
    )


def _combined(
    case: _Case, count: int, sides: Iterable[dict[Point, list[_Edit]]]
) -> Iterator[tuple[_Edit, ...]]:
    """Return every change of exactly `count` points on one side, those with fewest terms first.

    A point that leaves the post out has to change if the post shall come in.
    """
    required = {point for point, outcome in case.today.items() if case.wanted and outcome.level is None}
    found = [
        edits
        for by_point in sides
        for points in combinations(POINTS, count)
        if required <= set(points)
        for edits in product(*(by_point[point] for point in points))
    ]
    return iter(sorted(found, key=lambda edits: (sum(edit.cost for edit in edits), edits[0].side)))


def _profile_edits(case: _Case, point: Point) -> Iterator[_Edit]:
    for terms in _ways(case.profile.mask[point], _known_terms(case, point)):
        yield _Edit(_Side.PROFILE, point, terms, (), len(terms))


def _post_edits(case: _Case, point: Point) -> Iterator[_Edit]:
    """Yield what the post could say at a point: by `not:` alone, by `mask:` alone, or with no bar left."""
    terms, bars = case.post.mask[point], case.post.barred[point]
    known = _known_terms(case, point)
    for way in _ways(bars, known):
        yield _Edit(_Side.POST, point, terms, way, len(way))
    for way in _ways(terms, known):
        yield _Edit(_Side.POST, point, way, bars, len(way))
        if bars:
            yield _Edit(_Side.POST, point, way, (), len(way))


def _ways(today: Terms, known: Terms) -> list[Terms]:
    """Return what else a point could state: nothing, one term, one term fewer, one term more."""
    fewer = [tuple(term for term in today if term != gone) for gone in today]
    more = [(*today, term) for term in known if term not in today]
    ways = dict.fromkeys([(), *((term,) for term in known), *fewer, *more])
    return [way for way in ways if way != today]


def _known_terms(case: _Case, point: Point) -> Terms:
    """Return the terms that may stand at a point: the vocabulary's, or for a free point all that are used."""
    if case.site.vocabulary.declares(point):
        return tuple(entry.term for entry in case.site.vocabulary.terms(point))
    masks = [case.post.mask, case.post.barred, case.profile.mask]
    masks += [post.mask for post in case.site.posts] + [profile.mask for profile in case.site.profiles]
    return tuple(dict.fromkeys(term for mask in masks for term in mask[point]))


def _one_per_outcome(case: _Case, edits: Iterable[_Edit]) -> list[_Edit]:
    """Return the shortest edit for each outcome that a point could have instead of today's.

    Where the post itself is edited nothing is lost: all other posts stay as they are, and of this one
    only the outcomes count.
    """
    found: dict[Outcome, _Edit] = {}
    for edit in sorted(edits, key=lambda edit: edit.cost):
        outcome = _outcome(case, edit)
        useless = case.wanted and outcome.level is None
        if not useless and outcome is not case.today[edit.point]:
            found.setdefault(outcome, edit)
    return list(found.values())


def _outcome(case: _Case, edit: _Edit) -> Outcome:
    """Return the outcome at the edited point; the other points are left out of the account."""
    profile, post = _edited(case, (edit,))
    point, vocabulary = edit.point, case.site.vocabulary
    here = Vocabulary(((point, vocabulary.terms(point)),))
    fits = fit_masks(post.mask, post.barred, profile.mask, here, case.site.settings.weights)
    return next(fit.outcome for fit in fits if fit.point is point)


def _edited(case: _Case, edits: tuple[_Edit, ...]) -> tuple[Profile, Post]:
    """Return the profile and the post with the edits made."""
    terms = {edit.point.value: edit.terms for edit in edits}
    if edits and edits[0].side is _Side.PROFILE:
        return replace(case.profile, mask=replace(case.profile.mask, **terms)), case.post
    bars = {edit.point.value: edit.bars for edit in edits}
    mask, barred = replace(case.post.mask, **terms), replace(case.post.barred, **bars)
    return case.profile, replace(case.post, mask=mask, barred=barred)


def _flips(case: _Case, edits: tuple[_Edit, ...]) -> bool:
    """Return whether the edits, once made, do put the post where it is wanted.

    The post is tried alone before the whole site is: that is quick, and most changes fail there.
    """
    profile, post = _edited(case, edits)
    if case.wanted or profile.select.at_most is None:
        unlimited = replace(profile, select=replace(profile.select, at_most=None))
        alone = with_witness(_only(case.site, post), unlimited, now=case.now)
        if _is_in(*alone, post, case.now) is not case.wanted:
            return False
    return _is_in(_holding(case.site, post), profile, post, case.now) is case.wanted


def _only(site: Site, post: Post) -> Site:
    """Return the site with this text and no other."""
    is_page = post.kind is Kind.PAGE
    return replace(site, posts=() if is_page else (post,), pages=(post,) if is_page else ())


def _holding(site: Site, post: Post) -> Site:
    """Return the site with the post in the place of the one that has its slug."""
    if post.kind is Kind.PAGE:
        return replace(site, pages=(post,))
    return replace(site, posts=tuple(post if each.slug == post.slug else each for each in site.posts))


def _is_in(site: Site, profile: Profile, post: Post, now: datetime) -> bool | None:
    """Return whether the post stands in the edition, None where there is no edition."""
    try:
        edition = personalise(site, profile, now=now)
    except ProblemsFound:
        return None
    return any(one.slug == post.slug for one in (*edition.chosen, *edition.pages))


def _told(case: _Case, edits: tuple[_Edit, ...]) -> Flip:
    if edits[0].side is _Side.PROFILE:
        return ProfileFlip(tuple((edit.point, edit.terms) for edit in edits))
    _, post = _edited(case, edits)
    return PostFlip(post.mask, post.barred)
