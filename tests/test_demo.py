"""The demo: four editions of the same posts, each whole, each its own, none leaking what it leaves out."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from cmsite.audit import check_site
from cmsite.build import build_site
from cmsite.editions import Request
from cmsite.errors import Severity
from cmsite.leaking import search_for_leaks
from cmsite.model import POINTS
from cmsite.read.site import read_site
from cmsite.shape.personalise import Edition, personalise
from crawl import broken_links, forbidden_attributes, foreign_requests
from demo import DEMO_DAY as DAY
from demo import copy_demo

PROFILES = ("sante-paris", "jeu-lyon", "asso-rennes", "libre-londres")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's files, so that a test never writes into the repository."""
    return copy_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module", params=PROFILES)
def edition(request: pytest.FixtureRequest, demo: Path) -> tuple[Edition, Path]:
    """One profile's edition, built under a sub-path into a folder of its own."""
    profile: str = request.param
    root = demo.parent / f"{demo.name}-{profile}"
    shutil.copytree(demo, root)
    build_site(root, Request(DAY, profile, base_url="https://blog.example/repo/"))
    site = read_site(root).site
    chosen = next(one for one in site.profiles if one.name == profile)
    return personalise(site, chosen, now=DAY), root / "public"


def test_the_demo_has_nothing_to_mend_and_two_posts_that_wait_for_a_profile(demo: Path) -> None:
    found = check_site(demo, DAY)
    assert [(one.severity, one.code) for one in found] == [(Severity.ADVICE, "in-no-edition")] * 2


def test_every_link_asset_and_anchor_resolves_under_a_sub_path(edition: tuple[Edition, Path]) -> None:
    assert broken_links(edition[1], "https://blog.example/repo/") == []


def test_no_page_asks_another_host_or_needs_what_the_policy_blocks(edition: tuple[Edition, Path]) -> None:
    assert foreign_requests(edition[1]) == []
    assert forbidden_attributes(edition[1]) == []


def test_the_home_page_weighs_less_than_50_kilobytes_with_all_that_it_loads(
    edition: tuple[Edition, Path],
) -> None:
    home = (edition[1] / "index.html").read_text("utf-8")
    loaded = re.findall(r'<(?:script src|link rel="stylesheet" href)="/repo/([^"]+)"', home)
    assert len(loaded) >= 4
    weights = [len(home.encode()), *((edition[1] / path).stat().st_size for path in loaded)]
    assert sum(weights) < 50_000, weights


def test_no_edition_gives_away_what_it_leaves_out(demo: Path) -> None:
    whole = demo.parent / f"{demo.name}-whole"
    shutil.copytree(demo, whole)
    build_site(whole, Request(DAY, every=True))
    build_site(whole, Request(DAY, target="clinique-exemple"))
    audit = search_for_leaks(whole, DAY)
    assert [problem.what for problem in audit.problems()] == []
    searched = [f"{each.output}:{each.profile}/{each.target}" for each in audit.searched]
    assert len(searched) == 6 + 4 + 1, searched
    for each in audit.searched:
        assert len(each.secrets) > 35, each.profile
        assert each.telltales > 2500, each.profile
        assert each.size > 50_000 or each.output == "private/clinique-exemple", each.profile
        assert len(each.silent) <= 1, each.silent


def test_four_profiles_meet_four_different_sites(demo: Path) -> None:
    site = read_site(demo).site
    editions = [personalise(site, profile, now=DAY) for profile in site.profiles]
    orders = [tuple(one.slug for one in edition.chosen) for edition in editions]
    leads = [tuple(one.slug for one in edition.ranked[:5]) for edition in editions]
    assert len(set(orders)) == len(set(leads)) == len(editions) == 4
    for point in POINTS:
        assert len({edition.mask[point] for edition in editions}) == 4, f"two profiles agree on {point}"


def test_the_demo_is_as_rich_as_it_says(demo: Path) -> None:
    site = read_site(demo).site
    languages = [post.language for post in site.posts if not post.draft]
    assert languages.count(site.settings.language) >= 14
    assert len(languages) - languages.count(site.settings.language) >= 6
    assert sum(len(terms) for _, terms in site.vocabulary.points) >= 40
    assert all(len(post.body.text.split()) >= 400 for post in site.posts)
    assert any(post.variants for post in site.posts)
    assert any("{%" in post.body.text for post in site.posts)


def test_what_the_profiles_expect_holds(demo: Path) -> None:
    site = read_site(demo).site
    for profile in site.profiles:
        told = personalise(site, profile, now=DAY)
        slugs = [one.slug for one in told.chosen]
        assert set(profile.expect.includes) <= set(slugs)
        assert not set(profile.expect.excludes) & set(slugs)
        assert len(slugs) >= (profile.expect.at_least or 0)
        assert profile.expect.leads in (None, told.ranked[0].slug)


def test_the_feed_is_json_as_well(edition: tuple[Edition, Path]) -> None:
    feed = json.loads((edition[1] / "feed.json").read_text("utf-8"))
    assert [item["url"] for item in feed["items"]][:1] == [
        "https://blog.example/repo/" + path.removesuffix("index.html") for path in [_newest(edition)]
    ]


def _newest(edition: tuple[Edition, Path]) -> str:
    newest = edition[0].dated[0].post
    assert newest.date
    return f"{newest.date:%Y/%m}/{newest.slug}/index.html"
