"""Name what cmsite.yml states and what a profile may say otherwise."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.comment import Giscus
from cmsite.model.mask import Point
from cmsite.model.person import Author
from cmsite.model.text import Extra, Language


class Routes(Struct, frozen=True):
    """The names of the fixed addresses, which an author may translate."""

    blog: str = "blog"
    about: str = "about"
    tags: str = "tags"
    categories: str = "categories"
    series: str = "series"
    archive: str = "archive"
    topics: str = "topics"


class Weights(Struct, frozen=True):
    """How much each point counts when posts are ranked."""

    niche: int = 3
    challenge: int = 3
    service: int = 2
    locality: int = 2
    scope: int = 1
    presence: int = 1

    def __getitem__(self, point: Point) -> int:
        weight: int = getattr(self, point.value)
        return weight


class Feeds(Struct, frozen=True):
    """What the feeds carry: whole texts or summaries, and how many posts."""

    full_text: bool = True
    limit: int = 20


class Settings(Struct, frozen=True):
    """What cmsite.yml states, with the profile's overrides when it stands in an edition."""

    title: str = "Site"
    description: str = ""
    url: str = "http://localhost:8000/"
    timezone: str = "UTC"
    language: Language = Language("en")
    profile: str = ""
    theme: str = "carnet"
    accent: str = ""
    permalink: str = "{year}/{month}/{slug}/"
    posts_per_page: int = 10
    output: str = "public"
    author: Author = Author()
    engine: str = "markdown"
    markdown_extensions: tuple[str, ...] = ()
    largest_text: int = 2 * 1024 * 1024  # bytes of a post or page
    feeds: Feeds = Feeds()
    routes: Routes = Routes()
    weights: Weights = Weights()
    menu: tuple[str, ...] = ("blog", "about")
    giscus: Giscus | None = None
    search: bool = True
    cards: bool = True
    legal_reviewed: bool = False
    extra: Extra = Extra()


class Overrides(Struct, frozen=True):
    """What a profile says otherwise than cmsite.yml; None keeps the site's word."""

    title: str | None = None
    description: str | None = None
    url: str | None = None
    theme: str | None = None
    accent: str | None = None
    permalink: str | None = None
    posts_per_page: int | None = None
    menu: tuple[str, ...] | None = None
    extra: Extra | None = None
