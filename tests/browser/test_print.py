"""On paper: the text and where it comes from, without the furniture of a site."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.visits import BuiltSite, Scheme, visiting

pytestmark = pytest.mark.browser

_FURNITURE = ("nav", "button", ".skip", ".related", ".action", ".crumbs", "footer nav")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_post_is_its_text_in_black_on_white(
    browser: Browser, rich: BuiltSite, scheme: Scheme
) -> None:
    with visiting(browser, rich, rich.longest("fr")["post"], scheme=scheme) as visit:
        visit.page.emulate_media(media="print")
        for furniture in _FURNITURE:
            pieces = visit.page.locator(furniture)
            assert pieces.count(), furniture
            assert not any(piece.is_visible() for piece in pieces.all()), furniture
        for kept in (".prose > p", ".prose table", ".prose pre", ".cite", ".foot-address", ".comments"):
            assert visit.page.locator(kept).first.is_visible(), kept
        colours = "(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))"
        assert visit.page.evaluate(colours)[0] == "rgb(0, 0, 0)"
    assert visit.complaints == []


def test_a_post_becomes_a_file_to_print_with_its_headings(browser: Browser, rich: BuiltSite) -> None:
    with visiting(browser, rich, rich.longest("fr")["post"]) as visit:
        paper = visit.page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    assert paper.startswith(b"%PDF-")
    assert paper.count(b"/Type /Page\n") >= 2
    for heading in ("Un tableau large", "Du code", "Une figure"):
        assert heading.encode() in paper or heading.encode("utf-16-be") in paper, heading
