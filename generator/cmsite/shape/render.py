"""Turn an output's recipe into bytes."""

from __future__ import annotations

from typing import assert_never

from cmsite.model import DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.feeds import atom, json_feed, rss, sitemap, sitemap_index
from cmsite.shape.outputs import (
    AtomRecipe,
    BytesRecipe,
    CardRecipe,
    CopyRecipe,
    JsonFeedRecipe,
    Output,
    PageRecipe,
    RssRecipe,
    SitemapIndexRecipe,
    SitemapRecipe,
)
from cmsite.shape.templates import Templates


def render(output: Output, templates: Templates) -> bytes | None:
    """Return the bytes of an output, or None for a file that is made elsewhere.

    Raises ProblemsFound when a template fails, at its line.
    """
    match output.recipe:
        case PageRecipe(template, view):
            return templates.render(template, view).encode()
        case AtomRecipe(feed):
            return atom(feed)
        case RssRecipe(feed):
            return rss(feed)
        case JsonFeedRecipe(feed):
            return json_feed(feed)
        case SitemapRecipe(entries):
            return sitemap(entries)
        case SitemapIndexRecipe(urls):
            return sitemap_index(urls)
        case BytesRecipe(data):
            return data
        case CopyRecipe() | SearchRecipe() | PictureRecipe() | DrawingRecipe() | CardRecipe():
            return None
        case other:
            assert_never(other)
