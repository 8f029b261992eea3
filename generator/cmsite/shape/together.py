"""Plan several editions that are published together: the lead's at the root, each other in its folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import SearchRecipe, Site
from cmsite.shape.outputs import Plan, Planned
from cmsite.shape.plan import Composed, plan_edition
from cmsite.shape.templates import Templates
from cmsite.shape.ties import Sheaf, tie


def address_of(lead: str, folder: str) -> str:
    """Return the address of an edition that stands in a folder below the lead's."""
    return f"{lead.rstrip('/')}/{folder}/" if folder else lead


def plan_together(
    composed: Sequence[Composed],
    site: Site,
    templates: Sequence[Templates],
    generator: str,
    indexes: Sequence[tuple[SearchRecipe, ...]],
) -> tuple[Plan, ...]:
    """Return the plans of editions that are published together, the lead's first; paths are from the root.

    Their pages are tied to one another, and the lead's plan has the index of all sitemaps at its host.
    Raises ProblemsFound for two outputs that claim one path, within an edition or between two.
    """
    tied = tie([Sheaf(one.desk.edition.language, one.desk.routing, one.pages) for one in composed])
    whole = [replace(one, pages=sheaf.pages) for one, sheaf in zip(composed, tied, strict=True)]
    plans = [
        plan_edition(one, site, each, generator, index=index, sitemaps=() if number else _sitemaps(composed))
        for number, (one, each, index) in enumerate(zip(whole, templates, indexes, strict=True))
    ]
    if problems := [*_taken_folders(composed[1:], plans[0])]:
        raise ProblemsFound(problems)
    others = zip(composed[1:], plans[1:], strict=True)
    return (plans[0], *(_moved(plan, one.desk.edition.profile.path) for one, plan in others))


def _sitemaps(composed: Sequence[Composed]) -> tuple[str, ...]:
    """Return the addresses of the sitemaps at the lead's host, none when there is but the lead."""
    lead = composed[0].desk.routing
    at_host = [one.desk.routing for one in composed if one.desk.routing.origin == lead.origin]
    return tuple(routing.absolute("/sitemap.xml") for routing in at_host) if len(composed) > 1 else ()


def _taken_folders(others: Sequence[Composed], lead: Plan) -> Iterator[Problem]:
    taken: dict[str, Planned] = {}
    for output in lead.planned:
        taken.setdefault(output.path.casefold().partition("/")[0], output)
    for profile in (one.desk.edition.profile for one in others):
        if profile.path in taken:
            path = taken[profile.path].path
            what = f"the folder `{profile.path}/` of this edition holds `{path}` of the lead's too"
            yield Problem(profile.place, what, "choose another `path: …` for one", "repeated-path")


def _moved(plan: Plan, folder: str) -> Plan:
    moved = (replace(output, path=f"{folder}/{output.path}") for output in plan.planned)
    return replace(plan, planned=tuple(moved))
