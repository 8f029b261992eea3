"""Find the author's files in the site's folder, and say what their bytes are.

Links that lead out of the site's folder are refused: a build must depend on nothing outside.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from cmsite.digest import digest_bytes
from cmsite.errors import Problem, ProblemsFound, nearest
from cmsite.model import Place, SiteFile
from cmsite.paths import is_hidden
from cmsite.read.fields import shown
from cmsite.read.pictures import measure

TEXT_ENDINGS = (".md", ".markdown")
_NAMING = "check the name; paths begin at content/, as in `files/x.jpg`"
_UNTELLABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # the last: bytes that are not UTF-8


def walk(root: Path, folder: str) -> Iterator[str]:
    """Yield the path from `root` of every file below `folder`, sorted, hidden ones left out.

    Raises ProblemsFound for a link that leads out of the site's folder or back to a folder above it, and
    for a name that cannot be told in an address.
    """
    if (root / folder).is_dir():
        yield from _walk(root, folder, frozenset())


def _walk(root: Path, folder: str, above: frozenset[Path]) -> Iterator[str]:
    here = refuse_outside(root, root / folder)
    if here in above:
        what = "this link leads back to a folder it stands in"
        raise ProblemsFound([Problem(Place(folder), what, "delete the link", "link-broken")])
    for entry in sorted(os.scandir(here), key=lambda entry: entry.name):
        if is_hidden(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        if _UNTELLABLE.search(entry.name):
            raise ProblemsFound([_untellable(path)])
        if entry.is_symlink() and not refuse_outside(root, root / path).exists():
            what = "this link leads nowhere"
            raise ProblemsFound([Problem(Place(path), what, "delete the link", "link-broken")])
        if entry.is_dir():
            yield from _walk(root, path, above | {here})
        elif entry.is_file():
            yield path


def read_file(root: Path, path: str, *, below: str) -> SiteFile:
    """Return what the bytes of the file at `path` are, its path told from `below`."""
    data = (root / path).read_bytes()
    return SiteFile(path.removeprefix(f"{below}/"), digest_bytes(data), len(data), *measure(data, path))


def missing_file(path: str, files: Collection[str]) -> tuple[str, str]:
    """Return what to say of a path from content/ that no file has, and what to do: the nearest name."""
    if ".." in path.split("/"):
        return "this path leads out of content/", "copy the file to content/files/ and write `files/NAME`"
    stems = {PurePosixPath(file).stem: file for file in sorted(files, reverse=True)}
    near = nearest(PurePosixPath(path).stem, list(stems))
    hint = f"did you mean `{stems[near]}`?" if near else _NAMING
    return f"there is no file {shown(f'content/{path}')}", hint


def _untellable(path: str) -> Problem:
    shown = _UNTELLABLE.sub("\N{REPLACEMENT CHARACTER}", path)
    what = "this file's name holds a character that cannot stand in an address"
    return Problem(Place(shown), what, "rename it with letters, digits and hyphens", "file-name")


def refuse_outside(root: Path, path: Path) -> Path:
    """Return the real path of a file or folder. Raises ProblemsFound when it lies out of `root`."""
    real = Path(os.path.realpath(path))  # `resolve` raises for a link to itself
    if not real.is_relative_to(os.path.realpath(root)):
        what = "this link leads out of the site's folder"
        hint = "copy what it leads to into the site"
        place = Place(path.relative_to(root).as_posix())
        raise ProblemsFound([Problem(place, what, hint, "link-outside")])
    return real
