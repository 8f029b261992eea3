"""Keep what a published generation was made from, as plain data with a checksum, never as pickle.

A manifest that is broken, of another format or missing is no manifest: the next build is a full one.
"""

from __future__ import annotations

import json
from pathlib import Path

from cmsite.digest import digest, digest_bytes
from cmsite.model import BuiltOutput, Manifest

_FORMAT = 1


def manifest_name(manifest: Manifest) -> str:
    """Return the name a manifest is kept under: its digest."""
    return digest(manifest)


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write a manifest into its folder, under its name, which comes back."""
    name = manifest_name(manifest)
    outputs = [[output.path, list(output.inputs), output.size, output.digest] for output in manifest.outputs]
    told = {"site": manifest.site, "edition": manifest.edition, "until": manifest.until, "outputs": outputs}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{name}.unfinished"
    unfinished.write_bytes(f"{_FORMAT} {digest_bytes(body)}\n".encode() + body)
    unfinished.replace(folder / f"{name}.json")
    return name


def read_manifest(folder: Path, name: str) -> Manifest | None:
    """Return the manifest kept under `name`, None when it is missing, broken or of another format."""
    try:
        head, _, body = (folder / f"{name}.json").read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if head != f"{_FORMAT} {digest_bytes(body)}".encode():
        return None
    told = json.loads(body)
    outputs = tuple(
        BuiltOutput(path, tuple((key, value) for key, value in inputs), size, content)
        for path, inputs, size, content in told["outputs"]
    )
    return Manifest(told["site"], told["edition"], told["until"], outputs)


def forget_manifests(folder: Path, *, but: frozenset[str]) -> None:
    """Delete every manifest whose name is not in `but`."""
    for file in folder.glob("*.*"):
        if file.suffix != ".json" or file.stem not in but:
            file.unlink(missing_ok=True)
