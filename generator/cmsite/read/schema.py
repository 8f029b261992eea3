"""Draw the shape of each file an author writes: its keys, their kinds and their defaults.

These are what stands in a file; `model` has what it means. The readers turn the one into the other,
and the JSON schemas for editors are made from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from cmsite.model import Extra, Feeds, Language, Routes, Settings, Slug, Weights
from cmsite.read.fields import (
    Address,
    Filled,
    Flag,
    LanguageText,
    LocalText,
    Moment,
    Month,
    Number,
    Own,
    SlugText,
    Text,
    Texts,
    Url,
    nothing,
    whole_number,
)

_STRICT = {"extra": "forbid"}
_FEEDS, _ROUTES, _WEIGHTS = Feeds(), Routes(), Weights()
Level = Annotated[Number, Field(ge=1, le=5), WithJsonSchema(whole_number(1, 5))]
Weight = Annotated[Number, Field(ge=0, le=100), WithJsonSchema(whole_number(0, 100))]
AtLeastOne = Annotated[Number, Field(ge=1), WithJsonSchema(whole_number(1))]
ThemeApi = Annotated[Number, Field(ge=1, le=1), WithJsonSchema(whole_number(1, 1))]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskKeys:
    """The six points as they are written; terms may be aliases still."""

    __pydantic_config__ = _STRICT
    niche: Texts = ()
    challenge: Texts = ()
    service: Texts = ()
    locality: Texts = ()
    scope: Texts = ()
    presence: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToActionKeys:
    """A button's label and address."""

    __pydantic_config__ = _STRICT
    label: Filled
    url: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantKeys:
    """Other wordings of a post for some masks."""

    __pydantic_config__ = _STRICT
    when: MaskKeys
    title: Filled | None = None
    summary: Text | None = None
    image: Text | None = None
    image_alt: Text | None = None
    call_to_action: CallToActionKeys | None = None
    body: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKeys:
    """The front matter of a page; a post's has dates besides."""

    __pydantic_config__ = _STRICT
    title: Filled
    summary: Text = ""
    tags: Texts = ()
    category: Text = ""
    id: Text = ""
    slug: SlugText | None = None
    aliases: Texts = ()
    language: LanguageText | None = None
    translation: Text = ""
    image: Text | None = None
    image_alt: Text = ""
    series: Text = ""
    pinned: Flag = False
    draft: Flag = False
    updated: Moment | None = None
    expires: Moment | None = None
    mask: MaskKeys = MaskKeys()
    barred: Annotated[MaskKeys, Field(alias="not")] = MaskKeys()
    call_to_action: CallToActionKeys | None = None
    variants: tuple[VariantKeys, ...] = ()
    templating: Flag = True
    raw_html: Literal["sanitised", "trusted"] = "sanitised"
    extra: Own = field(default_factory=Extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostKeys(PageKeys):
    """The front matter of a post."""

    __pydantic_config__ = _STRICT
    date: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermKeys:
    """The words of a term in mask.yml."""

    __pydantic_config__ = _STRICT
    label: LocalText | None = None
    phrase: LocalText | None = None
    article: LocalText | None = None
    aliases: Texts = ()
    within: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyKeys:
    """mask.yml: the terms that each point may take."""

    __pydantic_config__ = _STRICT
    niche: dict[str, TermKeys] | None = None
    challenge: dict[str, TermKeys] | None = None
    service: dict[str, TermKeys] | None = None
    locality: dict[str, TermKeys] | None = None
    scope: dict[str, TermKeys] | None = None
    presence: dict[str, TermKeys] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkKeys:
    """An address of the author's elsewhere."""

    __pydantic_config__ = _STRICT
    label: Filled
    url: Filled
    me: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillKeys:
    """How well a skill of the visible base is mastered, and which posts prove it."""

    __pydantic_config__ = _STRICT
    level: Level
    proof: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsKeys:
    """The visible base: what every community manager shows."""

    __pydantic_config__ = _STRICT
    social_media: SkillKeys | None = None
    listening: SkillKeys | None = None
    content: SkillKeys | None = None
    influencers: SkillKeys | None = None
    interaction: SkillKeys | None = None
    reporting: SkillKeys | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceKeys:
    """A position held."""

    __pydantic_config__ = _STRICT
    role: Filled
    organisation: Filled
    start: Annotated[Month, Field(alias="from")]
    end: Annotated[Month, Field(alias="to")] = ""
    summary: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorKeys:
    """The person, told once whatever the profile."""

    __pydantic_config__ = _STRICT
    name: Text = ""
    email: Text = ""
    show_email: Flag = False
    photo: Text | None = None
    links: tuple[LinkKeys, ...] = ()
    base: SkillsKeys = SkillsKeys()
    experience: tuple[ExperienceKeys, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownKeys:
    """Which Markdown engine reads the bodies, and how large a post or page may be."""

    __pydantic_config__ = _STRICT
    engine: Literal["markdown", "commonmark"] = "markdown"
    extensions: Texts = ()
    max_kb: AtLeastOne = Settings().largest_text // 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsKeys:
    """What the feeds carry."""

    __pydantic_config__ = _STRICT
    full_text: Flag = _FEEDS.full_text
    limit: AtLeastOne = _FEEDS.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class GiscusKeys:
    """The repository and the category of discussions in which readers' comments live."""

    __pydantic_config__ = _STRICT
    repo: Filled
    repo_id: Filled
    category: Filled
    category_id: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsKeys:
    """Comments are opt-in."""

    __pydantic_config__ = _STRICT
    giscus: Annotated[GiscusKeys | None, BeforeValidator(nothing)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentKeys:
    """An archived comment."""

    __pydantic_config__ = _STRICT
    id: Filled
    author: Filled
    date: Moment
    text: Filled
    url: Address | None = None
    parent: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKeys:
    """content/comments/SLUG.yml: the archived comments of a post."""

    __pydantic_config__ = _STRICT
    comments: tuple[CommentKeys, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesKeys:
    """Other names for the fixed addresses."""

    __pydantic_config__ = _STRICT
    blog: SlugText = Slug(_ROUTES.blog)
    about: SlugText = Slug(_ROUTES.about)
    tags: SlugText = Slug(_ROUTES.tags)
    categories: SlugText = Slug(_ROUTES.categories)
    series: SlugText = Slug(_ROUTES.series)
    archive: SlugText = Slug(_ROUTES.archive)
    topics: SlugText = Slug(_ROUTES.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsKeys:
    """How much each point counts."""

    __pydantic_config__ = _STRICT
    niche: Weight = _WEIGHTS.niche
    challenge: Weight = _WEIGHTS.challenge
    service: Weight = _WEIGHTS.service
    locality: Weight = _WEIGHTS.locality
    scope: Weight = _WEIGHTS.scope
    presence: Weight = _WEIGHTS.presence


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalKeys:
    """Whether the author has read the legal notice through."""

    __pydantic_config__ = _STRICT
    reviewed: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteKeys:
    """cmsite.yml: the site and its author, what is true for every profile."""

    __pydantic_config__ = _STRICT
    title: Filled = "Site"
    description: Text = ""
    url: Url | None = None
    timezone: Filled = "UTC"
    language: LanguageText = Language("en")
    profile: Text = ""
    theme: SlugText = Slug("carnet")
    accent: Text = ""
    permalink: Filled = "{year}/{month}/{slug}/"
    posts_per_page: AtLeastOne = 10
    output: Filled = "public"
    author: AuthorKeys = AuthorKeys()
    markdown: MarkdownKeys = MarkdownKeys()
    feeds: FeedsKeys = FeedsKeys()
    comments: CommentsKeys = CommentsKeys()
    routes: RoutesKeys = RoutesKeys()
    weights: WeightsKeys = WeightsKeys()
    legal: LegalKeys = LegalKeys()
    search: Flag = True
    cards: Flag = True
    menu: Texts = ("blog", "about")
    extra: Own = field(default_factory=Extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridesKeys:
    """What a profile says otherwise than cmsite.yml."""

    __pydantic_config__ = _STRICT
    title: Filled | None = None
    description: Text | None = None
    url: Url | None = None
    theme: SlugText | None = None
    accent: Text | None = None
    permalink: Filled | None = None
    posts_per_page: AtLeastOne | None = None
    menu: Texts | None = None
    extra: Own | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectKeys:
    """A profile's choices beyond its mask."""

    __pydantic_config__ = _STRICT
    order: Literal["date", "relevance"] = "date"
    general: Literal["keep", "leave-out"] = "keep"
    include: Texts = ()
    exclude: Texts = ()
    at_most: AtLeastOne | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectKeys:
    """Tests of the selection."""

    __pydantic_config__ = _STRICT
    includes: Texts = ()
    excludes: Texts = ()
    leads: Text | None = None
    at_least: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetKeys:
    """An organisation aimed at."""

    __pydantic_config__ = _STRICT
    name: Filled
    slug: SlugText
    mask: MaskKeys = MaskKeys()
    needs: MaskKeys = MaskKeys()
    greeting: Text = ""
    public: Flag = False
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileKeys:
    """profiles/NAME.yml: a mask and the choices that go with it."""

    __pydantic_config__ = _STRICT
    language: LanguageText | None = None
    headline: Text = ""
    mask: MaskKeys = MaskKeys()
    site: OverridesKeys = OverridesKeys()
    path: SlugText | None = None
    public: Flag = True
    select: SelectKeys = SelectKeys()
    expect: ExpectKeys = ExpectKeys()
    targets: tuple[TargetKeys, ...] = ()
    extra: Own = field(default_factory=Extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersKeys(MaskKeys):
    """The answers to `cmsite who`: a profile's name and the six points, in any words."""

    __pydantic_config__ = _STRICT
    profile: SlugText
    headline: Text = ""
    language: LanguageText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteKeys:
    """A colour on the light and on the dark paper, or the two papers themselves."""

    __pydantic_config__ = _STRICT
    light: Text
    dark: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeKeys:
    """theme.yml: what a theme is called, what it builds on and the accents it offers."""

    __pydantic_config__ = _STRICT
    name: SlugText
    extends: SlugText | None = None
    api: ThemeApi = 1
    paper: PaletteKeys | None = None
    palettes: Annotated[dict[str, PaletteKeys], Field(default_factory=dict)]
    options: Annotated[dict[str, Text], Field(default_factory=dict)]
