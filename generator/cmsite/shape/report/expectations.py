"""Hold an edition against what its profile expects of the selection: each rule that it breaks, and why."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cmsite.model import Slug
from cmsite.shape.personalise import Edition, LeftOut, Why
from cmsite.shape.report.explain import why_out


class Broken(Struct, frozen=True):
    """A rule that the edition breaks: its key in the profile's `expect:`, what is wrong and what to do."""

    key: tuple[str | int, ...]
    what: str
    hint: str


def broken_expectations(edition: Edition) -> tuple[Broken, ...]:
    """Return the rules of the profile's `expect:` that its edition breaks, in the order of the keys.

    A target's edition promises nothing: the rules speak of the profile's.
    """
    if edition.target:
        return ()
    return (*_includes(edition), *_excludes(edition), *_leads(edition), *_at_least(edition))


def _includes(edition: Edition) -> Iterator[Broken]:
    chosen = {one.slug for one in edition.chosen}
    for index, slug in enumerate(edition.profile.expect.includes):
        if slug not in chosen:
            what = f"the edition was to include `{slug}`, and leaves it out{_because(edition, slug)}"
            yield Broken(("includes", index), what, _ask(edition, slug))


def _excludes(edition: Edition) -> Iterator[Broken]:
    chosen = {one.slug: one for one in edition.chosen}
    for index, slug in enumerate(edition.profile.expect.excludes):
        if one := chosen.get(slug):
            how = "the profile's `include` names it" if one.by_name else f"its tier is {one.tier}"
            what = f"the edition was to leave out `{slug}`, and includes it: {how}"
            yield Broken(("excludes", index), what, _ask(edition, slug))


def _leads(edition: Edition) -> Iterator[Broken]:
    leads, selection = edition.profile.expect.leads, edition.selection()
    if leads and (not selection or selection[0].slug != leads):
        first = f"`{selection[0].slug}` does" if selection else "the selection is empty"
        what = f"`{leads}` was to lead the home page's selection, and {first}"
        yield Broken(("leads",), what, _ask(edition, leads))


def _at_least(edition: Edition) -> Iterator[Broken]:
    least, found = edition.profile.expect.at_least, len(edition.chosen)
    if least is not None and found < least:
        what = f"the edition was to hold at least {least} post{'' if least == 1 else 's'}, and holds {found}"
        hint = f"see where it is thin with `cmsite coverage -p {edition.profile.name}`"
        yield Broken(("at_least",), what, hint)


def _because(edition: Edition, slug: Slug) -> str:
    verdict = next((one for one in edition.left_out if one.post.slug == slug), None)
    return f": {_cause(edition, verdict)}" if verdict else ""


def _cause(edition: Edition, verdict: LeftOut) -> str:
    if verdict.why is not Why.MASK:
        return why_out(verdict, edition.profile)
    points = [fit.point.value for fit in verdict.fits if fit.outcome.level is None]
    return f"the mask does not fit at {', '.join(points)}"


def _ask(edition: Edition, slug: Slug) -> str:
    return f"`cmsite explain {slug} -p {edition.profile.name}` says why"
