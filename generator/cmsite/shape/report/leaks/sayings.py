"""Gather what an edition says by right: the words that betray nothing, wherever they stand.

Nothing here looks at what was rendered: a leak would then excuse itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from cmsite.model import Expect, Extra, Profile, Routes, Select, Settings, Site, Target
from cmsite.shape.code import find_code
from cmsite.shape.comments import withhold
from cmsite.shape.feeds import post_id
from cmsite.shape.language import long_date
from cmsite.shape.personalise import Chosen, Edition
from cmsite.shape.routes import routing
from cmsite.shape.speech import ProfileWords, SiteWords, Speech, TargetWords, mask_words
from cmsite.shape.statement import statement
from cmsite.shape.wording import speak

_TO_POST = re.compile(r"\bpost:[\w-]+|[^\s()<>\"']+\.(?:md|markdown)\b")


def sayings(site: Site, edition: Edition) -> Iterator[str]:
    """Yield every text of the author's that stands in the edition, or may, by right."""
    yield from strings_in(shown_settings(edition.settings))
    yield from strings_in(shown_profile(edition.profile, edition.target))
    yield from strings_in((edition.mask, edition.vocabulary))
    yield from (long_date(datetime(2001, month, 1, tzinfo=UTC), edition.language) for month in range(1, 13))
    if edition.mask:
        yield statement(edition.mask, edition.vocabulary, edition.language)
    for chosen in (*edition.chosen, *edition.pages):
        yield from _told_by(chosen)
        yield spoken(chosen, edition)
    slugs = {chosen.slug for chosen in (*edition.chosen, *edition.pages)}
    for thread in site.threads:
        if thread.slug in slugs:
            yield from (withhold(text) for one in thread.comments for text in (one.author, one.url, one.text))
    yield from (file.path for file in site.static)


def ties(edition: Edition, together: Iterable[Edition]) -> Iterator[str]:
    """Yield where the translations of an edition's texts stand in those that are published with it."""
    keys = {one.post.translation for one in (*edition.chosen, *edition.pages) if one.post.translation}
    for other in together:
        route = routing(other.settings)
        for one in (*other.chosen, *other.pages):
            if one.post.translation in keys:
                yield route.absolute(route.post(one.post))


def spoken(chosen: Chosen, edition: Edition) -> str:
    """Return the body of a chosen post as the edition speaks it, without where its links lead to."""
    body = chosen.wording.body
    told = speak(body, _speech(edition), edition.vocabulary) if chosen.post.templating else body.text
    return without_posts(told)


def _speech(edition: Edition) -> Speech:
    """Return what bodies may speak of; put together anew, so that no slip in the build is repeated here."""
    profile, settings, target = edition.profile, edition.settings, edition.target
    return Speech(
        mask_words(edition.mask, edition.vocabulary, edition.language),
        ProfileWords(profile.name, profile.headline, profile.language, profile.extra),
        settings.author,
        SiteWords(settings.title, settings.description, settings.url, settings.language, settings.extra),
        TargetWords(target.name, target.slug, target.greeting) if target else None,
    )


def without_posts(text: str) -> str:
    """Return a text without the addresses of posts: a link to a post that is left out becomes its words."""
    pieces, end = list[str](), 0
    for start, stop in find_code(text):
        pieces += [_TO_POST.sub(" ", text[end:start]), text[start:stop]]
        end = stop
    return "".join([*pieces, _TO_POST.sub(" ", text[end:])])


def _told_by(chosen: Chosen) -> Iterator[str]:
    post, wording, action = chosen.post, chosen.wording, chosen.wording.call_to_action
    yield from strings_in((wording.title, wording.summary, wording.image, wording.image_alt))
    yield from (action.label, without_posts(action.url)) if action else ()
    yield from strings_in((post.slug, post.tags, post.category, post.series, post.aliases))
    yield from strings_in((post.extra, post.mask, post.id, post_id(post)))


def strings_in(value: object) -> Iterator[str]:
    """Yield every text in a frozen value, however deep; of what is kept under `extra` the values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Extra):
        for _, item in value.items:
            yield from strings_in(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from strings_in(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from strings_in(getattr(value, name))


def shown_settings(settings: Settings) -> Settings:
    """Return settings with nothing in them that an edition must not tell, whatever it leaves out."""
    author = settings.author
    shown = replace(
        author,
        email=author.email if author.show_email else "",
        base=tuple(replace(skill, proof=()) for skill in author.base),
    )
    return replace(settings, author=shown, menu=_fixed(settings.menu), profile="")


def shown_profile(profile: Profile, target: Target | None = None) -> Profile:
    """Return a profile with nothing in it that its own edition, or that of a target, must not tell."""
    menu = profile.site.menu
    return replace(
        profile,
        site=profile.site if menu is None else replace(profile.site, menu=_fixed(menu)),
        select=Select(),
        expect=Expect(),
        targets=tuple(replace(each, note="") for each in profile.targets if is_shown(each, target)),
    )


def _fixed(menu: tuple[str, ...]) -> tuple[str, ...]:
    """Return a menu without its pages: one that the edition leaves out is not named."""
    return tuple(name for name in menu if name in Routes.__struct_fields__)


def is_shown(target: Target, own: Target | None) -> bool:
    """Return whether an edition of its profile tells a target's name; `own` is the edition's own target."""
    return target.slug == own.slug if own else target.public
