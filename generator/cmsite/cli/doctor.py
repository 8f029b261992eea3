"""Offer `cmsite doctor`: what cmsite stands on here, what deserves a look, what another engine changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import (
    instant,
    json_option,
    now_option,
    print_json,
    problems_as_json,
    site_folder,
    told_problems,
)
from cmsite.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from cmsite.cli.doctor_site import Looked
    from cmsite.doctor import Compared, Examined, Found, Part

_ENGINES = {"markdown": "Python-Markdown", "commonmark": "CommonMark"}


@click.command("doctor")
@click.option("--markdown", is_flag=True, help="List the posts that the two engines read differently.")
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(ctx: click.Context, markdown: bool, now: str | None, as_json: bool) -> None:
    """Say what cmsite stands on here: versions, Markdown engines, extras, and the site that is found."""
    from cmsite.doctor import compare_engines, examine
    from cmsite.read.site import read_site

    compared = compare_engines(read_site(site_folder(ctx)), now=instant(now)) if markdown else None
    if compared and not as_json:
        _show_comparison(compared)
        return
    examined = examine(_folder(ctx))
    looked = _look(examined.found)
    if as_json:
        told = _told(examined, looked)
        print_json({**told, "markdown": _told_comparison(compared)} if compared else told)
    else:
        _show(examined, looked)


def _folder(ctx: click.Context) -> Path | None:
    """Return the site's folder, None where there is none; one that was named has to be one."""
    try:
        return site_folder(ctx)
    except UsageError:
        if ctx.obj:
            raise
        return None


def _look(found: Found | None) -> Looked | None:
    """Return what stands around the site, None while its files cannot be read."""
    from cmsite.cli.doctor_site import look

    return look(found.folder, found.site) if found and found.site else None


def _show(examined: Examined, looked: Looked | None) -> None:
    from cmsite.cli.doctor_site import lines as lines_around
    from cmsite.cli.tell import answers

    found = examined.found
    engine = found.site.settings.engine if found and found.site else ""
    lines = [
        ("cmsite", examined.program),
        ("Python", f"{examined.python}, {examined.system}"),
        *(("Markdown", _line(part, ", in use" if part.name == engine else "")) for part in examined.engines),
        *(("extra", _line(part)) for part in examined.extras),
        *_site_lines(found),
        *(lines_around(looked) if looked else ()),
    ]
    last = ""
    for name, told in lines:
        answers().print(f"{'' if name == last else name:<9} {told}", soft_wrap=True)
        last = name


def _line(part: Part, remark: str = "") -> str:
    """Return an engine or extra in a line: its packages, or how to get those that are missing."""
    missing = [package.name for package in part.packages if not package.version]
    if missing:
        how = f"`pip install 'cmsite[{part.name}]'`"
        return f"{part.name}: {' and '.join(missing)} not installed ({how}){remark}"
    packages = ", ".join(f"{package.name} {package.version}" for package in part.packages)
    return f"{part.name}: {packages}{remark}"


def _site_lines(found: Found | None) -> list[tuple[str, str]]:
    from cmsite.cli.tell import counted

    if found is None:
        return [("site", "none here or above: there is no cmsite.yml")]
    lines = [("site", str(found.folder / "cmsite.yml"))]
    if found.site:
        site = found.site
        posts = _many(len(site.posts), "post")
        lines.append(("site", f"{site.settings.title}: {posts}, {_many(len(site.profiles), 'profile')}"))
        lines.append(("site", f"at {site.settings.url}"))
    if found.problems:
        lines.append(("site", f"{counted(found.problems)}: `cmsite check` tells them"))
    return lines


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _show_comparison(compared: Compared) -> None:
    from cmsite.cli.tell import answers, console

    for each in compared.parted:
        edition = f" (as {each.profile} reads it)" if each.profile and "{%" in each.post.body.text else ""
        answers().print(f"{each.path}{edition}", style="bold", soft_wrap=True)
        for engine, name in _ENGINES.items():
            answers().print(f"  {name + ':':<16} {getattr(each.parting, engine)}", soft_wrap=True)
    console().print(_summary(compared))


def _summary(compared: Compared) -> str:
    whole, parted = _many(compared.texts, "text"), len(compared.parted)
    if not parted:
        return f"{whole} compared: the two engines make the same pages of them"
    first = "its first difference" if parted == 1 else "the first difference of each"
    return f"{whole} compared, {parted} read differently; {first} is told"


def _told(examined: Examined, looked: Looked | None) -> dict[str, Any]:
    return {
        "cmsite": examined.program,
        "python": examined.python,
        "system": examined.system,
        "engines": _told_parts(examined.engines),
        "extras": _told_parts(examined.extras),
        "site": _told_site(examined.found, looked) if examined.found else None,
    }


def _told_parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "present": part.present,
            "packages": [{"name": one.name, "version": one.version or None} for one in part.packages],
        }
        for part in parts
    ]


def _told_site(found: Found, looked: Looked | None) -> dict[str, Any]:
    from cmsite.cli.doctor_site import told

    site = found.site
    return {
        "folder": str(found.folder),
        "title": site.settings.title if site else None,
        "url": site.settings.url if site else None,
        "engine": site.settings.engine if site else None,
        "posts": len(site.posts) if site else None,
        "profiles": [profile.name for profile in site.profiles] if site else None,
        "around": told(looked) if looked else None,
        "problems": told_problems(found.problems),
    }


def _told_comparison(compared: Compared) -> dict[str, Any]:
    return {
        "compared": compared.texts,
        "different": [
            {
                "path": each.path,
                "slug": each.post.slug,
                "profile": each.profile or None,
                "markdown": each.parting.markdown,
                "commonmark": each.parting.commonmark,
            }
            for each in compared.parted
        ],
    }
