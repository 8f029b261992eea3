"""Tell what a site remembers in `.cmsite/` to build faster, and forget it."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct

from cmsite.cache import NAME, Cache
from cmsite.write.publish import working

_MEMORY = ".cmsite"
_FOLDERS = ("cards", "pictures", "search")  # of files that took long to make


class Kept(Struct, frozen=True):
    """What is remembered of one kind: where, how many entries, and their bytes."""

    kind: str
    where: str
    entries: int
    bytes: int


def kept(root: Path) -> tuple[Kept, ...]:
    """Return what the site in `root` remembers, kind by kind. What cannot be read is not told."""
    holdings = Cache(root / _MEMORY / NAME).holdings()
    held = [Kept(each.kind, f"{_MEMORY}/{NAME}", each.entries, each.bytes or 0) for each in holdings]
    folders = [_in_folder(root, name) for name in _FOLDERS]
    return tuple(sorted([*held, *(each for each in folders if each.entries)], key=lambda each: each.kind))


def forget_all(root: Path) -> tuple[Kept, ...]:
    """Forget what the site remembers, and return what that was. Published sites and manifests stay.

    Raises BuildRunning while a build is at work.
    """
    if not (root / _MEMORY).is_dir():
        return ()
    with working(root):
        gone = kept(root)
        Cache(root / _MEMORY / NAME, writable=True).clear()
        for name in _FOLDERS:
            _delete(root / _MEMORY / name)
    return gone


def _in_folder(root: Path, name: str) -> Kept:
    folder = root / _MEMORY / name
    files = folder.iterdir() if folder.is_dir() else ()
    sizes = [file.stat().st_size for file in files if file.is_file()]
    return Kept(name, f"{_MEMORY}/{name}/", len(sizes), sum(sizes))


def _delete(folder: Path) -> None:
    """Delete a folder; of a link only the link."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
