"""Turn the bytes of an author's file into text whose every place can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, newlines normalised, with its path inside the site."""

    path: str
    text: str

    def problem(
        self,
        line: int,
        column: int,
        what: str,
        *,
        hint: str = "",
        code: str,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem at this line and column, with the line itself as excerpt."""
        lines = self.text.split("\n")
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(Place(self.path, line, max(column, 1)), what, hint, code, severity, excerpt)


def decode(data: bytes, path: str) -> Source:
    """Return the bytes as text without BOM, with `\\n` newlines.

    Raises ProblemsFound for what is not UTF-8 and for control characters.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"this is not UTF-8 text (byte 0x{data[error.start]:02x})"
        hint = "save the file in the encoding UTF-8"
        raise ProblemsFound([Problem(Place(path, line, column), what, hint, "encoding")]) from error
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    if problems := [_control_problem(source, match) for match in _CONTROL.finditer(source.text)][:10]:
        raise ProblemsFound(problems)
    return source


def _control_problem(source: Source, match: re.Match[str]) -> Problem:
    line = source.text.count("\n", 0, match.start()) + 1
    column = match.start() - source.text.rfind("\n", 0, match.start())
    what = f"a control character (U+{ord(match[0]):04X}) stands here"
    return source.problem(line, column, what, hint="delete it", code="control-character")
