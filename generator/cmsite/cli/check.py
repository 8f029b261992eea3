"""Offer `cmsite check`: what `build --strict` would refuse, for every profile."""

from __future__ import annotations

import click

from cmsite.cli.options import instant, json_option, now_option, print_json, site_folder, told_problems


@click.command("check")
@now_option
@json_option
@click.pass_context
def command(ctx: click.Context, now: str | None, as_json: bool) -> int:
    """Report everything `build --strict` would refuse, for every profile. Nothing is written."""
    from cmsite.build import check_site
    from cmsite.cli.tell import console, tell_error
    from cmsite.errors import ProblemsFound

    problems = check_site(site_folder(ctx), instant(now))
    if as_json:
        print_json({"problems": told_problems(problems)})
        return ProblemsFound(problems).code if problems else 0
    if problems:
        return tell_error(ProblemsFound(problems))
    console().print("nothing to mend")
    return 0
