"""Name the site as a whole, its files, and what a published generation was made from."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.comment import Thread
from cmsite.model.mask import Vocabulary
from cmsite.model.picture import NOT_IN_BROWSERS, Fault, Picture
from cmsite.model.post import Post
from cmsite.model.profile import Profile
from cmsite.model.settings import Settings

MARKER = ".cmsite-generation"  # the publisher's own file at the output's root


class SiteFile(Struct, frozen=True):
    """A picture, document or asset on disk: its path in the site and what its bytes are.

    `picture` is what its header says if it is one, `fault` why one that is named so is broken.
    """

    path: str
    digest: str
    size: int
    picture: Picture | None = None
    fault: Fault | None = None

    def why_not_shown(self) -> Fault | None:
        """Return why no page can show the file as a picture, None when one can."""
        if self.picture and self.picture.format in NOT_IN_BROWSERS:
            name = self.picture.format.value.upper()
            return Fault(f"browsers do not show {name} pictures", "save it as JPEG or PNG")
        return self.fault


class Site(Struct, frozen=True):
    """Everything the author's files say, valid as a whole.

    `files` are paths from content/ (`files/x.jpg`), `static` paths from content/static/.
    """

    settings: Settings
    vocabulary: Vocabulary
    profiles: tuple[Profile, ...]
    posts: tuple[Post, ...] = ()
    pages: tuple[Post, ...] = ()
    files: tuple[SiteFile, ...] = ()
    static: tuple[SiteFile, ...] = ()
    threads: tuple[Thread, ...] = ()

    def texts(self) -> tuple[Post, ...]:
        """Return posts and pages together, in the order in which they were read."""
        return self.posts + self.pages


class BuiltOutput(Struct, frozen=True, array_like=True):
    """A file of a published generation: what it was made from, and its bytes' size and digest."""

    path: str
    inputs: tuple[tuple[str, str], ...]
    size: int
    digest: str


class Manifest(Struct, frozen=True):
    """What a published generation was made from.

    `site` and `edition` say whose it is; `until` is the instant (ISO 8601) at which a post would enter
    or expire, "" if there is none.
    """

    site: str
    edition: str
    until: str
    outputs: tuple[BuiltOutput, ...]
