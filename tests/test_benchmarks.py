"""The posts of the benchmark are the same everywhere, and cmsite builds them without a word of warning."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.contenders import Scenario
from benchmarks.corpus import READERS, samples
from benchmarks.costs import Cost, told_costs
from benchmarks.goals import Goal, goals, hold
from benchmarks.race import Result, Run, Written
from benchmarks.sites import write_cmsite, write_hugo, write_pelican
from cmsite.build import build_site
from cmsite.editions import Request
from site_folder import SiteFolder

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def result(contender: str, posts: int, *seconds: float, scenario: Scenario = Scenario.COLD) -> Result:
    runs = tuple(Run(each, each, 50 * 1024) for each in seconds)
    return Result(contender, scenario, posts, runs, Written(1, 1, 1))


def test_the_corpus_is_the_same_on_every_machine() -> None:
    told = "\n".join(f"{post.address} {post.title} {post.summary} {post.body}" for post in samples(200))
    assert sha256(told.encode()).hexdigest()[:32] == "f4a7265a8c802201fdfbddd99d5dd559"


def test_a_post_has_some_590_words() -> None:
    lengths = [len(post.body.split()) for post in samples(200)]
    assert 570 < sum(lengths) / len(lengths) < 610


def test_cmsite_builds_the_corpus_without_a_warning(tmp_path: Path) -> None:
    write_cmsite(tmp_path, 5, "markdown")
    published = build_site(tmp_path, Request(now=NOW, every=True, strict=True))
    assert len(published.editions) == len(READERS)


def test_the_editions_of_cmsite_have_the_posts_that_the_others_are_given(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "cmsite")
    write_cmsite(site.root, 20, "markdown")
    for reader in READERS:
        listed = json.loads(site.run("list", "--json", "-p", reader.name).stdout)["posts"]
        assert {post["slug"] for post in listed} == {post.slug for post in samples(20) if reader.takes(post)}


def test_every_program_puts_a_post_at_the_same_address(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "cmsite")
    write_cmsite(site.root, 5, "markdown")
    site.build(now=NOW)
    assert all(site.has(f"{post.address.strip('/')}/index.html") for post in samples(5))


def test_the_others_are_given_the_same_text(tmp_path: Path) -> None:
    write_hugo(tmp_path / "hugo", 5)
    write_pelican(tmp_path / "pelican", 5)
    bodies = [
        (tmp_path / name / "content" / "blog" / "note-00003.md").read_text(encoding="utf-8").split("\n\n", 1)
        for name in ("hugo", "pelican")
    ]
    assert bodies[0][1] == bodies[1][1]
    assert "post:" not in bodies[0][1]


def test_profiles_of_hugo_cost_no_disk(tmp_path: Path) -> None:
    write_hugo(tmp_path, 5)
    one = tmp_path / "content" / "blog" / "note-00002.md"
    assert one.stat().st_nlink == len(READERS)


@pytest.mark.parametrize(("seconds", "verdict"), [(4.5, "met"), (4.6, "**missed**")])
def test_a_goal_is_a_ratio_of_medians(seconds: float, verdict: str) -> None:
    goal = Goal("cold", 1_000, "cmsite, markdown", 0.45, ("Pelican",))
    results = [result("cmsite, markdown", 1_000, 99, seconds, 1), result("Pelican", 1_000, 9, 10, 11)]
    assert hold(goal, results).verdict == verdict


def test_the_fastest_of_several_ways_counts() -> None:
    goal = Goal("ten", 1_000, "cmsite, markdown", 0.5, ("Hugo", "Hugo, roles"))
    results = [
        result("cmsite, markdown", 1_000, 4),
        result("Hugo", 1_000, 10),
        result("Hugo, roles", 1_000, 8),
    ]
    assert hold(goal, results).value == 0.5


def test_the_cost_of_a_post_is_held_against_a_smaller_site() -> None:
    goal = Goal("cost", 10_000, "cmsite, markdown", 1.1, of=1_000)
    results = [result("cmsite, markdown", 1_000, 2), result("cmsite, markdown", 10_000, 30)]
    assert hold(goal, results).value == pytest.approx(1.5)


def test_what_was_not_run_is_neither_met_nor_missed() -> None:
    assert {hold(goal, []).verdict for goal in goals()} == {"not run"}


def test_what_python_does_is_counted_for_the_room_that_asked_for_it() -> None:
    costs = (
        Cost("/x/generator/cmsite/shape/cards.py", "related:1", 1, 1.0, 4.0, (("cmsite shape", 1.0),)),
        Cost("~", "sorted", 9, 3.0, 3.0, (("cmsite shape", 2.0), ("jinja2", 1.0))),
    )
    told = [" ".join(line.split()) for line in told_costs(costs, 5)]
    assert "75.0% cmsite shape" in told
    assert "25.0% jinja2" in told
    assert "100.0% 1 related:1 shape/cards.py" in told
