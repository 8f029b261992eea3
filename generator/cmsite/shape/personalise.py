"""Choose, order and word a site's posts for one profile: the edition, with its reasons.

Gate, then rank. Before the mask come drafts, dates and language; then what the profile names; then
the mask, the tier *general* and the limit. Nothing here looks at a clock: `now` is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import (
    Body,
    CallToAction,
    Kind,
    Language,
    Mask,
    Order,
    Post,
    Profile,
    Select,
    Settings,
    Site,
    Slug,
    Target,
    Variant,
    Vocabulary,
)
from cmsite.shape.masks import Fit, Match, Outcome, Tier, matches, matching

_WORDED = ("title", "summary", "image", "call_to_action", "body")  # fields that a variant may state
_ALL_OWN: tuple[tuple[str, int | None], ...] = tuple((field, None) for field in _WORDED)
_SELECTED = 5  # how many posts the home page's selection shows


class Why(StrEnum):
    """What left a post out."""

    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    LANGUAGE = "language"
    EXCLUDED = "excluded"
    MASK = "mask"
    GENERAL = "general"
    AT_MOST = "at-most"


class Wording(Struct, frozen=True):
    """A post's fields as this edition words them. `origins` tells, field by field, which variant won.

    A variant is told by its place in the post's list; None stands for the post's own words.
    """

    title: str
    summary: str
    image: str | None
    image_alt: str
    call_to_action: CallToAction | None
    body: Body
    origins: tuple[tuple[str, int | None], ...]


class Chosen(Struct, frozen=True):
    """A post or page that stands in the edition, how it is worded and why it was chosen."""

    post: Post
    wording: Wording
    fits: tuple[Fit, ...]
    score: int
    tier: Tier
    by_name: bool

    @property
    def slug(self) -> Slug:
        """The post's slug."""
        return self.post.slug


class LeftOut(Struct, frozen=True):
    """A post or page that does not stand in the edition, and why."""

    post: Post
    why: Why
    fits: tuple[Fit, ...]


class Edition(Struct, frozen=True):
    """The site as one profile reads it, or one target.

    `mask` is the target's where it states a point, else the profile's; `settings` are the site's with the
    profile's overrides; `chosen` runs in the blog's order, `ranked` by score, then newer date, then slug,
    `dated` by newer date, then slug; `until` is the next instant at which a post
    would enter or expire, None if there is none.
    """

    profile: Profile
    target: Target | None
    mask: Mask
    language: Language
    settings: Settings
    vocabulary: Vocabulary
    chosen: tuple[Chosen, ...]
    ranked: tuple[Chosen, ...]
    dated: tuple[Chosen, ...]
    pages: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    until: datetime | None

    def selection(self) -> tuple[Chosen, ...]:
        """Return the home page's selection: the most relevant posts that are more than general."""
        fitting = [one for one in self.ranked if one.tier is not Tier.GENERAL or one.by_name]
        return tuple(fitting[:_SELECTED])


def aim(profile: Profile, target: Target) -> Profile:
    """Return the profile with the target's mask over its own: a point that the target states replaces it."""
    return replace(
        profile, mask=replace(profile.mask, **{p.value: terms for p, terms in target.mask.stated()})
    )


def personalise(site: Site, profile: Profile, *, now: datetime, target: Target | None = None) -> Edition:
    """Return the edition of a profile, or of one of its targets, at the instant `now`.

    Raises ProblemsFound when no post is left, naming the points that emptied the edition.
    """
    profile = aim(profile, target) if target else profile
    settings = _settings_in_force(site.settings, profile)
    match = matching(profile.mask, site.vocabulary, site.settings.weights)
    verdicts = [_judge(site, profile, post, now, match(post.mask, post.barred)) for post in site.posts]
    chosen = tuple(verdict for verdict in verdicts if isinstance(verdict, Chosen))
    kept, dropped = _limit(chosen, profile.select)
    left_out = tuple(verdict for verdict in verdicts if isinstance(verdict, LeftOut)) + dropped
    if not kept:
        raise ProblemsFound([_empty(profile, target, left_out)])
    pages = [_judge(site, profile, page, now, match(page.mask, page.barred)) for page in site.pages]
    dated = tuple(sorted(kept, key=_by_date))
    ranked = tuple(sorted(dated, key=lambda one: -one.score))
    return Edition(
        profile=profile,
        target=target,
        mask=profile.mask,
        language=profile.language,
        settings=settings,
        vocabulary=site.vocabulary,
        chosen=dated if profile.select.order is Order.DATE else ranked,
        ranked=ranked,
        dated=dated,
        pages=tuple(page for page in pages if isinstance(page, Chosen)),
        left_out=left_out + tuple(page for page in pages if isinstance(page, LeftOut)),
        until=_next_change(site, now),
    )


def pinned_first(posts: Iterable[Chosen]) -> tuple[Chosen, ...]:
    """Return the posts with the pinned ones first, else in their order."""
    return tuple(sorted(posts, key=lambda one: not one.post.pinned))


def _settings_in_force(settings: Settings, profile: Profile) -> Settings:
    names = type(profile.site).__struct_fields__
    stated = {name: value for name in names if (value := getattr(profile.site, name)) is not None}
    if own := profile.site.extra:
        stated["extra"] = settings.extra.merged(own)
    return replace(settings, language=profile.language, **stated)


def _judge(site: Site, profile: Profile, post: Post, now: datetime, match: Match) -> Chosen | LeftOut:
    """Return the verdict on a post that meets the profile so."""
    if why := _out_whatever_the_mask(post, profile, now):
        return LeftOut(post, why, match.fits)
    by_name = post.slug in profile.select.include
    if not by_name:
        if not match.admitted:
            return LeftOut(post, Why.MASK, match.fits)
        if match.tier is Tier.GENERAL and not profile.select.keep_general and post.kind is Kind.POST:
            return LeftOut(post, Why.GENERAL, match.fits)
    wording = word(post, profile.mask, site.vocabulary)
    return Chosen(post, wording, match.fits, match.score, match.tier, by_name)


def _out_whatever_the_mask(post: Post, profile: Profile, now: datetime) -> Why | None:
    if post.draft:
        return Why.DRAFT
    if post.date and post.date > now:
        return Why.FUTURE
    if post.expires and post.expires <= now:
        return Why.EXPIRED
    if post.language != profile.language:
        return Why.LANGUAGE
    return Why.EXCLUDED if post.slug in profile.select.exclude else None


def _limit(chosen: tuple[Chosen, ...], select: Select) -> tuple[tuple[Chosen, ...], tuple[LeftOut, ...]]:
    """Return what `at_most` keeps and what it drops: the least relevant go, never those chosen by name."""
    if select.at_most is None or len(chosen) <= select.at_most:
        return chosen, ()
    named = [one for one in chosen if one.by_name]
    others = sorted((one for one in chosen if not one.by_name), key=_by_relevance)
    room = max(select.at_most - len(named), 0)
    dropped = tuple(LeftOut(one.post, Why.AT_MOST, one.fits) for one in others[room:])
    return (*named, *others[:room]), dropped


def _by_relevance(one: Chosen) -> tuple[int, float, str]:
    return -one.score, *_by_date(one)


def _by_date(one: Chosen) -> tuple[float, str]:
    assert one.post.date is not None
    return -one.post.date.timestamp(), one.slug


def _next_change(site: Site, now: datetime) -> datetime | None:
    moments = [
        moment for post in site.texts() if not post.draft for moment in (post.date, post.expires) if moment
    ]
    return min((moment for moment in moments if moment > now), default=None)


def word(post: Post, mask: Mask, vocabulary: Vocabulary) -> Wording:
    """Return the post's fields, each from the most specific variant that matches the mask and states it.

    The variant that states most points wins, then the first written. A picture and its alternative
    text come from the same place.
    """
    if not post.variants:
        return Wording(
            post.title, post.summary, post.image, post.image_alt, post.call_to_action, post.body, _ALL_OWN
        )
    fitting = [
        (index, variant)
        for index, variant in enumerate(post.variants)
        if _variant_matches(variant, mask, vocabulary)
    ]
    fitting.sort(key=lambda item: (-sum(1 for _ in item[1].when.stated()), item[0]))

    def winner(field: str) -> tuple[int | None, Post | Variant]:
        own: tuple[int | None, Post | Variant] = (None, post)
        return next(
            ((index, variant) for index, variant in fitting if getattr(variant, field) is not None), own
        )

    won = {field: winner(field) for field in _WORDED}
    body = won["body"][1].body
    assert body is not None
    return Wording(
        title=won["title"][1].title or post.title,
        summary=won["summary"][1].summary or "",
        image=won["image"][1].image,
        image_alt=won["image"][1].image_alt or "",
        call_to_action=won["call_to_action"][1].call_to_action,
        body=body,
        origins=tuple((field, index) for field, (index, _) in won.items()),
    )


def _variant_matches(variant: Variant, mask: Mask, vocabulary: Vocabulary) -> bool:
    return all(
        any(matches(mask, point, term, vocabulary) for term in terms)
        for point, terms in variant.when.stated()
    )


def _empty(profile: Profile, target: Target | None, left_out: tuple[LeftOut, ...]) -> Problem:
    what = f"the edition of `{target.slug if target else profile.name}` has no post"
    emptied = sorted(
        {
            fit.point.value
            for one in left_out
            if one.why is Why.MASK
            for fit in one.fits
            if fit.outcome in (Outcome.CONFLICT, Outcome.BARRED)
        }
    )
    if emptied:
        hint = f"no post fits the mask's {', '.join(emptied)}: widen the mask, or write a post for it"
    else:
        reasons = sorted({one.why.value for one in left_out})
        hint = (
            f"all posts are left out ({', '.join(reasons)})"
            if reasons
            else "write a first post in content/posts/"
        )
    return Problem(target.place if target else profile.place, what, hint, "empty-edition")
