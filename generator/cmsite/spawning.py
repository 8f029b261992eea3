"""Share work with processes that are begun anew: the work and its items are sent to them."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from cmsite.errors import lost_process

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # portions that wait for each process: no more than these are held at once
_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # of a process that works for another


def together(
    work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, at_once: int
) -> Iterator[list[Result]]:
    """Yield what is made of each portion of some items, in their order.

    Raises MachineError when a process is ended from outside, and what `work` raises.
    """
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work, items)) as processes:
            waiting: deque[Future[list[Result]]] = deque()
            for start in range(0, len(items), at_once):
                waiting.append(processes.submit(_portion, start, start + at_once))
                if len(waiting) > jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise lost_process() from error


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for the work stops it
    _shared = work, items


def _portion(start: int, stop: int) -> list[Any]:
    assert _shared is not None
    work, items = _shared
    return [work(item) for item in items[start:stop]]
