"""Read one of the author's files again, for those who ask where in it a value stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cmsite.read.files import TEXT_ENDINGS
from cmsite.read.front_matter import read_head
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.source import decode


class Trees(dict[str, Tree]):
    """What each file holds, by its path: one that is not known yet is read when it is asked for.

    `sound` are files of which it is known that they can be read.
    """

    def __init__(self, read: Callable[[str], Tree]) -> None:
        super().__init__()
        self.read = read
        self.sound: frozenset[str] = frozenset()

    def __contains__(self, path: object) -> bool:
        return path in self.sound or super().__contains__(path)

    def __missing__(self, path: str) -> Tree:
        self[path] = self.read(path)
        return self[path]


def read_tree(root: Path, path: str) -> Tree:
    """Return what a YAML file, or the front matter of a post or page, holds, with every place.

    `path` is from `root`; a file that is not there holds nothing. Raises ProblemsFound as reading does.
    """
    file = root / path
    source = decode(file.read_bytes() if file.is_file() else b"", path)
    return read_head(source)[0] if path.lower().endswith(TEXT_ENDINGS) else read_yaml(source)
