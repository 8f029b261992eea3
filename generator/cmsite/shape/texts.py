"""Word, convert and link every text of an edition: what its pages, cards and feeds are made of.

First all wording is checked, whatever the mask; then each text of the edition is worded for its mask,
converted once and linked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from cmsite.digest import digest_field
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


class Gist(Struct, frozen=True, array_like=True):
    """What others need to know of a text, without its HTML.

    `excerpt` has its first words where they stand for a summary; `files` are those that links lead to,
    `pictures` those it shows; `says` is equal for two texts that read the same, wherever their editions
    stand; `problems` are warnings.
    """

    minutes: int
    excerpt: str
    files: tuple[str, ...]
    pictures: tuple[str, ...]
    says: str
    problems: tuple[Problem, ...]


class Text(Struct, frozen=True):
    """A post's or page's body as this edition reads it.

    `action` is where its call to action leads, "" if it has none; `led` has each address that the author
    wrote in it, with the one in its place.
    """

    html: Html
    headings: tuple[Heading, ...]
    action: str
    led: tuple[tuple[str, str], ...]
    gist: Gist


class Texts:
    """All texts of an edition. One whose gist is known from before is told when it is asked for.

    `asked` notes which texts were asked for, True for a whole one, False for its gist: whoever wants to know
    what a page was composed of empties it before and looks at it afterwards. `marks` stand for the bodies.
    """

    def __init__(self, links: LinkMap, tell: Callable[[Sequence[Slug]], dict[Slug, Text]]) -> None:
        self.links, self._tell = links, tell
        self.marks: dict[Slug, str] = {}
        self.gists: dict[Slug, Gist] = {}
        self.told: dict[Slug, Text] = {}
        self.asked: set[tuple[Slug, bool]] = set()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was found on the way."""
        return tuple(problem for gist in self.gists.values() for problem in gist.problems)

    def whole(self, slug: Slug) -> Text:
        """Return a text, which is noted."""
        self.asked.add((slug, True))
        return self.by_slug(slug)

    def gist(self, slug: Slug) -> Gist:
        """Return the gist of a text, which is noted."""
        self.asked.add((slug, False))
        return self.gists[slug]

    def by_slug(self, slug: Slug) -> Text:
        """Return a text for whoever composes nothing of it."""
        if slug not in self.told:
            self.told |= self._tell([slug])
        return self.told[slug]

    def tell_all(self) -> None:
        """Tell all texts at once: whoever needs all of them is served sooner."""
        self.told |= self._tell([slug for slug in self.gists if slug not in self.told])


def wording_problems(site: Site) -> Iterator[Problem]:
    """Yield what is wrong in the wording of any body or variant of the site, whatever the mask."""
    for body in _bodies(site):
        yield from check_body(body, site.vocabulary)


def tell_texts(
    edition: Edition,
    site: Site,
    routing: Routing,
    converter: Converting,
    pictures: str,
    known: Mapping[Slug, tuple[str, Gist]] | None = None,
) -> Texts:
    """Return every text of the edition as HTML; `pictures` stands for what makes pictures smaller.

    `known` has the marks and the gists of texts of this very edition, from before: a text whose mark is the
    same is told when somebody asks for it.
    Raises ProblemsFound with all that is wrong in the edition's bodies.
    """
    chosen = {one.slug: one for one in (*edition.chosen, *edition.pages)}
    teller = _Teller(edition, _link_map(edition, site, routing, pictures), converter, chosen)
    texts = Texts(teller.links, teller.tell)
    texts.marks = {slug: one.wording.body.mark for slug, one in chosen.items()}
    kept = {slug: gist for slug, (mark, gist) in (known or {}).items() if texts.marks.get(slug) == mark}
    texts.told = teller.tell([slug for slug in chosen if slug not in kept])
    if any(problem.severity is Severity.ERROR for problem in teller.problems):
        raise ProblemsFound(teller.problems)
    texts.gists = {slug: kept[slug] if slug in kept else texts.told[slug].gist for slug in chosen}
    return texts


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


class _Teller:
    """Words, converts and links texts of an edition; what is wrong with one goes to `problems`."""

    def __init__(
        self, edition: Edition, links: LinkMap, converter: Converting, chosen: Mapping[Slug, Chosen]
    ) -> None:
        self.edition, self.links, self.converter, self.chosen = edition, links, converter, chosen
        self.speech = _speech(edition)
        self.problems: list[Problem] = []

    def tell(self, slugs: Sequence[Slug]) -> dict[Slug, Text]:
        """Return some texts by slug; those that cannot be told are missing."""
        told: dict[Slug, Text] = {}
        for start in range(0, len(slugs), _AT_ONCE):
            told |= self._convert([*self._spoken(slugs[start : start + _AT_ONCE])])
        return told

    def _spoken(self, slugs: Iterable[Slug]) -> Iterator[tuple[Chosen, str]]:
        """Yield some posts with their Markdown, worded for the mask."""
        for chosen in (self.chosen[slug] for slug in slugs):
            try:
                yield chosen, _worded(chosen, self.edition, self.speech)
            except ProblemsFound as found:
                self.problems += found.problems

    def _convert(self, spoken: Sequence[tuple[Chosen, str]]) -> dict[Slug, Text]:
        """Return some texts, converted together."""
        sources = [Source(told, chosen.post.language, chosen.post.raw_html) for chosen, told in spoken]
        made = {}
        for (chosen, told), one in zip(spoken, self.converter.convert_all(sources), strict=True):
            if isinstance(one, MarkupError):
                self.problems.append(_markup_problem(chosen.wording.body, told, one))
            else:
                text = made[chosen.slug] = _tell(chosen, told, one, self.links)
                self.problems += text.gist.problems
            if not self.converter.shared:
                chosen.wording.body.let_go()
        return made


def _tell(chosen: Chosen, told: str, converted: Converted, links: LinkMap) -> Text:
    body = chosen.wording.body
    linked = link(converted.html, body, links, leads=chosen.wording.image is None)
    wanted = chosen.wording.call_to_action
    action = link_address(wanted.url if wanted else "", body, links)
    gist = Gist(
        minutes=converted.minutes,
        excerpt="" if chosen.wording.summary else converted.excerpt,
        files=tuple(sorted(linked.files | action.files)),
        pictures=tuple(sorted(linked.pictures)),
        says=_says(told, linked),
        problems=(*linked.problems, *action.problems),
    )
    return Text(linked.html, converted.headings, action.html, linked.led, gist)


def _says(told: str, linked: Linked) -> str:
    """Return the digest of a text and of the links in it that have become plain text."""
    return digest_field((told, tuple(problem.what for problem in linked.problems)))


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
