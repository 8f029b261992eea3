"""Name the things that cross from one room to another: masks, posts, profiles, the site.

Everything here is a frozen value. A noun that only one room knows lives in that room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

Slug = NewType("Slug", str)
Term = NewType("Term", str)
Html = NewType("Html", str)
Language = NewType("Language", str)
UrlPath = NewType("UrlPath", str)  # a path inside the site without the base: "/2026/02/ecouter/"
Terms = tuple[Term, ...]

LANGUAGES = (Language("en"), Language("fr"))


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


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the author's files: a path inside the site, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Localised:
    """A text in one or more languages; the language "" serves all those that are not listed."""

    texts: tuple[tuple[str, str], ...]

    def told_in(self, language: str) -> str:
        """Return the text for `language`, else the one for all languages, else the first."""
        texts = dict(self.texts)
        return texts.get(language) or texts.get("") or self.texts[0][1]

    def has(self, language: str) -> bool:
        """Return whether the text was written for `language` or for all languages."""
        return any(known in (language, "") for known, _ in self.texts)


@dataclass(frozen=True, slots=True)
class Extra:
    """What an author keeps under `extra:`, readable by key from a template.

    A value is a text, a tuple of values or an Extra.
    """

    items: tuple[tuple[str, object], ...] = ()

    def __getitem__(self, key: str) -> object:
        for name, value in self.items:
            if name == key:
                return value
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _ in self.items)


@dataclass(frozen=True, slots=True)
class Mask:
    """The six points, each with the terms it states; an empty point states nothing."""

    niche: Terms = ()
    challenge: Terms = ()
    service: Terms = ()
    locality: Terms = ()
    scope: Terms = ()
    presence: Terms = ()

    def __getitem__(self, point: Point) -> Terms:
        terms: Terms = getattr(self, point.value)
        return terms

    def __bool__(self) -> bool:
        return any(self[point] for point in POINTS)

    def stated(self) -> Iterator[tuple[Point, Terms]]:
        """Yield the points that state something, with their terms, in the order of `POINTS`."""
        return ((point, self[point]) for point in POINTS if self[point])


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A term that mask.yml declares, with its words."""

    term: Term
    label: Localised
    phrase: Localised | None
    article: Localised | None
    aliases: tuple[str, ...]
    within: Term | None
    place: Place


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms each point may take. A point that is not declared takes any term."""

    points: tuple[tuple[Point, tuple[VocabularyTerm, ...]], ...] = ()

    def declares(self, point: Point) -> bool:
        """Return whether the terms of `point` are a closed list."""
        return any(known is point for known, _ in self.points)

    def terms(self, point: Point) -> tuple[VocabularyTerm, ...]:
        """Return the declared terms of `point` in the order of mask.yml, none for a free point."""
        return next((terms for known, terms in self.points if known is point), ())


class Kind(StrEnum):
    """Whether a text is dated (a post) or not (a page)."""

    POST = "post"
    PAGE = "page"


class RawHtml(StrEnum):
    """What becomes of the HTML that an author writes into Markdown."""

    SANITISED = "sanitised"
    TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class CallToAction:
    """A button below a post."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Body:
    """Markdown as the author wrote it, and the place of its first line."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Variant:
    """Other wordings of a post for the masks that `when` matches; None keeps the post's own."""

    when: Mask
    place: Place
    title: str | None = None
    summary: str | None = None
    image: str | None = None
    image_alt: str | None = None
    call_to_action: CallToAction | None = None
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A text of the author's, whatever the profile. A page is a post without a date.

    `image` is a path from content/, as in `files/ecoute.jpg`; `name` is the source file's name
    without its ending; dates carry their zone.
    """

    kind: Kind
    slug: Slug
    title: str
    language: Language
    body: Body
    source: str
    name: str
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()
    translation: str = ""
    image: str | None = None
    image_alt: str = ""
    series: str = ""
    pinned: bool = False
    draft: bool = False
    mask: Mask = Mask()
    barred: Mask = Mask()
    call_to_action: CallToAction | None = None
    variants: tuple[Variant, ...] = ()
    templating: bool = True
    raw_html: RawHtml = RawHtml.SANITISED
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the author's elsewhere; `me` claims it as the author's own (rel=me)."""

    label: str
    url: str
    me: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """One part of the visible base: a level from 1 to 5 and the slugs of the posts that prove it."""

    name: str
    level: int
    proof: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Experience:
    """A position held. `start` and `end` are `2021` or `2021-03`; an empty `end` means to this day."""

    role: str
    organisation: str
    start: str
    end: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """The person, told once whatever the profile."""

    name: str = ""
    email: str = ""
    show_email: bool = False
    photo: str | None = None
    links: tuple[Link, ...] = ()
    base: tuple[Skill, ...] = ()
    experience: tuple[Experience, ...] = ()


@dataclass(frozen=True, slots=True)
class Routes:
    """The names of the fixed addresses, which an author may translate."""

    blog: str = "blog"
    about: str = "about"
    tags: str = "tags"
    categories: str = "categories"
    series: str = "series"
    archive: str = "archive"
    topics: str = "topics"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each point counts when posts are ranked."""

    niche: int = 3
    challenge: int = 3
    service: int = 2
    locality: int = 2
    scope: int = 1
    presence: int = 1

    def __getitem__(self, point: Point) -> int:
        weight: int = getattr(self, point.value)
        return weight


@dataclass(frozen=True, slots=True)
class Feeds:
    """What the feeds carry: whole texts or summaries, and how many posts."""

    full_text: bool = True
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What cmsite.yml states, with the profile's overrides when it stands in an edition."""

    title: str = "Site"
    description: str = ""
    url: str = "http://localhost:8000/"
    timezone: str = "UTC"
    language: Language = Language("en")
    profile: str = ""
    theme: str = "carnet"
    accent: str = ""
    permalink: str = "{year}/{month}/{slug}/"
    posts_per_page: int = 10
    output: str = "public"
    author: Author = Author()
    engine: str = "markdown"
    markdown_extensions: tuple[str, ...] = ()
    feeds: Feeds = Feeds()
    routes: Routes = Routes()
    weights: Weights = Weights()
    menu: tuple[str, ...] = ("blog", "about")
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a profile says otherwise than cmsite.yml; None keeps the site's word."""

    title: str | None = None
    description: str | None = None
    url: str | None = None
    theme: str | None = None
    accent: str | None = None
    permalink: str | None = None
    posts_per_page: int | None = None
    menu: tuple[str, ...] | None = None
    extra: Extra | None = None


class Order(StrEnum):
    """How a blog's list runs."""

    DATE = "date"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Select:
    """A profile's choices beyond its mask."""

    order: Order = Order.DATE
    keep_general: bool = True
    include: tuple[Slug, ...] = ()
    exclude: tuple[Slug, ...] = ()
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """What a profile's author promises of the selection."""

    includes: tuple[Slug, ...] = ()
    excludes: tuple[Slug, ...] = ()
    leads: Slug | None = None
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An organisation aimed at. `note` is private and never written to any output."""

    name: str
    slug: Slug
    place: Place
    mask: Mask = Mask()
    needs: Mask = Mask()
    greeting: str = ""
    public: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A mask and the choices that go with it."""

    name: str
    language: Language
    place: Place
    headline: str = ""
    mask: Mask = Mask()
    site: Overrides = Overrides()
    path: str = ""
    public: bool = True
    select: Select = Select()
    expect: Expect = Expect()
    targets: tuple[Target, ...] = ()
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A picture, document or asset on disk: its path in the site and what its bytes are."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the author's files say, valid as a whole.

    `files` are paths from content/ (`files/x.jpg`), `static` paths from content/static/.
    """

    settings: Settings
    vocabulary: Vocabulary
    profiles: tuple[Profile, ...]
    posts: tuple[Post, ...] = ()
    pages: tuple[Post, ...] = ()
    files: tuple[SiteFile, ...] = ()
    static: tuple[SiteFile, ...] = ()

    def texts(self) -> tuple[Post, ...]:
        """Return posts and pages together, in the order in which they were read."""
        return self.posts + self.pages


@dataclass(frozen=True, slots=True)
class Palette:
    """A named accent: its colour on the light and on the dark paper, as `#rrggbb`."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Template:
    """A theme's template: its name for Jinja, its text and the file it came from."""

    name: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A theme's stylesheet, script or picture with its bytes; `path` is from assets/."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates, assets, strings and palettes, the author's overrides already laid over."""

    name: str
    templates: tuple[Template, ...]
    assets: tuple[Asset, ...]
    strings: tuple[tuple[Language, tuple[tuple[str, str], ...]], ...]
    palettes: tuple[Palette, ...]
    paper: Palette = Palette("paper", "#ffffff", "#000000")
    options: Extra = Extra()


@dataclass(frozen=True, slots=True)
class BuiltOutput:
    """A file of a published generation: what it was made from, and its bytes' size and digest."""

    path: str
    inputs: tuple[tuple[str, str], ...]
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a published generation was made from.

    `site` and `edition` say whose it is; `until` is the instant (ISO 8601) at which a post would enter
    or expire, "" if there is none.
    """

    site: str
    edition: str
    until: str
    outputs: tuple[BuiltOutput, ...]
