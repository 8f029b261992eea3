"""Find the author's files in the site's folder, and say what their bytes are.

Links that lead out of the site's folder are refused: a build must depend on nothing outside.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cmsite.digest import digest_bytes
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Place, SiteFile

TEXT_ENDINGS = (".md", ".markdown")


def walk(root: Path, folder: str) -> Iterator[str]:
    """Yield the path from `root` of every file below `folder`, sorted, hidden ones left out.

    Raises ProblemsFound for a link that leads out of the site's folder.
    """
    top = root / folder
    if not top.is_dir():
        return
    _refuse_outside(root, top)
    for entry in sorted(os.scandir(top), key=lambda entry: entry.name):
        if _is_hidden(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            _refuse_outside(root, root / path)
        if entry.is_dir():
            yield from walk(root, path)
        elif entry.is_file():
            yield path


def read_file(root: Path, path: str, *, below: str) -> SiteFile:
    """Return what the bytes of the file at `path` are, its path told from `below`."""
    data = (root / path).read_bytes()
    return SiteFile(path.removeprefix(f"{below}/"), digest_bytes(data), len(data))


def _is_hidden(name: str) -> bool:
    return (name.startswith(".") and name != ".well-known") or name.endswith("~") or name == "Thumbs.db"


def _refuse_outside(root: Path, path: Path) -> None:
    if not path.resolve().is_relative_to(root.resolve()):
        what = "this link leads out of the site's folder"
        hint = "copy what it leads to into the site"
        place = Place(path.relative_to(root).as_posix())
        raise ProblemsFound([Problem(place, what, hint, "link-outside")])
