"""Offer `cmsite mask`: the mask of a profile in words or as a picture, or two of them compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import json_option, print_json, problems_as_json, site_folder
from cmsite.errors import Refused, UsageError

if TYPE_CHECKING:
    from cmsite.model import Profile, Site
    from cmsite.shape.picture_words import ToldPoint, Whose

_STANDARD_OUTPUT = "-"
_MADE_BY_CMSITE = ("private", ".cmsite")  # besides the output: private editions, and the memory


@click.command("mask")
@click.argument("a")
@click.argument("b", default="")
@click.option(
    "--svg",
    "picture",
    is_flag=False,
    flag_value=_STANDARD_OUTPUT,
    default=None,
    metavar="[FILE]",
    help="Write the picture to FILE, by default to standard output.",
)
@json_option
@click.pass_context
@problems_as_json
def command(ctx: click.Context, a: str, b: str, picture: str | None, as_json: bool) -> None:
    """Tell the mask of profile A in its language, or lay that of profile B on it and tell them apart."""
    from cmsite.editions import find_profile
    from cmsite.read.site import read_site

    root = site_folder(ctx)
    site = read_site(root).site
    first, second = find_profile(site, a), find_profile(site, b) if b else None
    if as_json and picture == _STANDARD_OUTPUT:
        raise UsageError("--json and --svg both ask for standard output", "name a file: --svg mask.svg")
    if picture is not None:
        _give_picture(_drawn(site, first, second), picture, root, site.settings.output)
    if as_json:
        print_json(_as_json(site, first, second, picture))
    elif picture is None:
        _tell(site, first, second)


def _drawn(site: Site, first: Profile, second: Profile | None) -> str:
    from cmsite.shape.picture import draw_mask

    return draw_mask(
        first.mask,
        site.vocabulary,
        first.language,
        other=second.mask if second else None,
        names=(first.name, second.name) if second else (first.name,),
    )


def _give_picture(svg: str, written: str, root: Path, output: str) -> None:
    """Write the picture where it is wanted. Raises Refused where it could harm what is not a picture."""
    if written == _STANDARD_OUTPUT:
        click.echo(svg)
        return
    from cmsite.cli.tell import console

    file = Path(written)
    if file.suffix.lower() != ".svg":
        raise UsageError(f"`{written}` does not end in .svg", "name the profiles first, then --svg mask.svg")
    _refuse_harm(file, root, output)
    file.unlink(missing_ok=True)  # never through a hard link, which the old file may be
    with file.open("x", encoding="utf-8", newline="\n") as fresh:
        fresh.write(f"{svg}\n")
    console().print(f"{written}: {len(svg.encode()) + 1} bytes")


def _refuse_harm(file: Path, root: Path, output: str) -> None:
    place = file.resolve()
    for folder in (output, *_MADE_BY_CMSITE):
        if place.is_relative_to((root / folder).resolve()):
            raise Refused(
                f"{file} lies in {folder}/, which cmsite writes whole", "write it to another folder"
            )
    if not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}", "make it, or name another one")
    if file.is_symlink() or (file.exists() and not _is_svg(file)):
        raise Refused(f"{file} is there already and is not a picture", "name another file")


def _is_svg(file: Path) -> bool:
    """Return whether a file is a picture like ours, by its first bytes."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(5) == b"<svg "


def _told(site: Site, first: Profile, second: Profile | None) -> tuple[ToldPoint, ...]:
    from cmsite.shape.picture_words import WORDS, tell_points

    other = second.mask if second else None
    return tell_points(first.mask, site.vocabulary, first.language, other=other, words=WORDS[first.language])


def _as_json(site: Site, first: Profile, second: Profile | None, picture: str | None) -> dict[str, Any]:
    """Return the six points with their terms; of two masks, the shared ones and those of each."""
    from cmsite.shape.picture_words import Whose

    points = []
    for told in _told(site, first, second):
        names = {"point": told.point.value, "name": told.name}
        if second is None:
            points.append({**names, "terms": _terms(told, Whose.OWN)})
        else:
            points.append(
                {
                    **names,
                    "shared": _terms(told, Whose.SHARED),
                    "only_a": _terms(told, Whose.OWN),
                    "only_b": _terms(told, Whose.OTHER),
                }
            )
    profiles = {"a": first.name, "b": second.name} if second else {"profile": first.name}
    return {**profiles, "language": first.language, "points": points, "svg": picture}


def _terms(told: ToldPoint, whose: Whose) -> list[dict[str, str]]:
    return [{"term": term.term, "label": term.label} for term in told.terms if term.whose is whose]


def _tell(site: Site, first: Profile, second: Profile | None) -> None:
    """Print a line for each point; of two masks, each group of terms says whose it is."""
    from cmsite.shape.picture_words import WORDS, tell_point

    pair = (first.name, second.name) if second else None
    for told in _told(site, first, second):
        click.echo(tell_point(told, pair, WORDS[first.language]).removesuffix("."))
