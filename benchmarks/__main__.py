"""Offer `python -m benchmarks`: run the race, write a corpus, or say where cmsite's time goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from benchmarks import sites
from benchmarks.contenders import BENCH, ROOT, contenders, install_peers
from benchmarks.page import page, tables
from benchmarks.race import Result, race, try_out

PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
_ROUNDS = {200: 5, 1_000: 5, 10_000: 3}
_ENGINE = click.option("--engine", default="markdown", show_default=True, help="cmsite's Markdown engine.")
_POSTS = click.option("--posts", default=1_000, show_default=True, help="How many.")


@click.group()
def benchmarks() -> None:
    """Measure cmsite beside Hugo and Pelican."""


@benchmarks.command("run")
@click.option("--quick", is_flag=True, help="200 and 1,000 posts, few runs; print, and write no page.")
@click.option("--posts", "sizes", type=int, multiple=True, help="How many posts; may be said again.")
@click.option("--rounds", type=int, help="How often each is run.")
@click.option("--only", multiple=True, metavar="NAME", help="Only programs whose name begins so.")
@click.option("--write", is_flag=True, help=f"Write {PAGE.relative_to(ROOT)}.")
def run_race(
    quick: bool, sizes: tuple[int, ...], rounds: int | None, only: tuple[str, ...], write: bool
) -> None:
    """Run the programs in turn and print the figures; a goal that is missed is shown as missed."""
    load = os.getloadavg()[0]
    install_peers()
    everybody = [
        one for one in contenders() if one.name.lower().startswith(tuple(map(str.lower, only or ("",))))
    ]
    refused = list(try_out(everybody, BENCH / "trial"))
    running = [one for one in everybody if one.name not in {each.contender for each in refused}]
    results: list[Result] = []
    for posts in sizes or ((200, 1_000) if quick else tuple(_ROUNDS)):
        turns = rounds or (2 if quick else _ROUNDS.get(posts, 3))
        results += race(running, posts, turns, BENCH / "sites", lambda line: click.echo(line, err=True))
    click.echo(tables(results, refused, load))
    if write and not quick:
        PAGE.write_text(page(results, refused, load), encoding="utf-8")


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
@click.option("--lines", default=40, show_default=True, help="How many functions to name.")
@click.option(
    "--sort", default="tottime", show_default=True, help="`tottime`: by own time; `cumtime`: with all called."
)
@click.argument("words", nargs=-1)
def profile(posts: int, engine: str, lines: int, sort: str, words: tuple[str, ...]) -> None:
    """Say in which functions a build spends its time; WORDS are further ones for `cmsite build`.

    The site stays in .bench/profile/: run it again to see a build that finds everything made.
    """
    folder = BENCH / "profile" / f"{engine}-{posts}"
    if not folder.exists():
        sites.write_cmsite(folder, posts, engine)
    stats = folder.with_suffix(".stats")
    build = [sys.executable, "-m", "cProfile", "-o", str(stats), "-m", "cmsite", "build", *words]
    subprocess.run(build, cwd=folder, check=True)
    told = (
        f"import pstats; pstats.Stats({str(stats)!r}).strip_dirs().sort_stats({sort!r}).print_stats({lines})"
    )
    subprocess.run([sys.executable, "-c", told], check=True)


if __name__ == "__main__":
    benchmarks(prog_name="python -m benchmarks")
