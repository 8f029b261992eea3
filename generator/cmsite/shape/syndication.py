"""Compose the feeds of an edition: all posts in three formats, and the posts of each tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cmsite.shape.cards import Desk, summary_of, title_of
from cmsite.shape.feeds import EntryFeedView, FeedView, feed_id, post_id, with_absolute_addresses
from cmsite.shape.lists import words_of
from cmsite.shape.outputs import AtomRecipe, JsonFeedRecipe, RssRecipe
from cmsite.shape.personalise import Chosen

FeedKind = type[AtomRecipe] | type[RssRecipe] | type[JsonFeedRecipe]


def compose_feeds(desk: Desk) -> Iterator[tuple[str, FeedKind, Callable[[], FeedView]]]:
    """Yield each feed of the edition: its path in the output, its kind, and what puts it together.

    A post's entry is made once.
    """
    limit, author = desk.edition.settings.feeds.limit, desk.edition.settings.author.name
    posts = desk.edition.dated[:limit]

    def feed(posts: Iterable[Chosen], path: str, page: str, own_id: str, title: str) -> FeedView:
        settings = desk.edition.settings
        return FeedView(
            id=own_id,
            title=title,
            subtitle=settings.description,
            language=desk.edition.language,
            author=settings.author.name,
            url=desk.routing.absolute(path),
            page=desk.routing.absolute(page),
            entries=tuple(desk.once("entry", one, _entry) for one in posts),
        )

    whole, title = feed_id(f"feed:{author}"), desk.edition.settings.title
    yield "feed.xml", AtomRecipe, partial(feed, posts, "/feed.xml", "/", whole, title)
    yield "rss.xml", RssRecipe, partial(feed, posts, "/rss.xml", "/", whole, title)
    yield "feed.json", JsonFeedRecipe, partial(feed, posts, "/feed.json", "/", whole, title)
    for page, (tag, tagged) in words_of(desk, "tags").items():
        path, own_id = f"{page}feed.xml", feed_id(f"feed:{author}:{page}")
        named = f"{title} · {tag}"
        yield path.lstrip("/"), AtomRecipe, partial(feed, tagged[:limit], path, page, own_id, named)


def _entry(desk: Desk, chosen: Chosen) -> EntryFeedView:
    post, url = chosen.post, desk.routing.absolute(desk.path(chosen))
    assert post.date is not None
    html = with_absolute_addresses(desk.text(chosen).html, origin=desk.routing.origin, page=url)
    return EntryFeedView(
        id=post_id(post),
        title=title_of(chosen),
        url=url,
        published=post.date,
        updated=post.updated or post.date,
        summary=summary_of(desk, chosen),
        html=html if desk.edition.settings.feeds.full_text else "",
        tags=post.tags,
    )
