"""End a command: hear no interruption once its work is done, and leave at once when it is told."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from typing import NoReturn


def done() -> None:
    """Hear no interruption from here on: it would say that nothing has changed."""
    if current_thread() is main_thread():  # no other one may say so, and none is interrupted
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def leave(code: int) -> NoReturn:
    """End the process with this exit code, and leave it to the machine to take back what it holds.

    Python would give back every value one by one, which takes a tenth of the time of a build. A profiler or a
    debugger is left its own way out, for it has something to write at the end.
    """
    if _is_watched():
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a shell may have closed it
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _is_watched() -> bool:
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    tools = (monitoring.get_tool(number) for number in range(6)) if monitoring else ()
    return bool(sys.getprofile() or sys.gettrace() or any(tools))


@contextmanager
def interruptible() -> Iterator[None]:
    """Hear interruptions again after a block as before it, for whoever runs several commands."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is not before:
            signal.signal(signal.SIGINT, before)
