"""Name texts that must not be mixed, their places, and words in several languages."""

from __future__ import annotations

from typing import NewType

from msgspec import Struct
from msgspec.structs import force_setattr

Slug = NewType("Slug", str)
Term = NewType("Term", str)
Html = NewType("Html", str)
Language = NewType("Language", str)
UrlPath = NewType("UrlPath", str)  # a path inside the site without the base: "/2026/02/ecouter/"
Terms = tuple[Term, ...]

LANGUAGES = (Language("en"), Language("fr"))


class Place(Struct, frozen=True, order=True):
    """Where something stands in the author's files: a path inside the site, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Localised(Struct, frozen=True):
    """A text in one or more languages; the language "" serves all those that are not listed."""

    texts: tuple[tuple[str, str], ...]

    def told_in(self, language: str) -> str:
        """Return the text for `language`, else the one for all languages, else the first."""
        texts = dict(self.texts)
        return texts.get(language) or texts.get("") or self.texts[0][1]

    def has(self, language: str) -> bool:
        """Return whether the text was written for `language` or for all languages."""
        return any(known in (language, "") for known, _ in self.texts)


class Extra(Struct, frozen=True):
    """What an author keeps under `extra:`, readable by key from a template.

    A value is a text, a tuple of values or an Extra.
    """

    items: tuple[tuple[str, object], ...] = ()

    def __post_init__(self) -> None:
        """Take lists for tuples and mappings for Extras: a cache gives these back."""
        if any(isinstance(value, list | dict) for _, value in self.items):
            force_setattr(self, "items", tuple((name, _frozen(value)) for name, value in self.items))

    def __getitem__(self, key: str) -> object:
        for name, value in self.items:
            if name == key:
                return value
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _ in self.items)

    def merged(self, over: Extra) -> Extra:
        """Return these values with those of `over` in their place, key by key, to any depth."""
        values = dict(self.items)
        for name, value in over.items:
            below = values.get(name)
            if isinstance(below, Extra) and isinstance(value, Extra):
                values[name] = below.merged(value)
            else:
                values[name] = value
        return Extra(tuple(values.items()))


def _frozen(value: object) -> object:
    match value:
        case list():
            return tuple(map(_frozen, value))
        case {"items": items}:
            return Extra(tuple((name, each) for name, each in items))
    return value
