"""Write a new profile as its author would, and with it the terms that mask.yml needs: both, or neither."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from cmsite.errors import Refused
from cmsite.model import POINTS, Answers, Language, Point
from cmsite.write.yaml_text import one_or_list, scalar


class _Comments(Struct, frozen=True):
    """What a new profile says to its author."""

    opening: str
    headline: str
    mask: str
    points: tuple[str, ...]
    site: tuple[str, ...]


_COMMENTS = {
    "fr": _Comments(
        opening="Un public, en six points. cmsite a écrit ce fichier, il est à vous maintenant.",
        headline="votre métier en quelques mots, sous votre nom",
        mask="Le masque : quel community manager ? Un point laissé de côté ne ferme aucune porte.",
        points=(
            "dans quel secteur",
            "quel problème, quel but",
            "à quelle place dans l’organisation",
            "où, avec quelles particularités",
            "internal, external ou les deux",
            "offline, online ou les deux",
        ),
        site=(
            "Ce que ce profil dit autrement que cmsite.yml : ôtez les `#`.",
            "site:",
            "  title: un titre pour ce public",
            "  description: une phrase pour ce public",
        ),
    ),
    "en": _Comments(
        opening="One audience, in six points. cmsite wrote this file, and it is yours now.",
        headline="your job in a few words, under your name",
        mask="The mask: which community manager is this? A point left out states nothing and closes no door.",
        points=(
            "which sector",
            "which problem, which goal",
            "which place in the organisation",
            "where, with what of its own",
            "internal, external or both",
            "offline, online or both",
        ),
        site=(
            "What this profile words differently from cmsite.yml: take the `#` away.",
            "site:",
            "  title: a title for this audience",
            "  description: a sentence for this audience",
        ),
    ),
}


class Change(Struct, frozen=True):
    """A file of the site as it is and as it is to be."""

    path: str
    before: bytes
    after: bytes


def profile_path(name: str) -> str:
    """Return the file of a profile, from the site's folder."""
    return f"profiles/{name}.yml"


def compose_profile(answers: Answers, *, language: Language, first_line: str = "") -> str:
    """Return the text of the profile, with comments in the author's `language`.

    `first_line` is the comment by which the site's other profiles name a schema to editors.
    """
    words = _COMMENTS[language]
    headline = f" {scalar(answers.headline)}" if answers.headline else f"  # {words.headline}"
    lines = [first_line, ""] if first_line else []
    lines += [f"# {words.opening}", f"language: {answers.language}", f"headline:{headline}", ""]
    lines += [f"# {words.mask}", "mask:"]
    lines += [_stated(answers, point, about) for point, about in zip(POINTS, words.points, strict=True)]
    return "\n".join([*lines, "", *(f"# {line}" for line in words.site), ""])


def _stated(answers: Answers, point: Point, about: str) -> str:
    terms = answers.mask[point]
    return f"  {point}: {one_or_list(terms)}" if terms else f"  # {point}:  ({about})"


def write_profile(root: Path, path: str, text: str, change: Change | None) -> None:
    """Write a new profile and, with it, the change of mask.yml that it needs; or nothing at all.

    mask.yml goes first: a machine that stops between the two leaves terms that no profile uses yet, never
    a profile that cannot be read. Raises Refused when the profile is there already, or when mask.yml is no
    longer what it was.
    """
    file = root / path
    if os.path.lexists(file):
        raise already_there(path)
    with _folder(file.parent), _beside(file, text.encode()) as fresh:
        if change is None:
            _put(fresh, file, path)
        else:
            _put_both(fresh, file, path, (root / change.path).resolve(), change)


def write_change(root: Path, change: Change) -> None:
    """Write a file of the site anew, in one step. Raises Refused when it is no longer what it was."""
    file = (root / change.path).resolve()
    with _beside(file, change.after) as fresh:
        shutil.copymode(file, fresh)
        if file.read_bytes() != change.before:
            raise Refused(f"{change.path} has just been changed by somebody else", "ask once more")
        fresh.replace(file)


def already_there(path: str) -> Refused:
    """Return what to say of a profile that would be overwritten."""
    return Refused(f"{path} is there already", "give the profile another name, or move that file away first")


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder, and take it away again when nothing came of it."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused(
            f"{folder.name} is not a folder", "move it away: profiles stand in a folder of that name"
        )
    made = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _beside(file: Path, data: bytes, name: str = "new") -> Iterator[Path]:
    """Write bytes into a hidden file beside another, for as long as it takes to put it into its place."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{name}")
    try:
        fresh.write_bytes(data)
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _put_both(fresh: Path, file: Path, path: str, changing: Path, change: Change) -> None:
    """Change one file and give the other its name; when the second fails, change the first one back.

    `changing` is the file itself where the site has a link to it.
    """
    text = fresh.read_bytes()
    with _beside(changing, change.before, "old") as old, _beside(changing, change.after) as new:
        shutil.copymode(changing, old)
        shutil.copymode(changing, new)
        if changing.read_bytes() != change.before:
            raise Refused(f"{change.path} has just been changed by somebody else", "ask once more")
        try:
            new.replace(changing)
            _put(fresh, file, path)
        except BaseException:
            if not file.is_file() or file.read_bytes() != text:  # else both were done
                old.replace(changing)
            raise


def _put(fresh: Path, file: Path, path: str) -> None:
    """Give the finished file its name. Raises Refused when somebody has taken it meanwhile."""
    try:
        os.link(fresh, file)
    except FileExistsError as error:
        raise already_there(path) from error
    except OSError:  # a file system without second names
        if os.path.lexists(file):
            raise already_there(path) from None
        fresh.replace(file)
