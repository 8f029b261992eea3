"""Read the old blog's folder and write into the site's: all that an import does on the disk.

Nothing outside the old folder is read, and nothing that exists is ever overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path, PurePosixPath

from msgspec import Struct

from cmsite.importing.report import Note

MAX_TEXT = 2 * 1024 * 1024
MAX_PICTURE = 64 * 1024 * 1024
_SKIPPED_FOLDERS = frozenset(["node_modules", "_site"])
_SITE_FOLDERS = ("content", "profiles", "themes", "public", "private")  # of a site that shares the folder


class Outcome(StrEnum):
    """What became of a file that an import would write."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # something else stands there


class Listing(Struct, frozen=True):
    """The files of a folder as paths from it, sorted, and notes on what was not looked at."""

    files: tuple[str, ...]
    notes: tuple[Note, ...]


def list_files(folder: Path, site: Path) -> Listing:
    """Return the files of the old blog. Links that lead out of it are left, and noted.

    When the site stands in the same folder or below, what belongs to it is left out.
    """
    root, ours = folder.resolve(), _folders_of(site.resolve())
    files: list[str] = []
    notes: list[Note] = []
    closed: list[OSError] = []
    for here, folders, names in os.walk(root, onerror=closed.append):
        below = sorted(name for name in folders if _is_looked_into(Path(here, name), ours))
        shown = sorted(name for name in names if not name.startswith("."))
        for path in (Path(here, name) for name in (*below, *shown)):
            if path.is_symlink() and not _stays_within(path, root):
                what = "a link leads out of the folder: skipped"
                notes.append(
                    Note(_relative(path, root), 1, what, "copy what it points to, and import again", True)
                )
            elif path.is_file():
                files.append(_relative(path, root))
        folders[:] = [name for name in below if not Path(here, name).is_symlink()]
    notes += (_unread(_relative(Path(error.filename), root), error) for error in closed)
    return Listing(tuple(sorted(files)), tuple(notes))


def _folders_of(site: Path) -> frozenset[Path]:
    return frozenset(site / name for name in _SITE_FOLDERS)


def _is_looked_into(folder: Path, ours: frozenset[Path]) -> bool:
    return not folder.name.startswith(".") and folder.name not in _SKIPPED_FOLDERS and folder not in ours


def _stays_within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        return False


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _unread(path: str, error: OSError) -> Note:
    return Note(path, 1, f"cannot be read ({error.strerror}): left out", "mend that, and import again", True)


def read_text(folder: Path, path: str) -> str | Note:
    """Return the text of a file with `\\n` newlines and no BOM, or a note that says why it is none."""
    data = _read_bytes(folder, path, MAX_TEXT)
    if isinstance(data, Note):
        return data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Note(
            path,
            1,
            f"not UTF-8 text (byte {error.start + 1}): left out",
            "save it as UTF-8, and import again",
            True,
        )
    if "\0" in text:
        return Note(path, 1, "not a text: left out", "look at the file", True)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_picture(folder: Path, path: str) -> bytes | Note:
    """Return the bytes of a picture or document, or a note when it cannot be copied."""
    return _read_bytes(folder, path, MAX_PICTURE)


def _read_bytes(folder: Path, path: str, limit: int) -> bytes | Note:
    try:
        with (folder / path).open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return _unread(path, error)
    if len(data) > limit:
        what = f"larger than {limit // 1024 // 1024} MiB: left out"
        return Note(path, 1, what, "make it smaller, and import again", True)
    return data


def site_files(site: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of every post and page that the site has; an unreadable text is empty."""
    for kind in ("posts", "pages"):
        for path in sorted((site / "content" / kind).glob("**/*")):
            if path.suffix in (".md", ".markdown") and path.is_file():
                name = path.relative_to(site).as_posix()
                yield name, read_site_text(site, name) or ""


def read_site_text(site: Path, path: str) -> str | None:
    """Return the text of one of the site's own files, None when there is no such file."""
    source = site / path
    if not source.is_file():
        return None
    with source.open("rb") as file:
        return file.read(MAX_TEXT).decode("utf-8", "replace")


def write_new(site: Path, path: str, data: bytes) -> Outcome:
    """Write a file that is not there yet, and return what became of it."""
    target = site / PurePosixPath(path)
    if os.path.lexists(target):
        same = target.is_file() and target.read_bytes() == data
        return Outcome.UNCHANGED if same else Outcome.KEPT
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return Outcome.KEPT
    except BaseException:  # half a file would be taken for the author's on the next run
        target.unlink(missing_ok=True)
        raise
    return Outcome.WRITTEN
