"""List what a template may see, and nothing else.

An output's view is its list of dependencies: a field that a page does not show is not in its view,
and a page is rendered anew exactly when one of the fields differs. Addresses are ready to print:
`url` begins with the site's base path, `absolute` with the scheme and host.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from cmsite.model import Extra, Html


class LinkView(Struct, frozen=True):
    """A label and its address."""

    label: str
    url: str


class OwnLinkView(Struct, frozen=True):
    """An address of the author's elsewhere; `me` claims it as the author's own (rel=me)."""

    label: str
    url: str
    me: bool


class MenuView(Struct, frozen=True):
    """An entry of the site's menu; `key` is `blog`, `about` … or the slug of a page."""

    key: str
    label: str  # empty for a fixed route: the theme's strings name it
    url: str


class SiteView(Struct, frozen=True):
    """What every page shows of the edition around it."""

    title: str
    description: str
    language: str
    author: str
    headline: str
    home: str
    blog: str
    about: str
    menu: tuple[MenuView, ...]
    feed: str
    rss: str
    json_feed: str
    archive: str
    tags: str
    search: str
    legal: str
    privacy: str
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    icon: str
    links: tuple[LinkView, ...]  # the author's own addresses elsewhere (rel=me)
    fediverse: str  # the author's name there, as `@camille@example.net`, or empty
    extra: Extra


class AlternateView(Struct, frozen=True):
    """Another page that says the same: `language` is `fr`, `en` or `x-default`, `url` an absolute address."""

    language: str
    url: str


class HeadView(Struct, frozen=True):
    """What the page's <head> says of the page itself.

    `title` is empty where the theme's strings name the page. `address` is the page's own, whole; `canonical`
    is that or the one of an equal page, and is printed when the page is `indexed`.
    """

    kind: str  # home, blog, post, page, about, tag …: also the class of <body>
    title: str
    description: str
    url: str
    address: str
    canonical: str
    alternates: tuple[AlternateView, ...]
    image: str  # absolute, or empty
    image_alt: str
    image_width: int  # in pixels; 0 is not known
    image_height: int
    indexed: bool
    data: Html  # what the page holds in the words of schema.org, as JSON-LD; or empty


class ReasonView(Struct, frozen=True):
    """Why a post was chosen, for one point: `outcome` is exact, wider, narrower or by-name."""

    point: str
    outcome: str
    label: str


class PictureView(Struct, frozen=True):
    """A picture of the site: a file that everything reads, and as `srcset` the same in other widths.

    `width` and `height` are the file's, in pixels, 0 where they are not known.
    """

    url: str
    alt: str
    width: int
    height: int
    srcset: str
    sizes: str


class CardView(Struct, frozen=True):
    """A post's short view, in a list. `tier` is strong, good or general."""

    title: str
    url: str
    date: datetime
    summary: str
    category: LinkView | None
    minutes: int
    pinned: bool
    tier: str
    reasons: tuple[ReasonView, ...]


class TermView(Struct, frozen=True):
    """A term of the mask with its page, if any post of the edition speaks of it (else `url` is empty)."""

    label: str
    url: str


class PointView(Struct, frozen=True):
    """One of the six points as the edition's mask states it; no terms when it states nothing."""

    point: str
    terms: tuple[TermView, ...]
    proofs: tuple[LinkView, ...]  # posts of the edition that speak of one of the terms


class HeadingView(Struct, frozen=True):
    """An entry of a text's contents; `level` is 2 to 4."""

    level: int
    id: str
    text: str


class SeriesView(Struct, frozen=True):
    """The series a post belongs to, its parts in order; `position` counts from 1."""

    name: str
    url: str
    parts: tuple[LinkView, ...]
    position: int


class PostView(Struct, frozen=True):
    """A whole post or page as its own page shows it. A page's dates are None."""

    title: str
    summary: str
    html: Html
    contents: tuple[HeadingView, ...]
    date: datetime | None
    updated: datetime | None
    minutes: int
    category: LinkView | None
    tags: tuple[LinkView, ...]
    series: SeriesView | None
    image: PictureView | None
    call_to_action: LinkView | None
    reasons: tuple[ReasonView, ...]
    tier: str
    extra: Extra


class CommentView(Struct, frozen=True):
    """An archived comment; `url` is the commenter's or empty, `depth` 0 to 3 how deep a reply stands."""

    id: str
    author: str
    url: str
    date: datetime
    html: Html
    depth: int


class GiscusView(Struct, frozen=True):
    """Where new comments on a page live, for giscus; loaded only on a reader's click."""

    repo: str
    repo_id: str
    category: str
    category_id: str
    term: str  # what the discussion is found by: the post's id in feeds


class PostPage(Struct, frozen=True):
    """post.html: a post among its neighbours (`newer` and `older` in the blog's order)."""

    site: SiteView
    head: HeadView
    post: PostView
    newer: LinkView | None
    older: LinkView | None
    related: tuple[CardView, ...]
    comments: tuple[CommentView, ...]
    giscus: GiscusView | None


class PagePage(Struct, frozen=True):
    """page.html: an undated page."""

    site: SiteView
    head: HeadView
    post: PostView


class HomePage(Struct, frozen=True):
    """home.html: who this is, the six points, the selection by relevance, the latest posts.

    `picture` is the mask's, empty when it states nothing. `target` leads to the page of the organisation
    that a private edition is made for.
    """

    site: SiteView
    head: HeadView
    statement: str
    picture: Html
    points: tuple[PointView, ...]
    selected: tuple[CardView, ...]
    latest: tuple[CardView, ...]
    photo: PictureView | None
    about: str
    blog: str
    target: LinkView | None


class Pagination(Struct, frozen=True):
    """Where a list's page stands: `number` of `count`, from 1; an address is empty where there is none.

    `steps` are the pages to go to: the first, the last and those beside this one, which is among them.
    """

    number: int
    count: int
    newer: str
    older: str
    steps: tuple[StepView, ...]


class StepView(Struct, frozen=True):
    """A page of a list by its number; `gap` says that pages before it are not named."""

    number: int
    url: str
    gap: bool


class BlogPage(Struct, frozen=True):
    """blog.html: one page of the blog."""

    site: SiteView
    head: HeadView
    posts: tuple[CardView, ...]
    pagination: Pagination


class SkillView(Struct, frozen=True):
    """One part of the visible base: `key` is social_media, listening …; level 1 to 5."""

    key: str
    level: int
    proofs: tuple[LinkView, ...]


class ExperienceView(Struct, frozen=True):
    """A position held, from and to a year or a month (`2021-03`); an empty `end` means to this day."""

    role: str
    organisation: str
    start: str
    end: str
    summary: str


class AboutPage(Struct, frozen=True):
    """about.html: the person seen through the mask, each point with the posts that prove it."""

    site: SiteView
    head: HeadView
    name: str
    statement: str
    picture: Html
    photo: PictureView | None
    email: str
    links: tuple[OwnLinkView, ...]
    html: Html
    points: tuple[PointView, ...]
    skills: tuple[SkillView, ...]
    experience: tuple[ExperienceView, ...]
    resume: str
    card: str


class EntryView(Struct, frozen=True):
    """A line of an index: a tag, a category, a series or a year, and how many posts it has."""

    label: str
    url: str
    count: int


class IndexPage(Struct, frozen=True):
    """index.html: all tags, categories or series, or the archive's years; `kind` says which."""

    site: SiteView
    head: HeadView
    kind: str
    entries: tuple[EntryView, ...]


class ListPage(Struct, frozen=True):
    """list.html: the posts of one tag, category, series, year or term of the mask.

    `kind` is tag, category, series, year or topic; `point` is the mask's point of a topic, else empty;
    `feed` is the address of its own feed, or empty.
    """

    site: SiteView
    head: HeadView
    kind: str
    point: str
    label: str
    posts: tuple[CardView, ...]
    feed: str
    index: str


class NotFoundPage(Struct, frozen=True):
    """404.html: served at any depth; what the reader may want instead."""

    site: SiteView
    head: HeadView
    latest: tuple[CardView, ...]


class NoticePage(Struct, frozen=True):
    """notice.html: the legal notice or the privacy notice; `kind` is legal or privacy."""

    site: SiteView
    head: HeadView
    kind: str
    name: str
    email: str
    contact: str
    url: str


class FilterView(Struct, frozen=True):
    """A point by which results of a search can be narrowed, and the labels to choose from."""

    point: str
    labels: tuple[str, ...]


class SearchPage(Struct, frozen=True):
    """search.html: where the edition can be searched; `bundle` and `script` are what the page loads."""

    site: SiteView
    head: HeadView
    bundle: str
    script: str
    filters: tuple[FilterView, ...]


class NeedView(Struct, frozen=True):
    """A need of the organisation aimed at: a term, and the posts that answer it, the nearest first."""

    point: str
    label: str
    posts: tuple[CardView, ...]


class TargetPage(Struct, frozen=True):
    """target.html: the page for an organisation aimed at; needs that no post answers are not in it."""

    site: SiteView
    head: HeadView
    name: str
    greeting: str
    statement: str
    picture: Html
    needs: tuple[NeedView, ...]


class RedirectPage(Struct, frozen=True):
    """redirect.html: an old address that leads to the new one; its canonical is printed when `indexed`."""

    language: str
    title: str
    url: str
    canonical: str
    indexed: bool


class SocialCardView(Struct, frozen=True):
    """card.svg: the picture that stands for a page where it is shared; `kind` is post or profile.

    `text` is the statement of the profile, empty for a post. `accent` and `paper` are colours `#rrggbb`;
    `mask` is the mask's picture without its words, in whatever `color` the card gives it.
    """

    kind: str
    title: str
    text: str
    author: str
    site: str
    accent: str
    paper: str
    mask: Html


PageView = (
    PostPage
    | PagePage
    | HomePage
    | BlogPage
    | AboutPage
    | IndexPage
    | ListPage
    | NotFoundPage
    | NoticePage
    | SearchPage
    | TargetPage
    | RedirectPage
)
