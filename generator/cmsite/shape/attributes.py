"""Read and write the attributes of an HTML element, as a sanitiser or a careful author has written them."""

from __future__ import annotations

import re
from html import escape, unescape

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


def names(attributes: str) -> list[str]:
    """Return the attributes' names, in lower case and in order."""
    return [match[1].lower() for match in _ATTRIBUTE.finditer(attributes)]


def attribute(attributes: str, name: str) -> str | None:
    """Return the value of an attribute, "" if it has none, None if it is not there."""
    match = _find(attributes, name)
    return unescape(next((value for value in match.groups()[1:] if value is not None), "")) if match else None


def with_attribute(attributes: str, name: str, value: str) -> str:
    """Return the attributes with a value for one of them, which takes its old place or else the last."""
    match, written = _find(attributes, name), f'{name}="{escape(value)}"'
    if match is None:
        return f"{attributes.rstrip('/ ')} {written}"
    return f"{attributes[: match.start()]}{written}{attributes[match.end() :]}".rstrip("/ ")


def _find(attributes: str, name: str) -> re.Match[str] | None:
    return next((match for match in _ATTRIBUTE.finditer(attributes) if match[1].lower() == name), None)
