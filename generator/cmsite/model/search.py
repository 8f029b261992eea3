"""Name what can be searched for in an edition, and the files of the index that is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from cmsite.model.text import Language


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A page that can be found: its file in the output, its words, and what results can be narrowed by."""

    path: str
    title: str
    text: str
    summary: str
    date: str  # ISO 8601, "" for a page without one
    language: Language
    filters: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of an index: its path in the index, and its bytes' digest."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class SearchRecipe:
    """A file of the index that is remembered under `key`."""

    key: str
    file: IndexFile
