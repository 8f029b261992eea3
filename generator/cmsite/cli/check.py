"""Offer `cmsite check`: what is wrong with a site, what is broken, what leaks, what could be better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import instant, json_option, now_option, print_json, site_folder, told_problems
from cmsite.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cmsite.errors import Problem
    from cmsite.leaking import Searched

_FIRST = 5  # of each kind of warning and of advice that is told whole, when there are more than one more


@click.command("check")
@click.option("--leaks", is_flag=True, help="Search every edition for what it must not tell, byte by byte.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How to tell: for people, or as remarks on a pull request.",
)
@click.option("-v", "--verbose", is_flag=True, help="Tell every warning and advice, not the first of a kind.")
@now_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, leaks: bool, form: str, verbose: bool, now: str | None, as_json: bool
) -> None:
    """Report what a strict build of any edition would refuse, links that lead nowhere, and advice.

    Nothing is written. Advice alone leaves with exit code 0.
    """
    if as_json and form != "text":
        raise UsageError("--json and --format both say how to tell", "leave one of the two out")
    root = site_folder(ctx)
    problems, searched = _look(root, instant(now), leaks=leaks)
    if as_json:
        told = {"leaks": [_told_search(each) for each in searched]} if leaks else {}
        print_json({"problems": told_problems(problems), **told})
    else:
        _tell_searches(searched)
        if form == "github":
            _annotate(problems, root)
        else:
            _tell(problems, verbose=verbose)
    ctx.exit(_code(problems))


def _look(root: Path, now: datetime, *, leaks: bool) -> tuple[tuple[Problem, ...], tuple[Searched, ...]]:
    """Return all that is found, and the editions searched for leaks: none while there is an error.

    Advice waits until nothing leaks.
    """
    from cmsite.audit import check_site
    from cmsite.errors import Severity, sort_problems

    problems = check_site(root, now)
    if not leaks or any(problem.severity is Severity.ERROR for problem in problems):
        return problems, ()
    from cmsite.leaking import search_for_leaks

    search = search_for_leaks(root, now)
    leaking = sort_problems(search.problems())
    if any(problem.severity is Severity.ERROR for problem in leaking):
        problems = tuple(problem for problem in problems if problem.severity is not Severity.ADVICE)
    return sort_problems([*problems, *leaking]), search.searched


def _code(problems: Iterable[Problem]) -> int:
    """Return the exit code: advice alone is no failure."""
    from cmsite.errors import ProblemsFound, Severity

    to_mend = [problem for problem in problems if problem.severity is not Severity.ADVICE]
    return ProblemsFound(to_mend).code if to_mend else 0


def _annotate(problems: Sequence[Problem], root: Path) -> None:
    from cmsite.cli.annotations import annotation, folder_in_repository
    from cmsite.cli.tell import console

    folder = folder_in_repository(root)
    for problem in problems:
        click.echo(annotation(problem, folder))
    console().print(_summary(problems))


def _tell(problems: Sequence[Problem], *, verbose: bool) -> None:
    """Print the problems kind by kind, the worst kind first, and how many there are."""
    from cmsite.cli.tell import console, tell_problems
    from cmsite.errors import Severity

    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.code), []).append(problem)
    for (severity, code), found in kinds.items():
        whole = verbose or severity == Severity.ERROR or len(found) <= _FIRST + 1
        tell_problems(found if whole else found[:_FIRST])
        if not whole:
            console().print(f"… and {len(found) - _FIRST} more of the kind `{code}` (`-v` tells them all)")
    console().print(_summary(problems))


def _summary(problems: Sequence[Problem]) -> str:
    from cmsite.cli.tell import counted

    if not problems:
        return "nothing to mend"
    return counted(problems) if _code(problems) else f"nothing to mend; {counted(problems)}"


def _tell_searches(searched: Iterable[Searched]) -> None:
    from cmsite.cli.tell import console

    for each in searched:
        console().print(_sentence(each))


def _sentence(searched: Searched) -> str:
    """Return what was searched in one edition, and what was found, in one line."""
    whose = f"{searched.profile}/{searched.target}" if searched.target else searched.profile
    where = f"{searched.output}/ ({whose})" if searched.output else whose
    found, silent = len(searched.betrayals), len(searched.silent)
    told = f"{found} of them given away" if found else "none given away"
    quiet = f"; {silent} of them in words that stand there by right" if silent else ""
    return (
        f"{where}: {len(searched.secrets):,} secrets, {told} by {_files(searched.files)} "
        f"({searched.size / 1e6:.1f} MB, {searched.telltales:,} tell-tales){quiet}"
    )


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _told_search(searched: Searched) -> dict[str, Any]:
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
