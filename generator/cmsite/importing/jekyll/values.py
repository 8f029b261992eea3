"""Work out a Liquid output such as `{{ page.title }}` when head and settings are enough to know it."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from cmsite.importing.jekyll.config import Config
from cmsite.importing.yaml_text import Keys, Value

_FILTER = re.compile(r"""\|(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")
_QUOTED = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_PATH = re.compile(r"(page|site)((?:\.[\w-]+)+)")


class Scope(Struct, frozen=True):
    """What Liquid could see: the settings, the page's head, its title and its address."""

    config: Config
    page: Keys
    title: str
    address: str


def work_out(expression: str, scope: Scope) -> str | None:
    """Return the text an output stands for; None when it cannot be known here."""
    first, *filters = (part.strip() for part in _FILTER.split(expression))
    value = _operand(first, scope)
    for written in filters:
        if value is None:
            return None
        value = _filtered(value, written, scope)
    return value


def _operand(text: str, scope: Scope) -> str | None:
    if quoted := _QUOTED.fullmatch(text):
        return quoted[2]
    named = _PATH.fullmatch(text)
    if named is None:
        return None
    names = named[2].strip(".").split(".")
    return _of_page(names, scope) if named[1] == "page" else _of_site(names, scope.config)


def _of_page(names: list[str], scope: Scope) -> str | None:
    known = {"title": scope.title, "url": scope.address}
    if len(names) == 1 and names[0] in known:
        return known[names[0]] or None
    return _found(names, scope.page)


def _of_site(names: list[str], config: Config) -> str | None:
    known = {"url": config.url, "baseurl": config.base}
    if len(names) == 1 and names[0] in known:
        return known[names[0]]
    return _found(names, config.keys)


def _found(names: list[str], keys: Keys) -> str | None:
    value: Value = keys
    for name in names:
        entry = value.find(name) if isinstance(value, Keys) else None
        if entry is None:
            return None
        value = entry.value
    return value.strip() if isinstance(value, str) else None


def _filtered(value: str, written: str, scope: Scope) -> str | None:
    name, _, argument = (part.strip() for part in written.partition(":"))
    simple: dict[str, Callable[[str], str]] = {
        "relative_url": lambda path: _below(scope.config.base, path),
        "absolute_url": lambda path: _below(scope.config.url + scope.config.base, path),
        "strip": str.strip,
        "escape": str,  # Markdown escapes what it must
        "xml_escape": str,
        "downcase": str.lower,
        "upcase": str.upper,
    }
    if name in simple and not argument:
        return simple[name](value)
    other = _operand(argument, scope)
    if other is None or name not in ("prepend", "append"):
        return None
    return other + value if name == "prepend" else value + other


def _below(base: str, path: str) -> str:
    return path if "://" in path else f"{base}/{path.lstrip('/')}"
