"""Make slugs that cmsite accepts, each given once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from cmsite.model import Slug
from cmsite.slugs import slug_for

MAX_LENGTH = 120  # a file name holds 255 bytes, date and ending included
_ROUTES = "about archive assets blog categories feed files for legal privacy search series tags topics"
_DEVICES = ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
RESERVED = frozenset([*_ROUTES.split(), *_DEVICES])


def make_slug(text: str, otherwise: str) -> Slug:
    """Return the slug of a text, or `otherwise` when nothing of the text can be kept."""
    return Slug(slug_for(text, max_length=MAX_LENGTH) or otherwise)


def free_slug(wanted: Slug, is_taken: Callable[[str], bool]) -> Slug:
    """Return the slug itself, or with the first number from 2 on that makes it free and legal."""
    if wanted not in RESERVED and not is_taken(wanted):
        return wanted
    return next(Slug(slug) for number in count(2) if not is_taken(slug := f"{wanted}-{number}"))
