"""Offer `cmsite new page`: a page without a date, as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cmsite.cli.naming import clean_title, free_slug
from cmsite.cli.options import json_option, print_json, problems_as_json, site_folder
from cmsite.errors import Refused
from cmsite.model import LANGUAGES, Language, Slug

if TYPE_CHECKING:
    from cmsite.model import Site

_ABOUT = Slug("about")  # the free part of the page that every edition has


@click.command("page")
@click.argument("title")
@click.option("--language", type=click.Choice(LANGUAGES), help="Its language; by default the site's.")
@json_option
@click.pass_context
@problems_as_json
def page(ctx: click.Context, title: str, language: str | None, as_json: bool) -> None:
    """Write the draft of a page into content/pages/. `about` is the free part of the about page."""
    from cmsite.read.site import read_site
    from cmsite.write.draft import PageDraft, write_page

    root = site_folder(ctx)
    site = read_site(root).site
    spoken = Language(language) if language else site.settings.language
    name = clean_title(title, example='cmsite new page "Contact"')
    draft = PageDraft(name, _slug(site, name), spoken, spoken != site.settings.language)
    write_page(root, draft)
    if as_json:
        told = {"path": draft.path, "slug": draft.slug, "title": draft.title, "language": draft.language}
        print_json(told)
    else:
        _tell(draft.path, draft.slug)


def _slug(site: Site, title: str) -> Slug:
    """Return a slug that is free; that of the about page is, while it has no free part yet."""
    from cmsite.read.fields import slug_of

    if slug_of(title) != _ABOUT:
        return free_slug(site, title, otherwise="page")
    if found := next((text for text in site.texts() if text.slug == _ABOUT), None):
        raise Refused(f"{found.source} is there already", "write on in that file")
    return _ABOUT


def _tell(path: str, slug: Slug) -> None:
    """Print the path alone on standard output, and what comes next beside it."""
    from cmsite.cli.tell import console

    click.echo(path)
    menu = "" if slug == _ABOUT else f"; for the menu, name `{slug}` under `menu:` in cmsite.yml"
    console().print(f"  hint: write it, then take `draft: true` away to publish it{menu}")
