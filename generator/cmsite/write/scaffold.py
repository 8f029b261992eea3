"""Begin a site: files that come with the package, beside what stands in the folder, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from msgspec import Struct

from cmsite.errors import Refused
from cmsite.model import Language

SETTINGS = "cmsite.yml"
_DAY = "DATE-"  # in the name of a file of the scaffold: the day on which the site begins
_OURS = ("content", "profiles", "public", "private")  # what stands there would be taken for the site's
_WORKFLOW = ".github/workflows/pages.yml"
_IGNORED = ".gitignore"
_NAMED = 3  # files that a sentence names


class Begun(Struct, frozen=True):
    """A site that was begun: the files written and those of the author's that were kept, from its folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...]  # the lines that the .gitignore which was kept should have


def begin_site(folder: Path, language: Language, *, day: date, github: str = "") -> Begun:
    """Write a small site into a folder, made if need be, and return what was written.

    `github` is the line of requirements.txt with which the workflow for GitHub Pages installs cmsite, ""
    for no workflow. Raises Refused, with nothing written, for a folder that holds a site already or a file
    that would be overwritten or taken for the site's.
    """
    _refuse_site(folder)
    wanted = dict(_files_of(files("cmsite") / "scaffold" / language, day))
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    if github:
        workshop = files("cmsite") / "scaffold" / "github"
        wanted[_WORKFLOW] = (workshop / "pages.yml").read_bytes()
        wanted["requirements.txt"] = f"{github}\n".encode()
        ignored = (workshop / "gitignore").read_bytes()
        if (folder / _IGNORED).is_file():
            kept, missing = (_IGNORED,), tuple(_missing(folder / _IGNORED, ignored))
        else:
            wanted[_IGNORED] = ignored
    _refuse_taken(folder, wanted)
    _write_all(folder, wanted)
    return Begun(folder, tuple(sorted(wanted)), kept, missing)


def _files_of(top: Traversable, day: date, below: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file of a scaffold, named as it will stand in the site."""
    for each in sorted(top.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _files_of(each, day, f"{below}{each.name}/")
        else:
            name = f"{day.isoformat()}-{each.name.removeprefix(_DAY)}" if _is_dated(each) else each.name
            yield f"{below}{name}", each.read_bytes()


def _is_dated(file: Traversable) -> bool:
    return file.name.startswith(_DAY)


def _missing(file: Path, wanted: bytes) -> Iterator[str]:
    """Yield the patterns that a .gitignore lacks, however it words the others."""
    stated = {line.strip().strip("/") for line in file.read_text(errors="replace").splitlines()}
    for line in wanted.decode().splitlines():
        if line.startswith("/") and line.strip("/") not in stated:
            yield line


def _refuse_site(folder: Path) -> None:
    if os.path.lexists(folder / SETTINGS):
        hint = "go on from there: `cmsite who` writes a profile, `cmsite new post` a draft"
        raise Refused(f"a site stands here already: there is a {SETTINGS} in {folder}", hint)


def _refuse_taken(folder: Path, wanted: Iterable[str]) -> None:
    """Refuse a folder in which a new file meets an old one, or old ones would become part of the site."""
    taken = [name for name in _OURS if _is_taken(folder / name)]
    taken += [path for path in wanted if path.split("/")[0] not in taken and _in_the_way(folder, path)]
    if taken:
        named = ", ".join(f"`{path}`" for path in taken[:_NAMED])
        rest = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
        verb = "is" if len(taken) == 1 else "are"
        what = f"{named}{rest} {verb} in the folder already, and nothing is overwritten"
        raise Refused(what, "begin in an empty folder, `cmsite init FOLDER`, or move that away first")


def _is_taken(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return os.path.lexists(folder)
    return any(folder.iterdir())


def _in_the_way(folder: Path, path: str) -> bool:
    """Return whether a file, or a link, stands where a new file or one of its folders must."""
    above = [folder.joinpath(*path.split("/")[:depth]) for depth in range(1, path.count("/") + 1)]
    blocked = any(each.is_symlink() or (each.exists() and not each.is_dir()) for each in above)
    return blocked or os.path.lexists(folder / path)


def _write_all(folder: Path, wanted: Mapping[str, bytes]) -> None:
    with _undone_unless_finished() as made:
        for path, data in sorted(wanted.items()):
            _make_folders((folder / path).parent, made)
            with (folder / path).open("xb") as file:
                made.append(folder / path)
                file.write(data)


def _make_folders(folder: Path, made: list[Path]) -> None:
    if not folder.is_dir():
        _make_folders(folder.parent, made)
        folder.mkdir()
        made.append(folder)


@contextmanager
def _undone_unless_finished() -> Iterator[list[Path]]:
    """Take away what was made, the last first, when something stops the making."""
    made: list[Path] = []
    try:
        yield made
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, FileExistsError):
            raise Refused(f"{error.filename} has just been made by somebody else", "ask once more") from error
        raise
