"""Give the JSON schema of each file an author writes, made from the shapes that validation uses."""

from __future__ import annotations

from typing import Any

from cmsite.read.schema import PageKeys, PostKeys, ProfileKeys, SiteKeys, ThemeKeys, VocabularyKeys
from cmsite.read.validate import adapter

_SHAPES: dict[str, type] = {
    "cmsite": SiteKeys,
    "mask": VocabularyKeys,
    "profile": ProfileKeys,
    "post": PostKeys,
    "page": PageKeys,
    "theme": ThemeKeys,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12) of `cmsite`, `mask`, `profile`, `post`, `page` or `theme`."""
    schema = adapter(_SHAPES[name]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": name}
