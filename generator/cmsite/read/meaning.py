"""Understand the words that an author uses for terms: a term by any of its names, a slip, or a new term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from cmsite.errors import nearest
from cmsite.model import (
    FIXED_TERMS,
    POINTS,
    Answers,
    Language,
    Localised,
    Mask,
    NewTerm,
    Place,
    Point,
    Site,
    Slug,
    Term,
    Terms,
    VocabularyTerm,
)
from cmsite.read.fields import fault_of_word, slug_of

_LIKENESS = 0.75  # "lyno" is like "lyon", "nantes" is not like "rennes"
_MORE_OR_LESS = 2  # letters that a slip adds or loses: "ile-de-re" is not one of "ile-de-france"


class Sense(StrEnum):
    """What a word turned out to be."""

    KNOWN = "known"  # a term, by its name, an alias or a label
    NEW = "new"  # nothing is like it: it may become a term
    NEAR = "near"  # it is spelt almost like a term
    SEVERAL = "several"  # it is a label of several terms
    FIXED = "fixed"  # the point has fixed terms, and it is none of them
    UNTELLABLE = "untellable"  # nothing of it can stand in an address


class Meaning(Struct, frozen=True):
    """A word as it was written, and the terms that it means or may mean.

    `new` is the term it would become; a fixed point takes none.
    """

    word: str
    sense: Sense
    terms: Terms = ()
    new: Term = Term("")


def understand(word: str, point: Point, site: Site) -> Meaning:
    """Return what a word means at a point: by name and alias, then by any label, whatever the accents.

    A point that mask.yml does not declare knows the terms that the site uses there.
    """
    known = known_terms(site, point)
    if exact := [entry.term for entry in known if word == entry.term or word in entry.aliases]:
        return Meaning(word, Sense.KNOWN, (exact[0],))
    if fault_of_word(word):
        return Meaning(word, Sense.UNTELLABLE)
    named = _named(known)
    if terms := named.get(slug_of(word)):
        return Meaning(word, Sense.KNOWN if len(terms) == 1 else Sense.SEVERAL, terms)
    near = _near(slug_of(word), named)
    if point in FIXED_TERMS:
        return Meaning(word, Sense.FIXED, near)
    new = Term(slug_of(word) if site.vocabulary.declares(point) else word)
    return Meaning(word, Sense.NEAR if near else Sense.NEW, near, new)


def known_terms(site: Site, point: Point) -> tuple[VocabularyTerm, ...]:
    """Return the terms that mask.yml declares at a point, or those that the site uses at a free one."""
    if site.vocabulary.declares(point):
        return site.vocabulary.terms(point)
    used = {term: None for mask in _masks(site) for term in mask[point]}
    return tuple(
        VocabularyTerm(term, Localised((("", term),)), None, None, (), None, Place("mask.yml"))
        for term in used
    )


def gather(
    site: Site,
    meanings: Mapping[Point, Sequence[Meaning]],
    *,
    profile: Slug,
    headline: str,
    language: Language,
) -> Answers:
    """Return the answers that these meanings give; a word near to a term counts as a new one.

    Two words that would share an address are one term, spelt like the first.
    """
    added: list[NewTerm] = []
    points: dict[str, Terms] = {}
    for point in POINTS:
        terms: dict[str, Term] = {}
        for meaning in meanings.get(point, ()):
            known = meaning.sense is Sense.KNOWN
            term = meaning.terms[0] if known else meaning.new
            if slug_of(term) in terms:
                continue
            terms[slug_of(term)] = term
            if not known and site.vocabulary.declares(point):
                added.append(NewTerm(point, term, meaning.word))
        points[point.value] = tuple(terms.values())
    return Answers(profile, language, headline, Mask(**points), tuple(added))


def _named(known: Sequence[VocabularyTerm]) -> dict[str, Terms]:
    """Return the terms that each slug names: a term's own goes before those of aliases and labels."""
    named: dict[str, Terms] = {}
    for entry in known:
        for word in (*entry.aliases, *(text for _, text in entry.label.texts)):
            terms = named.get(slug_of(word), ())
            named[slug_of(word)] = terms if entry.term in terms else (*terms, entry.term)
    return named | {slug_of(entry.term): (entry.term,) for entry in known}


def _near(slug: str, named: Mapping[str, Terms]) -> Terms:
    """Return the terms of the name that a slip of the keyboard makes of `slug`, if there is one."""
    likely = [name for name in named if abs(len(name) - len(slug)) <= _MORE_OR_LESS]
    near = nearest(slug, likely, likeness=_LIKENESS)
    return named[near][:1] if near else ()


def _masks(site: Site) -> Iterator[Mask]:
    """Yield every mask that the site's files state."""
    for profile in site.profiles:
        yield profile.mask
        yield from (mask for target in profile.targets for mask in (target.mask, target.needs))
    for post in site.texts():
        yield from (post.mask, post.barred, *(variant.when for variant in post.variants))
