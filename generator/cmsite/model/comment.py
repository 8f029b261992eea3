"""Name what readers once wrote under a post, and where readers may write today."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from cmsite.model.text import Slug


class Comment(Struct, frozen=True):
    """An archived comment; `text` is not sanitised yet; with `parent` "" it answers the post."""

    id: str
    author: str
    date: datetime
    text: str
    url: str = ""
    parent: str = ""


class Thread(Struct, frozen=True):
    """The archived comments of a post; a reply stands after what it answers."""

    slug: Slug
    comments: tuple[Comment, ...]


class Giscus(Struct, frozen=True):
    """Where a site's new comments live, for the giscus service: opt-in, loaded on a click."""

    repo: str
    repo_id: str
    category: str
    category_id: str
