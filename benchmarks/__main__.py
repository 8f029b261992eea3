"""Offer `python -m benchmarks`: run the race, write a corpus, or say where cmsite's time goes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from benchmarks import sites
from benchmarks.contenders import BENCH, ROOT, Scenario, contenders, install_peers
from benchmarks.costs import measure_costs, told_costs
from benchmarks.page import page, tables
from benchmarks.race import Result, race, try_out

PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
_ENGINE = click.option("--engine", default="markdown", show_default=True, help="cmsite's Markdown engine.")
_POSTS = click.option("--posts", default=1_000, show_default=True, help="How many.")


@dataclass(frozen=True, slots=True)
class Usual:
    """How often each size is run, and up to how many posts ten profiles are built."""

    rounds: Mapping[int, int]
    every_at_most: int


_QUICK = Usual({200: 2, 1_000: 1}, every_at_most=200)
_WHOLE = Usual({1_000: 3, 10_000: 1}, every_at_most=1_000)


@click.group()
def benchmarks() -> None:
    """Measure cmsite beside Hugo and Pelican."""


@benchmarks.command("run")
@click.option("--quick", is_flag=True, help="200 and 1,000 posts, few runs; print, and write no page.")
@click.option("--posts", "sizes", type=int, multiple=True, help="How many posts; may be said again.")
@click.option("--rounds", type=int, help="How often each is run.")
@click.option("--only", multiple=True, metavar="NAME", help="Only programs whose name begins so.")
@click.option(
    "--scenario",
    "wanted",
    multiple=True,
    type=click.Choice([each.name.lower() for each in Scenario]),
    help="Only this one; may be said again. All but `cold` and `every` need a `cold` before them.",
)
@click.option("--write", is_flag=True, help=f"Write {PAGE.relative_to(ROOT)}.")
def run_race(
    quick: bool,
    sizes: tuple[int, ...],
    rounds: int | None,
    only: tuple[str, ...],
    wanted: tuple[str, ...],
    write: bool,
) -> None:
    """Run the programs in turn and print the figures; a goal that is missed is shown as missed."""
    load = os.getloadavg()[0]
    usual = _QUICK if quick else _WHOLE
    install_peers()
    asked = [one for one in contenders() if not only or one.name.lower().startswith(_lower(only))]
    refused = list(try_out(asked, BENCH / "trial"))
    able = [one for one in asked if one.name not in {each.contender for each in refused}]
    results: list[Result] = []
    for posts in sizes or usual.rounds:
        fitting = [each for each in Scenario if each is not Scenario.EVERY or posts <= usual.every_at_most]
        scenarios = [each for each in fitting if not wanted or each.name.lower() in wanted]
        turns = rounds or usual.rounds.get(posts, 3)
        results += race(able, scenarios, posts, turns, BENCH / "sites", partial(click.echo, err=True))
    click.echo(tables(results, refused, load))
    if write and not quick:
        PAGE.write_text(page(results, refused, load), encoding="utf-8")


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


@benchmarks.command("corpus")
@click.argument("folder", type=click.Path(path_type=Path))
@_POSTS
@_ENGINE
def write_corpus(folder: Path, posts: int, engine: str) -> None:
    """Write the posts as a site of cmsite into FOLDER, for trying things out by hand."""
    sites.write_cmsite(folder, posts, engine)


@benchmarks.command("profile", context_settings={"ignore_unknown_options": True})
@_POSTS
@_ENGINE
@click.option("--lines", default=30, show_default=True, help="How many lines each table has.")
@click.argument("words", nargs=-1)
def profile(posts: int, engine: str, lines: int, words: tuple[str, ...]) -> None:
    """Say where a build spends its time; WORDS are further ones for `cmsite build`, as `--clean`.

    The site stays in .bench/profile/: run it again to see a build that finds everything made. What a process
    pool does is not seen.
    """
    folder = BENCH / "profile" / f"{engine}-{posts}"
    if not folder.exists():
        sites.write_cmsite(folder, posts, engine)
    for line in told_costs(measure_costs(folder, words), lines):
        click.echo(line)


if __name__ == "__main__":
    benchmarks(prog_name="python -m benchmarks")
