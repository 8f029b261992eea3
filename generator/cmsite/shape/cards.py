"""Compose what pages share: cards, reasons, links, the six points, the frame around every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from cmsite.model import POINTS, Html, Language, Link, Mask, Point, Routes, Slug, Term, Theme, Thread
from cmsite.shape.gallery import IN_TEXT, Use
from cmsite.shape.kinship import Related, places_by_term
from cmsite.shape.masks import Outcome, term_tree
from cmsite.shape.personalise import Chosen, Edition
from cmsite.shape.picture import draw_mask
from cmsite.shape.picture_words import WORDS, PictureWords
from cmsite.shape.routes import Routing
from cmsite.shape.statement import statement
from cmsite.shape.texts import Gist, Text, Texts
from cmsite.shape.typography import typeset
from cmsite.shape.views import (
    CardView,
    LinkView,
    MenuView,
    PictureView,
    PointView,
    ReasonView,
    SiteView,
    TermView,
)

Made = TypeVar("Made")
_BY_NAME = ReasonView("", "by-name", "")
SEARCH_SCRIPT = "search.js"  # the asset of the theme that the search page alone loads
_FEDIVERSE = re.compile(r"https?://(?P<host>[\w.:-]+)/@(?P<name>[\w.-]+)/?")


class Desk(Struct, frozen=True):
    """What every page of an edition is composed from; `assets` has the path of each theme file.

    `related` has the posts nearest to each, `series` the parts of each series, the oldest first; `made`
    remembers what was made of a post, with the texts that it took; `stated`, `reasons` and `words` what was
    found.
    """

    edition: Edition
    theme: Theme
    routing: Routing
    texts: Texts
    assets: tuple[tuple[str, str], ...]
    related: Related
    series: Mapping[str, tuple[Chosen, ...]]
    threads: Mapping[Slug, Thread]
    searchable: bool = False
    drawn_by: str = ""  # stands for what draws social cards; empty where there are none
    made: dict[tuple[str, Slug], tuple[Any, frozenset[tuple[Slug, bool]]]] = field(default_factory=dict)
    stated: dict[Point, dict[Term, list[int]]] = field(default_factory=dict)
    reasons: dict[tuple[Point, Outcome, Term], ReasonView] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Return a word of the interface as the theme has it in the edition's language; else its name."""
        if name not in self.words:
            words = dict(dict(self.theme.strings)[self.edition.language])
            self.words[name] = words.get(name, name.rpartition(".")[2])
        return self.words[name]

    def text(self, chosen: Chosen) -> Text:
        """Return a chosen post's words."""
        return self.texts.whole(chosen.slug)

    def gist(self, chosen: Chosen) -> Gist:
        """Return what others need to know of a chosen post's words."""
        return self.texts.gist(chosen.slug)

    def once(self, kind: str, chosen: Chosen, make: Callable[[Desk, Chosen], Made]) -> Made:
        """Return what is made of a chosen post, once; the texts that it took are noted each time."""
        key = (kind, chosen.slug)
        if key not in self.made:
            before, self.texts.asked = self.texts.asked, set()
            self.made[key] = make(self, chosen), frozenset(self.texts.asked)
            self.texts.asked = before
        value: Made
        value, asked = self.made[key]
        self.texts.asked |= asked
        return value

    def path(self, chosen: Chosen) -> str:
        """Return a chosen post's path in the site."""
        return self.texts.links.paths[chosen.slug]

    def url(self, chosen: Chosen) -> str:
        """Return a chosen post's address, as pages link to it."""
        return self.routing.link(self.path(chosen))


def site_view(desk: Desk) -> SiteView:
    """Return the frame that all pages of the edition share."""
    routing, settings = desk.routing, desk.edition.settings
    assets = [path for name, path in desk.assets if name not in ("icon.svg", SEARCH_SCRIPT)]
    return SiteView(
        title=settings.title,
        description=settings.description,
        language=desk.edition.language,
        author=settings.author.name,
        headline=desk.edition.profile.headline,
        home=routing.link(routing.home()),
        blog=routing.link(routing.blog()),
        about=routing.link(routing.about()),
        menu=tuple(entry for name in settings.menu if (entry := _menu_entry(desk, name))),
        feed=routing.link("/feed.xml"),
        rss=routing.link("/rss.xml"),
        json_feed=routing.link("/feed.json"),
        archive=routing.link(routing.index("archive")),
        tags=routing.link(routing.index("tags")) if any(one.post.tags for one in desk.edition.chosen) else "",
        search=routing.link("/search/") if desk.searchable else "",
        legal=routing.link("/legal/"),
        privacy=routing.link("/privacy/"),
        stylesheets=tuple(routing.link(path) for path in assets if path.endswith(".css")),
        scripts=tuple(routing.link(path) for path in assets if path.endswith(".js")),
        icon=next((routing.link(path) for name, path in desk.assets if name == "icon.svg"), ""),
        links=tuple(LinkView(link.label, link.url) for link in settings.author.links if link.me),
        fediverse=fediverse_name(settings.author.links),
        extra=settings.extra,
    )


def fediverse_name(links: Iterable[Link]) -> str:
    """Return the author's name in the fediverse, as `@camille@example.net`; "" if no link tells it."""
    names = (_FEDIVERSE.fullmatch(link.url) for link in links if link.me)
    return next((f"@{name['name']}@{name['host']}" for name in names if name), "")


def _menu_entry(desk: Desk, name: str) -> MenuView | None:
    """Return a menu's entry, None for a page or list that this edition does not have."""
    routing = desk.routing
    if name in Routes.__struct_fields__:
        return (
            MenuView(name, "", routing.link(routing.index(name))) if _has_list(desk.edition, name) else None
        )
    page = next((page for page in desk.edition.pages if page.slug == name), None)
    return MenuView(name, title_of(page), desk.url(page)) if page else None


def _has_list(edition: Edition, name: str) -> bool:
    field = {"tags": "tags", "categories": "category", "series": "series"}.get(name)
    return field is None or any(getattr(one.post, field) for one in edition.chosen)


def link_view(desk: Desk, chosen: Chosen | None) -> LinkView | None:
    """Return a post's title and address."""
    return LinkView(title_of(chosen), desk.url(chosen)) if chosen else None


def word_link(desk: Desk, kind: str, word: str) -> LinkView | None:
    """Return the link to the list of a tag, category or series; None for an empty word."""
    return LinkView(word, desk.routing.link(desk.routing.member(kind, word))) if word else None


def picture_view(desk: Desk, path: str | None, alt: str, use: Use = IN_TEXT) -> PictureView | None:
    """Return a picture of the site by its path from content/, for the place where it stands."""
    if not path:
        return None
    showing = desk.texts.links.gallery.show(path, use)
    return PictureView(
        url=desk.routing.link(f"/{showing.path}"),
        alt=alt,
        width=showing.width,
        height=showing.height,
        srcset=desk.routing.srcset(showing.sources),
        sizes=showing.sizes,
    )


def picture_address(desk: Desk, path: str | None, use: Use = IN_TEXT) -> str:
    """Return the whole address of a picture as it is published for everything to read; "" for none."""
    return desk.routing.absolute(f"/{desk.texts.links.gallery.show(path, use).path}") if path else ""


def statement_of(desk: Desk, mask: Mask) -> str:
    """Return the sentence that says a mask in the edition's language; empty when it states nothing."""
    return statement(mask, desk.edition.vocabulary, desk.edition.language) if mask else ""


def mask_picture(desk: Desk, mask: Mask) -> Html:
    """Return the picture of a mask in the theme's words; empty when it states nothing."""
    edition = desk.edition
    words = _picture_words(desk.theme, edition.language)
    return draw_mask(mask, edition.vocabulary, edition.language, words=words) if mask else Html("")


def _picture_words(theme: Theme, language: Language) -> PictureWords:
    """Return the words of the picture: a theme that names the points otherwise names them so there too."""
    own, words = dict(dict(theme.strings)[language]), WORDS[language]
    points = tuple(own.get(f"point.{point}", name) for point, name in zip(POINTS, words.points, strict=True))
    return replace(words, points=points, open=own.get("point.open", words.open))


def title_of(chosen: Chosen) -> str:
    """Return a post's title, as it is printed."""
    return typeset(chosen.wording.title, chosen.post.language)


def summary_of(desk: Desk, chosen: Chosen) -> str:
    """Return a post's summary as it is printed, or else its first words."""
    return typeset(chosen.wording.summary, chosen.post.language) or desk.gist(chosen).excerpt


def card_view(desk: Desk, chosen: Chosen) -> CardView:
    """Return a post's short view."""
    assert chosen.post.date is not None
    return CardView(
        title=title_of(chosen),
        url=desk.url(chosen),
        date=chosen.post.date,
        summary=summary_of(desk, chosen),
        category=word_link(desk, "categories", chosen.post.category),
        minutes=desk.gist(chosen).minutes,
        pinned=chosen.post.pinned,
        tier=chosen.tier.value,
        reasons=reason_views(desk, chosen),
    )


def card_views(desk: Desk, posts: Iterable[Chosen]) -> tuple[CardView, ...]:
    """Return the short views of some posts."""
    return tuple(desk.once("card", chosen, card_view) for chosen in posts)


def reason_views(desk: Desk, chosen: Chosen) -> tuple[ReasonView, ...]:
    """Return why a post was chosen: each point that is better than open, and the author's own choice."""
    told = (Outcome.EXACT, Outcome.WIDER, Outcome.NARROWER)
    reasons = tuple(
        _reason_view(desk, fit.point, fit.outcome, fit.term)
        for fit in chosen.fits
        if fit.term and fit.outcome in told
    )
    return (*reasons, _BY_NAME) if chosen.by_name else reasons


def _reason_view(desk: Desk, point: Point, outcome: Outcome, term: Term) -> ReasonView:
    """Return one reason, the very same for all posts that share it: its words are then made once."""
    known = desk.reasons.get((point, outcome, term))
    if known is None:
        known = ReasonView(point.value, outcome.value, label_of(desk.edition, point, term))
        desk.reasons[point, outcome, term] = known
    return known


def label_of(edition: Edition, point: Point, term: Term) -> str:
    """Return a term's label in the edition's language; a free term is its own label."""
    entry = next((entry for entry in edition.vocabulary.terms(point) if entry.term == term), None)
    return entry.label.told_in(edition.language) if entry else term


def posts_on(desk: Desk, point: Point, term: Term) -> tuple[Chosen, ...]:
    """Return the posts of the edition that speak of a term: of itself, a wider one or one within it."""
    tree = term_tree(desk.edition.vocabulary, point)
    if point not in desk.stated:
        desk.stated[point] = places_by_term(desk.edition.ranked, point)
    stated = desk.stated[point]
    near = (places for other, places in stated.items() if tree.outcome(other, term) is not Outcome.CONFLICT)
    return tuple(desk.edition.ranked[place] for place in sorted(set().union(*near)))


def point_views(desk: Desk, *, proofs: int = 0) -> tuple[PointView, ...]:
    """Return the six points of the edition's mask, each with up to `proofs` posts that speak of it."""
    return tuple(_point_view(desk, point, proofs) for point in POINTS)


def _point_view(desk: Desk, point: Point, limit: int) -> PointView:
    edition, terms, proofs = desk.edition, [], dict[str, Chosen]()
    for term in edition.mask[point]:
        posts = posts_on(desk, point, term)
        url = desk.routing.link(desk.routing.topic(point, term)) if posts else ""
        terms.append(TermView(label_of(edition, point, term), url))
        proofs |= {one.slug: one for one in posts}
    shown = sorted(proofs.values(), key=lambda one: -one.score)[:limit]
    return PointView(
        point.value, tuple(terms), tuple(link for one in shown if (link := link_view(desk, one)))
    )
