"""Word, convert and link every text of an edition: what its pages, cards and feeds are made of.

First all wording is checked, whatever the mask; then each text of the edition is worded for its mask,
converted once and linked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from cmsite.digest import digest
from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Body, Html, Place, Site, Slug
from cmsite.shape.engine import Heading, MarkupError
from cmsite.shape.gallery import Gallery
from cmsite.shape.links import Linked, LinkMap, link, link_address
from cmsite.shape.markup import Converted, Converting, Source
from cmsite.shape.personalise import Chosen, Edition
from cmsite.shape.routes import Routing
from cmsite.shape.speech import ProfileWords, SiteWords, Speech, TargetWords, mask_words
from cmsite.shape.wording import check_body, speak, without_conditions

_AT_ONCE = 1000  # texts whose HTML is held twice, as it was converted and as it is linked


class Text(Struct, frozen=True):
    """A post's or page's body as this edition reads it.

    `action` is where its call to action leads, "" if it has none; `files` are those that links lead to,
    `pictures` those it shows; `led` has each address that the author wrote in it, with the one in its
    place; `says` is equal for two texts that read the same, wherever their editions stand.
    """

    html: Html
    headings: tuple[Heading, ...]
    minutes: int
    excerpt: str
    action: str
    files: frozenset[str]
    led: tuple[tuple[str, str], ...]
    says: str
    pictures: frozenset[str]


class Texts(Struct, frozen=True):
    """All texts of an edition by slug, and the warnings found on the way."""

    by_slug: Mapping[Slug, Text]
    links: LinkMap
    warnings: tuple[Problem, ...]


def wording_problems(site: Site) -> Iterator[Problem]:
    """Yield what is wrong in the wording of any body or variant of the site, whatever the mask."""
    for body in _bodies(site):
        yield from check_body(body, site.vocabulary)


def tell_texts(edition: Edition, site: Site, routing: Routing, converter: Converting, pictures: str) -> Texts:
    """Return every text of the edition as HTML; `pictures` stands for what makes pictures smaller.

    Raises ProblemsFound with all that is wrong in the edition's bodies.
    """
    links = _link_map(edition, site, routing, pictures)
    speech = _speech(edition)
    by_slug: dict[Slug, Text] = {}
    problems: list[Problem] = []
    spoken: list[tuple[Chosen, str]] = []
    for chosen in (*edition.chosen, *edition.pages):
        try:
            spoken.append((chosen, _worded(chosen, edition, speech)))
        except ProblemsFound as found:
            problems += found.problems
    for start in range(0, len(spoken), _AT_ONCE):
        by_slug |= _tell_some(spoken[start : start + _AT_ONCE], links, converter, problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)
    return Texts(by_slug, links, tuple(problems))


def worded(edition: Edition) -> Iterator[tuple[Chosen, str]]:
    """Yield every post and page of an edition with its Markdown, worded for the mask.

    Raises ProblemsFound for what is wrong in a body.
    """
    speech = _speech(edition)
    for chosen in (*edition.chosen, *edition.pages):
        yield chosen, _worded(chosen, edition, speech)


def told_by_condition(chosen: Chosen, edition: Edition) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Return a text's Markdown, and for each outermost condition its line and the Markdown without it."""
    speech = _speech(edition)
    told, body = _worded(chosen, edition, speech), chosen.wording.body
    if not chosen.post.templating:
        return told, ()
    return told, tuple(without_conditions(body, speech))


def _worded(chosen: Chosen, edition: Edition, speech: Speech) -> str:
    body = chosen.wording.body
    return speak(body, speech, edition.vocabulary) if chosen.post.templating else body.text


def _tell_some(
    spoken: Sequence[tuple[Chosen, str]], links: LinkMap, converter: Converting, problems: list[Problem]
) -> dict[Slug, Text]:
    """Return some texts by slug, converted together; what is wrong with the others goes to `problems`."""
    sources = [Source(told, chosen.post.language, chosen.post.raw_html) for chosen, told in spoken]
    by_slug = {}
    for (chosen, told), one in zip(spoken, converter.convert_all(sources), strict=True):
        if isinstance(one, MarkupError):
            problems.append(_markup_problem(chosen.wording.body, told, one))
        else:
            by_slug[chosen.slug] = _tell(chosen, told, one, links, problems)
    return by_slug


def _tell(chosen: Chosen, told: str, converted: Converted, links: LinkMap, problems: list[Problem]) -> Text:
    body = chosen.wording.body
    linked = link(converted.html, body, links, leads=chosen.wording.image is None)
    wanted = chosen.wording.call_to_action
    action = link_address(wanted.url if wanted else "", body, links)
    problems += (*linked.problems, *action.problems)
    return Text(
        html=linked.html,
        headings=converted.headings,
        minutes=converted.minutes,
        excerpt=converted.excerpt,
        action=action.html,
        files=linked.files | action.files,
        pictures=linked.pictures,
        led=linked.led,
        says=_says(told, linked),
    )


def _says(told: str, linked: Linked) -> str:
    """Return the digest of a text and of the links in it that have become plain text."""
    return digest((told, tuple(problem.what for problem in linked.problems)))


def _markup_problem(body: Body, told: str, error: MarkupError) -> Problem:
    """Return a problem at the author's line: conditions that are false have moved the engine's upwards."""
    lines, found = body.text.split("\n"), error.line - 1
    excerpt = told.split("\n")[found]
    index = next(
        (i for i, line in enumerate(lines) if i >= found and line == excerpt), min(found, len(lines) - 1)
    )
    place = Place(body.place.path, body.place.line + index)
    return Problem(place, error.what, error.hint, "markup", excerpt=lines[index])


def _bodies(site: Site) -> Iterator[Body]:
    for post in site.texts():
        if post.templating:
            yield post.body
            yield from (variant.body for variant in post.variants if variant.body)


def _link_map(edition: Edition, site: Site, routing: Routing, pictures: str) -> LinkMap:
    return LinkMap(
        routing=routing,
        paths={
            chosen.slug: routing.about() if chosen.slug == "about" else routing.post(chosen.post)
            for chosen in (*edition.chosen, *edition.pages)
        },
        sources={post.source: post.slug for post in site.texts()},
        slugs=frozenset(post.slug for post in site.texts()),
        gallery=Gallery(
            {file.path: file for file in site.files}, {file.path: file for file in site.static}, pictures
        ),
    )


def _speech(edition: Edition) -> Speech:
    profile, settings, target = edition.profile, edition.settings, edition.target
    return Speech(
        mask=mask_words(edition.mask, edition.vocabulary, edition.language),
        profile=ProfileWords(profile.name, profile.headline, profile.language, profile.extra),
        author=settings.author,
        site=SiteWords(settings.title, settings.description, settings.url, settings.language, settings.extra),
        target=TargetWords(target.name, target.slug, target.greeting) if target else None,
    )
