"""Keep what took long to make, so that it need not be made again: a memory that may always be deleted.

An entry is a file: a line with a checksum, then the bytes. One that is damaged is as good as none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from cmsite.digest import digest_bytes

_FORMAT = b"1"
_UNFINISHED = ".unfinished"


class Memory(Struct, frozen=True):
    """A folder of entries by name. Nothing is created before the first entry is kept."""

    folder: Path

    def recall(self, name: str) -> bytes | None:
        """Return the bytes kept under a name, None when there are none or they are damaged."""
        try:
            head, _, data = (self.folder / name).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return data if head == _head(data) else None

    def holds(self, name: str) -> bool:
        """Return whether bytes are kept under a name, whole or damaged."""
        return (self.folder / name).is_file()

    def keep(self, name: str, data: bytes) -> None:
        """Keep bytes under a name; a reader finds all of them or none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{name}.{os.getpid()}{_UNFINISHED}"
        unfinished.write_bytes(_head(data) + b"\n" + data)
        unfinished.replace(self.folder / name)

    def forget(self, but: Callable[[str], bool]) -> None:
        """Delete every entry but those whose names are wanted, and what a crash left unfinished."""
        for file in self.folder.glob("*-*"):
            if file.suffix == _UNFINISHED or not but(file.name):
                file.unlink(missing_ok=True)


def _head(data: bytes) -> bytes:
    return _FORMAT + b" " + digest_bytes(data).encode()
