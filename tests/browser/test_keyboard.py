"""The keyboard's path through every kind of page: to every control in order, in sight, and out again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.test_every_page import KINDS
from browser.visits import NARROW, WIDE, BuiltSite, visiting

pytestmark = pytest.mark.browser

_EXPECTED = """() => {
  const all = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']");
  const met = Array.from(all).filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled);
  met.forEach((e, place) => { e.dataset.place = place; });
  return met.length;
}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const line = parseFloat(style.outlineWidth);
  return {
    place: e.dataset.place === undefined ? -1 : Number(e.dataset.place),
    what: e.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== "none" && line >= 1.5,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def walk(page: Page, most: int) -> tuple[list[int], list[str]]:
    """Press Tab until the focus has left the page; return the places met and what was not in sight there."""
    met: list[int] = []
    unseen: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUSED)
        if at is None or at["place"] in met:
            break
        if at["place"] >= 0:
            met.append(at["place"])
        if not (at["outlined"] and at["seen"]):
            unseen.append(at["what"])
    return met, unseen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "width"), [("fr", WIDE), ("en", NARROW)])
def test_tab_meets_every_control_in_order_and_in_sight_and_leaves_again(
    browser: Browser, rich: BuiltSite, kind: str, language: str, width: int
) -> None:
    with visiting(browser, rich, rich.longest(language)[kind], width=width) as visit:
        count = visit.page.evaluate(_EXPECTED)
        assert count > 10
        met, unseen = walk(visit.page, count + 20)
        assert met == list(range(count))
        assert unseen == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_stop_leads_past_the_menu(browser: Browser, rich: BuiltSite, kind: str) -> None:
    with visiting(browser, rich, rich.longest("fr")[kind]) as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("#carnet-main")).to_be_focused()
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("!!document.activeElement.closest('main, .foot')")


def test_a_table_that_a_narrower_window_cuts_becomes_reachable(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "2026/02/court-fr-1/index.html", width=WIDE) as visit:
        table = visit.page.locator(".table-scroll")
        expect(table).not_to_have_attribute("tabindex", "0")
        visit.page.set_viewport_size({"width": NARROW, "height": 800})
        expect(table).to_have_attribute("tabindex", "0")
        expect(table).to_have_role("region")
        visit.page.set_viewport_size({"width": WIDE, "height": 800})
        expect(table).not_to_have_attribute("tabindex", "0")
        expect(table).not_to_have_role("region")
