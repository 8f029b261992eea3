"""Find the old addresses that lead nowhere, and those that somebody else has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cmsite.errors import Severity
from cmsite.model import Post, Site
from cmsite.shape.outputs import PageRecipe
from cmsite.shape.personalise import LeftOut, Why
from cmsite.shape.report.finding import Entry, Finding, Rendition
from cmsite.shape.report.reach import left_out_everywhere
from cmsite.shape.routes import output_path, redirect_path
from cmsite.shape.views import RedirectPage

_WHY = {
    Why.DRAFT: "is a draft",
    Why.FUTURE: "is dated to a day to come",
    Why.EXPIRED: "has expired",
}


def audit_aliases(site: Site, renditions: Sequence[Rendition]) -> Iterator[Finding]:
    """Yield each old address that leads nowhere, that the site makes itself, or that two texts claim.

    Two texts of one edition that claim an address stop its plan; these are the claims that no plan sees.
    """
    made = dict(_made(renditions))
    out = left_out_everywhere(renditions)
    claimed: dict[tuple[str, str], Post] = {}
    for text in site.texts():
        for index, alias in enumerate(text.aliases):
            at, file = Entry(text.source, ("aliases", index)), _file(alias)
            first = claimed.setdefault((file, text.language), text)
            if text.slug in out:
                hint = "give the old address to a text that is published, or take it away"
                yield _dead(at, f"this old address leads nowhere: {_reason(out[text.slug])}", hint)
            if first is not text:
                hint = "keep it in one of the two"
                yield _dead(at, f"{first.source} claims this old address too", hint, "repeated-alias")
            if file in made:
                whose = made[file] if made[file] not in ("", text.source) else "the site itself"
                yield _dead(at, f"this is no old address: {whose} has it", "take it away")


def _made(renditions: Sequence[Rendition]) -> Iterator[tuple[str, str]]:
    """Yield each file that an edition has for more than an old address, and the author's file behind it."""
    for each in renditions:
        for output in each.outputs:
            recipe = output.recipe
            if not (isinstance(recipe, PageRecipe) and isinstance(recipe.view, RedirectPage)):
                yield output.path.casefold(), output.source


def _file(alias: str) -> str:
    return output_path(redirect_path(alias)).casefold()


def _reason(verdicts: Sequence[LeftOut]) -> str:
    post = verdicts[0].post
    own = next((_WHY[one.why] for one in verdicts if one.why in _WHY), "stands in no edition")
    return f"this {post.kind} {own}"


def _dead(at: Entry, what: str, hint: str, code: str = "dead-alias") -> Finding:
    return Finding(at, what, hint, code, Severity.WARNING)
