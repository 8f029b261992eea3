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
    schema = _with_empty_keys(adapter(_SHAPES[name]).json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": name}


def _with_empty_keys(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with nothing allowed after each key that may be absent, as the reader allows it."""
    told = {key: _inside(value) for key, value in schema.items() if not _is_empty_default(key, value)}
    required = schema.get("required", ())
    if "properties" in told:
        told["properties"] = {
            key: value if key in required else _or_nothing(value) for key, value in told["properties"].items()
        }
    if isinstance(told.get("additionalProperties"), dict):
        told["additionalProperties"] = _or_nothing(told["additionalProperties"])
    return told


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return _with_empty_keys(value)
    return [_inside(item) for item in value] if isinstance(value, list) else value


def _is_empty_default(key: str, value: Any) -> bool:
    """Return whether a default says no more than that the key may be absent."""
    return key == "default" and (value is None or isinstance(value, dict))


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    choices = schema.get("anyOf", [])
    if schema.get("type") == "null" or any(choice.get("type") == "null" for choice in choices):
        return schema
    told = {key: value for key, value in schema.items() if key in ("title", "description", "default")}
    rest = {key: value for key, value in schema.items() if key not in told}
    return {"anyOf": [*(choices if set(rest) == {"anyOf"} else [rest]), {"type": "null"}], **told}
