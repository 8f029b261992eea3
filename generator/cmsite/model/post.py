"""Name what an author writes: posts, pages, their bodies and variants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

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


class Body:
    """Markdown as the author wrote it, and the place of its first line.

    Of a file that is known already the text is read when somebody asks for it: most builds need few. What
    is known of it until then: its `mark`, which stands for the text and no other, and whether it `speaks` of
    the mask, that is, holds a tag that may have to be resolved.
    """

    __slots__ = ("_mark", "_read", "_speaks", "_text", "place")

    def __init__(self, text: str, place: Place) -> None:
        self.place = place
        self._text: str | None = text
        self._mark: str | None = None
        self._speaks: bool | None = None
        self._read: Callable[[], str] | None = None

    @classmethod
    def unread(cls, place: Place, mark: str, read: Callable[[], str], *, speaks: bool) -> Body:
        """Return a body whose text `read` gives when it is wanted."""
        body = cls("", place)
        body._text, body._mark, body._speaks, body._read = None, mark, speaks, read
        return body

    def read_again(self, read: Callable[[], str]) -> None:
        """Have `read` give the text once more where it was let go."""
        self._read = read

    def let_go(self) -> None:
        """Hold the text no longer, where it can be read again: of a large site all texts are a lot."""
        if self._read is not None and self._mark is not None and self._speaks is not None:
            self._text = None

    @property
    def text(self) -> str:
        """The text itself."""
        if self._text is None:
            assert self._read is not None
            self._text = self._read()
        return self._text

    @property
    def mark(self) -> str:
        """What stands for the text: two texts have the same exactly when they are equal."""
        if self._mark is None:
            self._mark = mark_of(self.text)
        return self._mark

    @property
    def speaks(self) -> bool:
        """Whether the text holds what Jinja would read."""
        if self._speaks is None:
            self._speaks = "{{" in self.text or "{%" in self.text
        return self._speaks

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and (self.mark, self.place) == (other.mark, other.place)

    def __hash__(self) -> int:
        return hash((self.mark, self.place))

    def __repr__(self) -> str:
        return f"Body({self.text!r}, {self.place!r})"


def mark_of(text: str) -> str:
    """Return what stands for a text and no other."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


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


class Post(Struct, frozen=True, array_like=True):
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
