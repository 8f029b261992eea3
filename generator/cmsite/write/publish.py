"""Stage a whole generation, swap it in, keep the old one to make the next of.

Whatever happens, the output is exactly the old site or exactly the new one. The marker inside a
generation names its manifest and lists its files, so that tree and manifest change in the same step and
nothing of an older generation can be taken for the author's.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from cmsite.digest import digest_bytes
from cmsite.errors import BuildRunning, Refused
from cmsite.model import MARKER, BuiltOutput, Manifest
from cmsite.signatures import list_tree
from cmsite.write.exchange import exchange, recover
from cmsite.write.manifest import forget_manifests, read_manifest, write_manifest
from cmsite.write.standby import clear, fill, link, take_away

_FORMAT = 1
_BUFFER = 1 << 20  # bytes: a page is written in one go


class Existing(Struct, frozen=True):
    """What stands in the output: its manifest if it is known, our files, and files of somebody else."""

    manifest: Manifest | None
    ours: frozenset[str]
    foreign: tuple[str, ...]


class Made(Struct, frozen=True):
    """A file that is new in a generation: its bytes, or the file to copy."""

    path: str
    inputs: tuple[tuple[str, str], ...]
    data: bytes | None = None
    copy_of: Path | None = None


Stage = Callable[[Made], BuiltOutput]  # writes a file into the next generation, from whatever process


class Marker(Struct, frozen=True):
    """What a generation says of itself: marks of its site, its editions, its manifest's name, its files."""

    site: str
    edition: str
    manifest: str
    paths: frozenset[str]


class Standing(Struct, frozen=True):
    """What stands published in a folder: the editions that its marker names, our files, and all files."""

    editions: tuple[str, ...]
    ours: frozenset[str]
    files: tuple[str, ...]


@contextmanager
def working(root: Path) -> Iterator[Path]:
    """Hold the site's memory folder `.cmsite/` for one build. Raises BuildRunning if another holds it."""
    memory = root / ".cmsite"
    if memory.is_symlink():
        raise Refused(".cmsite is a link: nothing is written through it", "delete the link")
    memory.mkdir(exist_ok=True)
    with (memory / "lock").open("a") as lock:
        _lock(lock.fileno())
        yield memory


def _lock(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without flock: builds there are not guarded against each other
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BuildRunning("another build is at work in this folder", "wait for it to end") from error


def examine(root: Path, output: Path, site: str, *, adopt: bool) -> Existing:
    """Return what stands in the output. Raises Refused when it is not ours and `adopt` is not said.

    `site` holds the marks that tell a site, separated by spaces; one in common is enough.
    """
    recover(output, _staging(root, output) / "old")
    return look_at(root, output, site, adopt=adopt)


def look_at(root: Path, output: Path, site: str, *, adopt: bool = False) -> Existing:
    """Return the same without a touch: what an interrupted build has left is not put in order."""
    _refuse_links(root, output)
    if not output.is_dir():
        return Existing(None, frozenset(), ())
    present = _files(output)
    marker = _read_marker(output)
    if marker is None:
        if present and not adopt:
            raise Refused(
                f"{output.relative_to(root)}/ holds files that cmsite did not make",
                "choose another `output`, or say `--adopt` to publish beside them",
            )
        return Existing(None, frozenset(), present)
    manifest = read_manifest(_manifests(root, output), marker.manifest)
    same_site = set(marker.site.split()) & set(site.split())
    if not same_site and manifest is None and not adopt:
        raise Refused(
            f"{output.relative_to(root)}/ holds another site",
            "choose another `output`, or say `--adopt` to take its place",
        )
    foreign = tuple(path for path in present if path not in marker.paths and path != MARKER)
    return Existing(manifest, marker.paths, foreign)


def standing(output: Path) -> Standing | None:
    """Return what stands published in a folder, None when it holds no generation of ours."""
    marker = _read_marker(output)
    if marker is None:
        return None
    return Standing(tuple(marker.edition.split()), marker.paths | {MARKER}, _files(output))


def generation_name(output: Path) -> str:
    """Return the name of the manifest that the generation in a folder was published with, "" for none."""
    marker = _read_marker(output)
    return marker.manifest if marker else ""


def manifest_file(root: Path, output: Path) -> Path:
    """Return the file of the manifest that the generation in a folder was published with."""
    return _manifests(root, output) / f"{generation_name(output)}.json"


def damaged(output: Path, manifest: Manifest, *, thoroughly: bool) -> frozenset[str]:
    """Return the published files that are gone or changed: by size, or `thoroughly` by their bytes."""
    start = f"{output}/"
    return frozenset(
        built.path for built in manifest.outputs if not _is_whole(start + built.path, built, thoroughly)
    )


def _is_whole(file: str, built: BuiltOutput, thoroughly: bool) -> bool:
    try:
        found = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != built.size:
        return False
    return not thoroughly or digest_bytes(Path(file).read_bytes()) == built.digest


def mirror(root: Path, output: Path, known: Manifest) -> None:
    """Make the next generation of an output of all its files, for `publish` to change what is new.

    Raises OSError where that cannot be done.
    """
    new, paths = _staging(root, output) / "standby", [built.path for built in known.outputs]
    _delete_links(root, new)
    staying = clear(new, output, paths, paths)
    fill(new, output, [path for path in paths if path not in staying])


def publish(
    root: Path,
    output: Path,
    existing: Existing,
    known: Manifest | None,
    paths: Collection[str],
    make: Callable[[Stage], Iterable[tuple[BuiltOutput, bool]]],
    describe: Callable[[tuple[BuiltOutput, ...]], Manifest],
    mirrored: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Publish a generation of the files at some `paths`, and return its manifest.

    `make` is given what stages a file, and comes back with each, and whether it was staged: the others are
    kept as `known` has them. When all are and there were no others, nothing is published. Foreign files are
    carried over. `mirrored` tells whether the next generation was begun as a mirror of what stands.
    Raises Refused when a foreign file stands where one of ours must.
    """
    staging = _staging(root, output)
    new, old = staging / "standby", staging / "old"
    _delete_links(root, new)
    shutil.rmtree(old, ignore_errors=True)
    before = {built.path for built in known.outputs} if known else set()
    if mirrored():
        staying = take_away(new, before, frozenset(paths))
    else:
        staying = clear(new, output, [path for path in paths if path in before], paths)
    made = sorted(make(partial(_stage, new)), key=lambda each: each[0].path)
    manifest = describe(tuple(built for built, _ in made))
    kept = [built.path for built, staged in made if not staged]
    if manifest == known and len(kept) == len(made):
        return manifest
    fill(new, output, [path for path in kept if path not in staying])
    _carry_over(new, output, existing.foreign)
    manifests = _manifests(root, output)
    name = write_manifest(manifests, manifest)
    _write_marker(new, manifest, name)
    exchange(new, output, old)
    forget_manifests(manifests, but=frozenset([name]))
    return manifest


def _staging(root: Path, output: Path) -> Path:
    """Return where the generations of one output are staged: none can be taken for another's."""
    return root / ".cmsite" / "staging" / output.relative_to(root)


def _manifests(root: Path, output: Path) -> Path:
    """Return where the manifests of one output are kept: forgetting its old ones spares those of others."""
    return root / ".cmsite" / "manifests" / output.relative_to(root)


def _delete_links(root: Path, staged: Path) -> None:
    """Delete what is a link on the way to a generation: nothing is cleared through one."""
    for folder in (staged, *staged.parents):
        if folder == root:
            return
        if folder.is_symlink():
            folder.unlink()


def _stage(new: Path, made: Made) -> BuiltOutput:
    """Write a file under a name that is set free: others may be names of published files."""
    data = made.copy_of.read_bytes() if made.copy_of else made.data or b""
    with _opened_anew(f"{new}/{made.path}") as file:
        file.write(data)
    return BuiltOutput(made.path, made.inputs, len(data), digest_bytes(data))


def _opened_anew(target: str) -> BinaryIO:
    """Return a new file of that name; what it needs or what stands there is looked at when it must be."""
    while True:
        try:
            return open(target, "xb", buffering=_BUFFER)  # noqa: PTH123 it is done for every page
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        except FileExistsError:
            os.unlink(target)  # noqa: PTH108


def _carry_over(new: Path, output: Path, foreign: Iterable[str]) -> None:
    for path in foreign:
        target = new / path
        taken = target.exists() or any(parent.is_file() for parent in target.parents if parent != new.parent)
        if taken:
            hint = "move or delete that file, which cmsite did not make"
            raise Refused(f"{output.name}/{path} stands where the site needs to write", hint)
        target.parent.mkdir(parents=True, exist_ok=True)
        link(f"{output}/{path}", str(target))


def _write_marker(new: Path, manifest: Manifest, name: str) -> None:
    told = {
        "format": _FORMAT,
        "site": manifest.site,
        "edition": manifest.edition,
        "manifest": name,
        "paths": [built.path for built in manifest.outputs],
    }
    with (new / MARKER).open("x", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=0) + "\n")


def _read_marker(output: Path) -> Marker | None:
    try:
        return parse_marker((output / MARKER).read_bytes())
    except FileNotFoundError:
        return None


def parse_marker(data: bytes) -> Marker | None:
    """Return what a marker's bytes say, None when they are no marker's."""
    try:
        told = json.loads(data)
        site, edition, manifest = (str(told[key]) for key in ("site", "edition", "manifest"))
        return Marker(site, edition, manifest, frozenset(map(str, told["paths"])))
    except (ValueError, KeyError, TypeError):
        return None


def _files(folder: Path) -> tuple[str, ...]:
    """Return the path of every file and link below a folder; links to folders are not followed."""
    return list_tree(str(folder)).files if folder.is_dir() else ()


def _refuse_links(root: Path, output: Path) -> None:
    """Refuse an output that is not a plain folder below the site's own."""
    if not output.is_relative_to(root) or output == root:
        raise Refused("the output lies outside the site's folder", "write `output: public`")
    for path in (output, *output.parents):
        if path == root:
            return
        if path.is_symlink():
            raise Refused(
                f"{path.relative_to(root)} is a link: nothing is written through it", "delete the link"
            )
        if path.exists() and not path.is_dir():
            raise Refused(
                f"{path.relative_to(root)} is a file, not a folder", "delete it, or choose another `output`"
            )
