"""Stop work on an author's text that takes too long, too much memory, or nests too deep."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

SECONDS = 10
MEMORY = 512 * 1024 * 1024  # bytes, on top of what the program holds
_HELD = Path("/proc/self/statm")


class OutOfBounds(Exception):
    """Work was stopped; the message says what it took too much of."""


class _Stop(BaseException):
    """Passes through what a library catches."""


@contextlib.contextmanager
def bounded(seconds: float | None = None, memory: int | None = None) -> Iterator[None]:
    """Raise OutOfBounds when the work inside takes too much.

    The time is kept where the system has alarms and the work is done in the main thread, the memory
    where the system counts it: on Linux both are. What is not stated is `SECONDS` and `MEMORY`.
    """
    seconds, memory = seconds or SECONDS, memory or MEMORY
    try:
        with _timed(seconds), _metered(memory):
            yield
    except _Stop as stop:
        raise OutOfBounds(f"takes longer than {seconds:g} seconds") from stop
    except MemoryError as error:
        raise OutOfBounds(f"takes more than {memory // (1024 * 1024)} MB of memory") from error
    except RecursionError as error:
        raise OutOfBounds("is nested too deep to be read") from error


@contextlib.contextmanager
def _timed(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


@contextlib.contextmanager
def _metered(memory: int) -> Iterator[None]:
    held = _held()
    if held is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = held + memory if soft == resource.RLIM_INFINITY else min(soft, held + memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _held() -> int | None:
    """Return the bytes of address space that the program holds; None where the system does not say."""
    try:
        with _HELD.open("rb", buffering=0) as told:
            pages = int(told.read().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    import resource

    return pages * resource.getpagesize()
