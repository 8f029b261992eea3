"""Turn words into the form they have in an address: ASCII letters, digits and single hyphens.

The letters are told by one table, whatever else is installed: a site has the same addresses everywhere.
"""

from __future__ import annotations

from functools import lru_cache

from slugify import slugify


@lru_cache(maxsize=8192)
def slug_for(text: str, *, separator: str = "-", max_length: int = 0) -> str:
    """Return a text as a slug, cut after a whole word at `max_length`; empty when nothing can be kept."""
    return slugify(
        text,
        separator=separator,
        max_length=max_length,
        word_boundary=bool(max_length),
        backend="text-unidecode",
    )
