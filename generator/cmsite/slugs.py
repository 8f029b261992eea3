"""Turn words into the form they have in an address: ASCII letters, digits and single hyphens.

The letters are told by one table, whatever else is installed: a site has the same addresses everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=8192)
def slug_for(text: str, *, separator: str = "-", max_length: int = 0) -> str:
    """Return a text as a slug, cut after a whole word at `max_length`; empty when nothing can be kept."""
    if not max_length and separator == "-" and SLUG.fullmatch(text):
        return text
    from slugify import slugify

    told: str = slugify(
        text,
        separator=separator,
        max_length=max_length,
        word_boundary=bool(max_length),
        backend="text-unidecode",
    )
    return told
