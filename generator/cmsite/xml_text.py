"""Write XML: elements one within the other, each on a line of its own, a space further in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_IN_QUOTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


def element(depth: int, name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element that holds a text and stands in so many others."""
    inset, told = " " * depth, _opened(name, attributes)
    return f"{inset}<{told}>{words(text)}</{name}>" if text else f"{inset}<{told} />"


def holding(depth: int, name: str, elements: Iterable[str], /, **attributes: str) -> str:
    """Return an element that holds some others and stands in so many."""
    inset = " " * depth
    return "\n".join((f"{inset}<{_opened(name, attributes)}>", *elements, f"{inset}</{name}>"))


def document(root: str) -> bytes:
    """Return the document of a root element, in UTF-8."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode()


def words(text: str) -> str:
    """Return a text as it stands in an element."""
    return escape(text, quote=False)


def quoted(value: str) -> str:
    """Return a value as it stands in an attribute, in double quotes."""
    return f'"{words(value).translate(_IN_QUOTES)}"'


def _opened(name: str, attributes: dict[str, str]) -> str:
    return name + "".join(f" {key}={quoted(value)}" for key, value in attributes.items())
