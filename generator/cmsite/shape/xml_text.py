"""Write XML: elements one within the other, each on a line of its own, a space further in."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

_IN_QUOTES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}


def element(depth: int, name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element that holds a text and stands in so many others."""
    told = _opened(name, attributes)
    return f"{' ' * depth}<{told}>{escape(text)}</{name}>" if text else f"{' ' * depth}<{told} />"


def holding(depth: int, name: str, elements: Iterable[str], /, **attributes: str) -> str:
    """Return an element that holds some others and stands in so many."""
    inset = " " * depth
    return "\n".join((f"{inset}<{_opened(name, attributes)}>", *elements, f"{inset}</{name}>"))


def document(root: str) -> bytes:
    """Return the document of a root element, in UTF-8."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode()


def _opened(name: str, attributes: dict[str, str]) -> str:
    return name + "".join(f' {key}="{escape(value, _IN_QUOTES)}"' for key, value in attributes.items())
