"""Offer `cmsite init`: from an empty folder to a small site with every key explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from cmsite.cli.ending import done
from cmsite.cli.options import instant, json_option, print_json
from cmsite.errors import UsageError
from cmsite.model import LANGUAGES, Language

if TYPE_CHECKING:
    from cmsite.write.scaffold import Begun

_ZONES = {"fr": "Europe/Paris", "en": "Europe/London"}  # of the scaffolds' cmsite.yml


@click.command("init")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False), default=None
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="The language of the site, and of the comments in its files.",
)
@click.option("--github", is_flag=True, help="Add a workflow that publishes on GitHub Pages.")
@json_option
@click.pass_context
def command(ctx: click.Context, folder: Path | None, language: str, github: bool, as_json: bool) -> None:
    """Begin a site in DIR, by default the folder where you are: a few files, each key explained.

    Nothing is ever overwritten. What the folder holds otherwise stays as it is.
    """
    from cmsite import __version__
    from cmsite.write.scaffold import begin_site

    if folder and ctx.obj:
        raise UsageError("the folder is named twice", "leave out `--site`: `cmsite init DIR`")
    spoken = Language(language)
    begun = begin_site(
        (folder or ctx.obj or Path()).resolve(),
        spoken,
        day=instant(None).astimezone(ZoneInfo(_ZONES[language])).date(),
        github=f"cmsite[all]=={__version__}" if github else "",
    )
    done()
    steps = _next_steps(begun)
    if as_json:
        print_json(_told(begun, spoken, steps))
    else:
        _tell(begun, steps)


def _next_steps(begun: Begun) -> list[tuple[str, str]]:
    """Return the commands that come next, in their order, each with what it does."""
    steps = [
        ("cmsite who", "six questions, and a profile of your own"),
        ('cmsite new post "My first post"', "a draft, in content/posts/"),
        ("cmsite build", "the site, into public/"),
    ]
    if begun.folder == Path.cwd():
        return steps
    return [(f"cd {_quoted(begun.folder)}", "go there"), *steps]


def _quoted(folder: Path) -> str:
    """Return a folder as a shell takes it, from here where it lies below."""
    from shlex import quote

    here = Path.cwd()
    return quote(str(folder.relative_to(here) if folder.is_relative_to(here) else folder))


def _tell(begun: Begun, steps: list[tuple[str, str]]) -> None:
    """Print the files on standard output, and what comes next beside them."""
    from cmsite.cli.tell import console

    for path in begun.written:
        click.echo(path)
    for path in begun.kept:
        lines = f"; add {', '.join(begun.missing)}" if begun.missing else ""
        console().print(f"kept {path} as it is{lines}")
    console().print("next:")
    widest = max(len(step) for step, _ in steps)
    for step, about in steps:
        console().print(f"  {step:<{widest}}  {about}")


def _told(begun: Begun, language: Language, steps: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "folder": str(begun.folder),
        "language": language,
        "written": list(begun.written),
        "kept": list(begun.kept),
        "missing": list(begun.missing),
        "next": [step for step, _ in steps],
    }
