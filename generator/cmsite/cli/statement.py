"""Offer `cmsite statement`: a profile's mask in one sentence, in each language."""

from __future__ import annotations

import click

from cmsite.cli.options import json_option, print_json, problems_as_json, profile_option, site_folder


@click.command("statement")
@profile_option
@json_option
@click.pass_context
@problems_as_json
def command(ctx: click.Context, profile: str, as_json: bool) -> None:
    """Say a profile's mask in one sentence, in French and in English."""
    from cmsite.editions import find_profile
    from cmsite.model import LANGUAGES
    from cmsite.read.site import read_site
    from cmsite.shape.statement import statement

    site = read_site(site_folder(ctx)).site
    mask = find_profile(site, profile).mask
    told = {
        str(language): statement(mask, site.vocabulary, language)
        for language in sorted(LANGUAGES, reverse=True)
    }
    if as_json:
        print_json({"statements": told})
    else:
        for language, sentence in told.items():
            click.echo(f"{language}  {sentence}")
