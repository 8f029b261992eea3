"""Turn the bytes of an author's file into text whose every place can be told."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from msgspec import Struct

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Source(Struct, frozen=True):
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
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ProblemsFound([_encoding_problem(data, error.start, path)]) from error
    source = Source(path, _with_plain_newlines(text))
    if "\0" in text:
        raise ProblemsFound([_binary_problem(source)])
    if problems := [_control_problem(source, match) for match in CONTROL.finditer(source.text)][:10]:
        raise ProblemsFound(problems)
    return source


def plain(data: bytes) -> str:
    """Return the text of bytes that were decoded before without a fault."""
    return _with_plain_newlines(data.removeprefix(BOM_UTF8).decode())


def _with_plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_problem(data: bytes, start: int, path: str) -> Problem:
    """Return the problem of the byte at `start`, the first that is not UTF-8."""
    before = _with_plain_newlines(data[:start].decode())
    source = Source(path, before + _with_plain_newlines(data[start:].decode("utf-8", "replace")))
    line, column = _spot(source.text, len(before))
    what = f"this is not UTF-8 text (byte 0x{data[start]:02x})"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        source, what = Source(path, ""), "this is UTF-16 text, not UTF-8"
    return source.problem(line, column, what, hint="save the file in the encoding UTF-8", code="encoding")


def _binary_problem(source: Source) -> Problem:
    line, column = _spot(source.text, source.text.index("\0"))
    what, hint = "this is not text: it holds a zero byte", "save the file as text in the encoding UTF-8"
    return source.problem(line, column, what, hint=hint, code="encoding")


def _control_problem(source: Source, match: re.Match[str]) -> Problem:
    line, column = _spot(source.text, match.start())
    what = f"a control character (U+{ord(match[0]):04X}) stands here"
    return source.problem(line, column, what, hint="delete it", code="control-character")


def _spot(text: str, index: int) -> tuple[int, int]:
    """Return the line and column, from 1, of a character of the text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
