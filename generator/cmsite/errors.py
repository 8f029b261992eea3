"""Say what went wrong, where, and how to mend it.

    CmsiteError                     everything a command may tell a user; `code` is the exit code
    ├── ProblemsFound        1      mistakes in the author's files, all of them at once (3: unsafe `output`)
    ├── UsageError           2      a word on the command line that nothing answers to
    ├── Refused              3      unsafe: the output is not ours, or lies where it must not
    ├── MachineError         4      disk full, permission, read-only, network
    ├── RemoteRefused        5      the branch that a site is deployed to has moved, or its host said no
    └── BuildRunning         6      another build works in this site's folder

A `Problem` is a mistake in the author's files. Readers collect problems and raise them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from cmsite.model import Place


class Severity(StrEnum):
    """An error stops the build, a warning does so under `--strict` only, advice never: the worst first."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Problem(Struct, frozen=True):
    """A mistake: its place, what is wrong and what to do, in the author's words.

    `code` is a short stable name for machines; `excerpt` the offending line, when there is one;
    `editions` names those in which it shows, none for all of them.
    """

    place: Place
    what: str
    hint: str = ""
    code: str = "invalid"
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    editions: tuple[str, ...] = ()


class CmsiteError(Exception):
    """The root of every error a command turns into a sentence and an exit code."""

    code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ProblemsFound(CmsiteError):
    """The author's files hold mistakes; `problems` has all of them, sorted, the worst first."""

    code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__(f"{len(self.problems)} problem(s) found")
        if any(problem.code == "output" for problem in self.problems):
            self.code = Refused.code


class UsageError(CmsiteError):
    """The command line names something that does not exist."""

    code = 2


class Refused(CmsiteError):
    """What was asked for could destroy something that is not ours."""

    code = 3


class MachineError(CmsiteError):
    """The machine said no: disk, permission, network."""

    code = 4


class RemoteRefused(CmsiteError):
    """The host did not take what was deployed; nothing there has changed."""

    code = 5


class BuildRunning(CmsiteError):
    """Another build is at work in this site's folder."""

    code = 6


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repetition: errors before warnings before advice, then by place."""
    worst_first = list(Severity).index
    return tuple(
        sorted(
            set(problems),
            key=lambda one: (worst_first(one.severity), one.place, one.what, one.editions),
        )
    )


def suggest(word: str, known: Sequence[str], *, otherwise: str = "") -> str:
    """Return "did you mean `x`?" for the nearest known word, else `otherwise`."""
    near = nearest(word, known)
    return otherwise if near is None else f"did you mean `{near}`?"


def nearest(word: str, known: Sequence[str], *, likeness: float = 0.6) -> str | None:
    """Return the known word that is spelt most like `word`, None when none is like it.

    `likeness` is how much of the two must be the same, from 0 to 1.
    """
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), [name.casefold() for name in known], n=1, cutoff=likeness)
    return next((name for name in known if name.casefold() == near[0]), None) if near else None


def there_are(words: Sequence[str]) -> str:
    """Return the hint that names all there is: "there is `a`", "there are `a`, `b`"."""
    if not words:
        return "there is none"
    return f"there {'is' if len(words) == 1 else 'are'} {', '.join(f'`{word}`' for word in words)}"


def lost_process() -> MachineError:
    """Return what to raise when a process that worked along was ended from outside."""
    hint = "build again with `--jobs 1`, which needs less memory"
    return MachineError("a process that worked for this build was ended from outside", hint)
