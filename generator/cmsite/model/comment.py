"""Name what readers once wrote under a post, and where readers may write today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cmsite.model.text import Slug


@dataclass(frozen=True, slots=True)
class Comment:
    """An archived comment; `text` is not sanitised yet; with `parent` "" it answers the post."""

    id: str
    author: str
    date: datetime
    text: str
    url: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """The archived comments of a post; a reply stands after what it answers."""

    slug: Slug
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Giscus:
    """Where a site's new comments live, for the giscus service: opt-in, loaded on a click."""

    repo: str
    repo_id: str
    category: str
    category_id: str
