"""Read what a file without mistakes holds into its shape.

That needs the shape alone. For a file with a mistake `validate` asks pydantic, which finds all of them; to
load it takes longer than to read a small site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec.structs import fields

from cmsite.read.fields import Conversion
from cmsite.read.schema import Keys

Read = Callable[[Any], Any]


class Unfit(ValueError):
    """A value is none of its shape: what is wrong, and what else, is for pydantic to find."""


@cache
def reader(shape: Any) -> Read:
    """Return what reads a value of this shape. It raises ValueError, as conversions do, for what is none."""
    origin, inside = get_origin(shape), get_args(shape)
    if _is_keys(shape):
        return _keys(shape)
    if origin is Annotated:
        return _converted(inside[0], shape.__metadata__[-1])
    if origin in (Union, UnionType):
        return _optional(*map(reader, _but_none(inside)))
    if origin is Literal:
        return _chosen(inside)
    return _dict(reader(inside[1])) if origin is dict else _list(reader(inside[0]))


def _keys(shape: Any) -> Read:
    readers = {key: (name, reader(kind)) for key, (name, kind) in kinds_of(shape).items()}
    needed = {each.name for each in fields(shape) if each.required}

    def read(value: Any) -> Any:
        if not isinstance(value, dict) or not readers.keys() >= value.keys():
            raise Unfit
        found = {}
        for key, held in value.items():
            name, convert = readers[key]
            found[name] = convert(held)
        if not found.keys() >= needed:
            raise Unfit
        return shape(**found)

    return read


def _converted(kind: Any, conversion: Conversion) -> Read:
    convert = conversion.convert
    if conversion.bounds:
        least, most = conversion.bounds

        def number(value: Any) -> Any:
            read = convert(value)
            if read < least or (most is not None and read > most):
                raise Unfit
            return read

        return number
    if conversion.schema:
        return convert
    then = reader(kind)
    return lambda value: then(convert(value))


def _optional(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _chosen(choices: tuple[Any, ...]) -> Read:
    def read(value: Any) -> Any:
        if value not in choices:
            raise Unfit
        return value

    return read


def _list(item: Read) -> Read:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise Unfit
        return tuple(map(item, value))

    return read


def _dict(item: Read) -> Read:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Unfit
        return {key: item(held) for key, held in value.items()}

    return read


@cache
def kinds_of(shape: Any) -> dict[str, tuple[str, Any]]:
    """Return the field and the kind of value that stand for each key of a part of a file, in their order."""
    return {each.encode_name: (each.name, each.type) for each in fields(shape)}


def keys_at(shape: Any, key: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a shape knows under `key`, none where any key is allowed."""
    return next((names for each in _plain(shape) if (names := _keys_at(each, key))), [])


def _keys_at(shape: Any, key: tuple[str | int, ...]) -> list[str]:
    if _is_keys(shape):
        kinds = kinds_of(shape)
        if not key:
            return list(kinds)
        return keys_at(kinds[str(key[0])][1], key[1:]) if key[0] in kinds else []
    if isinstance(shape, Conversion):
        choices = (shape.schema or {}).get("oneOf", ())
        return [name for choice in choices for name in choice.get("properties", ())] if not key else []
    if not key or get_origin(shape) not in (dict, tuple):
        return []
    return keys_at([one for one in get_args(shape) if one is not ...][-1], key[1:])


def _plain(shape: Any) -> Iterator[Any]:
    """Yield what a value of a shape may be: a part of the file, or what a conversion makes of it."""
    if get_origin(shape) in (Union, UnionType):
        for one in _but_none(get_args(shape)):
            yield from _plain(one)
    elif get_origin(shape) is Annotated:
        conversion = shape.__metadata__[-1]
        yield from (conversion,) if conversion.schema else _plain(get_args(shape)[0])
    else:
        yield shape


def _but_none(shapes: tuple[Any, ...]) -> list[Any]:
    return [one for one in shapes if one is not NoneType]


def _is_keys(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Keys)
