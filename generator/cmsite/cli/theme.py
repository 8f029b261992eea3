"""Offer `cmsite theme`: copy a file of the theme to change it, and see which copies are behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cmsite.cli.options import json_option, print_json, problems_as_json, site_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cmsite.read.overrides import OwnFile
    from cmsite.shape.report.overrides import Override

_IN_A_TEMPLATE = "{{#- {} -#}}\n"
_COMMENTS = {"css": "/* {} */\n", "js": "// {}\n", "svg": "", "yml": "# {}\n"}


@click.group("theme")
def command() -> None:
    """Override files of the theme, and keep up with it."""


@command.command("copy")
@click.argument("file")
@click.pass_context
def copy(ctx: click.Context, file: str) -> None:
    """Copy FILE of the lead edition's theme into the site, to be changed there.

    FILE is named from the theme's folder: templates/post.html. To change one block of a template, write a
    file of the same name that extends it instead.
    """
    from cmsite.cli.tell import console
    from cmsite.read.overrides import file_to_override, stamp
    from cmsite.write.draft import write_new_file

    root = site_folder(ctx)
    theme = worn_theme(root)
    data = file_to_override(root, theme, file)
    path = f"themes/{theme}/{file}"
    ending = file.rpartition(".")[2]
    comment = _IN_A_TEMPLATE if file.startswith("templates/") else _COMMENTS.get(ending, "")
    mark = comment.format(f"cmsite: copied from {theme} at {stamp(data)}")
    write_new_file(root, path, mark.encode() + data, hint="change that file, or delete it first")
    console().print(f"wrote {path}")


@command.command("diff")
@click.option("-v", "--verbose", is_flag=True, help="Show how each copy differs from the theme's file.")
@json_option
@click.pass_context
@problems_as_json
def diff(ctx: click.Context, verbose: bool, as_json: bool) -> int:
    """Tell which of the site's overrides are behind the lead edition's theme. Exit code 1 if one is."""
    from cmsite.read.overrides import own_files
    from cmsite.shape.report.overrides import State

    root = site_folder(ctx)
    theme = worn_theme(root)
    found = list(judged(root, theme, own_files(root, theme)))
    if as_json:
        told = [
            {"path": each.path, "state": each.state.value, "notes": each.notes, "diff": each.diff}
            for each in found
        ]
        print_json({"theme": theme, "overrides": told})
    else:
        _tell(theme, found, verbose=verbose)
    return 1 if any(each.state is State.BEHIND for each in found) else 0


def worn_theme(root: Path) -> str:
    """Return the name of the theme that the lead edition wears."""
    from cmsite.editions import find_profile
    from cmsite.read.site import read_site

    site = read_site(root).site
    return find_profile(site, "").site.theme or site.settings.theme


def judged(root: Path, theme: str, files: tuple[OwnFile, ...]) -> Iterator[Override]:
    """Yield what is to be said of each file of the site that overrides one of the theme's."""
    from cmsite.model import Language
    from cmsite.read.overrides import stamp
    from cmsite.read.theme import read_strings, read_theme
    from cmsite.shape.report.overrides import judge_blocks, judge_copy, judge_strings
    from cmsite.shape.templates import Templates

    templates = Templates(read_theme(root, theme), Language("en"))
    for each in files:
        name = each.name.removeprefix("templates/")
        below = each.below
        if each.name.startswith("strings/"):
            yield judge_strings(
                each.path, read_strings(each.data, each.path), read_strings(below or b"", each.path)
            )
        elif each.name.startswith("templates/") and templates.extends_itself(name):
            yield judge_blocks(each.path, each.data.decode(), templates.blocks_below(name))
        else:
            texts = [
                data.decode(errors="replace") if data is not None else None for data in (each.data, below)
            ]
            yield judge_copy(each.path, texts[0] or "", texts[1], stamp(below or b""))


def _tell(theme: str, found: list[Override], *, verbose: bool) -> None:
    from rich.text import Text

    from cmsite.cli.tell import answers

    console, styles = (
        answers(),
        {"current": "green", "behind": "bold red", "unknown": "yellow", "added": "dim"},
    )
    if not found:
        console.print(f"nothing of this site overrides the theme {theme}")
    for each in found:
        console.print(Text.assemble((f"{each.state:8}", styles[each.state]), each.path), soft_wrap=True)
        for note in each.notes:
            console.print(f"        {note}", style="dim", soft_wrap=True)
        for line in each.diff if verbose else ():
            style = {"+": "green", "-": "red"}.get(line[:1], "dim")
            console.print(Text(f"        {line}", style=style), soft_wrap=True)
