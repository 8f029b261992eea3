"""Name every file that an edition publishes, how each is made and of what.

A plan only names them. What a file is made of can be large, and is put together when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cmsite.errors import Problem
from cmsite.model import DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.feeds import FeedView, SitemapEntry
from cmsite.shape.views import PageView, SocialCardView


@dataclass(frozen=True, slots=True)
class PageRecipe:
    """A template and the view it renders."""

    template: str
    view: PageView


@dataclass(frozen=True, slots=True)
class AtomRecipe:
    """An Atom feed."""

    feed: FeedView


@dataclass(frozen=True, slots=True)
class RssRecipe:
    """An RSS feed."""

    feed: FeedView


@dataclass(frozen=True, slots=True)
class JsonFeedRecipe:
    """A JSON feed."""

    feed: FeedView


@dataclass(frozen=True, slots=True)
class SitemapRecipe:
    """A sitemap."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapIndexRecipe:
    """An index of the sitemaps at some addresses."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardRecipe:
    """A social card; `font` is the digest of its font's bytes, `maker` stands for what draws it."""

    view: SocialCardView
    font: str
    maker: str


@dataclass(frozen=True, slots=True)
class BytesRecipe:
    """A file whose bytes are known."""

    data: bytes


@dataclass(frozen=True, slots=True)
class CopyRecipe:
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


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path from the output's root, how it is made and of what."""

    path: str
    recipe: Recipe
    inputs: tuple[tuple[str, str], ...]
    source: str = ""  # the author's file behind it, if it is one


@dataclass(frozen=True, slots=True)
class Planned:
    """A file of the site to be: its path, the kind of its recipe, and what puts its output together.

    The output of an edition in a folder of its own is put together without that folder.
    """

    path: str
    kind: type[Recipe]
    finish: Callable[[], Output]
    source: str = ""

    def output(self) -> Output:
        """Return the output; it is put together anew each time."""
        output = self.finish()
        return output if output.path == self.path else replace(output, path=self.path)


def ready(output: Output) -> Planned:
    """Return the plan of an output that is there already."""
    return Planned(output.path, type(output.recipe), lambda: output, output.source)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file of an edition by path, and the warnings found while they were planned."""

    planned: tuple[Planned, ...]
    warnings: tuple[Problem, ...]

    def outputs(self) -> tuple[Output, ...]:
        """Return every output, put together: for a large site that is a lot."""
        return tuple(each.output() for each in self.planned)

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file."""
        return tuple(each.path for each in self.planned)
