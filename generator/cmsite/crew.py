"""Spread work that depends on nothing but its item over several processes, and take it back in order.

Where processes can be forked they have everything already, and only results travel: this process works too,
and each takes the next portion when it is done with one. Elsewhere processes are begun anew, and only work
that can be sent to them is `portable`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from cmsite.forking import Begun

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, at_once: int, portable: bool = False
) -> Iterator[Result]:
    """Yield what `work` makes of each item, in their order.

    `jobs` is how many processes may work, 0 lets each processor have one; `at_once` is how many items one
    takes at a time. Fewer items than would keep two busy are worked on here. Raises MachineError when a
    process is ended from outside.
    """
    jobs = min(jobs or processors(), len(items) // at_once)
    if jobs < 2 or not (forks() or portable):
        yield from map(work, items)
        return
    if forks():
        from cmsite.forking import together as shared
    else:
        from cmsite.spawning import together as shared
    for portion in shared(work, items, jobs=jobs, at_once=at_once):
        yield from portion


class Asides:
    """Work that is done in other processes while this one goes on; none of them outlives the block.

    Where processes cannot be forked, or only one of the `jobs` may work, nothing is begun.
    """

    def __init__(self, jobs: int) -> None:
        self.pays = forks() and (jobs or processors()) > 1
        self._begun: list[Begun] = []

    def begin(self, work: Callable[[], bytes]) -> Callable[[], bytes | None]:
        """Begin some work, and return what awaits its result: None when it could not be done."""
        if not self.pays:
            return lambda: None
        from cmsite.forking import Begun

        self._begun.append(begun := Begun(work))
        return begun.result

    def __enter__(self) -> Asides:
        return self

    def __exit__(self, *_: object) -> None:
        for begun in self._begun:
            begun.end()


def forks() -> bool:
    """Return whether processes can be forked here without harm."""
    return sys.platform == "linux"


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
