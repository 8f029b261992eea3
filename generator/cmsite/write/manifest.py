"""Keep what a published generation was made from, as plain data under its checksum, never as pickle.

A manifest that is broken, of another format or missing is no manifest: the next build is a full one.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from cmsite.digest import digest_bytes
from cmsite.model import Manifest

_FORMAT = b"3"


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write a manifest into its folder, under a name that is its digest, and return that."""
    body = msgspec.json.encode(manifest)
    name = digest_bytes(body)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{name}.unfinished"
    unfinished.write_bytes(_FORMAT + b"\n" + body)
    unfinished.replace(folder / f"{name}.json")
    return name


def read_manifest(folder: Path, name: str) -> Manifest | None:
    """Return the manifest kept under `name`, None when it is missing, broken or of another format."""
    try:
        head, _, body = (folder / f"{name}.json").read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if head != _FORMAT or digest_bytes(body) != name:
        return None
    return msgspec.json.decode(body, type=Manifest)


def forget_manifests(folder: Path, *, but: frozenset[str]) -> None:
    """Delete every manifest whose name is not in `but`."""
    for file in folder.glob("*.*"):
        if file.suffix != ".json" or file.stem not in but:
            file.unlink(missing_ok=True)
