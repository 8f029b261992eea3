"""Notice that an author's files have changed: at once with watchfiles, else by looking twice a second."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

_FILES = ("cmsite.yml", "mask.yml", "mask.yaml")
_FOLDERS = ("content", "profiles", "themes")
_LOOK = 0.5  # seconds between two looks
_SETTLE = 50  # milliseconds of silence after which a change is told

Signature = tuple[tuple[str, int, int, int], ...]


def can_be_told() -> bool:
    """Return whether the library is installed that the system tells changes to."""
    return find_spec("watchfiles") is not None


@contextmanager
def watching(root: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed` whenever a file of the site in `root` has changed, until the block ends."""
    ending = Event()
    watch = _be_told if can_be_told() else _look
    thread = Thread(target=watch, args=(root, changed, ending), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def sign(root: Path, folders: tuple[str, ...] = _FOLDERS) -> Signature:
    """Return what tells a site's files from what they were: of each its path, size, time and inode."""
    files = [root / name for name in _FILES]
    for folder in folders:
        for parent, _, names in os.walk(root / folder):
            files += [Path(parent, name) for name in names]
    return tuple(sorted(_signed(files)))


def _signed(files: list[Path]) -> Iterator[tuple[str, int, int, int]]:
    for file in files:
        try:
            found = file.stat()
        except OSError:
            continue
        yield str(file), found.st_size, found.st_mtime_ns, found.st_ino


def _look(root: Path, changed: Callable[[], None], ending: Event) -> None:
    before = sign(root)
    while not ending.wait(_LOOK):
        now = sign(root)
        if now != before:
            before = now
            changed()


def _be_told(root: Path, changed: Callable[[], None], ending: Event) -> None:
    """Be told of the folders by the system, and look at the few files beside them.

    A folder that comes or goes is seen in the same look: then the system is asked anew.
    """
    before, folders = sign(root, ()), _present(root)
    while not ending.is_set():
        for told in _tidings(folders, ending):
            now, there = sign(root, ()), _present(root)
            if told or (now, there) != (before, folders):
                changed()
            before, moved, folders = now, there != folders, there
            if moved:
                break


def _tidings(folders: tuple[Path, ...], ending: Event) -> Iterator[bool]:
    """Yield, at least every half second, whether the system has told of a change in the folders."""
    import watchfiles

    if not folders:
        ending.wait(_LOOK)
        yield False
        return
    for told in watchfiles.watch(
        *folders,
        watch_filter=None,
        step=_SETTLE,
        rust_timeout=int(_LOOK * 1000),
        yield_on_timeout=True,
        stop_event=ending,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield bool(told)


def _present(root: Path) -> tuple[Path, ...]:
    return tuple(root / name for name in _FOLDERS if (root / name).is_dir())
