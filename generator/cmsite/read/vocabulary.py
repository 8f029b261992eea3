"""Read mask.yml, and turn the words authors use for terms into the terms themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.model import FIXED_TERMS, POINTS, Localised, Mask, Point, Term, Vocabulary, VocabularyTerm
from cmsite.read.fields import fault_of_word, shown, slug_of
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.schema import MaskKeys, TermKeys, VocabularyKeys
from cmsite.read.source import KEY, Key, Source
from cmsite.read.validate import salvage

_ARTICLES = ("le", "la", "les", "l'")
_FIXED_LABELS = {
    "internal": Localised((("fr", "interne"), ("en", "internal"))),
    "external": Localised((("fr", "externe"), ("en", "external"))),
    "offline": Localised((("fr", "hors ligne"), ("en", "offline"))),
    "online": Localised((("fr", "en ligne"), ("en", "online"))),
}
_NOTHING = MaskKeys()


def read_vocabulary(source: Source) -> Vocabulary:
    """Return the vocabulary of mask.yml. Scope and presence are always declared.

    Raises ProblemsFound for loops of `within`, terms that share an alias, and terms of scope and
    presence other than the fixed ones.
    """
    tree = _with_bare_terms(read_yaml(source))
    points = []
    problems: list[Problem] = []
    keys = salvage(tree, VocabularyKeys, problems)
    for point in POINTS:
        written: dict[str, TermKeys] | None = getattr(keys, point.value)
        if point in FIXED_TERMS:
            problems += _foreign_terms(tree, point, written or {})
            written = {term: (written or {}).get(term, TermKeys()) for term in FIXED_TERMS[point]}
        if written is not None:
            terms = _resolved(tuple(_term(tree, point, name, words) for name, words in written.items()))
            problems += _check_point(tree, point, terms)
            points.append((point, terms))
    if problems:
        raise ProblemsFound(problems)
    return Vocabulary(tuple(points))


def _with_bare_terms(tree: Tree) -> Tree:
    """Return the tree with each term that has nothing after it as one without words: its name declares it."""
    points = {str(key[0]) for key in tree.empty if len(key) == 2}
    bare = {
        point: {
            str(key[1]): terms.get(key[1], {})
            for key in tree.places
            if key[:1] == (point,) and key[2:] == (KEY,)
        }
        for point, terms in tree.value.items()
        if point in points and isinstance(terms, dict)
    }
    return replace(tree, value=tree.value | bare, empty=frozenset(key for key in tree.empty if len(key) != 2))


def empty_vocabulary() -> Vocabulary:
    """Return the vocabulary of a site without mask.yml: any term, but for the fixed ones."""
    return read_vocabulary(Source("mask.yml", ""))


def resolve_mask(
    tree: Tree, key: Key, written: MaskKeys, vocabulary: Vocabulary, problems: list[Problem]
) -> Mask:
    """Return a written mask with every alias replaced by its term.

    A term that the vocabulary does not declare is added to `problems` at its place under `key`.
    """
    if written == _NOTHING:
        return Mask()
    points = []
    for point in POINTS:
        terms: dict[Term, None] = {}
        for index, word in enumerate(getattr(written, point)):
            term = find_term(vocabulary, point, word)
            if fault := fault_of_word(word):
                at: Key = (*key, point.value, index)
                problems.append(tree.problem(at, fault[0], hint=fault[1], code="slug"))
            elif term is None:
                problems.append(_unknown_term(tree, (*key, point.value, index), vocabulary, point, word))
            else:
                terms[term] = None
        points.append(tuple(terms))
    return Mask(*points)


def find_term(vocabulary: Vocabulary, point: Point, word: str) -> Term | None:
    """Return the term a word stands for: itself, or the one it is an alias of; None if unknown."""
    named = _named(vocabulary).get(point)
    return Term(word) if named is None else named.get(word)


@lru_cache(maxsize=8)
def _named(vocabulary: Vocabulary) -> dict[Point, dict[str, Term]]:
    """Return the term that each word names at each point that is declared: the first one that has it."""
    return {
        point: {word: entry.term for entry in reversed(terms) for word in (*entry.aliases, entry.term)}
        for point, terms in reversed(vocabulary.points)
    }


def known_words(vocabulary: Vocabulary, point: Point) -> Sequence[str]:
    """Return every word that names a declared term of `point`, aliases included."""
    entries = vocabulary.terms(point)
    return [entry.term for entry in entries] + [alias for entry in entries for alias in entry.aliases]


def _unknown_term(tree: Tree, key: Key, vocabulary: Vocabulary, point: Point, word: str) -> Problem:
    if point in FIXED_TERMS:
        otherwise = f"write {' or '.join(f'`{term}`' for term in FIXED_TERMS[point])}"
    else:
        otherwise = f"declare it in mask.yml under `{point}:`"
    hint = suggest(word, known_words(vocabulary, point), otherwise=otherwise)
    return tree.problem(key, f"{shown(word)} is not a term of {point}", hint=hint, code="unknown-term")


def _term(tree: Tree, point: Point, name: str, words: TermKeys) -> VocabularyTerm:
    label = words.label or _FIXED_LABELS.get(name) or Localised((("", name),))
    within = Term(words.within) if words.within else None
    place = tree.place((point.value, name, KEY))
    return VocabularyTerm(Term(name), label, words.phrase, words.article, words.aliases, within, place)


def _foreign_terms(tree: Tree, point: Point, written: dict[str, TermKeys]) -> list[Problem]:
    fixed = FIXED_TERMS[point]
    hint = f"the terms of {point} are {' and '.join(fixed)}; only their labels can be changed"
    return [
        tree.problem(
            (point.value, name, KEY), f"`{name}` is not a term of {point}", hint=hint, code="unknown-term"
        )
        for name in written
        if name not in fixed
    ]


def _resolved(terms: tuple[VocabularyTerm, ...]) -> tuple[VocabularyTerm, ...]:
    """Return the terms with an alias that stands after `within` replaced by its term."""
    meant = {alias: entry.term for entry in terms for alias in entry.aliases}
    meant |= {entry.term: entry.term for entry in terms}
    return tuple(
        replace(entry, within=meant.get(entry.within, entry.within)) if entry.within else entry
        for entry in terms
    )


def _check_point(tree: Tree, point: Point, terms: tuple[VocabularyTerm, ...]) -> list[Problem]:
    return [
        *_bad_words(tree, point, terms),
        *_shared_words(tree, point, terms),
        *_lost_parents(tree, point, terms),
        *_loops(tree, point, terms),
    ]


def _bad_words(tree: Tree, point: Point, terms: tuple[VocabularyTerm, ...]) -> Iterator[Problem]:
    """Yield the terms that have no address or share it, and the articles that French does not have."""
    seen: dict[str, Term] = {}
    for entry in terms:
        key = (point.value, entry.term)
        slug = slug_of(entry.term)
        if fault := fault_of_word(entry.term):
            yield tree.problem((*key, KEY), fault[0], hint=fault[1], code="slug")
        elif (first := seen.setdefault(slug, entry.term)) != entry.term:
            what = f"`{entry.term}` and `{first}` would share the address `{slug}`"
            yield tree.problem((*key, KEY), what, hint="make one an alias of the other", code="meeting-words")
        article = entry.article.told_in("fr") if entry.article and entry.article.has("fr") else "l'"
        if article.replace("’", "'") not in _ARTICLES:
            hint = f"write {', '.join(f'`{one}`' for one in _ARTICLES)}"
            what = f"{shown(article)} is not a definite article of French"
            yield tree.problem((*key, "article", "fr"), what, hint=hint, code="invalid-value")


def _shared_words(tree: Tree, point: Point, terms: tuple[VocabularyTerm, ...]) -> list[Problem]:
    problems = []
    owner: dict[str, Term] = {entry.term: entry.term for entry in terms}
    for entry in terms:
        for index, alias in enumerate(entry.aliases):
            if owner.setdefault(alias, entry.term) != entry.term:
                what = f"`{alias}` names two terms of {point}: `{owner[alias]}` and `{entry.term}`"
                key = (point.value, entry.term, "aliases", index)
                problems.append(tree.problem(key, what, hint="keep it for one of them", code="shared-alias"))
    return problems


def _lost_parents(tree: Tree, point: Point, terms: tuple[VocabularyTerm, ...]) -> list[Problem]:
    names = [entry.term for entry in terms]
    return [
        tree.problem(
            (point.value, entry.term, "within"),
            f"{shown(entry.within)} is not a term of {point}",
            hint=suggest(entry.within, names, otherwise=f"declare it in mask.yml under `{point}:`"),
            code="unknown-term",
        )
        for entry in terms
        if entry.within and entry.within not in names
    ]


def _loops(tree: Tree, point: Point, terms: tuple[VocabularyTerm, ...]) -> list[Problem]:
    parents = {entry.term: entry.within for entry in terms}
    problems = []
    for entry in terms:
        path: list[str] = [entry.term]
        above = entry.within
        while above and above not in path:
            path.append(above)
            above = parents.get(above)
        if above == entry.term:  # a loop is told at each term that lies on it
            what = f"`{entry.term}` lies within itself ({' → '.join([*path, above])})"
            key = (point.value, entry.term, "within")
            problems.append(tree.problem(key, what, hint="take one `within` away", code="within-loop"))
    return problems
