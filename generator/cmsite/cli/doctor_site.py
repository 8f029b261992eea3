"""Say what stands around a site: where it goes, what it overrides, what it remembers, what is slow in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from cmsite.around import Advice, Around, Heavy
    from cmsite.model import Site


class Overridden(Struct, frozen=True):
    """The files of the theme that a site overrides, and those of them that are behind."""

    theme: str
    files: tuple[str, ...]
    behind: tuple[str, ...]


class Looked(Struct, frozen=True):
    """A site that was looked at: what stands around it, and all that deserves a look."""

    around: Around
    overridden: Overridden
    advice: tuple[Advice, ...]


def look(root: Path, site: Site) -> Looked:
    """Return what `doctor` says of the site in `root`."""
    from cmsite.around import Advice, advice, look_around

    around, overridden = look_around(root, site), _overridden(root)
    found = list(advice(around))
    if overridden.behind:
        count = len(overridden.behind)
        files = "1 file of yours is" if count == 1 else f"{count} files of yours are"
        found.append(Advice(f"{files} behind the theme {overridden.theme}", "`cmsite theme diff` says how"))
    return Looked(around, overridden, tuple(found))


def _overridden(root: Path) -> Overridden:
    from cmsite.cli.theme import judged, worn_theme
    from cmsite.read.overrides import own_files
    from cmsite.shape.report.overrides import State

    theme = worn_theme(root)
    laid_over = tuple(each for each in own_files(root, theme) if each.below is not None)
    found = tuple(judged(root, theme, laid_over))
    behind = tuple(each.path for each in found if each.state is State.BEHIND)
    return Overridden(theme, tuple(each.path for each in found), behind)


def lines(looked: Looked) -> Iterator[tuple[str, str]]:
    """Yield each line with the word that it is about."""
    around, overridden = looked.around, looked.overridden
    yield "git", _remote(around)
    if around.expected:
        yield "git", f"published at {around.expected}, by the look of it"
    own = len(overridden.files)
    yield (
        "theme",
        f"{overridden.theme}, {f'{own} of its files overridden' if own else 'nothing of it overridden'}",
    )
    yield from (("cache", told) for told in _memory(around))
    for kind, heavy in (("text", around.text), ("picture", around.picture)):
        if heavy:
            yield "largest", f"{kind}: {_heavy(heavy)}"
    for each in looked.advice:
        yield "mend", f"{each.what}\n{'':10}  {each.hint}"


def _remote(around: Around) -> str:
    if around.remote is None:
        return "the site's folder is in no repository"
    if not around.remote.name:
        return "no remote yet (`git remote add origin ADDRESS`)"
    return f"{around.remote.name}, {around.remote.address}"


def _memory(around: Around) -> list[str]:
    from cmsite.cli.cache import summary, weight

    if not around.memory:
        return ["nothing is remembered yet"]
    kinds = ", ".join(f"{each.kind} {weight(each.bytes)}" for each in around.memory)
    return [f"{summary(around.memory)} ({kinds})"]


def _heavy(heavy: Heavy) -> str:
    from cmsite.cli.cache import weight

    return f"{heavy.path}, {weight(heavy.bytes)}"


def told(looked: Looked) -> dict[str, Any]:
    """Return what was found in the form of `--json`."""
    from cmsite.cli.cache import told_kept

    around, overridden = looked.around, looked.overridden
    remote = around.remote
    return {
        "git": {"remote": remote.name or None, "address": remote.address or None} if remote else None,
        "expected": around.expected or None,
        "local": around.local,
        "theme": overridden.theme,
        "overrides": list(overridden.files),
        "behind": list(overridden.behind),
        "kept": told_kept(around.memory),
        "largest": [
            {"path": heavy.path, "bytes": heavy.bytes} for heavy in (around.text, around.picture) if heavy
        ],
        "advice": [{"what": each.what, "hint": each.hint} for each in looked.advice],
    }
