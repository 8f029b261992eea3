"""Read the answers to `cmsite who` from a file, where nobody is asked."""

from __future__ import annotations

import re

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import FIXED_TERMS, POINTS, Answers, Language, Point, Profile, Site
from cmsite.read.fields import fault_of_word, shown
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.meaning import Meaning, Sense, gather, understand
from cmsite.read.schema import AnswersKeys
from cmsite.read.source import Key, Source
from cmsite.read.validate import salvage

_GAPS = re.compile(r"[ \t\r\n]+")


def read_answers(source: Source, site: Site, *, language: Language) -> Answers:
    """Return the answers; `language` is that of an edition when the file states none.

    Raises ProblemsFound with all mistakes. A word that is almost a term is one: a slip must not become a
    term in silence.
    """
    tree = read_yaml(source)
    problems: list[Problem] = []
    keys = salvage(tree, AnswersKeys, problems)
    holder = path_holder(site, keys.profile)
    if holder and keys.profile == tree.at(("profile",)):
        what = f"`{keys.profile}` is the folder (`path`) of {holder.place.path}"
        hint = "give the new profile another name"
        problems.append(tree.problem(("profile",), what, hint=hint, code="repeated-path"))
    meanings = {
        point: _understood(tree, point, getattr(keys, point.value), site, problems) for point in POINTS
    }
    if problems:
        raise ProblemsFound(problems)
    return gather(
        site,
        meanings,
        profile=keys.profile,
        headline=keys.headline,
        language=keys.language or language,
    )


def path_holder(site: Site, name: str) -> Profile | None:
    """Return the profile of another name whose folder a profile `name` would have."""
    return next((each for each in site.profiles if each.path == name != each.name), None)


def _understood(
    tree: Tree, point: Point, words: tuple[str, ...], site: Site, problems: list[Problem]
) -> list[Meaning]:
    """Return what the words of a point mean; for one that means nothing, `problems` has one more."""
    meanings = []
    for index, written in enumerate(words):
        meaning = understand(_GAPS.sub(" ", written), point, site)
        free = meaning.sense is Sense.NEAR and not site.vocabulary.declares(point)
        if meaning.sense in (Sense.KNOWN, Sense.NEW) or free:
            meanings.append(meaning)
        else:
            problems.append(_slip(tree, (point.value, index), point, meaning))
    return meanings


def _slip(tree: Tree, key: Key, point: Point, meaning: Meaning) -> Problem:
    """Return the problem of a word that means no one term."""
    what, code = f"{shown(meaning.word)} is not a term of {point}", "unknown-term"
    near = f"did you mean `{meaning.terms[0]}`?" if meaning.terms else ""
    if fault := fault_of_word(meaning.word):
        return tree.problem(key, fault[0], hint=fault[1], code="slug")
    if meaning.sense is Sense.SEVERAL:
        what = f"{shown(meaning.word)} is the label of several terms of {point}"
        hint = f"write {' or '.join(f'`{term}`' for term in meaning.terms)}"
    elif meaning.sense is Sense.FIXED:
        hint = near or f"write {' or '.join(f'`{term}`' for term in FIXED_TERMS[point])}"
    else:
        hint = f"{near} A term spelt so much alike must stand in mask.yml first, under `{point}:`"
    return tree.problem(key, what, hint=hint, code=code)
