"""Read XML written by strangers, from the parser's events, and stop at what could harm.

A document type that declares anything is refused, and with it every entity; one that only names the
language (as drawing programs write it) is passed over. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

MAX_SIZE = 8_000_000  # bytes
MAX_DEPTH = 200
_GAP = " "  # between a name's namespace and itself
_XML = "http://www.w3.org/XML/1998/namespace"

Name = tuple[str, str]  # a namespace, "" for none, and the name in it
Attributes = tuple[tuple[Name, str], ...]


class RefusedXml(Exception):
    """This is not XML, or not XML that may be read; the message finishes "it …"."""


def read_xml(
    data: bytes,
    *,
    start: Callable[[Name, Attributes], None],
    end: Callable[[Name], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Tell the elements of a document and their text in order. Raises RefusedXml."""
    if len(data) > MAX_SIZE:
        raise RefusedXml(f"is larger than {MAX_SIZE // 1_000_000} MB")
    parser = expat.ParserCreate(namespace_separator=_GAP)
    parser.buffer_text = True
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RefusedXml(f"is nested deeper than {MAX_DEPTH} elements")
        start(_parted(name), tuple((_parted(key), value) for key, value in attributes.items()))

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(_parted(name))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedXml(f"is not well-formed XML (line {error.lineno})") from error
    except (LookupError, ValueError) as error:
        raise RefusedXml("is in an encoding that nobody knows") from error


def _parted(name: str) -> Name:
    space, _, bare = name.rpartition(_GAP)
    return space, bare


def _refuse_declarations(_name: str, _system: str | None, _public: str | None, inside: bool) -> None:
    if inside:
        raise RefusedXml("declares entities in its document type")
