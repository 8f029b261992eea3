"""Hold a YAML tree against the shape of its file, and report every difference at its place."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.read.fields import shown
from cmsite.read.guarded_yaml import Tree
from cmsite.read.shapes import keys_at, reader
from cmsite.read.source import KEY, Key

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Shape = TypeVar("Shape")

_EXPECTED = {
    "dataclass_type": ("keys are expected under this one", "write `key: value` lines"),
    "dict_type": ("keys are expected under this one", "write `key: value` lines"),
    "tuple_type": ("a list is expected here", "begin each item with `-`, on a line of its own"),
}
_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")
_ROUNDS = 20  # each takes away what the round before found not to fit


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """Return pydantic's validator of a file's shape, made once."""
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def validate(tree: Tree, shape: type[Shape]) -> Shape:
    """Return the tree as a value of `shape`. Raises ProblemsFound with all that does not fit."""
    problems: list[Problem] = []
    value = salvage(tree, shape, problems)
    if problems:
        raise ProblemsFound(problems)
    return value


def salvage(tree: Tree, shape: type[Shape], problems: list[Problem]) -> Shape:
    """Return the tree as a value of `shape`; what does not fit is left out of it and added to `problems`.

    So a file's other mistakes can be looked for in the same reading. Where there are problems, the value
    serves for nothing else.
    """
    problems += _unknown_empty_keys(tree, shape)
    try:
        read: Shape = reader(shape)(tree.value)  # type: ignore[arg-type]  # a class is hashable
    except ValueError:
        return _salvage(tree, shape, problems)
    return read


def _salvage(tree: Tree, shape: type[Shape], problems: list[Problem]) -> Shape:
    from pydantic import ValidationError

    checked = adapter(shape)  # type: ignore[arg-type]  # a class is hashable
    value = tree.value
    found: list[Problem] = []
    for _ in range(_ROUNDS):
        try:
            checked.validate_python(value)
        except ValidationError as error:
            details = error.errors()
            if not found:
                value = deepcopy(tree.value)
                found = [_problem(tree, detail, shape) for detail in details]
            for detail in details:
                _take_away(value, detail)
        else:
            problems += found
            fitting: Shape = reader(shape)(value)  # type: ignore[arg-type]
            return fitting
    raise ProblemsFound([*problems, *found])


def _unknown_empty_keys(tree: Tree, shape: Any) -> list[Problem]:
    """Return the keys with nothing after them that the shape does not know: a slip all the same."""
    return [
        _unknown_key(tree, key, names)
        for key in tree.empty
        if isinstance(key[-1], str) and (names := keys_at(shape, key[:-1])) and key[-1] not in names
    ]


def _problem(tree: Tree, detail: ErrorDetails, shape: Any) -> Problem:
    key: Key = tuple(detail["loc"])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "cmsite":
            at = (*key, *context["at"])
            return tree.problem(at, context["what"], hint=context["hint"], code=context["code"])
        case "unexpected_keyword_argument":
            return _unknown_key(tree, key, keys_at(shape, key[:-1]))
        case kind if kind in _MISSING:
            what = f"nothing stands after `{key[-1]}:`" if key in tree.empty else f"`{key[-1]}` is missing"
            return tree.problem(
                (*key, KEY) if key in tree.empty else key,
                what,
                hint=f"add `{key[-1]}: …`",
                code="missing-key",
            )
        case "literal_error":
            words = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            what = f"{shown(detail['input'])} cannot stand here"
            hint = suggest(str(detail["input"]), words, otherwise=f"write {_either(words)}")
            return tree.problem(key, what, hint=hint, code="invalid-value")
        case "greater_than_equal" | "less_than_equal":
            word = "least" if detail["type"] == "greater_than_equal" else "most"
            bound = context.get("ge", context.get("le"))
            what = f"the number must be at {word} {bound}"
            return tree.problem(key, what, hint=f"write `{bound}`, say", code="invalid-value")
        case other:
            what, hint = _EXPECTED.get(other, (detail["msg"], ""))
            return tree.problem(key, what, hint=hint, code="invalid-value")


def _either(words: list[str]) -> str:
    return " or ".join(f"`{word}`" for word in words)


def _unknown_key(tree: Tree, key: Key, names: list[str]) -> Problem:
    if "extra" in names:
        otherwise = "anything of your own goes under `extra:`"
    else:
        otherwise = f"the keys here are {', '.join(names)}"
    hint = suggest(str(key[-1]), names, otherwise=otherwise)
    return tree.problem((*key, KEY), f"unknown key `{key[-1]}`", hint=hint, code="unknown-key")


def _take_away(value: dict[str, Any], detail: ErrorDetails) -> None:
    """Take what does not fit out of `value`: its key, or a whole list, so that no index changes."""
    key: Key = tuple(detail["loc"])
    if detail["type"] in _MISSING:
        if len(key) == 1:
            value[str(key[0])] = "x"
            return
        key = key[:-1]
    while isinstance(key[-1], int):
        key = key[:-1]
    holder: Any = value
    for part in key[:-1]:
        try:
            holder = holder[part]
        except (LookupError, TypeError):
            return  # gone already, with something around it
    if isinstance(holder, dict):
        holder.pop(key[-1], None)
