"""Split a post's file into its front matter and its body.

python-frontmatter accepts a good deal in silence (an unclosed head is published as text, its
`draft: true` lost), so the fences are checked before it is called.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, Place
from cmsite.read.guarded_yaml import Tree
from cmsite.read.source import Source, spot_of
from cmsite.read.yaml_faults import NO_KEY

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00a0"
_FENCE = re.compile(r"^(---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")
_HEAD_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(\s|$)")


def read_head(source: Source) -> tuple[Tree, Body]:
    """Return a post's front matter and its body, whose place is that of its first line that is not blank.

    Raises ProblemsFound when the head is missing, not closed, doubled or not a mapping.
    """
    from cmsite.read.head_keys import read_keys

    start, closing = _fences(source)
    body = _body(source, closing.end() + 1)
    try:
        tree = read_keys(source, source.text[start : closing.start() - 1])
    except ProblemsFound as found:
        raise ProblemsFound(_as_unclosed(source, problem) for problem in found.problems) from found
    return tree, body


def split_head(source: Source) -> tuple[str, Body]:
    """Return all that stands before a post's body, and the body, without reading what the head holds.

    Raises ProblemsFound when the head is missing, not closed or doubled.
    """
    _, closing = _fences(source)
    body = _body(source, closing.end() + 1)
    return source.text[: len(source.text.rstrip()) - len(body.text)], body


def _as_unclosed(source: Source, problem: Problem) -> Problem:
    """Return a problem with a better hint where the text seems to begin within the head."""
    above = source.text.split("\n")[problem.place.line - 2]
    if problem.what == NO_KEY and not above.strip():
        return replace(problem, hint="close the front matter with a line `---` above the text")
    return problem


def _fences(source: Source) -> tuple[int, re.Match[str]]:
    """Return where the head begins, and the line that closes it."""
    opening = _FENCE.match(source.text)
    if not opening or opening[1] != "---":
        raise ProblemsFound([_missing_head(source)])
    start = opening.end() + 1
    closing = _FENCE.search(source.text, start)
    if not closing:
        what, hint = "the front matter is opened here and never closed", "add a line `---` after its last key"
        raise ProblemsFound([source.problem(1, 1, what, hint=hint, code="front-matter")])
    if closing[1] == "...":
        line, _ = spot_of(source.text, closing.start())
        what, hint = "the front matter is closed with `...`", "close it with `---`"
        raise ProblemsFound([source.problem(line, 1, what, hint=hint, code="front-matter")])
    return start, closing


def _missing_head(source: Source) -> Problem:
    first = source.text.split("\n", 1)[0]
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


def _body(source: Source, start: int) -> Body:
    """Return the text from `start` without the blank lines around it."""
    blank = _BLANK_LINES.match(source.text, start)
    first = blank.end() if blank else start
    text = source.text[first:].rstrip()
    if text.startswith("---"):
        _refuse_second_head(source, text, first)
    line, _ = spot_of(source.text, first if text else len(source.text))
    return Body(text, Place(source.path, line))


def _refuse_second_head(source: Source, body: str, start: int) -> None:
    fence, *rest = body.split("\n")
    key = next((line for line in rest if line.strip()), "")
    if fence.rstrip() != "---" or not _HEAD_KEY.match(key):
        return
    if any(line.rstrip() in ("---", "...") for line in rest):
        what, hint = "a second front matter follows the first", "keep one; for a ruled line write `***`"
        line, _ = spot_of(source.text, start)
        raise ProblemsFound([source.problem(line, 1, what, hint=hint, code="front-matter")])
