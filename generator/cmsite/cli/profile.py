"""Offer `cmsite profile show`: every value in force for a profile or a target, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cmsite.cli.options import json_option, print_json, problems_as_json, site_folder, target_option

if TYPE_CHECKING:
    from cmsite.read.origins import Origin


@click.group("profile")
def command() -> None:
    """Look at a profile."""


@command.command("show")
@click.argument("profile", default="")
@target_option
@click.option("--origin", is_flag=True, help="Name the file and line of each value.")
@json_option
@click.pass_context
@problems_as_json
def show(ctx: click.Context, profile: str, target: str, origin: bool, as_json: bool) -> None:
    """Show every value in force for PROFILE, by default the lead one, and the layer that states it.

    The layers are the site, the profile, and the target you name; a later one takes the place of an
    earlier one, key by key. A value that nobody states is the program's default and is not listed.
    """
    from cmsite.editions import find_edition
    from cmsite.read.origins import origins
    from cmsite.read.site import read_site

    reading = read_site(site_folder(ctx))
    whose, aimed = find_edition(reading.site, profile, target)
    found = origins(reading, whose, aimed)
    if as_json:
        print_json(
            {
                "profile": whose.name,
                "target": aimed.slug if aimed else None,
                "values": {
                    one.key: {"value": one.value, "layer": one.layer.value, "place": str(one.place)}
                    for one in found
                },
            }
        )
    else:
        _tell(found, origin=origin)


def _tell(found: tuple[Origin, ...], *, origin: bool) -> None:
    """Print a line for each value; a terminal cuts what is too long for it, a file has all of it."""
    from rich.text import Text

    from cmsite.cli.tell import answers

    console = answers()
    styles = {"site": "", "profile": "cyan", "target": "magenta"}
    widest, farthest = max(len(one.key) for one in found), max(len(str(one.place)) for one in found)
    for one in found:
        place = f"{one.place!s:{farthest}}  " if origin else ""
        line = Text.assemble(
            f"{one.key:{widest}}  ",
            (f"{one.layer:{len('profile')}}", styles[one.layer]),
            "  ",
            (place, "dim"),
            _written(one.value),
        )
        cut = console.is_terminal
        console.print(line, no_wrap=True, overflow="ellipsis" if cut else "ignore", crop=cut)


def _written(value: object) -> str:
    """Return a value as YAML would have it, in one line."""
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(item)}' for key, item in value.items())}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
