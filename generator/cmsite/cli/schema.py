"""Offer `cmsite schema`: the JSON schema of a file that an author writes, for editors."""

from __future__ import annotations

import click

from cmsite.cli.options import print_json

NAMES = ("cmsite", "mask", "profile", "post", "page", "theme")


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
def command(name: str) -> None:
    """Print the JSON schema of a file, for editors that complete and check while you type."""
    from cmsite.read.schemas import json_schema

    print_json(json_schema(name))
