"""Light and dark: there at the first paint, without scripts too, and as the reader last chose."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from browser.visits import BuiltSite, Scheme, visiting

pytestmark = pytest.mark.browser

_PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(22, 23, 26)"}
_WHEN_THE_BODY_BEGINS = """
new MutationObserver((_, watch) => {
  if (!document.body) return;
  window.schemeAtBody = document.documentElement.dataset.scheme || "none";
  watch.disconnect();
}).observe(document, {childList: true, subtree: true});
"""


def paper(page: Page) -> str:
    """Return the colour that lies behind the page."""
    colour = "getComputedStyle(document.{}).backgroundColor"
    body: str = page.evaluate(colour.format("body"))
    return body if body != "rgba(0, 0, 0, 0)" else str(page.evaluate(colour.format("documentElement")))


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_follows_the_system(browser: Browser, rich: BuiltSite, system: Scheme, scripts: bool) -> None:
    with visiting(browser, rich, "index.html", scheme=system, scripts=scripts) as visit:
        assert paper(visit.page) == _PAPER[system]


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_the_readers_choice_is_there_before_the_first_paint(
    browser: Browser, rich: BuiltSite, system: Scheme, chosen: Scheme
) -> None:
    with visiting(browser, rich, "index.html", scheme=system) as visit:
        visit.page.evaluate(f"localStorage.setItem('carnet-scheme', '{chosen}')")
        visit.page.add_init_script(_WHEN_THE_BODY_BEGINS)
        visit.page.goto(rich.url("blog/index.html"))
        assert visit.page.evaluate("window.schemeAtBody") == chosen
        assert paper(visit.page) == _PAPER[chosen]


def test_the_button_changes_the_scheme_and_the_next_page_remembers(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "index.html", scheme="light") as visit:
        button = visit.page.locator("button.scheme")
        said = [button.get_attribute("title")]
        button.click()
        said.append(button.get_attribute("title"))
        assert paper(visit.page) == _PAPER["dark"]
        visit.page.goto(rich.url("about/index.html"))
        assert paper(visit.page) == _PAPER["dark"]
        assert button.get_attribute("title") == said[1]
        button.click()
        assert paper(visit.page) == _PAPER["light"]
        button.click()
        assert button.get_attribute("title") == said[0]
        assert visit.page.evaluate("localStorage.length") == 0
    assert len({*said}) == 2
    assert visit.complaints == []
