"""Name what an audit looks at, an edition as it would be published, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from cmsite.errors import Severity
from cmsite.model import Place, Theme
from cmsite.shape.outputs import Output
from cmsite.shape.personalise import Edition
from cmsite.shape.texts import Texts

Key = tuple[str | int, ...]


class Entry(Struct, frozen=True):
    """A value in a YAML file or in a front matter: the file's path, and the keys that lead to the value."""

    path: str
    key: Key = ()


class Finding(Struct, frozen=True):
    """What an audit finds: where, what and what to do; `excerpt` is the line of a Place."""

    at: Entry | Place
    what: str
    hint: str
    code: str
    severity: Severity = Severity.ADVICE
    excerpt: str = ""


class Rendition(Struct, frozen=True):
    """An edition as it would be published: what it was made of, its outputs, and the bytes of those made.

    `name` is the profile's, with the target's slug behind a slash if it is made for one.
    """

    name: str
    edition: Edition
    theme: Theme
    texts: Texts
    outputs: tuple[Output, ...]
    data: Mapping[str, bytes]
