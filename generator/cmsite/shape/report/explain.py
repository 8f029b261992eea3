"""Say why a post is in an edition or not: tier, points, places, wording, dates, and what would flip it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from cmsite.errors import ProblemsFound
from cmsite.model import Kind, Place, Point, Post, Profile, Site, Target, Term, Terms
from cmsite.shape.masks import Fit, Outcome, Tier, term_tree
from cmsite.shape.personalise import (
    Chosen,
    Edition,
    LeftOut,
    Why,
    Wording,
    aim,
    personalise,
    pinned_first,
    word,
)
from cmsite.shape.report.flip import Flip, find_flip, with_witness


class PointTold(Struct, frozen=True):
    """One point's outcome: what each side states there, and what it adds to the score.

    `term` is the post's term that decided, `level` None for what leaves the post out.
    """

    point: Point
    post: Terms
    barred: Terms
    profile: Terms
    outcome: Outcome
    level: int | None
    weight: int
    share: int
    term: Term | None


class FieldTold(Struct, frozen=True):
    """Where one field's wording comes from: `variant` counts from 1, None is the post's own.

    `value` is what is shown, the first line of a body; "" when nobody states the field.
    """

    field: str
    variant: int | None
    place: Place
    value: str


class ListPlace(Struct, frozen=True):
    """A post's place in a list, from 1, None when it is not there; `length` counts the whole list."""

    list: str
    place: int | None
    length: int


class DateTold(Struct, frozen=True):
    """One of a post's dates and what it does at the instant asked about; `at` None: it has none."""

    name: str
    at: datetime | None
    effect: str


class Explanation(Struct, frozen=True):
    """Everything that decides about one post in the edition of a profile, or a target, at one instant.

    `profile` has the target's mask over its own. `empty`: no post at all stands in the edition, which is
    then not built.
    """

    verdict: Chosen | LeftOut
    profile: Profile
    target: Target | None
    now: datetime
    empty: bool
    points: tuple[PointTold, ...]
    reasons: tuple[str, ...]
    fields: tuple[FieldTold, ...]
    lists: tuple[ListPlace, ...]
    dates: tuple[DateTold, ...]
    flip: Flip | None

    @property
    def post(self) -> Post:
        """The post or page asked about."""
        return self.verdict.post

    @property
    def included(self) -> bool:
        """Whether it stands in the edition."""
        return isinstance(self.verdict, Chosen)

    @property
    def why(self) -> Why | None:
        """What left it out, None when it is in."""
        return self.verdict.why if isinstance(self.verdict, LeftOut) else None

    @property
    def tier(self) -> Tier | None:
        """Its tier, None when it is out."""
        return self.verdict.tier if isinstance(self.verdict, Chosen) else None

    @property
    def score(self) -> int | None:
        """Its score, None when it is out."""
        return self.verdict.score if isinstance(self.verdict, Chosen) else None


def explain(
    site: Site,
    profile: Profile,
    post: Post,
    *,
    now: datetime,
    target: Target | None = None,
    places: Mapping[str, Place] | None = None,
) -> Explanation:
    """Return why a post or page of the site is in the edition or not, and all that goes with it.

    `places` tells where the post's own fields are written, for those who know the lines; else the
    file's first line stands for them. Raises ProblemsFound for a page of an edition without posts.
    """
    profile = aim(profile, target) if target else profile
    edition, empty = _edition(site, profile, post, now)
    verdict = _verdict(edition, post)
    return Explanation(
        verdict=verdict,
        profile=profile,
        target=target,
        now=now,
        empty=empty,
        points=tuple(_point_told(fit, post, profile) for fit in verdict.fits),
        reasons=tuple(reasons(site, profile, verdict)),
        fields=tuple(_fields(post, word(post, profile.mask, site.vocabulary), places or {})),
        lists=() if empty else tuple(_lists(edition, post)),
        dates=tuple(_dates(post, now)),
        flip=find_flip(site, profile, verdict, now=now),
    )


def why_out(verdict: LeftOut, profile: Profile) -> str:
    """Return what left a post out, whatever the mask: for all reasons but the mask itself."""
    post, at_most = verdict.post, profile.select.at_most
    told = {
        Why.DRAFT: "it is a draft",
        Why.FUTURE: f"its date is still to come: {_moment(post.date)}",
        Why.EXPIRED: f"it expired on {_moment(post.expires)}",
        Why.LANGUAGE: f"it is written in `{post.language}`, and the edition is in `{profile.language}`",
        Why.EXCLUDED: "it is left out by name: the profile's `exclude` names it",
        Why.GENERAL: "it speaks to anyone, and the profile leaves such posts out (`general: leave-out`)",
        Why.AT_MOST: f"other posts are more relevant, and the profile keeps {at_most} (`at_most: {at_most}`)",
    }
    return told[verdict.why]


def _edition(site: Site, profile: Profile, post: Post, now: datetime) -> tuple[Edition, bool]:
    """Return the edition, and whether it is empty: then it is one with a witness among its posts."""
    try:
        return personalise(site, profile, now=now), False
    except ProblemsFound:
        if post.kind is Kind.PAGE:
            raise
    return personalise(*with_witness(site, profile, now=now), now=now), True


def _verdict(edition: Edition, post: Post) -> Chosen | LeftOut:
    verdicts: list[Chosen | LeftOut] = [*edition.chosen, *edition.pages, *edition.left_out]
    return next(one for one in verdicts if one.post.slug == post.slug)


def _point_told(fit: Fit, post: Post, profile: Profile) -> PointTold:
    return PointTold(
        point=fit.point,
        post=post.mask[fit.point],
        barred=post.barred[fit.point],
        profile=profile.mask[fit.point],
        outcome=fit.outcome,
        level=fit.outcome.level,
        weight=fit.weight,
        share=fit.share,
        term=fit.term,
    )


def reasons(site: Site, profile: Profile, verdict: Chosen | LeftOut) -> Iterator[str]:
    """Yield why the post is in or out, a sentence each, what decides first."""
    if isinstance(verdict, LeftOut):
        if verdict.why is not Why.MASK:
            yield why_out(verdict, profile)
            return
        fits = [fit for fit in verdict.fits if fit.outcome.level is None]
    else:
        if verdict.by_name:
            yield "it is chosen by name: the profile's `include` names it"
        fits = [fit for fit in verdict.fits if fit.outcome is not Outcome.OPEN]
        if not fits:
            yield "it speaks to anyone: no point fits better than open, and none stands against it"
    for fit in fits:
        yield _sentence(fit, verdict.post, profile, site)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}" if moment else ""


def _sentence(fit: Fit, post: Post, profile: Profile, site: Site) -> str:
    """Return one point's outcome in words."""
    theirs, tree = profile.mask[fit.point], term_tree(site.vocabulary, fit.point)
    if fit.term is None or fit.outcome is Outcome.CONFLICT:
        only = _listed(post.mask[fit.point])
        return f"{fit.point}: the post is for {only}, and the profile is {_listed(theirs)}"
    if fit.outcome is Outcome.BARRED:
        met = next(term for term in theirs if fit.term in tree.above(term))
        within = "" if met == fit.term else f", which `{met}` lies within"
        return (
            f"{fit.point}: the post's `not:` bars `{fit.term}`{within}, and the profile is {_listed(theirs)}"
        )
    met = next(term for term in theirs if tree.outcome(fit.term, term) is fit.outcome)
    told = {
        Outcome.EXACT: "the very term of the profile",
        Outcome.WIDER: f"which takes in the profile's `{met}`",
        Outcome.NARROWER: f"which lies within the profile's `{met}`",
    }
    return f"{fit.point}: the post is for `{fit.term}`, {told[fit.outcome]}"


def _listed(terms: Terms) -> str:
    return " or ".join(f"`{term}`" for term in terms)


def _fields(post: Post, wording: Wording, places: Mapping[str, Place]) -> Iterator[FieldTold]:
    action = wording.call_to_action
    lines = wording.body.text.strip().splitlines()
    values = {
        "title": wording.title,
        "summary": wording.summary,
        "image": wording.image or "",
        "call_to_action": f"{action.label} ({action.url})" if action else "",
        "body": lines[0] if lines else "",
    }
    for field, index in wording.origins:
        place = places.get(field, Place(post.source)) if index is None else post.variants[index].place
        place = wording.body.place if field == "body" else place
        yield FieldTold(field, None if index is None else index + 1, place, values[field])


def _lists(edition: Edition, post: Post) -> Iterator[ListPlace]:
    """Yield the post's place in the blog, pinned posts first, and in the home page's selection."""
    blog = pinned_first(edition.chosen)
    for name, posts in (("blog", blog), ("home", edition.selection())):
        slugs = [one.slug for one in posts]
        place = slugs.index(post.slug) + 1 if post.slug in slugs else None
        yield ListPlace(name, place, len(slugs))


def _dates(post: Post, now: datetime) -> Iterator[DateTold]:
    """Yield the three dates, each with what it does at this instant."""
    if post.date is None:
        undated = "a page has none" if post.kind is Kind.PAGE else "none is written"
        yield DateTold("date", None, undated)
    else:
        yield DateTold(
            "date",
            post.date,
            "past: does not hold it back" if post.date <= now else "to come: out until then",
        )
    yield DateTold("updated", post.updated, "shown to readers, decides nothing" if post.updated else "never")
    if post.expires is None:
        yield DateTold("expires", None, "never")
    else:
        yield DateTold(
            "expires", post.expires, "past: out since then" if post.expires <= now else "out from then on"
        )
