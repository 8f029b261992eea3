"""Offer `cmsite cache`: what a site remembers to build faster, and how to forget it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import json_option, print_json, site_folder

if TYPE_CHECKING:
    from cmsite.keeping import Kept


@click.group("cache")
def command() -> None:
    """See what the site remembers in .cmsite/ to build faster, and forget it."""


@command.command("show")
@json_option
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Say what is remembered, kind by kind: how much, and where."""
    from cmsite.cli.tell import answers, console
    from cmsite.keeping import kept

    held = kept(site_folder(ctx))
    if as_json:
        print_json({"kept": told_kept(held)})
        return
    for each in held:
        told = f"{each.kind:<10} {each.entries:>7} {'entry' if each.entries == 1 else 'entries':<7}"
        answers().print(f"{told} {weight(each.bytes):>9}  {each.where}", soft_wrap=True)
    console().print(summary(held) if held else "nothing is remembered: the next build makes every file anew")


@command.command("clear")
@json_option
@click.pass_context
def clear(ctx: click.Context, as_json: bool) -> None:
    """Forget it all. The published site stays; the next build takes longer."""
    from cmsite.cli.tell import console
    from cmsite.keeping import forget_all

    gone = forget_all(site_folder(ctx))
    if as_json:
        print_json({"forgotten": told_kept(gone)})
    elif gone:
        console().print(f"forgotten: {summary(gone)}; the next build makes again what it needs")
    else:
        console().print("nothing was remembered")


def weight(size: int) -> str:
    """Return a number of bytes as people say it, in thousands."""
    for unit, least in (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes" if size != 1 else "1 byte"


def summary(held: Iterable[Kept]) -> str:
    """Return how much is remembered, in a few words."""
    each = tuple(held)
    entries = sum(one.entries for one in each)
    return f"{entries} {'entry' if entries == 1 else 'entries'}, {weight(sum(one.bytes for one in each))}"


def told_kept(held: Iterable[Kept]) -> list[dict[str, Any]]:
    """Return what is remembered in the form of `--json`."""
    return [
        {"kind": each.kind, "where": each.where, "entries": each.entries, "bytes": each.bytes}
        for each in held
    ]
