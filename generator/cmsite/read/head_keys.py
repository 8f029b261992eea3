"""Read the keys of a post's head: python-frontmatter's door to our own guarded loader."""

from __future__ import annotations

from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from cmsite.read.guarded_yaml import Tree, read_embedded_yaml
from cmsite.read.source import Source


def read_keys(source: Source, head: str) -> Tree:
    """Return the keys of a head, which begins on the second line of its file. Raises ProblemsFound."""
    handler = _Handler(source, head)
    frontmatter.parse(head, handler=handler)
    assert handler.tree is not None
    return handler.tree


class _Handler(YAMLHandler):
    """python-frontmatter's door to the guarded loader; the head is already found."""

    def __init__(self, source: Source, head: str) -> None:
        super().__init__()
        self.source, self.head = source, head
        self.tree: Tree | None = None

    def split(self, text: str) -> tuple[str, str]:
        return self.head, ""  # the body is taken where the fences were found, with its place

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        self.tree = read_embedded_yaml(self.source, fm, lines_before=1)
        return self.tree.value
