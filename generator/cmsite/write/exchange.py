"""Swap two folders: in one step where the system can, else in two that can be undone."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_OFFERED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def exchange(new: Path, current: Path, aside: Path) -> None:
    """Let the folders `new` and `current` change places; where `current` is absent, `new` takes its place.

    Where the system cannot swap, `current` is moved `aside` first; `recover` undoes that after a crash.
    """
    if not current.exists():
        current.parent.mkdir(parents=True, exist_ok=True)
        new.rename(current)
    elif not _swap(new, current):
        current.rename(aside)
        new.rename(current)
        aside.rename(new)


def recover(current: Path, aside: Path) -> None:
    """Bring back a folder that a crash left aside, between the two steps of an exchange."""
    if aside.exists() and not current.exists():
        aside.rename(current)


def _swap(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return whether the system offers that."""
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(other))


@cache
def _renameat2():  # type: ignore[no-untyped-def]
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
