"""Name every file that an edition publishes, how each is made and of what.

A plan only names them. What a file is made of can be large, and is put together when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import Problem
from cmsite.model import DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.feeds import FeedView, SitemapEntry
from cmsite.shape.views import PageView, SocialCardView


class PageRecipe(Struct, frozen=True):
    """A template and the view it renders."""

    template: str
    view: PageView


class AtomRecipe(Struct, frozen=True):
    """An Atom feed."""

    feed: FeedView


class RssRecipe(Struct, frozen=True):
    """An RSS feed."""

    feed: FeedView


class JsonFeedRecipe(Struct, frozen=True):
    """A JSON feed."""

    feed: FeedView


class SitemapRecipe(Struct, frozen=True):
    """A sitemap."""

    entries: tuple[SitemapEntry, ...]


class SitemapIndexRecipe(Struct, frozen=True):
    """An index of the sitemaps at some addresses."""

    urls: tuple[str, ...]


class CardRecipe(Struct, frozen=True):
    """A social card; `font` is the digest of its font's bytes, `maker` stands for what draws it."""

    view: SocialCardView
    font: str
    maker: str


class BytesRecipe(Struct, frozen=True):
    """A file whose bytes are known."""

    data: bytes


class CopyRecipe(Struct, frozen=True):
    """A file of the author's, published as it is; `source` is its path from the site's folder."""

    source: str
    digest: str


Recipe = (
    PageRecipe
    | AtomRecipe
    | RssRecipe
    | JsonFeedRecipe
    | SitemapRecipe
    | SitemapIndexRecipe
    | SearchRecipe
    | BytesRecipe
    | CopyRecipe
    | PictureRecipe
    | DrawingRecipe
    | CardRecipe
)


class Output(Struct, frozen=True):
    """A file of the site: its path from the output's root, how it is made and of what."""

    path: str
    recipe: Recipe
    inputs: tuple[tuple[str, str], ...]
    source: str = ""  # the author's file behind it, if it is one


class Planned(Struct, frozen=True):
    """A file of the site to be: its path, the kind of its recipe, and what puts its output together.

    The output of an edition in a folder of its own is put together without that folder. `tie` stands for
    what a composed file says of other editions, None for a file that is not composed of texts.
    """

    path: str
    kind: type[Recipe]
    finish: Callable[[], Output]
    source: str = ""
    tie: str | None = None

    def output(self) -> Output:
        """Return the output; it is put together anew each time."""
        output = self.finish()
        return output if output.path == self.path else replace(output, path=self.path)


def ready(output: Output) -> Planned:
    """Return the plan of an output that is there already."""
    return Planned(output.path, type(output.recipe), lambda: output, output.source)


class Plan(Struct, frozen=True):
    """Every file of an edition by path, and the warnings found while they were planned."""

    planned: tuple[Planned, ...]
    warnings: tuple[Problem, ...]

    def outputs(self) -> tuple[Output, ...]:
        """Return every output, put together: for a large site that is a lot."""
        return tuple(each.output() for each in self.planned)

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file."""
        return tuple(each.path for each in self.planned)
