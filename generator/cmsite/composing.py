"""Remember what the files of each output were composed of, for the next build to compose few of them.

What is remembered belongs to one generation. Without it all is composed, and compared with what stands.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from cmsite.cache import Cache
from cmsite.shape.basis import Basis

KIND = "basis"  # of the cache's entries
LIMIT = 64_000_000  # bytes


class _Kept(Struct, frozen=True, array_like=True):
    """The basis of a generation, which its manifest names."""

    manifest: str
    basis: Basis


def recall_basis(cache: Cache, root: Path, output: Path, manifest: str) -> Basis:
    """Return what the files of a generation were composed of; of another one nothing is known."""
    data = cache.recall(KIND, [_name(root, output)]).get(_name(root, output))
    try:
        kept = msgspec.msgpack.decode(data, type=_Kept) if data else None
    except msgspec.ValidationError:
        kept = None
    return kept.basis if kept and manifest and kept.manifest == manifest else Basis()


def keep_basis(cache: Cache, root: Path, output: Path, manifest: str, basis: Basis, *, before: Basis) -> None:
    """Keep what the files of an output's generation were composed of, if it is not what was kept `before`."""
    if basis == before:
        return
    name = _name(root, output)
    cache.keep(KIND, {name: msgspec.msgpack.encode(_Kept(manifest, basis))})
    cache.forget(KIND, but=[name], limit=LIMIT)


def _name(root: Path, output: Path) -> str:
    return output.relative_to(root).as_posix()
