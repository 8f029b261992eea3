"""Compose the pages that list posts: by tag, category, series, year and term of the mask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from cmsite.digest import digest_field
from cmsite.shape.cards import Desk, card_views, label_of, posts_on, summary_of, title_of
from cmsite.shape.heads import head_view
from cmsite.shape.page import Page
from cmsite.shape.personalise import Chosen
from cmsite.shape.structured import as_json_ld, trail
from cmsite.shape.views import EntryView, IndexPage, ListPage, SiteView


def says(desk: Desk, kind: str, label: str, posts: Iterable[Chosen]) -> str:
    """Return what a list of posts says, whatever the addresses that it leads to."""
    return digest_field((kind, label, tuple((title_of(post), summary_of(desk, post)) for post in posts)))


def words_of(desk: Desk, kind: str) -> dict[str, tuple[str, list[Chosen]]]:
    """Return the tags, categories or series of the edition by path: their first spelling and their posts."""
    found: dict[str, tuple[str, list[Chosen]]] = {}
    path = cache(partial(desk.routing.member, kind))
    for one in desk.edition.dated:
        words = {"tags": one.post.tags, "categories": (one.post.category,), "series": (one.post.series,)}[
            kind
        ]
        for word in filter(None, words):
            found.setdefault(path(word), (word, []))[1].append(one)
    return dict(sorted(found.items()))


def compose_words(desk: Desk, site: SiteView, kind: str, one: str) -> Iterator[Page]:
    """Yield the list of all tags, categories or series, and one page for each; nothing if there is none."""
    found = words_of(desk, kind)
    if not found:
        return
    index = desk.routing.index(kind)
    entries = tuple(
        EntryView(word, desk.routing.link(path), len(posts)) for path, (word, posts) in found.items()
    )
    yield _index(desk, site, kind, entries)
    for path, (word, posts) in found.items():
        in_order = reversed(posts) if kind == "series" else posts
        feed = desk.routing.link(f"{path}feed.xml") if kind == "tags" else ""
        yield _list(desk, site, path, one, word, in_order, index=index, feed=feed)


def compose_archive(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the list of years, and one page for each."""
    index = desk.routing.index("archive")
    years: dict[str, list[Chosen]] = {}
    for one in desk.edition.dated:
        assert one.post.date is not None
        years.setdefault(str(one.post.date.year), []).append(one)
    paths = {year: desk.routing.member("archive", year) for year in years}
    entries = tuple(
        EntryView(year, desk.routing.link(paths[year]), len(posts)) for year, posts in years.items()
    )
    yield _index(desk, site, "archive", entries)
    for year, posts in years.items():
        yield _list(desk, site, paths[year], "year", year, posts, index=index)


def compose_topics(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield a page for each term of the edition's mask that one of its posts speaks of."""
    for point, terms in desk.edition.mask.stated():
        for term in terms:
            if posts := posts_on(desk, point, term):
                path, label = desk.routing.topic(point, term), label_of(desk.edition, point, term)
                yield _list(
                    desk, site, path, "topic", label, posts, index=desk.routing.about(), point=point.value
                )


def _index(desk: Desk, site: SiteView, kind: str, entries: tuple[EntryView, ...]) -> Page:
    return Page(
        path=desk.routing.index(kind),
        template="index.html",
        compose=partial(_index_view, desk, site, kind, entries),
        says=lambda: digest_field((kind, tuple((entry.label, entry.count) for entry in entries))),
        kin="archive" if kind == "archive" else "",
    )


def _index_view(desk: Desk, site: SiteView, kind: str, entries: tuple[EntryView, ...]) -> IndexPage:
    return IndexPage(site, head_view(desk, kind, desk.routing.index(kind)), kind, entries)


def _list(
    desk: Desk,
    site: SiteView,
    path: str,
    kind: str,
    label: str,
    posts: Iterable[Chosen],
    *,
    index: str,
    point: str = "",
    feed: str = "",
) -> Page:
    listed = tuple(posts)

    def compose() -> ListPage:
        return ListPage(
            site=site,
            head=head_view(desk, kind, path, title=label, data=as_json_ld(trail(desk, (label, path)))),
            kind=kind,
            point=point,
            label=label,
            posts=card_views(desk, listed),
            feed=feed,
            index=desk.routing.link(index),
        )

    return Page(path, "list.html", compose, says=partial(says, desk, kind, label, listed))
