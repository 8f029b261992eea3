"""Put a Pagefind index into an order of its own, so that equal pages give equal bytes.

Pagefind lists filters, their values and sorts in the order in which a hash map yields them, which changes
from run to run, and names files by what they hold. Files: gzip of a mark and CBOR.
"""

from __future__ import annotations

import json
from typing import Any

from cmsite.digest import digest_bytes

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FILTERS, _SORTS, _FIELDS = 3, 4, 5  # where they stand in a language's list of everything


def in_order(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, each list in the order of its names and each file named anew."""
    entry = json.loads(files[_ENTRY])
    ordered = {path: data for path, data in files.items() if not path.endswith((".pf_meta", ".pf_filter"))}
    for language, told in sorted(entry["languages"].items()):
        everything = _unpack(files[f"pagefind.{told['hash']}.pf_meta"])
        filters = []
        for name, kept in everything[_FILTERS]:
            data = _pack([name, sorted(_unpack(files[f"filter/{kept}.pf_filter"])[1])])
            filters.append([name, _named(language, data, 7)])
            ordered[f"filter/{filters[-1][1]}.pf_filter"] = data
        everything[_FILTERS] = sorted(filters)
        everything[_SORTS] = sorted(everything[_SORTS])
        everything[_FIELDS] = sorted(everything[_FIELDS])
        data = _pack(everything)
        told["hash"] = _named(language, data, 10)
        ordered[f"pagefind.{told['hash']}.pf_meta"] = data
    ordered[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return ordered


def _named(language: str, data: bytes, length: int) -> str:
    return f"{language}_{digest_bytes(data)[:length]}"


def _unpack(data: bytes) -> list[Any]:
    import gzip

    import cbor2

    told: list[Any] = cbor2.loads(gzip.decompress(data).removeprefix(_MARK))
    return told


def _pack(told: list[Any]) -> bytes:
    import gzip

    import cbor2

    return gzip.compress(_MARK + cbor2.dumps(told), mtime=0)
