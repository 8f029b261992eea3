"""Make an edition ready to be rendered, in a theme that prints all that a view holds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from builders import workshop
from cmsite.model import Language, Profile, Site, Theme
from cmsite.shape.outputs import CopyRecipe
from cmsite.shape.personalise import personalise
from cmsite.shape.plan import compose_edition, plan_edition
from cmsite.shape.render import render
from cmsite.shape.report.difference import Side
from cmsite.shape.templates import Templates
from tiny_theme import tiny_theme

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
_TINY = tiny_theme()


def side(of: Site, whose: Profile, theme: Theme | None = None) -> Side:
    """Return the profile's edition of the site."""
    theme = theme or _TINY
    edition = personalise(of, whose, now=NOW)
    templates = _templates(theme, edition.language)
    composed = compose_edition(edition, of, theme, workshop(), pictures="")
    plan = plan_edition(composed, of, templates, "generator")
    return Side(edition, plan, templates)


def made(one: Side) -> dict[str, bytes]:
    """Return every file of an edition."""
    return {
        output.path: output.recipe.digest.encode()
        if isinstance(output.recipe, CopyRecipe)
        else render(output, one.templates) or b""
        for output in one.plan.outputs()
    }


@cache
def _templates(theme: Theme, language: Language) -> Templates:
    return Templates(theme, language)
