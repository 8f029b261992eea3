"""What scripts add: search, copies, a discussion on request; and that nothing is missing without them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.test_every_page import KINDS
from browser.visits import BuiltSite, visiting

pytestmark = pytest.mark.browser

_DEAD = """() => Array.from(document.querySelectorAll("button, input:not([type=checkbox]), select"))
  .filter(e => e.checkVisibility()).map(e => e.outerHTML)"""
_TEXTS = """() => Array.from(document.querySelectorAll("p, li, h1, h2, h3, pre, td, dt, dd, figcaption, img"))
  .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => !e.querySelector("button") && !e.closest("form"))
  .map(e => e.currentSrc || e.textContent.trim())"""


def test_search_is_deaf_to_accents(browser: Browser, demo: BuiltSite) -> None:
    with visiting(browser, demo, "search/index.html") as visit:
        visit.page.get_by_role("searchbox").fill("ecoute")
        found = visit.page.locator(".search-results a")
        expect(found.first).to_be_visible()
        expect(
            visit.page.locator(".search-results mark", has_text=re.compile("écoute", re.IGNORECASE)).first
        ).to_be_visible()
        expect(visit.page.get_by_role("status")).to_have_text(re.compile(r"\d+"))
        found.first.click()
        expect(visit.page.locator("article h1")).to_be_visible()
    assert visit.complaints == []
    assert visit.abroad == []


def test_search_is_narrowed_by_a_point_of_the_mask(browser: Browser, demo: BuiltSite) -> None:
    with visiting(browser, demo, "jeu/search/index.html") as visit:
        visit.page.get_by_role("searchbox").fill("joueurs")
        count = visit.page.get_by_role("status")
        expect(count).to_have_text(re.compile(r"\d+"))
        before = _number(count.inner_text())
        visit.page.locator("summary").click()
        visit.page.locator("select[name=challenge]").select_option(label="lancement")
        expect(count).not_to_have_text(re.compile(rf"\b{before}\b"))
        assert 0 < _number(count.inner_text()) < before
        assert "challenge=lancement" in visit.page.url
        titles = visit.page.locator(".search-results a").all_inner_texts()
        visit.page.reload()
        expect(visit.page.locator(".search-results a")).to_have_text(titles)
    assert visit.complaints == []


def test_search_says_when_it_finds_nothing(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "search/index.html") as visit:
        visit.page.get_by_role("searchbox").fill("zygomatique")
        expect(visit.page.get_by_role("status")).not_to_be_empty()
        assert visit.page.locator(".search-results a").count() == 0
    assert visit.complaints == []


def test_code_an_address_and_a_citation_are_copied_as_they_stand(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, rich.longest("en")["post"]) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy = visit.page.locator(".highlight .copy").first
        copy.click()
        expect(copy).to_have_text("Copied")
        assert _copied(visit.page).startswith("@decorated(2.5)\nclass Listener(Base):\n    ")
        visit.page.locator("[data-from=carnet-address]").click()
        expect(visit.page.locator("[data-from=carnet-address]")).to_have_text("Copied")
        assert _copied(visit.page) == "https://blog.example/carnet/en/2026/03/everything/"
        visit.page.locator("[data-from=carnet-citation]").click()
        expect(visit.page.locator("[data-from=carnet-citation]")).to_have_text("Copied")
        assert _copied(visit.page).startswith("Camille Martin, ")
    assert visit.complaints == []


def test_a_discussion_is_fetched_upon_a_click_and_not_before(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, rich.longest("fr")["post"]) as visit:

        def answer(route: Route) -> None:
            route.fulfill(status=200, content_type="text/javascript", body="document.title = 'loaded'")

        visit.page.route(re.compile("^https://giscus"), answer)
        visit.page.locator(".discussion").scroll_into_view_if_needed()
        assert visit.abroad == []
        visit.page.locator("[data-giscus]").click()
        expect(visit.page).to_have_title("loaded")
        assert visit.abroad == ["https://giscus.app/client.js"]
    assert visit.complaints == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_a_page_is_whole_and_shows_no_control_that_is_dead(
    browser: Browser, rich: BuiltSite, kind: str
) -> None:
    with visiting(browser, rich, rich.longest("fr")[kind], scripts=False) as visit:
        assert visit.page.evaluate(_DEAD) == []
        without = visit.page.evaluate(_TEXTS)
    with visiting(browser, rich, rich.longest("fr")[kind]) as helped:
        assert set(helped.page.evaluate(_TEXTS)) <= set(without)
    assert len(without) > 5
    assert visit.complaints == []


def test_without_scripts_search_says_what_to_do_instead(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "search/index.html", scripts=False) as visit:
        expect(visit.page.locator("main noscript a")).to_be_visible()


def _copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])
