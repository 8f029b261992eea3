"""Put new terms into the text of mask.yml, and leave every other sign of it as it is."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping

from cmsite.model import NewTerm, Point, TermSlot
from cmsite.write.yaml_text import scalar


def with_terms(data: bytes, added: Iterable[NewTerm], slots: Mapping[Point, TermSlot]) -> bytes:
    """Return the bytes of mask.yml with the new terms behind the others of their points.

    Byte order mark, line ends, comments and the order of what stands there stay.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    lines = data.removeprefix(mark).decode().splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\r" if lines[0].endswith("\r") else "\n"
    terms = tuple(added)
    for point, slot in sorted(slots.items(), key=lambda item: (item[1].line, item[1].column), reverse=True):
        _insert(lines, slot, [term for term in terms if term.point is point], end)
    return mark + "".join(lines).encode()


def entry(term: NewTerm) -> str:
    """Return a new term as one line of mask.yml."""
    return f"{scalar(term.term)}: {{label: {scalar(term.label)}}}"


def _insert(lines: list[str], slot: TermSlot, terms: list[NewTerm], end: str) -> None:
    """Insert terms into the lines of the file."""
    if slot.in_braces:
        line, at = lines[slot.line - 1], slot.column - 1
        told = ", ".join(entry(term) for term in terms)
        lines[slot.line - 1] = line[:at] + (f", {told}" if slot.follows else told) + line[at:]
        return
    row = slot.line if slot.column > 1 else slot.line - 1
    if not lines[row - 1].endswith(("\n", "\r")):
        lines[row - 1] += end
    margin = " " * slot.indent
    lines[row:row] = [
        f"{margin}{told}{end}" for term in terms for told in ([entry(term)] if slot.terse else _lines(term))
    ]


def _lines(term: NewTerm) -> tuple[str, str]:
    return f"{scalar(term.term)}:", f"  label: {scalar(term.label)}"
