"""Say which posts of an edition belong together: by what they share, and as parts of a series.

Every post is held against every other, and still a thousand posts cost a thousand times what one costs:
a topic is one large integer with a bit for each post, and sums of bits are taken for all posts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import astuple

from cmsite.model import Point, Post, Slug, Term
from cmsite.shape.personalise import Chosen

_RELATED = 3

Topic = tuple[str, str]


class Related:
    """Tells, for each of some posts, those nearest to it: by shared tags and terms, then in their order."""

    def __init__(self, posts: Sequence[Chosen]) -> None:
        self._posts = posts
        self._places = {one.slug: place for place, one in enumerate(posts)}
        self._ranked: dict[frozenset[Topic], tuple[int, ...]] = {}

    def __getitem__(self, slug: Slug) -> tuple[Chosen, ...]:
        """Return the posts nearest to that of a slug; it is worked out when it is asked for."""
        place = self._places[slug]
        named = self._topics[place]
        if named not in self._ranked:
            self._ranked[named] = tuple(_nearest([self._speaking[topic] for topic in named]))
        others = [other for other in self._ranked[named] if other != place]
        return tuple(self._posts[other] for other in others[:_RELATED])

    @cached_property
    def _topics(self) -> list[frozenset[Topic]]:
        """The topics of each post."""
        return [_topics(one.post) for one in self._posts]

    @cached_property
    def _speaking(self) -> dict[Topic, int]:
        """The posts that speak of each topic, a bit for each post."""
        speaking: dict[Topic, int] = {}
        for place, named in enumerate(self._topics):
            for topic in named:
                speaking[topic] = speaking.get(topic, 0) | 1 << place
        return speaking


def _nearest(speaking: Sequence[int]) -> Iterator[int]:
    """Yield the places of the posts that share most topics, one more than is shown, for one is itself."""
    wanted = _RELATED + 1
    for layer in reversed(_by_count(speaking)):
        while layer and wanted:
            lowest = layer & -layer
            yield lowest.bit_length() - 1
            layer ^= lowest
            wanted -= 1


def _by_count(speaking: Sequence[int]) -> list[int]:
    """Return the posts that share exactly one topic, exactly two, and so on."""
    at_least: list[int] = []
    for topic in speaking:
        carried = topic
        for count, layer in enumerate(at_least):
            at_least[count], carried = layer | carried, layer & carried
        at_least.append(carried)
    return [layer & ~more for layer, more in zip(at_least, [*at_least[1:], 0], strict=False)]


def places_by_term(posts: Sequence[Chosen], point: Point) -> dict[Term, list[int]]:
    """Return the places, among some posts, of those that state each term of a point."""
    found: dict[Term, list[int]] = {}
    for place, one in enumerate(posts):
        for term in one.post.mask[point]:
            found.setdefault(term, []).append(place)
    return found


def series_parts(posts: Sequence[Chosen]) -> Mapping[str, tuple[Chosen, ...]]:
    """Return the parts of each series, in the order of the posts."""
    found: dict[str, tuple[Chosen, ...]] = {}
    for one in posts:
        if name := one.post.series:
            found[name] = (*found.get(name, ()), one)
    return found


def _topics(post: Post) -> frozenset[Topic]:
    named = zip(post.mask.__struct_fields__, astuple(post.mask), strict=True)
    terms = [(point, term) for point, terms in named for term in terms]
    return frozenset([*(("tag", tag.casefold()) for tag in post.tags), *terms])
