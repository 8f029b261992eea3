"""Guess whether texts are French or English, by the share of their commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from cmsite.model import LANGUAGES, Language

_FRENCH = "le la les un une des du de et est que qui dans pour pas sur avec au ce vous nous il"
_ENGLISH = "the a an of and is that which in for not on with at this you we it to are be"
_COMMON = {Language("fr"): frozenset(_FRENCH.split()), Language("en"): frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters of each text


def known_language(text: str) -> Language | None:
    """Return the language a tag such as `fr_FR` or `en-GB` names, None when cmsite has no words in it."""
    start = re.split(r"[-_.]", text.strip().casefold())[0]
    return next((language for language in LANGUAGES if language == start), None)


def guess_language(texts: Iterable[str]) -> Language | None:
    """Return the language whose common words stand most often in the texts, None when there are none."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(word.casefold() for word in _WORD.findall(text[:_SAMPLE]))
    shares = {language: sum(seen[word] for word in words) for language, words in _COMMON.items()}
    best = max(shares, key=lambda language: (shares[language], language))
    return best if shares[best] else None
