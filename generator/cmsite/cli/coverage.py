"""Offer `cmsite coverage`: posts × terms × profiles, and where the content is thin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import instant, json_option, now_option, print_json, problems_as_json, site_folder
from cmsite.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from cmsite.model import Profile, Settings, Site
    from cmsite.shape.report.coverage import Cell, Coverage

_LONGEST_BAR = 20


@click.command("coverage")
@click.option(
    "-p", "--profile", "names", multiple=True, metavar="NAME", help="A profile, or several; by default all."
)
@click.option(
    "--min",
    "least",
    type=click.IntRange(min=1),
    metavar="N",
    help="Leave with 1, and name the terms, when one has fewer than N posts.",
)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print a Markdown table.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page with a heat map, outside the output.",
)
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    least: int | None,
    as_markdown: bool,
    page: Path | None,
    now: str | None,
    as_json: bool,
) -> None:
    """Count, for each term of a profile's mask, the posts of its edition that speak of it."""
    from cmsite.read.site import read_site
    from cmsite.shape.report.coverage import cover

    if as_json and as_markdown:
        raise UsageError("`--json` and `--markdown` cannot both stand on standard output", "choose one")
    root = site_folder(ctx)
    site = read_site(root).site
    coverage = cover(site, _profiles(site, names), now=instant(now), least=least or 1)
    if page:
        _write_page(coverage, root, site.settings, page)
    if as_json:
        print_json(_told(coverage))
    elif as_markdown:
        _print_markdown(coverage)
    elif not page:
        _print_table(coverage)
    if least and coverage.thin:
        if not as_json:
            _name_thin(coverage)
        ctx.exit(1)


def _profiles(site: Site, names: tuple[str, ...]) -> list[Profile]:
    """Return the profiles asked for, each once; all of them, the lead one first, when none is named."""
    from cmsite.editions import find_profile

    if names:
        return [find_profile(site, name) for name in dict.fromkeys(names)]
    return sorted(site.profiles, key=lambda profile: profile.name != site.settings.profile)


def _told(coverage: Coverage) -> dict[str, Any]:
    return {
        "profiles": [shelf.profile for shelf in coverage.shelves],
        "min": coverage.least,
        "cells": [_told_cell(cell) for cell in coverage.cells],
        "thin": [_told_cell(cell) for cell in coverage.thin],
    }


def _told_cell(cell: Cell) -> dict[str, Any]:
    return {
        "profile": cell.profile,
        "point": cell.point.value,
        "term": cell.term,
        "count": cell.count,
        "posts": list(cell.posts),
    }


def _print_markdown(coverage: Coverage) -> None:
    from cmsite.shape.report.coverage import as_markdown

    click.echo(as_markdown(coverage).encode())  # in UTF-8 whatever the terminal's encoding


def _write_page(coverage: Coverage, root: Path, settings: Settings, page: Path) -> None:
    from cmsite.cli.coverage_page import coverage_page
    from cmsite.cli.report_page import check_place
    from cmsite.cli.tell import console
    from cmsite.shape.report.coverage import summary
    from cmsite.write.report import write_page

    check_place(page, command="coverage", root=root, settings=settings)
    write_page(page, coverage_page(coverage, settings.title, settings.language))
    console().print(f"{summary(coverage)} → {page}")


def _print_table(coverage: Coverage) -> None:
    from cmsite.cli.tell import answers
    from cmsite.shape.report.coverage import filling_command, summary

    console = answers()
    console.print(_table(coverage))
    console.print()
    console.print(summary(coverage), soft_wrap=True)
    if coverage.thin and (filling := filling_command(coverage.thin[0])):
        console.print(f"  to fill the first: {filling}", soft_wrap=True)


def _table(coverage: Coverage) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("profile", "point", "term"):
        table.add_column(heading, overflow="fold")
    table.add_column("posts", justify="right")
    table.add_column("", no_wrap=True)
    for number, shelf in enumerate(coverage.shelves):
        if number:
            table.add_row()
        _add_profile(table, coverage, shelf.profile)
    return table


def _add_profile(table: Table, coverage: Coverage, profile: str) -> None:
    """Add a profile's rows; its name and those of the points stand once, where they begin."""
    from rich.text import Text

    cells, above = coverage.of(profile), ""
    if not cells:
        table.add_row(Text(profile), Text("its mask states nothing", style="dim"))
    for number, cell in enumerate(cells):
        point = cell.point.value if cell.point.value != above else ""
        above, thin = cell.point.value, coverage.is_thin(cell)
        table.add_row(
            Text("" if number else profile, style="bold"),
            Text(point),
            Text(cell.term),
            Text(str(cell.count), style="bold red" if thin else ""),
            _bar(cell.count, thin=thin),
        )


def _bar(count: int, *, thin: bool) -> Text:
    from rich.text import Text

    bar = "■" * min(count, _LONGEST_BAR) + ("…" if count > _LONGEST_BAR else "")
    if not thin:
        return Text(bar, style="green")
    return Text(f"{bar} thin".lstrip(), style="bold red")


def _name_thin(coverage: Coverage) -> None:
    from cmsite.cli.tell import console

    for cell in coverage.thin:
        posts = "no post" if not cell.count else f"{cell.count} post{'s' if cell.count > 1 else ''}"
        console().print(
            f"thin: {cell.profile}, {cell.point} {cell.term}: {posts}, of {coverage.least} wanted"
        )
