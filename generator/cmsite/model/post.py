"""Name what an author writes: posts, pages, their bodies and variants."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from cmsite.model.mask import Mask
from cmsite.model.text import Extra, Language, Place, Slug


class Kind(StrEnum):
    """Whether a text is dated (a post) or not (a page)."""

    POST = "post"
    PAGE = "page"


class RawHtml(StrEnum):
    """What becomes of the HTML that an author writes into Markdown."""

    SANITISED = "sanitised"
    TRUSTED = "trusted"


class CallToAction(Struct, frozen=True):
    """A button below a post."""

    label: str
    url: str


class Body(Struct, frozen=True):
    """Markdown as the author wrote it, and the place of its first line."""

    text: str
    place: Place


class Variant(Struct, frozen=True):
    """Other wordings of a post for the masks that `when` matches; None keeps the post's own."""

    when: Mask
    place: Place
    title: str | None = None
    summary: str | None = None
    image: str | None = None
    image_alt: str | None = None
    call_to_action: CallToAction | None = None
    body: Body | None = None


class Post(Struct, frozen=True):
    """A text of the author's, whatever the profile. A page is a post without a date.

    `image` is a path from content/, as in `files/ecoute.jpg`; `name` is the source file's name
    without its ending; dates carry their zone.
    """

    kind: Kind
    slug: Slug
    title: str
    language: Language
    body: Body
    source: str
    name: str
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()
    translation: str = ""
    image: str | None = None
    image_alt: str = ""
    series: str = ""
    pinned: bool = False
    draft: bool = False
    mask: Mask = Mask()
    barred: Mask = Mask()
    call_to_action: CallToAction | None = None
    variants: tuple[Variant, ...] = ()
    templating: bool = True
    raw_html: RawHtml = RawHtml.SANITISED
    extra: Extra = Extra()
