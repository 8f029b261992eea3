"""Name what can be searched for in an edition, and the files of the index that is made of it."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.text import Language


class SearchRecord(Struct, frozen=True):
    """A page that can be found: its file in the output, its words, and what results can be narrowed by."""

    path: str
    title: str
    text: str
    summary: str
    date: str  # ISO 8601, "" for a page without one
    language: Language
    filters: tuple[tuple[str, tuple[str, ...]], ...]


class IndexFile(Struct, frozen=True):
    """A file of an index: its path in the index, and its bytes' digest."""

    path: str
    digest: str


class SearchRecipe(Struct, frozen=True):
    """A file of the index that is remembered under `key`."""

    key: str
    file: IndexFile
