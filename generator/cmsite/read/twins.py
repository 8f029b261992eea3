"""Show pydantic the shapes of files as dataclasses, the values that it knows."""

from __future__ import annotations

from dataclasses import field, make_dataclass
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, asdict, fields


@cache
def twin(shape: type[Struct]) -> type:
    """Return a dataclass with the keys of a shape, their kinds and their defaults."""
    written = {each.name: each.encode_name for each in fields(shape)}
    drawn = [(each.name, each.type, _default(each)) for each in fields(shape)]
    rules = {"extra": "forbid", "alias_generator": written.__getitem__}
    namespace = {"__doc__": shape.__doc__, "__pydantic_config__": rules}
    return make_dataclass(shape.__name__, drawn, namespace=namespace, frozen=True, kw_only=True)


def _default(each: FieldInfo) -> Any:
    if each.default_factory is not NODEFAULT:
        return field(default_factory=each.default_factory)
    return field() if each.default is NODEFAULT else field(default=_twin_of(each.default))


def _twin_of(value: Any) -> Any:
    """Return a default as a dataclass too: it is told in the JSON schema."""
    if not isinstance(value, Struct):
        return value
    return twin(type(value))(**{name: _twin_of(held) for name, held in asdict(value).items()})
