"""Tell by their signatures, without reading them, that files and folders are what they were.

A signature is (size, mtime, inode, ctime). It is trusted when the file system's clock had moved on before it
was taken: a change in the same tick would leave it as it is, and git calls such a file racily clean.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

Signature = tuple[int, int, int, int]
Taken = TypeVar("Taken")

_PATIENCE = 0.05  # seconds; a tick of most file systems' clocks takes a tenth of that
_signature = attrgetter("st_size", "st_mtime_ns", "st_ino", "st_ctime_ns")
_LAST_CHANGE = 3 if os.name == "posix" else 1  # elsewhere a ctime tells when a file was made


class Listing(Struct, frozen=True):
    """The folders and the files below a folder, and those of both that are links; paths are from it."""

    folders: tuple[str, ...]
    files: tuple[str, ...]
    links: tuple[str, ...]


def list_tree(
    folder: str, *, within: str = "", leave_out: Callable[[str], bool] = lambda _: False
) -> Listing:
    """Return what lies below a folder, which itself is left out, as are the names to `leave_out`.

    Links to folders are files here, but those that lead to somewhere `within` a folder are followed.
    """
    folders: list[str] = []
    files: list[str] = []
    links: list[str] = []
    todo = [("", frozenset([os.path.realpath(folder)]))]  # with the folders that no link may lead back to
    while todo:
        below, above = todo.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if leave_out(entry.name):
                    continue
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    todo.append((f"{path}/", above))
                    continue
                files.append(path)
                if entry.is_symlink():
                    links.append(path)
                    real = os.path.realpath(f"{folder}/{path}")
                    is_followed = within and real.startswith(f"{within}/") and real not in above
                    if is_followed and entry.is_dir():
                        todo.append((f"{path}/", above | {real}))
    return Listing(tuple(sorted(folders)), tuple(sorted(files)), tuple(sorted(links)))


def sign(paths: Iterable[str], *, below: str = "", follow: bool) -> list[Signature]:
    """Return the signatures of paths, from the folder `below` if given. Raises OSError where nothing is."""
    start = f"{below}/" if below else ""
    look = partial(os.stat, follow_symlinks=follow)
    return list(map(_signature, map(look, map(start.__add__, paths))))


def newest(signatures: Iterable[Signature]) -> int:
    """Return the instant of the last change, in nanoseconds."""
    return max((each[_LAST_CHANGE] for each in signatures), default=0)


def settled(probe: str, take: Callable[[], tuple[Taken, int]]) -> Taken | None:
    """Return what `take` takes with the instant of its last change, once that instant is past.

    `probe` is a file to ask the file system's clock with. What changes all the time, or bears an instant to
    come, is None.
    """
    for _ in range(3):
        now = moment(probe)
        taken, last = take()
        if last < now:
            return taken
        if not _passes(probe, last):
            return None
    return None


def _passes(probe: str, instant: int) -> bool:
    """Wait until an instant is past, if it soon is; return whether it is."""
    end = time.perf_counter() + _PATIENCE
    while time.perf_counter() < end:
        if moment(probe) > instant:
            return True
    return False


def moment(probe: str) -> int:
    """Return what time it is by the file system's own clock, which the file `probe` is touched to ask."""
    with open(probe, "ab"):  # noqa: PTH123 no pathlib here: this is imported before every build
        pass
    os.utime(probe)
    return newest([_signature(os.stat(probe))])  # noqa: PTH116
