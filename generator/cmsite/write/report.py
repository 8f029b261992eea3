"""Write a page that reports on the site, where it can neither be published nor take the place of a stranger.

A page takes the place of an earlier one of the same kind, and of nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path

from cmsite.errors import Refused, UsageError

_HEAD = 65_536  # bytes of a page in which its mark is looked for


def check_page(file: Path, *, mark: str, published: tuple[Path, ...]) -> None:
    """Raise Refused when a page may not be written to `file`: among what is published, or over a stranger.

    `mark` is a text that stands near the top of every page of the kind; a file without it is the author's.
    """
    target = file.resolve()
    for folder in published:
        if target.is_relative_to(folder.resolve()):
            what = f"{file} lies in {folder.name}/, and what stands there is published with the site"
            raise Refused(what, "name a file elsewhere")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}", "create it, or name a file elsewhere")
    if os.path.lexists(target) and not _bears(target, mark):
        raise Refused(f"{file} is not a page that this command made", "name another file, or move that one")


def write_page(file: Path, text: str) -> None:
    """Write a page whole, or not at all: a reader never meets half of it."""
    target = file.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _bears(file: Path, mark: str) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return mark.encode() in opened.read(_HEAD)
