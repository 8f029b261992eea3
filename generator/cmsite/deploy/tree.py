"""Make git's tree of an output, byte for byte, and say how two trees differ."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from cmsite.deploy.git import Git
from cmsite.deploy.tip import Entry

_PLAIN = "100644"


class Changes(Struct, frozen=True):
    """What a deploy changes on the branch, by path."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def store(git: Git, folder: Path, files: tuple[str, ...]) -> dict[str, Entry]:
    """Return the files of a folder as git knows them, once their very bytes are stored."""
    asked = "".join(f"{_quoted(os.path.join(folder, path))}\n" for path in files)  # noqa: PTH118
    names = git.do("hash-object", "-w", "--no-filters", "--stdin-paths", data=os.fsencode(asked)).line
    return {path: Entry(_PLAIN, name) for path, name in zip(files, names.splitlines(), strict=True)}


def _quoted(path: str) -> str:
    """Return a path as one line: git takes one in quotes for what it would mean in C."""
    if path.isprintable() and not path.startswith('"'):
        return path
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    return f'"{"".join(escapes.get(letter, letter) for letter in path)}"'


def write_tree(git: Git, index: Path, entries: Mapping[str, Entry]) -> str:
    """Return the name of a tree of these files, made in an index of its own."""
    apart = git.among(GIT_INDEX_FILE=str(index))
    lines = (f"{entry.mode} {entry.name}\t{path}\0" for path, entry in entries.items())
    apart.do("update-index", "-z", "--index-info", data=os.fsencode("".join(lines)))
    return apart.do("write-tree").line


def compare(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Changes:
    """Return what must happen to one set of files to come to another."""
    return Changes(
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(path for path in after.keys() & before.keys() if after[path] != before[path])),
        gone=tuple(sorted(before.keys() - after.keys())),
    )
