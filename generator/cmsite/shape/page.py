"""Name the pages of an edition: each knows where it stands, and what it shows only when it is asked."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from cmsite.shape.views import AlternateView, PageView, RedirectPage


class Tie(Struct, frozen=True):
    """What a page's head says of other editions: the address it belongs to, and its translations."""

    canonical: str
    alternates: tuple[AlternateView, ...] = ()


def _like_no_other() -> str:
    return ""


class Page(Struct, frozen=True):
    """A page of the edition: where it stands, which template makes it, and how its view is composed.

    A view is large and a site has many: none is kept, and each is composed where it is needed. `source` is
    the author's file behind the page, "" for a page that the site makes of many. Pages of two editions with
    equal `says` say the same, "" is like no other; those with equal `kin` are translations of one another.
    `leads_to` is the whole address that a redirect leads to, and `indexed` whether search engines may find
    the page.
    """

    path: str
    template: str
    compose: Callable[[], PageView]
    source: str = ""
    says: Callable[[], str] = _like_no_other
    kin: str = ""
    leads_to: str = ""
    indexed: bool = True
    tie: Tie | None = None

    def view(self) -> PageView:
        """Return what the page shows, tied to other editions if it is."""
        view = self.compose()
        if self.tie is None:
            return view
        if isinstance(view, RedirectPage):
            return replace(view, canonical=self.tie.canonical)
        head = replace(view.head, canonical=self.tie.canonical, alternates=self.tie.alternates)
        return replace(view, head=head)
