"""The author's preview in a browser: an edit where one stands, the bar and a fault for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.test_every_page import ROOMS, violations
from browser.visits import NARROW, BuiltSite, visiting
from cmsite.serve.watch import watching
from serve.browser import browsing
from site_folder import SiteFolder

pytestmark = pytest.mark.browser

POST = "2026/03/un/index.html"
LONG = "\n\n".join(f"Paragraphe {number}." for number in range(60))
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def previewed(site: SiteFolder) -> Iterator[BuiltSite]:
    """Preview a site, its files watched, while the block lasts."""
    with browsing(site) as served, watching(site.root, served.preview.announce_change):
        yield BuiltSite(f"http://localhost:{served.port}/carnet/", site.root)


def look_at(page: Page) -> list[str]:
    """Return what axe-core finds, and whether one must scroll sideways."""
    wide = page.evaluate(_TOO_WIDE)
    return violations(page) + ([f"{wide} pixels too wide"] if wide > 0 else [])


def test_an_edit_is_shown_where_the_author_stands(browser: Browser, site: SiteFolder) -> None:
    site.post("un", body=LONG)
    with previewed(site) as built, visiting(browser, built, POST, width=NARROW) as visit:
        standing = visit.page.get_by_text("Paragraphe 40.")
        standing.scroll_into_view_if_needed()
        site.post("un", body=f"{LONG}\n\nUn mot de plus.")
        expect(visit.page.get_by_text("Un mot de plus.")).to_be_attached()
        expect(standing).to_be_in_viewport()
        assert visit.complaints == []


def test_the_bar_is_for_everybody(browser: Browser, site: SiteFolder) -> None:
    site.post(
        "un", "mask: {niche: e-sante}", f"{{% if mask.niche %}}\nUne condition.\n{{% endif %}}\n\n{LONG}"
    )
    found = {}
    with previewed(site) as built:
        for scheme, width in ROOMS:
            with visiting(browser, built, POST, scheme=scheme, width=width) as visit:
                sheets = visit.page.locator("#cmsite-preview summary")
                assert sheets.count() > 1
                for number in range(sheets.count()):
                    sheets.nth(number).click()
                    found[scheme, width, number] = look_at(visit.page)
                    visit.page.keyboard.press("Escape")
    assert {room: wrong for room, wrong in found.items() if wrong} == {}


def test_a_fault_is_for_everybody_and_goes_with_its_cause(browser: Browser, site: SiteFolder) -> None:
    site.post("un", body=LONG)
    found = {}
    with previewed(site) as built, visiting(browser, built, POST) as visit:
        fault = visit.page.locator("#cmsite-fault")
        site.post("un", f"titel: {'un titre bien plus large qu’un téléphone ' * 4}", LONG)
        expect(fault).to_be_attached()
        for scheme, width in ROOMS:
            with visiting(browser, built, POST, scheme=scheme, width=width) as other:
                expect(other.page.get_by_text("did you mean `title`?")).to_be_visible()
                found[scheme, width] = look_at(other.page)
        site.post("un", body=LONG)
        expect(fault).not_to_be_attached()
    assert {room: wrong for room, wrong in found.items() if wrong} == {}
