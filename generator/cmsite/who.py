"""Make a profile of what an author answers, and write it when the site with it reads without a mistake."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound, Refused
from cmsite.model import POINTS, Answers, Language, NewTerm, Place, Point, Site, Vocabulary, VocabularyTerm
from cmsite.read.files import refuse_outside
from cmsite.read.guarded_yaml import read_yaml
from cmsite.read.site import Reading, read_site
from cmsite.read.slots import find_slot
from cmsite.read.source import decode
from cmsite.read.vocabulary import find_term, read_vocabulary
from cmsite.write.profile import Change, already_there, compose_profile, profile_path, write_profile
from cmsite.write.vocabulary import entry, with_terms

_MASK = "mask.yml"
_SCHEMA = "# yaml-language-server: $schema="


class Introduced(Struct, frozen=True):
    """A profile that was written: its file, the terms that mask.yml has more, the site with both.

    `lead` is what is wrong with the site's lead profile, if anything.
    """

    path: str
    added: tuple[NewTerm, ...]
    site: Site
    lead: Problem | None


def read_before(root: Path) -> Site:
    """Return the site that a profile is to join. It needs no lead profile yet: this may become the one."""
    return read_site(root, lead_needed=False).site


def is_taken(root: Path, name: str) -> bool:
    """Return whether something stands where a profile of that name would be written."""
    return os.path.lexists(root / profile_path(name))


def introduce(root: Path, answers: Answers, *, language: Language) -> Introduced:
    """Write the profile of these answers, its comments in `language`, and return what was written.

    The site is read anew with it, from memory, before anything is written: mistakes raise ProblemsFound.
    Raises Refused when the profile is there already, or when mask.yml cannot be extended safely.
    """
    path = profile_path(answers.profile)
    if is_taken(root, answers.profile):
        raise already_there(path)
    text = compose_profile(answers, language=language, first_line=_schema_line(root))
    change, added = _change(root, answers.added)
    files = {path: text.encode(), **({_MASK: change.after} if change else {})}
    reading = read_site(root, instead=files, lead_needed=False)
    _hold_to(answers, reading)
    write_profile(root, path, text, change)
    lead = next((problem for problem in reading.warnings if problem.code == "lead-profile"), None)
    return Introduced(path, added, reading.site, lead)


def _schema_line(root: Path) -> str:
    """Return the line by which the site's profiles name their schema to editors, "" if they do not."""
    for file in sorted((root / "profiles").glob("*.yml")):
        if file.is_file():
            with file.open("rb") as opened:
                line = opened.readline(200).decode("utf-8-sig", "replace").rstrip()
            if line.startswith(_SCHEMA):
                return line
    return ""


def _change(root: Path, added: tuple[NewTerm, ...]) -> tuple[Change | None, tuple[NewTerm, ...]]:
    """Return how mask.yml changes, and the terms that it did not have by now."""
    if not added:
        return None, ()
    before = refuse_outside(root, root / _MASK).read_bytes()
    source = decode(before, _MASK)
    known = read_vocabulary(source)
    missing = tuple(term for term in added if find_term(known, term.point, term.term) is None)
    if not missing:
        return None, ()
    try:
        tree = read_yaml(source)
        after = with_terms(before, missing, {point: find_slot(tree, point) for point in _points(missing)})
        safe = _is_extension(known, read_vocabulary(decode(after, _MASK)), missing)
    except ProblemsFound:
        safe = False
    if not safe:
        raise _cannot_extend(missing)
    return Change(_MASK, before, after), missing


def _points(added: Iterable[NewTerm]) -> tuple[Point, ...]:
    named = {term.point for term in added}
    return tuple(point for point in POINTS if point in named)


def _is_extension(before: Vocabulary, after: Vocabulary, added: Iterable[NewTerm]) -> bool:
    """Return whether a vocabulary is another one with these terms more, behind those of their points."""
    for point in POINTS:
        fresh = [(term.term, term.label) for term in added if term.point is point]
        old, new = list(_unplaced(before.terms(point))), list(_unplaced(after.terms(point)))
        told = [(each.term, each.label.told_in("")) for each in new[len(old) :]]
        if before.declares(point) != after.declares(point) or new[: len(old)] != old or told != fresh:
            return False
    return True


def _unplaced(terms: Iterable[VocabularyTerm]) -> Iterator[VocabularyTerm]:
    return (replace(term, place=Place(_MASK)) for term in terms)


def _cannot_extend(missing: Iterable[NewTerm]) -> Refused:
    told = "; ".join(f"under `{term.point}:` add `{entry(term)}`" for term in missing)
    return Refused(f"{_MASK} is written in a way that cmsite cannot extend safely", f"{told}, and ask again")


def _hold_to(answers: Answers, reading: Reading) -> None:
    """Make sure that the profile reads as it was answered: a site that changed meanwhile may not let it."""
    profile = next(each for each in reading.site.profiles if each.name == answers.profile)
    told = (profile.mask, profile.headline, profile.language)
    if told != (answers.mask, answers.headline, answers.language):
        raise Refused(f"{_MASK} has just been changed by somebody else", "ask once more")
