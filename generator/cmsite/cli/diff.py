"""Offer `cmsite diff`: what the editions of two profiles show differently, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import instant, json_option, now_option, print_json, problems_as_json, site_folder

if TYPE_CHECKING:
    from datetime import datetime

    from rich.table import Table

    from cmsite.model import Settings
    from cmsite.shape.report.difference import Changed, Difference, Moved, Sheet
    from cmsite.shape.report.values import Told, Value

_FILES = ("feed", "sitemap", "search-index", "file")


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.option("-v", "--verbose", is_flag=True, help="Tell every page, field and block, however long.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page with the two side by side, outside the output.",
)
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context, a: str, b: str, verbose: bool, page: Path | None, now: str | None, as_json: bool
) -> None:
    """Say what the editions of the profiles A and B show differently. Nothing is built."""
    from cmsite.cli.report_page import check_place
    from cmsite.compare import compare_profiles
    from cmsite.editions import find_profile
    from cmsite.read.site import read_site

    root, at = site_folder(ctx), instant(now)
    reading = read_site(root)
    settings = reading.site.settings
    if page:
        check_place(page, command="diff", root=root, settings=settings)
    profiles = find_profile(reading.site, a), find_profile(reading.site, b)
    difference = compare_profiles(reading, *profiles, now=at)
    if page:
        _write_page(difference, settings, page, at)
    if as_json:
        print_json(_told(difference))
    elif not page:
        _show(difference, verbose=verbose)


def _write_page(difference: Difference, settings: Settings, page: Path, at: datetime) -> None:
    from cmsite.cli.diff_page import diff_page
    from cmsite.cli.tell import console
    from cmsite.write.report import write_page

    write_page(page, diff_page(difference, settings.title, settings.language, at))
    console().print(f"{_summary(difference)} → {page}")


def _told(difference: Difference) -> dict[str, Any]:
    return {
        "a": difference.a.profile.name,
        "b": difference.b.profile.name,
        "only_a": [sheet.path for sheet in difference.only_a],
        "only_b": [sheet.path for sheet in difference.only_b],
        "changed": [_told_changed(changed) for changed in difference.changed],
        "moved": [_told_moved(moved) for moved in difference.moved],
        "site": [_told_value(value) for value in difference.site],
        "same": [sheet.path for sheet in difference.same],
    }


def _told_changed(changed: Changed) -> dict[str, Any]:
    return {
        "path": changed.path,
        "fields": list(changed.fields),
        "blocks": [{"a": row.a, "b": row.b} for row in changed.blocks],
        "values": [_told_value(value) for value in changed.values],
    }


def _told_moved(moved: Moved) -> dict[str, Any]:
    return {"slug": moved.slug, "list": moved.list, "a": moved.a, "b": moved.b}


def _told_value(value: Value) -> dict[str, Any]:
    altered = [{"a": each.a, "b": each.b, "fields": list(each.fields)} for each in value.altered]
    return {
        "field": value.field,
        "a": _text(value.a),
        "b": _text(value.b),
        "altered": altered,
    }


def _text(told: Told) -> str | list[str] | None:
    return list(told) if isinstance(told, tuple) else told


def _summary(difference: Difference) -> str:
    """Return the whole in one line."""
    a, b = difference.a.profile.name, difference.b.profile.name
    counted = (
        (len(difference.only_a), f"only in {a}"),
        (len(difference.only_b), f"only in {b}"),
        (len(difference.changed), "changed"),
        (_moved(difference), "moved"),
        (len(difference.same), "the same"),
    )
    return f"{a}, {b}: {', '.join(f'{count} {what}' for count, what in counted if count)}"


def _moved(difference: Difference) -> int:
    return len({moved.slug for moved in difference.moved})


def _show(difference: Difference, *, verbose: bool) -> None:
    """Print what differs: at a glance, then who has what, then page by page."""
    from rich.text import Text

    from cmsite.cli.changes import A, B, heading, indented, moves, show_changed, show_fields, show_presence
    from cmsite.cli.tell import answers

    console, a, b = answers(), difference.a.profile.name, difference.b.profile.name
    if not (difference.only_a or difference.only_b or difference.changed):
        console.print(f"{a} and {b} show the same: {len(difference.same)} files, not a byte differs")
        return
    console.print(_glance(difference))
    for name, sign, style, sheets in ((a, "-", A, difference.only_a), (b, "+", B, difference.only_b)):
        if sheets:
            heading(console, Text(f"Only in {name}", "bold"))
            show_presence(console, sign, style, sheets)
    if difference.moved:
        heading(console, Text("Moved", "bold"))
        indented(console, moves(difference.moved))
    if difference.site:
        heading(console, Text("On every page", "bold"))
        show_fields(console, difference.site, verbose=verbose)
    show_changed(console, difference.changed, difference.site, verbose=verbose)
    if not verbose:
        heading(console, Text("`-v` tells all of it, `--html FILE` lays the two side by side", "dim"))


def _glance(difference: Difference) -> Table:
    from rich.table import Table
    from rich.text import Text

    from cmsite.cli.changes import BOTH, A, B

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for name in ("posts", "pages", "files"):
        table.add_column(name, justify="right")
    for what, style, sheets in (
        (f"only in {difference.a.profile.name}", A, difference.only_a),
        (f"only in {difference.b.profile.name}", B, difference.only_b),
        ("changed", BOTH, tuple(changed.a for changed in difference.changed)),
        ("the same", "", difference.same),
    ):
        table.add_row(Text(what, style), *(str(count or "–") for count in _counts(sheets)))
    table.add_row("moved", str(_moved(difference) or "–"), "", "")
    return table


def _counts(sheets: tuple[Sheet, ...]) -> tuple[int, int, int]:
    """Return how many posts, other pages and other files there are."""
    kinds = [sheet.kind for sheet in sheets]
    posts, files = kinds.count("post"), sum(kind in _FILES for kind in kinds)
    return posts, len(kinds) - posts - files, files
