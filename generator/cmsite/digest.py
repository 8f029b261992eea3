"""Give a stable fingerprint of any frozen value, and refuse what has none.

Two equal values have one digest in every process, on every machine. A float, a dict, a list or
a stranger has no stable written form and is refused, so that nothing vague becomes an input.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from cmsite.model import Body

_SIZE = 16  # bytes: 128 bits, 32 hexadecimal digits
_SHORT = 128
_LONG = 1024  # characters
_CONSTANTS = {None: b"cNone;", True: b"cTrue;", False: b"cFalse;"}
_TEXTS = tuple(b"s%d:" % size for size in range(_SHORT))  # what stands before a text of so many bytes

_as_json = msgspec.json.Encoder().encode

Feeder = Callable[[Any, Callable[[bytes], None]], None]


def digest(value: object) -> str:
    """Return 32 hexadecimal digits that stand for `value`. Raises TypeError for an unknown type."""
    pieces: list[bytes] = []
    _feed_all((value,), pieces.append)
    return blake2b(b"".join(pieces), digest_size=_SIZE).hexdigest()


def digest_field(value: object) -> str:
    """Return 32 hexadecimal digits that stand for a value, to whoever knows its type from elsewhere.

    Two values of one type of text, numbers, moments, and frozen types and tuples of them have one digest only
    if they are equal, and a moment is told as its zone has it. It takes a third of the time of `digest`.
    """
    fields = tuple(map(_short, astuple(value))) if isinstance(value, Struct) else _short(value)
    return digest_bytes(_as_json(fields))


def _short(value: object) -> object:
    """Return its digest for a long text: it would keep a copy, as JSON has it, for as long as it lives."""
    return (digest_bytes(value.encode()),) if type(value) is str and len(value) > _LONG else value


def digest_bytes(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for these very bytes."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


def _feed_all(values: tuple[object, ...], write: Callable[[bytes], None]) -> None:
    """Write values one after the other; texts, which most are, at once."""
    for value in values:
        kind = type(value)
        if kind is str:
            data = value.encode()  # type: ignore[attr-defined]
            size = len(data)
            write(_TEXTS[size] if size < _SHORT else b"s%d:" % size)
            write(data)
        else:
            feeder = _FEEDERS.get(kind)
            if feeder is None:
                feeder = _FEEDERS[kind] = _feeder_of(value)
            feeder(value, write)


def _feeder_of(value: object) -> Feeder:
    """Return how values of this one's type are written: it is asked once for each type."""
    for known, feeder in ((Enum, _feed_enum), (str, _feed_text), (int, _feed_number), (bytes, _feed_bytes),
                          (tuple, _feed_tuple), (frozenset, _feed_set), (date, _feed_moment),
                          (Body, _feed_body)):  # fmt: skip
        if isinstance(value, known):
            return feeder
    if isinstance(value, Struct) and value.__struct_config__.frozen:
        return _feeder_of_fields(value)
    raise TypeError(f"no stable digest for a {type(value).__name__}: {value!r:.80}")


def _feeder_of_fields(value: Any) -> Feeder:
    kind = type(value)
    head = f"o{kind.__qualname__}:{','.join(value.__struct_fields__)};".encode()

    def feed(one: Any, write: Callable[[bytes], None]) -> None:
        write(head)
        _feed_all(astuple(one), write)

    return feed


def _feed_constant(value: bool | None, write: Callable[[bytes], None]) -> None:
    write(_CONSTANTS[value])


def _feed_enum(value: Enum, write: Callable[[bytes], None]) -> None:
    write(f"e{type(value).__qualname__}.{value.name};".encode())


def _feed_text(value: str, write: Callable[[bytes], None]) -> None:
    data = value.encode()
    write(b"s%d:%b" % (len(data), data))


def _feed_number(value: int, write: Callable[[bytes], None]) -> None:
    write(b"i%d;" % value)


def _feed_bytes(value: bytes, write: Callable[[bytes], None]) -> None:
    write(b"b%d:%b" % (len(value), value))


def _feed_tuple(value: tuple[object, ...], write: Callable[[bytes], None]) -> None:
    write(b"t%d:" % len(value))
    _feed_all(value, write)


def _feed_set(value: frozenset[object], write: Callable[[bytes], None]) -> None:
    _feed_tuple(tuple(sorted(digest(item) for item in value)), write)


def _feed_body(value: Body, write: Callable[[bytes], None]) -> None:
    _feed_tuple((value.mark, value.place), write)


def _feed_moment(value: date, write: Callable[[bytes], None]) -> None:  # a datetime is a date too
    data = value.isoformat().encode()
    write(b"d%d:%b" % (len(data), data))


_FEEDERS: dict[type, Feeder] = {type(None): _feed_constant, bool: _feed_constant}
