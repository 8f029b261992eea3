"""Choose the words that would betray a text, and look for many of them in one pass.

A tell-tale of 12 letters or more is looked for letter by letter: spaces, signs, digits and tags between
its letters do not count. A shorter one is looked for as whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from cmsite.shape.report.leaks.plain import Plain, plain

SURE = 12  # letters that do not come together by accident
RUN = 24  # letters that nobody else writes by accident: the least that a run of a text has
_LEAST = 4  # letters of the shortest tell-tale, or else
_LEAST_SIGNS = 9  # letters and digits, as in a telephone number
_RARE = 8  # letters of a word that may be a text's own
_BREAK = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{[:#.][^{}\n]*\}|<[^<>\n]*>|\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|[\[\]|<>]"
    r"|\n(?=\s*(?:\n|[-*+>#:]|\d+[.)]))",
    re.DOTALL,
)


def runs_of(body: str) -> tuple[str, ...]:
    """Return a body cut into runs of words, each long enough to be sure of; links lead nowhere.

    A run never goes over what a page may set apart: a tag, an address, the end of a paragraph. A body
    too short for a run is one tell-tale as a whole.
    """
    found = tuple(run for passage in _BREAK.split(body) for run in _runs_of_passage(passage))
    return found or pieces_of(_BREAK.sub(" ", body))


def pieces_of(text: str) -> tuple[str, ...]:
    """Return a line of text as tell-tales: as a whole, but for what looks like a tag."""
    pieces = (" ".join(piece.split()) for piece in re.split("[<>]", text))
    return tuple(piece for piece in pieces if _tells(_plain(piece)))


def rare_words(text: str) -> frozenset[str]:
    """Return the words of a body that are long enough to be its own, in their plain form."""
    words = plain(_BREAK.sub("\n", text)).words.split()
    return frozenset(word for word in words if len(word) >= _RARE and word.isalpha())


def _runs_of_passage(passage: str) -> Iterator[str]:
    runs: list[list[str]] = [[]]
    letters = 0
    for word in passage.split():
        if letters >= RUN:
            runs.append([])
            letters = 0
        runs[-1].append(word)
        letters += sum(map(str.isalpha, word))
    if letters < RUN and len(runs) > 1:
        last = runs.pop()
        runs[-1] += last
    yield from (run for words in runs if len(_plain(run := " ".join(words)).letters) >= SURE)


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> Plain:
    """Return a tell-tale's plain form; editions have most of theirs in common."""
    return plain(text)


def _tells(text: Plain) -> bool:
    signs = text.words.replace(" ", "")
    return len(text.letters) >= _LEAST or len(signs) >= _LEAST_SIGNS


class Search(Struct, frozen=True):
    """Tell-tales made ready to be looked for: the long by their first letters, the short by a word."""

    beginnings: frozenset[str]
    long: Mapping[str, list[tuple[str, str]]]
    short: Mapping[str, list[tuple[str, str]]]

    def found_in(self, text: Plain, *, least: int = 0) -> Iterator[str]:
        """Yield the tell-tales that stand in a text and have at least so many letters."""
        letters = text.letters if self.long else ""
        present = (letters[at : at + SURE] for at in range(len(letters) - SURE + 1))
        for beginning in self.beginnings.intersection(present):
            for whole, telltale in self.long[beginning]:
                if len(whole) >= least and whole in letters:
                    yield telltale
        if least < SURE:
            for word in self.short.keys() & set(text.words.split()):
                yield from (telltale for whole, telltale in self.short[word] if whole in text.words)


def search_for(telltales: Iterable[str]) -> Search:
    """Return a search for all of these tell-tales at once."""
    long, short = dict[str, list[tuple[str, str]]](), dict[str, list[tuple[str, str]]]()
    for telltale in dict.fromkeys(telltales):
        bare = _plain(telltale)
        if len(bare.letters) >= SURE:
            long.setdefault(bare.letters[:SURE], []).append((bare.letters, telltale))
        elif words := bare.words.split():
            short.setdefault(max(words, key=len), []).append((bare.words, telltale))
    return Search(frozenset(long), long, short)
