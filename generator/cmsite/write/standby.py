"""Turn the generation before the published one into the next: what has changed is all that is touched.

A file stays in it only while it is the published file itself, under a second name. So whatever a crash or
somebody has left there, none of it is ever published, and there is nothing to believe about it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from cmsite.signatures import Signature, list_tree, sign


def clear(standby: Path, output: Path, kept: Collection[str], paths: Iterable[str]) -> frozenset[str]:
    """Leave in the folder `standby` those of the `kept` files of the output that it has, and no other file.

    Return which they are. Folders on the way to one of the `paths` stay: they would be made again. Raises
    OSError where the folder cannot be cleared.
    """
    try:
        staying = _clear(str(standby), str(output), frozenset(kept), _folders_of(paths))
    except OSError:  # what cannot be put in order is made anew
        _delete(standby)
        staying = frozenset()
    standby.mkdir(parents=True, exist_ok=True)
    return staying


def take_away(standby: Path, held: Collection[str], paths: Collection[str]) -> frozenset[str]:
    """Take from the folder `standby`, that holds some files, those that are not among the paths.

    Return which stay. Folders that are left empty go too.
    """
    for path in held:
        if path not in paths:
            (standby / path).unlink()
            for folder in (standby / path).parents:
                if folder == standby or any(folder.iterdir()):
                    break
                folder.rmdir()
    return frozenset(held).intersection(paths)


def fill(standby: Path, output: Path, missing: Iterable[str]) -> None:
    """Give the folder `standby` the files of the output that it does not have.

    Raises OSError where one of them is gone.
    """
    folders: set[str] = set()
    for path in missing:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(f"{standby}/{folder}", exist_ok=True)  # noqa: PTH103
            folders.add(folder)
        link(f"{output}/{path}", f"{standby}/{path}")


def link(source: str, target: str) -> None:
    """Give a file a second name, or copy it where the file system has no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def _clear(standby: str, output: str, kept: frozenset[str], needed: Collection[str]) -> frozenset[str]:
    """Delete what is not one of the kept files itself, and folders that are not needed; return what stays."""
    listing = list_tree(standby)
    staying = frozenset(_shared(standby, output, [path for path in listing.files if path in kept]))
    for path in listing.files:
        if path not in staying:
            os.unlink(f"{standby}/{path}")  # noqa: PTH108
    for path in reversed(listing.folders):  # those within a folder come before it
        if path not in needed:
            os.rmdir(f"{standby}/{path}")  # noqa: PTH106
    return staying


def _shared(standby: str, output: str, paths: list[str]) -> Iterable[str]:
    """Return those paths that name one and the same file in both folders."""
    here = sign(paths, below=standby, follow=False)
    there = sign(paths, below=output, follow=False)
    return (path for path, one, other in zip(paths, here, there, strict=True) if _is_one_file(one, other))


def _is_one_file(one: Signature, other: Signature) -> bool:
    inode = one[2]
    return one == other and inode != 0


def _folders_of(paths: Iterable[str]) -> set[str]:
    needed: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in needed:
            needed.add(folder)
            folder = folder.rpartition("/")[0]
    return needed


def _delete(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
