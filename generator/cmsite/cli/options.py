"""Read what several commands share from the command line: the site's folder, the instant, JSON output."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cmsite.errors import Problem, ProblemsFound, UsageError

# what no file of a site may hold, and what would end a line of it
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def site_folder(ctx: click.Context) -> Path:
    """Return the folder named by `--site`, else the nearest one upwards that holds a cmsite.yml."""
    named: Path | None = ctx.obj
    here = Path.cwd()
    folders = [named.resolve()] if named else [here, *here.parents]
    for folder in folders:
        if (folder / "cmsite.yml").is_file():
            return folder
    where = f"in {named}" if named else "here or above"
    raise _usage_error(
        f"there is no cmsite.yml {where}", "go to the site's folder, or name it with `cmsite --site FOLDER`"
    )


def instant(written: str | None) -> datetime:
    """Return the instant that decides what is published: `--now`, SOURCE_DATE_EPOCH, or the clock."""
    if written:
        try:
            moment = datetime.fromisoformat(written)
        except ValueError as error:
            raise _usage_error(f"`{written}` is not an instant", "write 2026-03-01T10:00+01:00") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    if not re.fullmatch(r"\d{1,11}", epoch):
        raise _usage_error(
            f"SOURCE_DATE_EPOCH is `{epoch}`, not a number of seconds",
            "unset it, or write the seconds since 1970",
        )
    return datetime.fromtimestamp(int(epoch), UTC)


def one_line(typed: str) -> str:
    """Return what was typed in one clean line; a no-break space is the author's."""
    return re.sub(" +", " ", _UNREADABLE.sub(" ", typed)).strip()


def _profiles_beginning_with(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Return the profiles that a shell may complete: by their files' names, nothing is read."""
    ctx.obj = ctx.find_root().params.get("folder")  # no command has run yet that would have said so
    try:
        files = (site_folder(ctx) / "profiles").glob("*.yml")
    except UsageError:
        return []
    return sorted(file.stem for file in files if file.stem.startswith(begun))


now_option = click.option("--now", metavar="INSTANT", help="Publish as if it were this instant (ISO 8601).")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output."
)
profile_option = click.option(
    "-p",
    "--profile",
    default="",
    metavar="NAME",
    shell_complete=_profiles_beginning_with,
    help="The profile; by default the lead one.",
)
target_option = click.option(
    "--target", default="", metavar="SLUG", help="The organisation aimed at, by its slug in the profile."
)


def print_json(told: dict[str, Any]) -> None:
    """Print one object, alone on standard output, in UTF-8 whatever the terminal's encoding."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=2).encode())


def told_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems in the form of `--json`."""
    return [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "what": problem.what,
            "hint": problem.hint,
            "severity": problem.severity.value,
            "code": problem.code,
            "editions": list(problem.editions),
        }
        for problem in problems
    ]


def problems_as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Make a command with `--json` tell mistakes in the author's files as JSON too, with exit code 1."""

    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except _problems_found() as found:
            if not options.get("as_json"):
                raise
            empty: dict[str, Any] = {"editions": []} if "every" in options else {}
            print_json({**empty, "problems": told_problems(found.problems)})
            raise click.exceptions.Exit(found.code) from found

    return wrapped


def _usage_error(what: str, hint: str) -> UsageError:
    from cmsite.errors import UsageError

    return UsageError(what, hint)


def _problems_found() -> type[ProblemsFound]:
    """Return the error of mistakes in the author's files; only a command that fails needs to know it."""
    from cmsite.errors import ProblemsFound

    return ProblemsFound
