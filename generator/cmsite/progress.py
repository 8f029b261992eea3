"""Name how far a build is, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

Value = TypeVar("Value")


class Step(Struct, frozen=True):
    """How much of a stage is done; a `total` of 0 says that nobody knows how much there is."""

    stage: str
    done: int = 0
    total: int = 0


Watcher = Callable[[Step], None]


def unwatched(step: Step) -> None:
    """Do nothing: nobody watches."""


def counted(values: Iterable[Value], stage: str, total: int, watch: Watcher) -> Iterator[Value]:
    """Yield the values, and tell the watcher of each."""
    for done, value in enumerate(values, 1):
        yield value
        watch(Step(stage, done, total))
