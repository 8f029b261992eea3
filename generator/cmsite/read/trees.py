"""Read one of the author's files again, for those who ask where in it a value stands."""

from __future__ import annotations

from pathlib import Path

from cmsite.read.files import TEXT_ENDINGS
from cmsite.read.front_matter import read_head
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.source import decode


def read_tree(root: Path, path: str) -> Tree:
    """Return what a YAML file, or the front matter of a post or page, holds, with every place.

    `path` is from `root`; a file that is not there holds nothing. Raises ProblemsFound as reading does.
    """
    file = root / path
    source = decode(file.read_bytes() if file.is_file() else b"", path)
    return read_head(source)[0] if path.lower().endswith(TEXT_ENDINGS) else read_yaml(source)
