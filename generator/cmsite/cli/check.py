"""Offer `cmsite check`: what `build --strict` would refuse, for every profile; with `--leaks` what leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import instant, json_option, now_option, print_json, site_folder, told_problems

if TYPE_CHECKING:
    from cmsite.leaking import Searched


@click.command("check")
@click.option("--leaks", is_flag=True, help="Search every edition for what it must not tell, byte by byte.")
@now_option
@json_option
@click.pass_context
def command(ctx: click.Context, leaks: bool, now: str | None, as_json: bool) -> None:
    """Report everything `build --strict` would refuse, for every profile. Nothing is written."""
    from cmsite.build import check_site
    from cmsite.cli.tell import console, tell_error
    from cmsite.errors import ProblemsFound, Severity, sort_problems
    from cmsite.leaking import search_for_leaks

    root, moment = site_folder(ctx), instant(now)
    problems = check_site(root, moment)
    searched: tuple[Searched, ...] = ()
    if leaks and not any(problem.severity is Severity.ERROR for problem in problems):
        audit = search_for_leaks(root, moment)
        searched, problems = audit.searched, sort_problems([*problems, *audit.problems()])
    if as_json:
        told = {"leaks": [_told(each) for each in searched]} if leaks else {}
        print_json({"problems": told_problems(problems), **told})
        ctx.exit(ProblemsFound(problems).code if problems else 0)
    for each in searched:
        console().print(_sentence(each))
    if problems:
        ctx.exit(tell_error(ProblemsFound(problems)))
    console().print("nothing to mend")


def _sentence(searched: Searched) -> str:
    """Return what was searched in one edition, and what was found, in one line."""
    whose = f"{searched.profile}/{searched.target}" if searched.target else searched.profile
    where = f"{searched.output}/ ({whose})" if searched.output else whose
    found, silent = len(searched.betrayals), len(searched.silent)
    told = f"{found} of them given away" if found else "none given away"
    quiet = f"; {silent} of them in words that stand there by right" if silent else ""
    return (
        f"{where}: {len(searched.secrets):,} secrets, {told} by {searched.files:,} files "
        f"({searched.size / 1e6:.1f} MB, {searched.telltales:,} tell-tales){quiet}"
    )


def _told(searched: Searched) -> dict[str, Any]:
    return {
        "profile": searched.profile,
        "target": searched.target or None,
        "output": searched.output or None,
        "files": searched.files,
        "bytes": searched.size,
        "secrets": len(searched.secrets),
        "telltales": searched.telltales,
        "silent": [
            {"what": secret.what, "path": secret.place.path, "line": secret.place.line}
            for secret in searched.silent
        ],
        "found": [
            {
                "what": one.secret.what,
                "telltale": one.telltale,
                "path": one.place.path,
                "line": one.place.line,
                "column": one.place.column,
                "outputs": list(one.outputs),
            }
            for one in searched.betrayals
        ],
    }
