"""Record what a build was made from and what it has left, for `standing` to know the next one by."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import TZPATH

from msgspec import Struct

from cmsite.errors import Problem
from cmsite.paths import is_hidden
from cmsite.request import Request
from cmsite.signatures import list_tree, newest, settled, sign
from cmsite.standing import (
    BuiltEdition,
    digest_of,
    libraries,
    package,
    program,
    record_file,
    sealed,
    sign_read,
    what_is_asked,
)

_READ = ("cmsite.yml", "mask.yml", "mask.yaml", "content", "profiles", "themes")
_CLOCK = ".cmsite/lock"  # a file of ours to ask the file system's clock with
_PASSING = "cache"  # the code of a warning that was true of one build only


class Watched(Struct, frozen=True):
    """What a build reads, and its signatures from before it was read.

    Paths of the site are from its folder, `missing` those where nothing stands.
    """

    site: tuple[str, ...]
    missing: tuple[str, ...]
    links: tuple[str, ...]
    program: tuple[str, ...]
    signatures: str


class Outcome(Struct, frozen=True):
    """What a build has left: the folder `output`, each file of ours in it with its size, those of others.

    `beside` are the files that tell of it in the memory. Nothing changes by time alone before `until`, if
    that is not "".
    """

    output: str
    ours: Mapping[str, int]
    foreign: Collection[str]
    beside: tuple[str, ...]
    until: str
    editions: tuple[BuiltEdition, ...]
    warnings: tuple[Problem, ...]


def sign_inputs(root: Path, program: Iterable[str]) -> Watched | None:
    """Return what a build at `root` is about to read, None when it is changing just now.

    `program` names files and folders that are read beside the site and the package itself.
    """
    further = tuple(program)
    try:
        return settled(f"{root}/{_CLOCK}", lambda: _look(str(root), further))
    except OSError:
        return None


def remember_standing(root: Path, request: Request, watched: Watched | None, outcome: Outcome) -> None:
    """Keep the record of a build that went well, unless what it read or left has changed meanwhile."""
    left = settled(f"{root}/{_CLOCK}", lambda: _look_at_outputs(str(root), outcome))
    if not watched or not left:
        return
    told = {
        "asked": what_is_asked(request),
        "now": request.now.isoformat(),
        "until": outcome.until,
        "program": program(),
        "read": [watched.site, watched.missing, watched.links, watched.program, watched.signatures],
        "left": [_folders_above(outcome.output), *left],
        "editions": [_without_work(one) for one in outcome.editions],
        "warnings": [_told(one) for one in outcome.warnings if one.code != _PASSING],
    }
    file = Path(record_file(str(root), request))
    file.parent.mkdir(exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_bytes(sealed(json.dumps(told, separators=(",", ":")).encode()))
    unfinished.replace(file)


def _look(root: str, further: tuple[str, ...]) -> tuple[Watched, int]:
    """Return what stands to be read, and the instant of its last change."""
    site: list[str] = []
    links: list[str] = []
    for path in _READ:
        if not os.path.lexists(f"{root}/{path}"):
            continue
        site.append(path)
        if os.path.islink(f"{root}/{path}"):  # noqa: PTH114
            links.append(path)
        if os.path.isdir(f"{root}/{path}"):  # noqa: PTH112
            listing = list_tree(f"{root}/{path}", within=root, leave_out=is_hidden)
            site += [f"{path}/{each}" for each in (*listing.folders, *listing.files)]
            links += [f"{path}/{each}" for each in listing.links]
    missing = tuple(path for path in _READ if path not in site)
    program = tuple(_files_of_program(further))
    signatures, last = sign_read(root, site, links, program)
    return Watched(tuple(site), missing, tuple(links), program, signatures), last


def _files_of_program(further: Iterable[str]) -> Iterator[str]:
    """Yield what a build reads beside the site: the package's own files, the folders of the libraries.

    The package's folders are not looked at: Python keeps compiled modules in them when it first needs them.
    """
    yield from filter(os.path.isdir, (*libraries(), *TZPATH))
    yield from (f"{package()}/{path}" for path in list_tree(package(), leave_out="__pycache__".__eq__).files)
    for folder in further:
        yield folder
        listing = list_tree(folder)
        yield from (f"{folder}/{path}" for path in (*listing.folders, *listing.files))


def _look_at_outputs(root: str, outcome: Outcome) -> tuple[tuple[list[str], str] | None, int]:
    """Return all that is published with its signatures, None when it is not what was built."""
    listing = list_tree(f"{root}/{outcome.output}")
    if set(listing.files) != {*outcome.ours, *outcome.foreign}:
        return None, 0
    published = [outcome.output, *(f"{outcome.output}/{each}" for each in listing.folders)]
    outputs = [*published, *(f"{outcome.output}/{each}" for each in listing.files), *outcome.beside]
    signed = sign(outputs, below=root, follow=False)
    sizes = dict(zip(listing.files, (size for size, *_ in signed[len(published) :]), strict=False))
    if any(sizes[path] != size for path, size in outcome.ours.items()):
        return None, 0
    return (outputs, digest_of(signed)), newest(signed)


def _folders_above(output: str) -> list[str]:
    """Return the folders that must be plain ones, as nothing is written through a link."""
    parts = output.split("/")
    return [".cmsite", *("/".join(parts[: end + 1]) for end in range(len(parts)))]


def _without_work(one: BuiltEdition) -> list[object]:
    """Return what there is to tell of an edition when all its files are kept."""
    return [one.profile, one.target, one.output, one.pages, 0, one.rendered + one.kept, 0]


def _told(problem: Problem) -> list[object]:
    place = problem.place
    return [
        [place.path, place.line, place.column],
        problem.what, problem.hint, problem.code, problem.severity.value, problem.excerpt, problem.editions,
    ]  # fmt: skip
