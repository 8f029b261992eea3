"""Remember what the last build of an output was asked for: the output itself tells neither time nor flags.

What is remembered is plain data beside the manifests. When it is broken, missing, or of another
generation than the one that stands there, nothing is remembered.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict


class Asked(Struct, frozen=True):
    """What a build was asked for. `manifest` names what came of it; `now` is its instant (ISO 8601).

    `to_come` is the digest of the texts that time alone would bring in or take out.
    """

    manifest: str
    now: str
    base_url: str
    every: bool
    to_come: str


def remember_asked(root: Path, output: Path, asked: Asked) -> None:
    """Keep what the last build of an output was asked for."""
    file = asked_file(root, output)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(asdict(asked)), encoding="utf-8")
    unfinished.replace(file)


def recall_asked(root: Path, output: Path, manifest: str) -> Asked | None:
    """Return what the build was asked for that made this manifest, None when that is not known."""
    try:
        told = json.loads(asked_file(root, output).read_bytes())
        asked = Asked(
            manifest=str(told["manifest"]),
            now=str(told["now"]),
            base_url=str(told["base_url"]),
            every=told["every"] is True,
            to_come=str(told["to_come"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return asked if asked.manifest == manifest else None


def asked_file(root: Path, output: Path) -> Path:
    """Return the file that keeps what the last build of an output was asked for."""
    return root / ".cmsite" / "asked" / output.relative_to(root).with_suffix(".json")
