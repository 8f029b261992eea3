"""Turn the bytes of an author's file into text whose every place can be told."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from functools import cached_property

from msgspec import Struct

from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Place

Spot = tuple[int, int]  # a line and a column, from 1
Key = tuple[str | int, ...]  # the way to a value: keys of mappings, places in lists
KEY = ""  # at the end of a Key: the key itself, not its value; no key of a file is empty
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

_LOW_CONTROL = bytes(code for code in range(128) if CONTROL.match(chr(code)))
_HIGH_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")  # one pattern for both would have no beginning to look for
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")


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


class Part(Struct, frozen=True, dict=True):
    """A text that stands in a file, behind `offset` lines of it: often the file's whole text."""

    text: str
    offset: int = 0

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def spot(self, line: int, column: int) -> Spot:
        """Return a place of the text as one of the file: what is missing stands behind the last line."""
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        return line + self.offset, column


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
    if _holds_control(data):
        raise ProblemsFound(_control_problems(source))
    return source


def plain(data: bytes) -> str:
    """Return the text of bytes that were decoded before without a fault."""
    return _with_plain_newlines(data.removeprefix(BOM_UTF8).decode())


def _with_plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _holds_control(data: bytes) -> bool:
    """Return whether `CONTROL` finds anything in the text of these bytes: bytes tell it sooner."""
    return (
        len(data.translate(None, _LOW_CONTROL)) < len(data)
        or _HIGH_CONTROL.search(data) is not None
        or _NO_CHARACTER.search(data) is not None
    )


def _encoding_problem(data: bytes, start: int, path: str) -> Problem:
    """Return the problem of the byte at `start`, the first that is not UTF-8."""
    before = _with_plain_newlines(data[:start].decode())
    source = Source(path, before + _with_plain_newlines(data[start:].decode("utf-8", "replace")))
    line, column = spot_of(source.text, len(before))
    what = f"this is not UTF-8 text (byte 0x{data[start]:02x})"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        source, what = Source(path, ""), "this is UTF-16 text, not UTF-8"
    return source.problem(line, column, what, hint="save the file in the encoding UTF-8", code="encoding")


def _control_problems(source: Source) -> list[Problem]:
    if "\0" in source.text:
        return [_binary_problem(source)]
    return [_control_problem(source, match) for match in CONTROL.finditer(source.text)][:10]


def _binary_problem(source: Source) -> Problem:
    line, column = spot_of(source.text, source.text.index("\0"))
    what, hint = "this is not text: it holds a zero byte", "save the file as text in the encoding UTF-8"
    return source.problem(line, column, what, hint=hint, code="encoding")


def _control_problem(source: Source, match: re.Match[str]) -> Problem:
    line, column = spot_of(source.text, match.start())
    what = f"a control character (U+{ord(match[0]):04X}) stands here"
    return source.problem(line, column, what, hint="delete it", code="control-character")


def spot_of(text: str, index: int) -> Spot:
    """Return the line and column, from 1, of a character of the text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
