"""Spread work that depends on nothing but its item over several processes, and take it back in order.

Where processes can be forked they have everything already, and only results travel. Elsewhere they are
begun anew, and only work that can be sent to them is `portable`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from cmsite.errors import MachineError

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # portions that wait for each process: no more than these are held at once
_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # of a process that works for another


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, at_once: int, portable: bool = False
) -> Iterator[Result]:
    """Yield what `work` makes of each item, in their order.

    `jobs` is how many processes may work, 0 lets each processor have one; `at_once` is how many items one
    takes at a time. Fewer items than would keep two busy are worked on here. Raises MachineError when a
    process is ended from outside.
    """
    forks = sys.platform == "linux"
    jobs = min(jobs or processors(), len(items) // at_once)
    if jobs < 2 or not (forks or portable):
        yield from map(work, items)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork" if forks else "spawn")
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work, items)) as processes:
            waiting: deque[Future[list[Result]]] = deque()
            for start in range(0, len(items), at_once):
                waiting.append(processes.submit(_portion, start, start + at_once))
                if len(waiting) > jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        hint = "build again with `--jobs 1`, which needs less memory"
        raise MachineError("a process that worked for this build was ended from outside", hint) from error


def aside(work: Callable[[], None]) -> Callable[[], bool]:
    """Begin some work in another process, and return what waits for its end and tells whether it was done.

    Where processes cannot be forked nothing is begun, and nothing is done.
    """
    if sys.platform != "linux":
        return lambda: False
    child = os.fork()
    if child:
        return cache(lambda: os.waitpid(child, 0)[1] == 0)
    with suppress(BaseException):  # whoever waits does it again, and is told what is wrong
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
        os._exit(0)
    os._exit(1)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for the work stops it
    _shared = work, items


def _portion(start: int, stop: int) -> list[Any]:
    assert _shared is not None
    work, items = _shared
    return [work(item) for item in items[start:stop]]
