"""Offer `cmsite whatif`: what another mask would do to a profile's edition, before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import (
    instant,
    json_option,
    now_option,
    print_json,
    problems_as_json,
    profile_option,
    site_folder,
)
from cmsite.cli.points import named_points, named_term
from cmsite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table
    from rich.text import Text

    from cmsite.model import Point, Profile, Terms, Vocabulary
    from cmsite.shape.report.whatif import WhatIf


@click.command("whatif")
@profile_option
@click.option(
    "--set",
    "wanted",
    multiple=True,
    required=True,
    metavar="POINT=TERM,…",
    help="What the mask would state at a point; `--set locality=` states nothing there.",
)
@click.option("-v", "--verbose", is_flag=True, help="Tell every page, field and block that would change.")
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context, profile: str, wanted: tuple[str, ...], verbose: bool, now: str | None, as_json: bool
) -> None:
    """Say which posts would enter, leave and move if the profile's mask stated something else.

    Nothing is written. An edit that would leave no post in the edition is told as a problem.
    """
    from cmsite.compare import try_mask
    from cmsite.editions import find_profile
    from cmsite.read.site import read_site

    reading = read_site(site_folder(ctx))
    whose = find_profile(reading.site, profile)
    stated = _stated(reading.site.vocabulary, wanted)
    found = try_mask(reading, whose, stated, now=instant(now))
    if as_json:
        print_json(_told(whose, stated, found))
    else:
        _show(whose, stated, found, verbose=verbose)


def _stated(words: Vocabulary, wanted: tuple[str, ...]) -> dict[Point, Terms]:
    """Return what `--set` states at each point that it names, aliases resolved. Each is named once."""
    stated: dict[Point, Terms] = {}
    for option in wanted:
        written: dict[Point, list[str]] = {}
        for point, word in named_points(words, [option]):
            written.setdefault(point, []).append(word)
        for point, given in written.items():
            if point in stated:
                raise UsageError(f"`{point}` is set twice", f"say it once: `--set {point}=TERM,TERM`")
            terms = () if given == [""] else (named_term(words, point, word) for word in given)
            stated[point] = tuple(dict.fromkeys(terms))
    return stated


def _told(profile: Profile, stated: dict[Point, Terms], found: WhatIf) -> dict[str, Any]:
    return {
        "profile": profile.name,
        "set": {point.value: list(terms) for point, terms in stated.items()},
        "empty": found.empty,
        "enter": [one.slug for one in found.enter],
        "leave": [one.post.slug for one in found.leave],
        "move": [
            {"slug": moved.slug, "list": moved.list, "from": moved.a, "to": moved.b} for moved in found.move
        ],
        "change": [changed.path for changed in found.change],
        "add": [sheet.path for sheet in found.add],
        "remove": [sheet.path for sheet in found.remove],
    }


def _show(profile: Profile, stated: dict[Point, Terms], found: WhatIf, *, verbose: bool) -> None:
    """Print the answer in a few lines, then who enters, leaves and moves, and what would change."""
    from rich.text import Text

    from cmsite.cli.changes import heading, indented, moves, show_changed
    from cmsite.cli.tell import answers

    console = answers()
    for line in _answer(profile, stated, found):
        console.print(line, soft_wrap=True)
    if found.enter or found.leave:
        heading(console, Text("Posts and pages", "bold"))
        indented(console, _texts(found))
    if found.move:
        heading(console, Text("Order", "bold"))
        indented(console, moves(found.move))
    show_changed(console, found.change, (), verbose=verbose)


def _answer(profile: Profile, stated: dict[Point, Terms], found: WhatIf) -> Iterator[Text]:
    """Yield the edit that is asked about, and what it would do in numbers."""
    from rich.text import Text

    edits = [f"{point} {_listed(profile.mask[point])} → {_listed(terms)}" for point, terms in stated.items()]
    yield Text.assemble((profile.name, "bold"), f": {', '.join(edits)}")
    if found.empty:
        yield Text("today no post is in this edition, and it cannot be built", "yellow")
    if not (found.add or found.remove or found.change):
        yield Text(f"nothing would change: {len(found.keep)} files stay as they are")
        return
    moved = len({moved.slug for moved in found.move})
    counts = len(found.change), len(found.add), len(found.remove), len(found.keep)
    yield Text(f"  posts and pages: {len(found.enter)} would enter, {len(found.leave)} leave, {moved} move")
    yield Text("  files: {} would change, {} be added, {} be removed, {} stay as they are".format(*counts))


def _listed(terms: Terms) -> str:
    return ", ".join(terms) or "–"


def _texts(found: WhatIf) -> Table:
    """Return who enters and why, and who leaves and why."""
    from rich.text import Text

    from cmsite.cli.changes import A, B, grid
    from cmsite.cli.list import reasons, why_out

    table = grid(3)
    for one in found.enter:
        table.add_row(Text("+", B), Text(one.slug, B), Text(reasons(one), "dim"))
    for left in found.leave:
        table.add_row(Text("-", A), Text(left.post.slug, A), Text(why_out(left), "dim"))
    return table
