"""Give a stable fingerprint of any frozen value, and refuse what has none.

Two equal values have one digest in every process, on every machine. A float, a dict, a list or
a stranger has no stable written form and is refused, so that nothing vague becomes an input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b

_SIZE = 16  # bytes: 128 bits, 32 hexadecimal digits


def digest(value: object) -> str:
    """Return 32 hexadecimal digits that stand for `value`. Raises TypeError for an unknown type."""
    hasher = blake2b(digest_size=_SIZE)
    _feed(value, hasher.update)
    return hasher.hexdigest()


def digest_bytes(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for these very bytes."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


def _feed(value: object, update: Callable[[bytes], None]) -> None:
    if value is None or isinstance(value, bool):
        update(f"c{value};".encode())
    elif isinstance(value, Enum):
        update(f"e{type(value).__qualname__}.{value.name};".encode())
    elif isinstance(value, str):
        _feed_bytes(b"s", value.encode(), update)
    elif isinstance(value, int):
        update(f"i{value};".encode())
    elif isinstance(value, bytes):
        _feed_bytes(b"b", value, update)
    elif isinstance(value, tuple):
        update(f"t{len(value)}:".encode())
        for item in value:
            _feed(item, update)
    elif isinstance(value, frozenset):
        _feed(tuple(sorted(digest(item) for item in value)), update)
    elif isinstance(value, date):  # a datetime is one too
        _feed_bytes(b"d", value.isoformat().encode(), update)
    elif is_dataclass(value) and not isinstance(value, type) and _is_frozen(value):
        update(f"o{type(value).__qualname__}:".encode())
        for item in fields(value):
            _feed_bytes(b"f", item.name.encode(), update)
            _feed(getattr(value, item.name), update)
    else:
        raise TypeError(f"no stable digest for a {type(value).__name__}: {value!r:.80}")


def _is_frozen(value: object) -> bool:
    return bool(getattr(type(value), "__dataclass_params__").frozen)  # noqa: B009 typeshed hides it


def _feed_bytes(mark: bytes, data: bytes, update: Callable[[bytes], None]) -> None:
    update(b"%s%d:" % (mark, len(data)))
    update(data)
