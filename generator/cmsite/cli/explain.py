"""Offer `cmsite explain`: why a post is in an edition or not, and what would change it."""

from __future__ import annotations

from pathlib import Path
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
    target_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType
    from rich.table import Table

    from cmsite.model import Mask, Place, Post, Site
    from cmsite.shape.report.explain import Explanation, FieldTold, ListPlace, PointTold
    from cmsite.shape.report.flip import Flip


@click.command("explain")
@click.argument("post")
@profile_option
@target_option
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(ctx: click.Context, post: str, profile: str, target: str, now: str | None, as_json: bool) -> None:
    """Say why POST is in an edition or left out, and the shortest change that would flip it.

    POST is a slug, or the path of the post's file.
    """
    from cmsite.editions import find_edition
    from cmsite.read.site import read_site
    from cmsite.shape.report.explain import explain

    root = site_folder(ctx)
    site = read_site(root).site
    found = _find_post(site, root, post)
    whose, aimed = find_edition(site, profile, target)
    explanation = explain(site, whose, found, now=instant(now), target=aimed, places=_places(root, found))
    if as_json:
        print_json(_told(explanation))
    else:
        _show(explanation)


def _find_post(site: Site, root: Path, wanted: str) -> Post:
    """Return the post or page of that slug or file. Raises UsageError with a suggestion."""
    from cmsite.errors import UsageError, suggest

    file, folder = Path(wanted).resolve(), root.resolve()
    for post in site.texts():
        if wanted in (post.slug, post.source) or file == folder / post.source:
            return post
    known: list[str] = [post.source if "/" in wanted else post.slug for post in site.texts()]
    hint = suggest(wanted, known, otherwise="`cmsite list --all-posts` lists them")
    raise UsageError(f"there is no post `{wanted}`", hint)


def _places(root: Path, post: Post) -> dict[str, Place]:
    """Return where the post's own fields are written, as far as its front matter states them."""
    from cmsite.read.front_matter import read_head
    from cmsite.read.source import decode

    tree, _ = read_head(decode((root / post.source).read_bytes(), post.source))
    return {name: tree.place((name,)) for name in tree.value}


def _told(told: Explanation) -> dict[str, Any]:
    return {
        "post": told.post.slug,
        "profile": told.profile.name,
        "target": told.target.slug if told.target else None,
        "title": told.fields[0].value,
        "source": told.post.source,
        "empty": told.empty,
        "included": told.included,
        "why": told.why.value if told.why else None,
        "tier": told.tier.value if told.tier else None,
        "score": told.score,
        "points": [_told_point(each) for each in told.points],
        "reasons": list(told.reasons),
        "fields": {
            each.field: {"from": _from(each), "place": _line(each.place), "value": each.value or None}
            for each in told.fields
        },
        "lists": {each.list: {"place": each.place, "length": each.length} for each in told.lists},
        "dates": _told_dates(told),
        "flip": _told_flip(told.flip),
    }


def _told_point(told: PointTold) -> dict[str, Any]:
    return {
        "point": told.point.value,
        "outcome": told.outcome.value,
        "level": told.level,
        "weight": told.weight,
        "share": told.share,
        "term": told.term,
        "states": {"post": told.post, "not": told.barred, "profile": told.profile},
    }


def _told_dates(told: Explanation) -> dict[str, Any]:
    return {
        "now": told.now.isoformat(),
        **{each.name: each.at.isoformat() if each.at else None for each in told.dates},
        "effects": {each.name: each.effect for each in told.dates},
    }


def _from(field: FieldTold) -> str:
    return "post" if field.variant is None else f"variant {field.variant}"


def _line(place: Place) -> str:
    return f"{place.path}:{place.line}"


def _told_flip(flip: Flip | None) -> dict[str, Any] | None:
    from cmsite.shape.report.flip import ProfileFlip

    if flip is None:
        return None
    if isinstance(flip, ProfileFlip):
        return {"set": {point.value: list(terms) for point, terms in flip.points}}
    return {"post": {"mask": _told_mask(flip.mask), "not": _told_mask(flip.barred)}}


def _told_mask(mask: Mask) -> dict[str, list[str]]:
    return {point.value: list(terms) for point, terms in mask.stated()}


def _show(told: Explanation) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for part in (*_verdict(told), "", _points(told), ""):
        console.print(part)
    for heading, part in (("Wording", _wording(told)), ("Dates", _dates(told))):
        console.print(heading, style="bold")
        console.print(part)
        console.print()
    _show_flip(told, console)


def _verdict(told: Explanation) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    yield Text.assemble((told.fields[0].value, "bold"))
    yield Text(told.post.source, style="dim")
    yield ""
    sign = ("in", "bold green") if told.included else ("out of", "bold red")
    summary = [f"tier {told.tier}", f"score {told.score}"] if told.included else []
    whose = f"{told.profile.name} for {told.target.slug}" if told.target else told.profile.name
    yield Text(" · ").join([Text.assemble(sign, f" the edition of {whose}"), *map(Text, summary)])
    reasons = Table.grid(padding=(0, 1))
    for reason in told.reasons:
        reasons.add_row("•", Text(reason))
    yield Padding(reasons, (0, 0, 0, 2))
    if any(each.place for each in told.lists):
        yield f"place: {', '.join(_place(each) for each in told.lists)}"
    if told.empty:
        yield Text("no post at all is left in this edition: it cannot be built", style="yellow")


def _place(each: ListPlace) -> str:
    name = {"blog": "the blog", "home": "the home page's selection"}[each.list]
    return f"{each.place} of {each.length} in {name}" if each.place else f"not in {name}"


def _points(told: Explanation) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_footer=told.included, header_style="bold"
    )
    table.add_column("point", "score", footer_style="bold", no_wrap=True)
    for heading in ("the post", "the profile"):
        table.add_column(heading, overflow="fold")
    table.add_column("outcome", no_wrap=True)
    for heading in ("level", "weight"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("share", Text(str(told.score)), justify="right", footer_style="bold", no_wrap=True)
    for each in told.points:
        states = [*each.post, *(f"not {term}" for term in each.barred)]
        style = "red" if each.level is None else "green" if each.level else "dim"
        level = "–" if each.level is None else str(each.level)
        cells = (each.point.value, ", ".join(states) or "–", ", ".join(each.profile) or "–")
        told_outcome = Text(each.outcome.value, style=style)
        table.add_row(*map(Text, cells), told_outcome, level, str(each.weight), str(each.share))
    return table


def _wording(told: Explanation) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2), expand=True)
    for width in (16, 9, 8):
        table.add_column(no_wrap=True, min_width=width)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for each in told.fields:
        if each.value:
            style = "cyan" if each.variant else ""
            name, line = f"  {each.field.replace('_', ' ')}", f"line {each.place.line}"
            table.add_row(name, Text(_from(each), style=style), line, Text(each.value, style="dim"))
        else:
            table.add_row(f"  {each.field.replace('_', ' ')}", Text("–", style="dim"), "", "")
    return table


def _dates(told: Explanation) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for each in told.dates:
        table.add_row(
            f"  {each.name}",
            f"{each.at:%Y-%m-%d %H:%M %Z}" if each.at else "–",
            Text(each.effect, style="dim"),
        )
    table.add_row("  now", f"{told.now:%Y-%m-%d %H:%M %Z}", "")
    return table


def _show_flip(told: Explanation, console: Console) -> None:
    flip, aim = _told_flip(told.flip), "leave it out" if told.included else "bring it in"
    if flip is None:
        console.print(f"No change of a mask would {aim}.", style="bold")
        return
    file = told.profile.place.path if "set" in flip else told.post.source
    console.print(f"The shortest change that would {aim}", style="bold")
    whose = f", the target `{told.target.slug}`" if told.target and "set" in flip else ""
    console.print(f"  in {file}{whose}:")
    keys = {"mask": flip["set"]} if "set" in flip else flip["post"]
    today = {"mask": told.post.mask, "not": told.post.barred}
    for line in _yaml({key: points for key, points in keys.items() if points or today[key]}):
        console.print(f"    {line}", style="cyan", soft_wrap=True)


def _yaml(keys: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    """Yield the lines to write; an empty list states nothing at its point, `{}` at none."""
    for key, points in keys.items():
        yield f"{key}:" if points else f"{key}: {{}}"
        for point, terms in points.items():
            yield f"  {point}: [{', '.join(terms)}]"
