"""Read what a command line says of a mask: `niche=e-sante,challenge=confiance`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import click

from cmsite.cli.options import one_line
from cmsite.errors import UsageError, suggest
from cmsite.model import FIXED_TERMS, POINTS, Mask, Point, Term, Vocabulary

mask_option = click.option(
    "--for",
    "wanted",
    multiple=True,
    metavar="POINT=TERM,…",
    help="Whom it is for, as in niche=e-sante,challenge=confiance.",
)


def named_mask(words: Vocabulary, options: Iterable[str]) -> Mask:
    """Return the mask that options state, aliases resolved. Raises UsageError for a word that is wrong."""
    stated: dict[Point, list[Term]] = {}
    for point, word in named_points(words, options):
        term = named_term(words, point, word)
        if term not in stated.setdefault(point, []):
            stated[point].append(term)
    return Mask(**{point.value: tuple(terms) for point, terms in stated.items()})


def named_points(words: Vocabulary, options: Iterable[str]) -> Iterator[tuple[Point, str]]:
    """Yield each word with the point that it is said of. A word may follow another of its point.

    Raises UsageError for a word that is said of none.
    """
    point: Point | None = None
    for part in chain.from_iterable(option.split(",") for option in options):
        name, equals, word = (text.strip() for text in part.rpartition("="))
        point = _point(name) if equals else point
        if point is None:
            raise UsageError(f"`{word}` names no point", _points_of(words, word))
        yield point, " ".join(word.split())


def named_term(words: Vocabulary, point: Point, word: str) -> Term:
    """Return the term that a word stands for at a point. Raises UsageError with a suggestion."""
    from cmsite.read.fields import slug_of
    from cmsite.read.vocabulary import find_term, known_words

    known = known_words(words, point)
    term = None if one_line(word) != word or not slug_of(word) else find_term(words, point, word)
    if term is None:
        hint = suggest(word, known, otherwise=_hint(point, declared=bool(known)))
        raise UsageError(f"`{word}` is not a term of {point}", hint)
    return term


def _point(name: str) -> Point:
    names = [point.value for point in POINTS]
    if name in names:
        return Point(name)
    raise UsageError(
        f"`{name}` is no point of the mask",
        suggest(name, names, otherwise=f"the points are {', '.join(names)}"),
    )


def _points_of(words: Vocabulary, word: str) -> str:
    """Return the hint for a term that stands alone: the points that have it."""
    from cmsite.read.vocabulary import find_term

    having = [point.value for point in POINTS if words.declares(point) and find_term(words, point, word)]
    return "write " + (" or ".join(f"`{name}={word}`" for name in having) or f"`POINT={word or 'TERM'}`")


def _hint(point: Point, *, declared: bool) -> str:
    if point in FIXED_TERMS:
        return f"write {' or '.join(f'`{term}`' for term in FIXED_TERMS[point])}"
    return f"declare it in mask.yml under `{point}:`" if declared else "a term has a letter or a digit"
