"""Build the demo and the rich site once, serve them, and keep one browser open for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browser.host import ADDRESS, serving
from browser.rich_site import write_rich_site
from browser.visits import PATIENCE, BuiltSite
from chromium import find_chromium
from cmsite.build import build_site
from cmsite.editions import Request
from demo import DEMO_DAY, copy_demo

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    program = find_chromium()
    assert program, "no Chromium on this machine: apt-get install chromium"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The demo's four public editions, side by side."""
    root = copy_demo(tmp_path_factory.mktemp("browser-demo"))
    build_site(root, Request(DEMO_DAY, every=True, base_url=ADDRESS))
    with serving(root / "public") as address:
        yield BuiltSite(address, root / "public")


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site that uses all a page can hold, in French and in English."""
    root = tmp_path_factory.mktemp("browser-rich")
    site = write_rich_site(root)
    site.build(every=True, base_url=ADDRESS)
    with serving(root / "public") as address:
        yield BuiltSite(address, root / "public")
