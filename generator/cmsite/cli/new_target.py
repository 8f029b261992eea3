"""Offer `cmsite new target`: an organisation more on a profile's short list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.naming import free_slug
from cmsite.cli.options import (
    json_option,
    one_line,
    print_json,
    problems_as_json,
    profile_option,
    site_folder,
)
from cmsite.cli.points import named_mask
from cmsite.errors import Refused, UsageError
from cmsite.model import NewTarget, Slug

if TYPE_CHECKING:
    from cmsite.model import Profile, Site


@click.command("target")
@click.argument("name")
@profile_option
@click.option(
    "--for",
    "wanted",
    multiple=True,
    metavar="POINT=TERM,…",
    help="What its mask says in the place of the profile's.",
)
@click.option(
    "--needs", multiple=True, metavar="POINT=TERM,…", help="What it looks for, as in challenge=confiance."
)
@click.option("--public", is_flag=True, help="Its page stands in the profile's edition.")
@json_option
@click.pass_context
@problems_as_json
def target(
    ctx: click.Context,
    name: str,
    profile: str,
    wanted: tuple[str, ...],
    needs: tuple[str, ...],
    public: bool,
    as_json: bool,
) -> None:
    """Add the organisation NAME to a profile's targets, behind the others. Nothing else in the file moves."""
    from cmsite.aiming import aim
    from cmsite.editions import find_profile
    from cmsite.read.site import read_site

    root = site_folder(ctx)
    site = read_site(root).site
    aiming = find_profile(site, profile)
    new = NewTarget(
        name=_clean(name),
        slug=_slug(site, aiming, name),
        mask=named_mask(site.vocabulary, wanted),
        needs=named_mask(site.vocabulary, needs),
        public=public,
    )
    path = aim(root, aiming, new)
    if as_json:
        print_json(_told(path, aiming, new))
    else:
        _tell(path, aiming, new)


def _clean(name: str) -> str:
    if told := one_line(name):
        return told
    raise UsageError("the name is empty", 'name the organisation: `cmsite new target "A Clinic"`')


def _slug(site: Site, aiming: Profile, name: str) -> Slug:
    """Return the slug of a target that is new. Raises Refused when the profile aims at it already."""
    from cmsite.read.fields import slug_of

    told = one_line(name)
    known = [each for each in aiming.targets if told.casefold() == each.name.casefold()]
    if known or slug_of(told) in {each.slug for each in aiming.targets}:
        where = known[0].place if known else aiming.place
        raise Refused(
            f"`{told}` is among the targets of {aiming.place.path} already", f"change it at {where}"
        )
    return free_slug(site, told, otherwise="target")


def _told(path: str, aiming: Profile, new: NewTarget) -> dict[str, Any]:
    return {
        "path": path,
        "profile": aiming.name,
        "name": new.name,
        "slug": new.slug,
        "mask": {point.value: list(terms) for point, terms in new.mask.stated()},
        "needs": {point.value: list(terms) for point, terms in new.needs.stated()},
        "public": new.public,
    }


def _tell(path: str, aiming: Profile, new: NewTarget) -> None:
    """Print the file alone on standard output, and what comes next beside it."""
    from cmsite.cli.tell import console

    click.echo(path)
    if not new.needs:
        console().print("  hint: say under `needs` what they look for: their page answers it point by point")
    if new.public:
        console().print(f"  `cmsite build -p {aiming.name}` builds its page, /for/{new.slug}/")
    else:
        console().print(f"  `cmsite build --target {new.slug}` builds its edition, into private/{new.slug}/")
