"""Offer `cmsite new profile`: another audience, without the questions of `cmsite who`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import json_option, one_line, print_json, problems_as_json, site_folder
from cmsite.cli.points import mask_option, named_mask
from cmsite.errors import UsageError
from cmsite.model import LANGUAGES, Answers, Language, Slug

if TYPE_CHECKING:
    from cmsite.model import Site
    from cmsite.who import Introduced


@click.command("profile")
@click.argument("name")
@mask_option
@click.option("--headline", default="", metavar="TEXT", help="Your job in a few words.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="The edition's language; by default the site's."
)
@json_option
@click.pass_context
@problems_as_json
def profile(
    ctx: click.Context, name: str, wanted: tuple[str, ...], headline: str, language: str | None, as_json: bool
) -> None:
    """Write profiles/NAME.yml with every point of the mask explained. `cmsite who` asks instead."""
    from cmsite.who import introduce, read_before

    root = site_folder(ctx)
    site = read_before(root)
    answers = Answers(
        profile=_name(site, name),
        language=Language(language) if language else site.settings.language,
        headline=one_line(headline),
        mask=named_mask(site.vocabulary, wanted),
    )
    introduced = introduce(root, answers, language=site.settings.language)
    if as_json:
        print_json(_told(introduced, answers))
    else:
        click.echo(introduced.path)
    _tell_next(introduced, answers, commands=not as_json)


def _name(site: Site, typed: str) -> Slug:
    """Return the name as a profile may have it. Raises UsageError with one that it may."""
    from cmsite.read.answers import path_holder
    from cmsite.read.fields import SLUG_LENGTH, is_reserved, slug_of

    near = slug_of(typed)[:SLUG_LENGTH].strip("-")
    if typed != near or is_reserved(typed):
        what = f"`{one_line(typed)}` cannot be a profile's name (lower-case letters, digits, hyphens)"
        fit = near and not is_reserved(near)
        raise UsageError(what, f"write `{near}`" if fit else "write a word or two: `games-lyon`")
    if holder := path_holder(site, typed):
        what = f"the edition of {holder.place.path} stands in the folder `{typed}` already"
        raise UsageError(what, "give the new profile another name")
    return Slug(near)


def _told(introduced: Introduced, answers: Answers) -> dict[str, Any]:
    return {
        "path": introduced.path,
        "profile": answers.profile,
        "headline": answers.headline,
        "language": answers.language,
        "mask": {point.value: list(terms) for point, terms in answers.mask.stated()},
    }


def _tell_next(introduced: Introduced, answers: Answers, *, commands: bool) -> None:
    """Print what comes next; that a lead profile is missing whatever else is printed."""
    from cmsite.cli.tell import console

    name = answers.profile
    if introduced.lead:
        others = [each.name for each in introduced.site.profiles if each.name != name]
        lead = name if introduced.site.settings.profile or not others else others[0]
        console().print(f"  hint: {introduced.lead.what}: write `profile: {lead}` into cmsite.yml, say")
    if commands:
        if not answers.mask:
            console().print("  hint: its mask states nothing yet: take the `#` from a point and name a term")
        console().print(f"  `cmsite list -p {name}` shows its posts, `cmsite build -p {name}` builds it")
