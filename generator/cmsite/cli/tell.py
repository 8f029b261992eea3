"""Tell errors and problems to the person at the terminal, on standard error."""

from __future__ import annotations

import errno
import re
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from io import TextIOWrapper

import click
from rich.console import Console
from rich.text import Text

from cmsite.errors import CmsiteError, MachineError, Problem, ProblemsFound, Severity
from cmsite.shape.typography import typeset

_MACHINE_FAULTS = {
    errno.ENOSPC: "the disk is full",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the file system is read-only",
    errno.EMFILE: "too many open files",
    errno.ENAMETOOLONG: "the name is too long for this file system",
}
WIDEST = 88  # characters of a line that is read at ease
_NARROWEST = 20
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold blue"}
_COUNTED = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}
# what a terminal would obey, swallow or draw with no width
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


class _Console(Console):
    """A console that leaves a closed pipe to the command line, which knows the exit code."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@cache
def console() -> Console:
    """Return the console for messages; it honours NO_COLOR and FORCE_COLOR and never wraps."""
    return _Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def answers() -> Console:
    """Return the console for what was asked for, on standard output.

    A character that the terminal's encoding lacks becomes `?`; nothing an author wrote is taken for markup.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return _Console(highlight=False, markup=False, emoji=False)


def say(text: str, *, language: str, style: str = "") -> None:
    """Print a text on standard error, its lines as wide as the terminal allows and an eye likes."""
    width = max(_NARROWEST, min(Console(stderr=True).width, WIDEST))  # measured anew: a window may change
    console().print(Text(click.wrap_text(typeset(text, language), width), style=style))


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print each problem: its place and what is wrong, the line with a caret, the hint."""
    for problem in problems:
        console().print(picture_problem(problem))


def picture_problem(problem: Problem) -> Text:
    """Return one problem as it is shown, in one to four lines."""
    severity = (problem.severity.value, _STYLES[problem.severity])
    what = _UNSEEN.sub(" ", f"{problem.what}{where_it_shows(problem)}")
    told = Text.assemble((f"{problem.place}", "bold"), ": ", severity, f": {what}")
    if problem.excerpt:
        line, column = _window(problem.excerpt, problem.place.column)
        told.append(f"\n    {line}\n    {' ' * (column - 1)}^")
    if problem.hint:
        told.append(Text.assemble("\n  ", ("hint", "bold cyan"), f": {problem.hint}"))
    return told


def where_it_shows(problem: Problem) -> str:
    """Return the editions in which a problem shows, in brackets, "" for all of them."""
    if not problem.editions:
        return ""
    of = "edition" if len(problem.editions) == 1 else "editions"
    return f" (in the {of} of {', '.join(f'`{name}`' for name in problem.editions)})"


def counted(problems: Iterable[Problem]) -> str:
    """Return how many there are of each severity: "1 error, 2 warnings, 3 pieces of advice"."""
    told = []
    counts = Counter(problem.severity for problem in problems)
    for severity, (one, several) in _COUNTED.items():
        if n := counts[severity]:
            told.append(f"{n} {one if n == 1 else several}")
    return ", ".join(told)


def _window(line: str, column: int, *, width: int = 100) -> tuple[str, int]:
    """Return the part of a long line around the column, and the column in that part.

    Tabs become spaces, and what cannot be seen a dot, so that the caret stands below what it means.
    """
    line = _UNSEEN.sub("·", line.replace("\t", " "))
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 2, len(line) - width))
    part = line[start : start + width]
    part = f"…{part[1:]}" if start else part
    return f"{part[:-1]}…" if start + width < len(line) else part, column - start


def tell_error(error: CmsiteError) -> int:
    """Print any of our errors and return its exit code."""
    if isinstance(error, ProblemsFound):
        tell_problems(error.problems)
        console().print(f"{counted(error.problems)}; nothing was written")
    else:
        console().print(Text.assemble(("cmsite", "bold red"), f": {error.message}"))
        if error.hint:
            console().print(Text.assemble("  ", ("hint", "bold cyan"), f": {error.hint}"))
    return error.code


def tell_machine_error(error: OSError) -> int:
    """Print what the operating system refused, in plain words, and return the exit code 4."""
    fault = _MACHINE_FAULTS.get(error.errno or 0, error.strerror or "the machine refused")
    where = f": {error.filename}" if error.filename else ""
    return tell_error(
        MachineError(f"{fault}{where}", "the published site is unchanged; mend the cause and build again")
    )
