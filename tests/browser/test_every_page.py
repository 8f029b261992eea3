"""Every kind of page, in both languages: open to all, quiet, and asking nobody else for anything."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.visits import NARROW, WIDE, BuiltSite, Scheme, visiting

pytestmark = pytest.mark.browser

KINDS = (
    "404", "about", "archive", "blog", "categories", "category", "home", "legal", "page", "post", "privacy",
    "search", "series", "tag", "tags", "target", "topic", "year",
)  # fmt: skip
EDITIONS = ("", "asso/", "jeu/", "libre/")
ROOMS: tuple[tuple[Scheme, int], ...] = (
    ("light", NARROW), ("light", WIDE), ("dark", NARROW), ("dark", WIDE),
)  # fmt: skip
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page, a line for each rule."""
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response
    assert len(found["passes"]) > 10, "axe-core looked at nothing"
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found["violations"]]


def in_every_room(browser: Browser, site: BuiltSite, page: str) -> dict[str, list[str]]:
    """Return what axe-core finds in both schemes, on a telephone and on a screen."""
    found = {}
    for scheme, width in ROOMS:
        with visiting(browser, site, page, scheme=scheme, width=width) as visit:
            if wrong := violations(visit.page):
                found[f"{page}, {scheme}, {width}"] = wrong
    return found


def samples(site: BuiltSite) -> list[str]:
    """Return the longest page of each kind in each language: those of one kind are of one template."""
    return [page for language in ("fr", "en") for page in site.longest(language).values()]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rich_site_has_every_kind_of_page(rich: BuiltSite, language: str) -> None:
    assert tuple(sorted(rich.longest(language))) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_in_any_kind_of_page(
    browser: Browser, rich: BuiltSite, language: str, kind: str
) -> None:
    assert in_every_room(browser, rich, rich.longest(language)[kind]) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_axe_finds_nothing_in_an_edition_of_the_demo(browser: Browser, demo: BuiltSite, edition: str) -> None:
    for page in (f"{edition}index.html", f"{edition}about/index.html", _longest_post(demo, edition)):
        assert in_every_room(browser, demo, page) == {}


def test_axe_finds_what_is_wrong(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "index.html") as visit:
        visit.page.evaluate("document.querySelector('img').removeAttribute('alt')")
        assert [line.split(":")[0] for line in violations(visit.page)] == ["image-alt"]


@pytest.mark.parametrize("which", ["demo", "rich"])
def test_no_page_complains_or_asks_another_host(
    browser: Browser, which: str, request: pytest.FixtureRequest
) -> None:
    site: BuiltSite = request.getfixturevalue(which)
    with visiting(browser, site, "index.html") as visit:
        for page in samples(site):
            visit.page.goto(site.url(page))
    assert visit.complaints == []
    assert visit.abroad == []


def test_what_the_policy_stops_is_a_complaint(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "index.html") as visit:
        with visit.page.expect_event("console"):
            visit.page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
        assert any("Content Security Policy" in said for said in visit.complaints), visit.complaints


@pytest.mark.parametrize("which", ["demo", "rich"])
def test_no_page_is_wider_than_a_telephone(
    browser: Browser, which: str, request: pytest.FixtureRequest
) -> None:
    site: BuiltSite = request.getfixturevalue(which)
    sideways = []
    with visiting(browser, site, "index.html", width=NARROW) as visit:
        for page in samples(site):
            visit.page.goto(site.url(page))
            if not visit.page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.documentElement)"):
                sideways.append(page)
    assert sideways == []


def test_an_address_that_leads_nowhere_shows_the_404_page_whole(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, "deep/down/nothing/index.html") as visit:
        assert visit.page.locator("body.\\34 04 h1").is_visible()
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert [said.split()[0] for said in visit.complaints if "Failed to load" not in said] == ["404"]


def _longest_post(site: BuiltSite, edition: str) -> str:
    posts = [page for page in site.pages() if page.startswith(f"{edition}20")]
    return max(posts, key=lambda page: (site.public / page).stat().st_size)
