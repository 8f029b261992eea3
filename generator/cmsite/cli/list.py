"""Offer `cmsite list`: the posts of an edition, in its order."""

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
    target_option,
)

if TYPE_CHECKING:
    from cmsite.shape.personalise import Chosen, Edition, LeftOut
    from cmsite.shape.routes import Routing


@click.command("list")
@profile_option
@target_option
@click.option("--all-posts", is_flag=True, help="List the posts that are left out as well, after the others.")
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context, profile: str, target: str, all_posts: bool, now: str | None, as_json: bool
) -> None:
    """List the posts of an edition, in its order, each with its tier and why it is in or out."""
    from cmsite.editions import find_edition
    from cmsite.read.site import read_site
    from cmsite.shape.personalise import personalise
    from cmsite.shape.routes import routing

    site = read_site(site_folder(ctx)).site
    whose, aimed = find_edition(site, profile, target)
    edition = personalise(site, whose, now=instant(now), target=aimed)
    left_out = [one for one in edition.left_out if one.post.kind == "post"] if all_posts else []
    if as_json:
        route = routing(edition.settings)
        posts: list[Chosen | LeftOut] = [*edition.chosen, *left_out]
        print_json({"posts": [_told(one, route) for one in posts]})
    else:
        _show(edition, left_out)


def _told(one: Chosen | LeftOut, route: Routing) -> dict[str, Any]:
    from cmsite.shape.personalise import Chosen
    from cmsite.shape.routes import output_path

    post, chosen = one.post, one if isinstance(one, Chosen) else None
    path = route.post(post)
    return {
        "slug": post.slug,
        "title": chosen.wording.title if chosen else post.title,
        "date": post.date.isoformat() if post.date else None,
        "url": route.absolute(path) if chosen else None,
        "path": output_path(path) if chosen else None,
        "included": chosen is not None,
        "tier": chosen.tier.value if chosen else None,
        "score": chosen.score if chosen else None,
        "source": post.source,
    }


def _show(edition: Edition, left_out: list[LeftOut]) -> None:
    from rich.table import Table

    from cmsite.cli.tell import answers

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("date", "tier", "post", "why"):
        table.add_column(heading, overflow="fold")
    for chosen in edition.chosen:
        table.add_row(_day(chosen), chosen.tier.value, chosen.slug, reasons(chosen))
    for one in left_out:
        table.add_row(_day(one), "–", one.post.slug, why_out(one), style="dim")
    answers().print(table)


def _day(one: Chosen | LeftOut) -> str:
    return f"{one.post.date:%Y-%m-%d}" if one.post.date else ""


def reasons(chosen: Chosen) -> str:
    """Return why a post is in, in a few words."""
    told = [f"{fit.point.value} {fit.outcome.value} ({fit.term})" for fit in chosen.fits if fit.share]
    return ", ".join([*told, "chosen by name"] if chosen.by_name else told) or "speaks to anyone"


def why_out(one: LeftOut) -> str:
    """Return what leaves a post out, in a few words."""
    from cmsite.shape.personalise import Why

    if one.why is Why.MASK:
        return ", ".join(
            f"{fit.point.value} {fit.outcome.value}" for fit in one.fits if fit.outcome.level is None
        )
    return one.why.value
