"""The documentation as a site of cmsite's own: every page is there for its readers, every link leads on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cmsite.audit import check_site
from cmsite.build import build_site
from cmsite.editions import Request
from cmsite.read.site import read_site
from cmsite.shape.personalise import personalise
from crawl import broken_links
from demo import DEMO_DAY as DAY
from docs.site.prepare import INDEX, ROOT, SITE, prepare, read_pages

URL = "https://docs.example/cmsite/"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the documentation's site, with its content made: a test never writes into the repository."""
    folder = tmp_path_factory.mktemp("docs")
    for part in ("cmsite.yml", "mask.yml"):
        shutil.copy(SITE / part, folder / part)
    for part in ("profiles", "themes"):
        shutil.copytree(SITE / part, folder / part)
    prepare(content=folder / "content")
    return folder


def test_every_page_of_the_documentation_is_named_once_with_its_readers() -> None:
    there = {
        file.relative_to(ROOT).as_posix()
        for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        if SITE not in file.parents
    }
    named = [page.file for page in read_pages()]
    assert sorted(named) == sorted(there), "say in docs/site/pages.yml what a new page holds, and for whom"


def test_every_page_is_in_the_edition_for_everyone_and_each_reader_s_page_in_one_more(docs: Path) -> None:
    site = read_site(docs).site
    chosen = {
        profile.name: {one.post.slug for one in personalise(site, profile, now=DAY).chosen}
        for profile in site.profiles
    }
    pages = {page.slug for page in read_pages() if page.file != INDEX}
    assert chosen.pop("everyone") == pages
    assert set().union(*chosen.values()) == pages
    assert all(others < pages for others in chosen.values())


def test_the_documentation_has_nothing_to_mend(docs: Path) -> None:
    assert [(one.place, one.what) for one in check_site(docs, DAY)] == []


def test_the_documentation_is_built_strictly_and_every_link_of_every_edition_leads_on(docs: Path) -> None:
    build_site(docs, Request(DAY, every=True, strict=True, base_url=URL))
    assert broken_links(docs / "public", URL) == []


def test_a_link_to_a_page_for_other_readers_is_words_alone(docs: Path) -> None:
    build_site(docs, Request(DAY, every=True, base_url=URL))
    page = (docs / "public/design/tutorial/first-site/index.html").read_text("utf-8")
    prose = re.sub(r"\s+", " ", page)
    assert "aim at it" in prose
    assert "aim-at-an-organisation" not in prose
    assert 'href="/cmsite/design/how-to/override-the-theme/"' in prose
