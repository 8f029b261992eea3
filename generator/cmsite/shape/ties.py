"""Tie the editions that are published together: one canonical address for a page, and its translations.

A page that stands in several editions of one language belongs to the lead-most of those in which it says
the same. Translations are tied by the lead-most edition of each language; only canonical pages are tied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cmsite.model import Language
from cmsite.shape.page import Page, Tie
from cmsite.shape.routes import Routing
from cmsite.shape.views import AlternateView


class Sheaf(Struct, frozen=True):
    """All pages of one edition, redirects included, with what ties them to those of others."""

    language: Language
    routing: Routing
    pages: tuple[Page, ...]

    def address(self, page: Page) -> str:
        """Return the whole address of a page."""
        return self.routing.absolute(page.path)


def tie(sheaves: Sequence[Sheaf]) -> tuple[Sheaf, ...]:
    """Return the editions with every page's canonical address and translations in its head.

    `sheaves` run from the lead on: of two pages that say the same the first is the canonical one.
    """
    ties = dict(_canonical(sheaves))
    ties |= {address: replace(ties[address], alternates=found) for address, found in _translations(sheaves)}
    return tuple(
        replace(sheaf, pages=tuple(_tied(page, sheaf.address(page), ties) for page in sheaf.pages))
        for sheaf in sheaves
    )


def _canonical(sheaves: Sequence[Sheaf]) -> Iterator[tuple[str, Tie]]:
    """Yield the tie of each page by its address."""
    first: dict[tuple[str, str, str], str] = {}
    for sheaf in sheaves:
        for page in sheaf.pages:
            address = sheaf.address(page)
            says = page.says()
            same = (sheaf.language, page.path, says)
            yield address, Tie(first.setdefault(same, address) if says else address)


def _translations(sheaves: Sequence[Sheaf]) -> Iterator[tuple[str, tuple[AlternateView, ...]]]:
    """Yield the translations of each page that has some, itself among them, by its address."""
    kin: dict[str, dict[Language, str]] = {}
    for sheaf in sheaves:
        for page in sheaf.pages:
            if page.kin:
                kin.setdefault(page.kin, {}).setdefault(sheaf.language, sheaf.address(page))
    for by_language in kin.values():
        if len(by_language) > 1:
            default = AlternateView("x-default", next(iter(by_language.values())))
            found = (*(AlternateView(*item) for item in sorted(by_language.items())), default)
            yield from ((address, found) for address in by_language.values())


def _tied(page: Page, address: str, ties: Mapping[str, Tie]) -> Page:
    found = ties.get(page.leads_to or address)
    return replace(page, tie=Tie(found.canonical) if page.leads_to else found) if found else page
