"""Offer the `cmsite` command: arguments in, sentences and exit codes out.

Each command lives in a file of its own, which is imported when the command is called: `--help`
needs click and nothing heavier.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmsite import __version__
from cmsite.cli.ending import done, interruptible

if TYPE_CHECKING:
    from cmsite.errors import CmsiteError

_READER_GONE = 141  # what a shell says of a program that a closed pipe has ended

# command: (module in cmsite.cli, its line in the list of commands)
_COMMANDS = {
    "build": ("build", "Build the site of a profile, of all of them, or for a target."),
    "cache": ("cache", "See what the site remembers to build faster, and forget it."),
    "check": ("check", "Report what a strict build would refuse, links that lead nowhere, and advice."),
    "coverage": ("coverage", "Show where the content is thin, term by term and profile by profile."),
    "deploy": ("deploy", "Push the built site to a branch that a host serves."),
    "diff": ("diff", "Say what two editions show differently, page by page."),
    "doctor": ("doctor", "Say what cmsite stands on here, and what another Markdown engine changes."),
    "explain": ("explain", "Say why a post is in an edition or not, and what would flip it."),
    "import": ("importing", "Bring in posts from another generator."),
    "init": ("init", "Begin a site in an empty folder: a few files, each key explained."),
    "list": ("list", "List the posts of an edition, in its order, with tier and reasons."),
    "mask": ("mask", "Tell a profile's mask, or lay two on one another; draw them with --svg."),
    "new": ("new", "Begin a post, a page, a profile or a target."),
    "profile": ("profile", "Show every value in force for a profile, and where it came from."),
    "schema": ("schema", "Print the JSON schema of a file, for editors."),
    "serve": ("serve", "Preview the site in your browser while you work on it."),
    "statement": ("statement", "Say a profile's mask in one sentence, in each language."),
    "theme": ("theme", "Copy a file of the theme to change it; see which copies are behind."),
    "whatif": ("whatif", "Say what another mask would do to an edition."),
    "who": ("who", "Find your mask: six questions, and the profile that answers them."),
}


class _LazyGroup(click.Group):
    """A group that knows its commands by name and loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = import_module(f"cmsite.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _our_endings():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _our_endings(), interruptible():
            return super().invoke(ctx)


class _ReaderGone(Exception):
    """Nobody reads our output any more: `cmsite list | head -1`."""


@contextmanager
def _our_endings() -> Iterator[None]:
    """Keep from click what it would end in its own way: an interruption, a pipe that nobody reads."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise click.exceptions.Abort from error
    except BrokenPipeError as error:
        raise _ReaderGone from error


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cmsite")
@click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The site's folder; by default the nearest one upwards with a cmsite.yml.",
)
@click.pass_context
def cmsite(ctx: click.Context, folder: Path | None) -> None:
    """Turn one tree of Markdown posts into as many tailored sites as you have profiles."""
    ctx.obj = folder


def main() -> None:
    """Run the command line and leave with the exit code that the documentation promises."""
    code = _run()
    done()
    sys.exit(code)


def _run() -> int:
    try:
        code = cmsite.main(prog_name="cmsite", standalone_mode=False)
        if sys.stdout is not None:  # a shell may have closed it
            sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt) as error:
        return _interrupted(str(error))
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (_ReaderGone, BrokenPipeError):
        return _leave_in_silence()
    except _ours() as error:
        from cmsite.cli.tell import tell_error

        return tell_error(error)
    except OSError as error:
        from cmsite.cli.tell import tell_machine_error

        return tell_machine_error(error)
    return code if isinstance(code, int) else 0


def _ours() -> type[CmsiteError]:
    """Return the root of our errors; only a command that fails needs to know them."""
    from cmsite.errors import CmsiteError

    return CmsiteError


def _interrupted(left: str) -> int:
    """Say that it was interrupted and what that has `left`: "" is nothing at all."""
    if sys.stderr is not None and sys.stderr.isatty():  # where `^C` stands on the line
        click.echo(err=True)
    click.echo(f"interrupted: {left or 'the site is unchanged'}", err=True)
    return 130


def _leave_in_silence() -> int:
    """Send what is still to be written nowhere, so that nothing complains of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    return _READER_GONE
