"""Offer `cmsite new`: a draft for the terms that lack one; and a page, a profile, a target."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from cmsite.cli.ending import done
from cmsite.cli.naming import clean_title, free_slug
from cmsite.cli.new_page import page
from cmsite.cli.new_profile import profile
from cmsite.cli.new_target import target
from cmsite.cli.options import instant, json_option, print_json, problems_as_json, site_folder
from cmsite.cli.points import mask_option, named_mask
from cmsite.errors import UsageError
from cmsite.model import LANGUAGES, Language, Mask

if TYPE_CHECKING:
    from cmsite.model import Post, Site
    from cmsite.shape.report.coverage import Gain
    from cmsite.write.draft import Draft


@click.group("new")
def command() -> None:
    """Begin something new. What is in the site already is never overwritten."""


for each in (page, profile, target):
    command.add_command(each)


@command.command("post")
@click.argument("title", required=False, default="")
@mask_option
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Its date; by default today.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Its language; by default that in which the terms are missed most, else the site's.",
)
@json_option
@click.pass_context
@problems_as_json
def post(
    ctx: click.Context,
    title: str,
    wanted: tuple[str, ...],
    day: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Write a draft into content/posts/, and say what it will add once it is published."""
    from cmsite.read.site import read_site
    from cmsite.shape.report.coverage import gains, language_for
    from cmsite.write.draft import write_draft

    root, now = site_folder(ctx), instant(None)
    site = read_site(root).site
    mask = named_mask(site.vocabulary, wanted)
    spoken = Language(language) if language else language_for(site, mask, now=now)
    draft = _draft(site, _title(site, title, mask, spoken), mask, spoken, _day(site, day, now))
    write_draft(root, draft)
    done()
    gained = gains(site, _as_post(site, draft), now=now)
    if as_json:
        print_json(_told(draft, gained))
    else:
        _tell(draft, gained)


def _day(site: Site, written: str | None, now: datetime) -> date:
    """Return the day on the command line, else today where the site is."""
    from cmsite.read.fields import calendar_day

    if not written:
        return now.astimezone(ZoneInfo(site.settings.timezone)).date()
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", written, re.ASCII)
    with suppress(ValueError):
        if found:
            year, month, day = (int(part) for part in found.groups())
            return calendar_day(year, month, day).date()
    raise UsageError(f"`{written}` is not a day", "write 2026-03-01")


def _title(site: Site, written: str, mask: Mask, language: Language) -> str:
    """Return the title in one clean line; without one, the labels of the terms are the title."""
    from cmsite.shape.language import joined

    if written:
        return clean_title(written, example='cmsite new post "My title"')
    labels = [
        next(
            (entry.label.told_in(language) for entry in site.vocabulary.terms(point) if entry.term == term),
            term,
        )
        for point, terms in mask.stated()
        for term in terms
    ]
    if not labels:
        raise UsageError(
            "the post has neither a title nor a reader",
            'write `cmsite new post "My title"`, or `--for niche=…`',
        )
    told = joined(labels, language)
    return told[0].upper() + told[1:]


def _draft(site: Site, title: str, mask: Mask, language: Language, day: date) -> Draft:
    from cmsite.write.draft import Draft

    slug = free_slug(site, title, day=day.isoformat())
    return Draft(title, slug, day, language, language != site.settings.language, mask)


def _as_post(site: Site, draft: Draft) -> Post:
    """Return the draft as the site will read it."""
    from cmsite.model import Body, Kind, Place, Post

    return Post(
        kind=Kind.POST,
        slug=draft.slug,
        title=draft.title,
        language=draft.language,
        body=Body("", Place(draft.path)),
        source=draft.path,
        name=PurePosixPath(draft.path).stem,
        date=datetime.combine(draft.day, time(), ZoneInfo(site.settings.timezone)),
        mask=draft.mask,
        draft=True,
    )


def _told(draft: Draft, gained: tuple[Gain, ...]) -> dict[str, Any]:
    return {
        "path": draft.path,
        "slug": draft.slug,
        "title": draft.title,
        "date": draft.day.isoformat(),
        "language": draft.language,
        "mask": {point.value: list(terms) for point, terms in draft.mask.stated()},
        "fills": [
            {"profile": gain.profile, "point": gain.point.value, "term": gain.term, "count": gain.then}
            for gain in gained
        ],
    }


def _tell(draft: Draft, gained: tuple[Gain, ...]) -> None:
    """Print the path alone on standard output, and what comes next beside it."""
    from cmsite.cli.tell import console

    click.echo(draft.path)
    console().print("  hint: write it, then take `draft: true` away to publish it")
    for gain in gained:
        console().print(f"  adds to {gain.profile}, {gain.point} {gain.term}: {gain.today} → {gain.then}")
    if draft.mask and not gained:
        console().print("  no profile in this language has these terms together: no edition shows it yet")
