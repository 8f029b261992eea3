"""Split a post's file into its front matter and its body.

python-frontmatter accepts a good deal in silence (an unclosed head is published as text, its
`draft: true` lost), so the fences are checked before it is called, and its YAML is read by our own
guarded loader.
"""

from __future__ import annotations

import re
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, Place
from cmsite.read.guarded_yaml import Tree, read_embedded_yaml
from cmsite.read.source import Source
from cmsite.read.yaml_faults import NO_KEY

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00a0"
_HEAD_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(\s|$)")


def read_head(source: Source) -> tuple[Tree, Body]:
    """Return a post's front matter and its body, whose place is that of its first line that is not blank.

    Raises ProblemsFound when the head is missing, not closed, doubled or not a mapping.
    """
    lines = source.text.split("\n")
    closing = _closing_fence(source, lines)
    handler = _Handler(source, lines[1:closing])
    try:
        frontmatter.parse(source.text, handler=handler)
    except ProblemsFound as found:
        raise ProblemsFound(_as_unclosed(source, problem) for problem in found.problems) from found
    assert handler.tree is not None
    return handler.tree, _body(source, lines, closing)


def split_head(source: Source) -> tuple[str, Body]:
    """Return all that stands before a post's body, and the body, without reading what the head holds.

    Raises ProblemsFound when the head is missing, not closed or doubled.
    """
    lines = source.text.split("\n")
    body = _body(source, lines, _closing_fence(source, lines))
    return source.text[: len(source.text.rstrip()) - len(body.text)], body


def _as_unclosed(source: Source, problem: Problem) -> Problem:
    """Return a problem with a better hint where the text seems to begin within the head."""
    above = source.text.split("\n")[problem.place.line - 2]
    if problem.what == NO_KEY and not above.strip():
        return replace(problem, hint="close the front matter with a line `---` above the text")
    return problem


class _Handler(YAMLHandler):
    """python-frontmatter's door to the guarded loader; the lines of the head are already found."""

    def __init__(self, source: Source, head: list[str]) -> None:
        super().__init__()
        self.source, self.head = source, head
        self.tree: Tree | None = None

    def split(self, text: str) -> tuple[str, str]:
        return "\n".join(self.head), ""  # the body is taken with its place, below

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        self.tree = read_embedded_yaml(self.source, fm, lines_before=1)
        return self.tree.value


def _closing_fence(source: Source, lines: list[str]) -> int:
    """Return the index of the line that closes the head."""
    if lines[0].rstrip() != "---":
        raise ProblemsFound([_missing_head(source, lines[0])])
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            _refuse_second_head(source, lines, index)
            return index
        if line.rstrip() == "...":
            what, hint = "the front matter is closed with `...`", "close it with `---`"
            raise ProblemsFound([source.problem(index + 1, 1, what, hint=hint, code="front-matter")])
    what, hint = "the front matter is opened here and never closed", "add a line `---` after its last key"
    raise ProblemsFound([source.problem(1, 1, what, hint=hint, code="front-matter")])


def _missing_head(source: Source, first: str) -> Problem:
    hint = "begin the file with `---`, the keys (`title:` at least), and `---` again"
    what = "the front matter is missing"
    if first.strip(_INVISIBLE + " \t") == "---":
        stray = {" ": "a space", "\t": "a tab"}.get(
            first[0], f"an invisible character (U+{ord(first[0]):04X})"
        )
        what, hint = f"{stray} stands before the opening `---`", "delete everything before `---` on line 1"
    elif first.startswith("+++"):
        what, hint = "the front matter is TOML (`+++`)", "write it in YAML between two lines `---`"
    elif not first.strip() and source.text.lstrip().startswith("---"):
        what, hint = "the front matter does not begin on line 1", "delete the blank lines before `---`"
    return source.problem(1, 1, what, hint=hint, code="front-matter")


def _refuse_second_head(source: Source, lines: list[str], closing: int) -> None:
    rest = (index for index in range(closing + 1, len(lines)) if lines[index].strip())
    first, second = next(rest, None), next(rest, None)
    if first is None or second is None:
        return
    if lines[first].rstrip() != "---" or not _HEAD_KEY.match(lines[second]):
        return
    if any(lines[index].rstrip() in ("---", "...") for index in rest):
        what, hint = "a second front matter follows the first", "keep one; for a ruled line write `***`"
        raise ProblemsFound([source.problem(first + 1, 1, what, hint=hint, code="front-matter")])


def _body(source: Source, lines: list[str], closing: int) -> Body:
    first = next((index for index in range(closing + 1, len(lines)) if lines[index].strip()), len(lines) - 1)
    return Body("\n".join(lines[max(first, closing + 1) :]).rstrip(), Place(source.path, first + 1))
