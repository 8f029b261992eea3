"""Mark the moment from which a command's work is done and only remains to be told."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


def done() -> None:
    """Hear no interruption from here on: it would say that nothing has changed."""
    if current_thread() is main_thread():  # no other one may say so, and none is interrupted
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interruptible() -> Iterator[None]:
    """Hear interruptions again after a block as before it, for whoever runs several commands."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is not before:
            signal.signal(signal.SIGINT, before)
