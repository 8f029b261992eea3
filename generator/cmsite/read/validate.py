"""Hold a YAML tree against the shape of its file, and report every difference at its place."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.read.guarded_yaml import Key, Tree

Shape = TypeVar("Shape")

_EXPECTED = {
    "dataclass_type": "keys are expected under this one",
    "dict_type": "keys are expected under this one",
    "tuple_type": "a list is expected here",
    "string_type": "a text is expected here",
}


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """Return the validator of a file's shape, made once."""
    return TypeAdapter(shape)


def validate(tree: Tree, shape: type[Shape]) -> Shape:
    """Return the tree as a value of `shape`. Raises ProblemsFound with all that does not fit."""
    checked: TypeAdapter[Shape] = adapter(shape)  # type: ignore[arg-type]  # a class is hashable
    try:
        value = checked.validate_python(tree.value)
    except ValidationError as error:
        known = checked.json_schema()
        raise ProblemsFound([_problem(tree, detail, known) for detail in error.errors()]) from error
    return value


def _problem(tree: Tree, detail: ErrorDetails, known: dict[str, Any]) -> Problem:
    key: Key = tuple(detail["loc"])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "cmsite":
            return tree.problem(key, context["what"], hint=context["hint"], code=context["code"])
        case "unexpected_keyword_argument":
            return _unknown_key(tree, key, known)
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return tree.problem(
                key, f"`{key[-1]}` is missing", hint=f"add `{key[-1]}: …`", code="missing-key"
            )
        case "literal_error":
            words = str(context["expected"]).replace("'", "`")
            return tree.problem(key, f"`{detail['input']}` is not one of {words}", code="invalid-value")
        case "greater_than_equal" | "less_than_equal":
            word = "least" if detail["type"] == "greater_than_equal" else "most"
            bound = context.get("ge", context.get("le"))
            return tree.problem(key, f"the number must be at {word} {bound}", code="invalid-value")
        case other:
            return tree.problem(key, _EXPECTED.get(other, detail["msg"]), code="invalid-value")


def _unknown_key(tree: Tree, key: Key, known: dict[str, Any]) -> Problem:
    names = _keys_at(known, known, key[:-1])
    elsewhere = "anything of your own goes under `extra:`" if "extra" in names else ""
    hint = suggest(str(key[-1]), names, otherwise=elsewhere)
    return tree.problem((*key, "key"), f"unknown key `{key[-1]}`", hint=hint, code="unknown-key")


def _keys_at(schema: dict[str, Any], root: dict[str, Any], key: Key) -> list[str]:
    """Return the keys that a JSON schema knows under `key`."""
    if "$ref" in schema:
        return _keys_at(root["$defs"][schema["$ref"].rpartition("/")[2]], root, key)
    for choice in schema.get("anyOf", []):
        if names := _keys_at(choice, root, key):
            return names
    if not key:
        return list(schema.get("properties", {}))
    inner = (
        schema.get("properties", {}).get(key[0]) or schema.get("items") or schema.get("additionalProperties")
    )
    return _keys_at(inner, root, key[1:]) if isinstance(inner, dict) else []
