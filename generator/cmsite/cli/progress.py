"""Show how far a build is, when it takes its time and a person is watching."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from cmsite.progress import Step, Watcher

_PATIENCE = 1.0  # seconds before a bar is shown
_PAUSE = 0.1  # seconds between two looks of it
_WORDS = {"read": "reading", "plan": "planning", "pictures": "pictures", "make": "making"}


@contextmanager
def watched(*, wanted: bool) -> Iterator[Watcher]:
    """Give what shows a bar on standard error after a second; nothing where nobody watches.

    FORCE_COLOR makes no person of a file: a bar needs a terminal.
    """
    from cmsite.progress import unwatched

    if not wanted or not _is_terminal():
        yield unwatched
        return
    from cmsite.cli.tell import console

    bar = Bar(console(), time.perf_counter)
    try:
        yield bar.show
    finally:
        bar.close()


def _is_terminal() -> bool:
    from cmsite.cli.tell import console

    return sys.stderr is not None and sys.stderr.isatty() and not console().is_dumb_terminal


class Bar:
    """A bar that appears once a build has taken a second, and leaves no trace.

    It draws when it is told something, and in no thread: a build starts other processes.
    """

    def __init__(self, console: Console, clock: Callable[[], float]) -> None:
        self._console = console
        self._clock = clock
        self._due = clock() + _PATIENCE
        self._stage = ""
        self._progress: Progress | None = None

    def show(self, step: Step) -> None:
        """Draw how far the build is, unless it is too early or that stage was drawn just now."""
        now, goes_on = self._clock(), self._progress is None or step.stage == self._stage
        if now < self._due and goes_on:
            return
        self._due, self._stage = now + _PAUSE, step.stage
        progress = self._progress or self._begin()
        told = _WORDS.get(step.stage, step.stage)
        progress.update(progress.task_ids[0], description=told, completed=step.done, total=step.total or None)
        progress.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()

    def _begin(self) -> Progress:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=self._console, auto_refresh=False, transient=True)
        self._progress.add_task("")
        self._progress.start()
        return self._progress
