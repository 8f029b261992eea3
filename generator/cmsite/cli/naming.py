"""Find a name that is still free in a site."""

from __future__ import annotations

from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from cmsite.cli.options import one_line
from cmsite.errors import UsageError
from cmsite.model import Slug

if TYPE_CHECKING:
    from cmsite.model import Site

_LONGEST = 100  # characters of a slug made of a title: with date and ending it is a file's name


def clean_title(written: str, *, example: str) -> str:
    """Return a title in one clean line. Raises UsageError with the example of a command for an empty one."""
    title = one_line(written)
    if not title:
        raise UsageError("the title is empty", f"give it one: `{example}`")
    return title


def free_slug(site: Site, title: str, *, day: str = "", otherwise: str = "post") -> Slug:
    """Return the title's slug, or with the first number from 2 on that no text or address has.

    With a `day` the slug with it before is free too; `otherwise` is for a title without a letter.
    """
    from cmsite.read.fields import is_reserved, slug_of

    wanted = slug_of(title)[:_LONGEST].rstrip("-") or otherwise
    taken = _taken(site)
    return next(
        Slug(slug)
        for number in count(1)
        if (slug := wanted if number == 1 else f"{wanted}-{number}") not in taken
        and not (day and f"{day}-{slug}" in taken)
        and not is_reserved(slug)
    )


def _taken(site: Site) -> frozenset[str]:
    """Return every name that a new text may not have: be it a text's, a route's or a folder's."""
    from cmsite.read.config import FIXED_ROUTES

    texts = site.texts()
    names = {name for text in texts for name in (text.slug, text.name, text.id)}
    names |= {PurePosixPath(alias).stem for text in texts for alias in text.aliases}
    names |= {*astuple(site.settings.routes), *FIXED_ROUTES, "about"}
    names |= {PurePosixPath(file.path).parts[0] for file in site.static}
    names |= {profile.path for profile in site.profiles}
    names |= {target.slug for profile in site.profiles for target in profile.targets}
    return frozenset(name.casefold() for name in names)
