"""Draw the shape of each file an author writes: its keys, their kinds and their defaults.

These are what stands in a file; `model` has what it means. The readers turn the one into the other,
and the JSON schemas for editors are made from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Struct, field

from cmsite.model import Extra, Feeds, Language, Routes, Settings, Slug, Weights
from cmsite.read.fields import (
    Address,
    Conversion,
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

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_FEEDS, _ROUTES, _WEIGHTS = Feeds(), Routes(), Weights()
Level = Annotated[int, whole_number(1, 5)]
Weight = Annotated[int, whole_number(0, 100)]
AtLeastOne = Annotated[int, whole_number(1)]
ThemeApi = Annotated[int, whole_number(1, 1)]
_WRITTEN = {"barred": "not", "start": "from", "end": "to"}  # words that a name in Python cannot be


class Keys(Struct, frozen=True, rename=_WRITTEN):
    """A part of a file: the keys that it may have. Pydantic sees it as a dataclass."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from cmsite.read.twins import twin

        return handler(twin(cls))


class MaskKeys(Keys, frozen=True):
    """The six points as they are written; terms may be aliases still."""

    niche: Texts = ()
    challenge: Texts = ()
    service: Texts = ()
    locality: Texts = ()
    scope: Texts = ()
    presence: Texts = ()


class CallToActionKeys(Keys, frozen=True):
    """A button's label and address."""

    label: Filled
    url: Filled


class VariantKeys(Keys, frozen=True):
    """Other wordings of a post for some masks."""

    when: MaskKeys
    title: Filled | None = None
    summary: Text | None = None
    image: Text | None = None
    image_alt: Text | None = None
    call_to_action: CallToActionKeys | None = None
    body: Text | None = None


class PageKeys(Keys, frozen=True):
    """The front matter of a page; a post's has dates besides."""

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
    barred: MaskKeys = MaskKeys()
    call_to_action: CallToActionKeys | None = None
    variants: tuple[VariantKeys, ...] = ()
    templating: Flag = True
    raw_html: Literal["sanitised", "trusted"] = "sanitised"
    extra: Own = field(default_factory=Extra)


class PostKeys(PageKeys, frozen=True):
    """The front matter of a post."""

    date: Moment | None = None


class TermKeys(Keys, frozen=True):
    """The words of a term in mask.yml."""

    label: LocalText | None = None
    phrase: LocalText | None = None
    article: LocalText | None = None
    aliases: Texts = ()
    within: Filled | None = None


class VocabularyKeys(Keys, frozen=True):
    """mask.yml: the terms that each point may take."""

    niche: dict[str, TermKeys] | None = None
    challenge: dict[str, TermKeys] | None = None
    service: dict[str, TermKeys] | None = None
    locality: dict[str, TermKeys] | None = None
    scope: dict[str, TermKeys] | None = None
    presence: dict[str, TermKeys] | None = None


class LinkKeys(Keys, frozen=True):
    """An address of the author's elsewhere."""

    label: Filled
    url: Filled
    me: Flag = False


class SkillKeys(Keys, frozen=True):
    """How well a skill of the visible base is mastered, and which posts prove it."""

    level: Level
    proof: Texts = ()


class SkillsKeys(Keys, frozen=True):
    """The visible base: what every community manager shows."""

    social_media: SkillKeys | None = None
    listening: SkillKeys | None = None
    content: SkillKeys | None = None
    influencers: SkillKeys | None = None
    interaction: SkillKeys | None = None
    reporting: SkillKeys | None = None


class ExperienceKeys(Keys, frozen=True):
    """A position held."""

    role: Filled
    organisation: Filled
    start: Month
    end: Month = ""
    summary: Text = ""


class AuthorKeys(Keys, frozen=True):
    """The person, told once whatever the profile."""

    name: Text = ""
    email: Text = ""
    show_email: Flag = False
    photo: Text | None = None
    links: tuple[LinkKeys, ...] = ()
    base: SkillsKeys = SkillsKeys()
    experience: tuple[ExperienceKeys, ...] = ()


class MarkdownKeys(Keys, frozen=True):
    """Which Markdown engine reads the bodies, and how large a post or page may be."""

    engine: Literal["markdown", "commonmark"] = "markdown"
    extensions: Texts = ()
    max_kb: AtLeastOne = Settings().largest_text // 1024


class FeedsKeys(Keys, frozen=True):
    """What the feeds carry."""

    full_text: Flag = _FEEDS.full_text
    limit: AtLeastOne = _FEEDS.limit


class GiscusKeys(Keys, frozen=True):
    """The repository and the category of discussions in which readers' comments live."""

    repo: Filled
    repo_id: Filled
    category: Filled
    category_id: Filled


class CommentsKeys(Keys, frozen=True):
    """Comments are opt-in."""

    giscus: Annotated[GiscusKeys | None, Conversion(nothing)] = None


class CommentKeys(Keys, frozen=True):
    """An archived comment."""

    id: Filled
    author: Filled
    date: Moment
    text: Filled
    url: Address | None = None
    parent: Text = ""


class ThreadKeys(Keys, frozen=True):
    """content/comments/SLUG.yml: the archived comments of a post."""

    comments: tuple[CommentKeys, ...] = ()


class RoutesKeys(Keys, frozen=True):
    """Other names for the fixed addresses."""

    blog: SlugText = Slug(_ROUTES.blog)
    about: SlugText = Slug(_ROUTES.about)
    tags: SlugText = Slug(_ROUTES.tags)
    categories: SlugText = Slug(_ROUTES.categories)
    series: SlugText = Slug(_ROUTES.series)
    archive: SlugText = Slug(_ROUTES.archive)
    topics: SlugText = Slug(_ROUTES.topics)


class WeightsKeys(Keys, frozen=True):
    """How much each point counts."""

    niche: Weight = _WEIGHTS.niche
    challenge: Weight = _WEIGHTS.challenge
    service: Weight = _WEIGHTS.service
    locality: Weight = _WEIGHTS.locality
    scope: Weight = _WEIGHTS.scope
    presence: Weight = _WEIGHTS.presence


class LegalKeys(Keys, frozen=True):
    """Whether the author has read the legal notice through."""

    reviewed: Flag = False


class SiteKeys(Keys, frozen=True):
    """cmsite.yml: the site and its author, what is true for every profile."""

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


class OverridesKeys(Keys, frozen=True):
    """What a profile says otherwise than cmsite.yml."""

    title: Filled | None = None
    description: Text | None = None
    url: Url | None = None
    theme: SlugText | None = None
    accent: Text | None = None
    permalink: Filled | None = None
    posts_per_page: AtLeastOne | None = None
    menu: Texts | None = None
    extra: Own | None = None


class SelectKeys(Keys, frozen=True):
    """A profile's choices beyond its mask."""

    order: Literal["date", "relevance"] = "date"
    general: Literal["keep", "leave-out"] = "keep"
    include: Texts = ()
    exclude: Texts = ()
    at_most: AtLeastOne | None = None


class ExpectKeys(Keys, frozen=True):
    """Tests of the selection."""

    includes: Texts = ()
    excludes: Texts = ()
    leads: Text | None = None
    at_least: Number | None = None


class TargetKeys(Keys, frozen=True):
    """An organisation aimed at."""

    name: Filled
    slug: SlugText
    mask: MaskKeys = MaskKeys()
    needs: MaskKeys = MaskKeys()
    greeting: Text = ""
    public: Flag = False
    note: Text = ""


class ProfileKeys(Keys, frozen=True):
    """profiles/NAME.yml: a mask and the choices that go with it."""

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


class AnswersKeys(MaskKeys, frozen=True, kw_only=True):
    """The answers to `cmsite who`: a profile's name and the six points, in any words."""

    profile: SlugText
    headline: Text = ""
    language: LanguageText | None = None


class PaletteKeys(Keys, frozen=True):
    """A colour on the light and on the dark paper, or the two papers themselves."""

    light: Text
    dark: Text


class ThemeKeys(Keys, frozen=True):
    """theme.yml: what a theme is called, what it builds on and the accents it offers."""

    name: SlugText
    extends: SlugText | None = None
    api: ThemeApi = 1
    paper: PaletteKeys | None = None
    palettes: dict[str, PaletteKeys] = field(default_factory=dict)
    options: dict[str, Text] = field(default_factory=dict)
