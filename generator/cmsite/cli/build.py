"""Offer `cmsite build`: an edition, or all of them, into the output folder."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

import click

from cmsite.cli.ending import done
from cmsite.cli.options import (
    instant,
    json_option,
    now_option,
    print_json,
    problems_as_json,
    profile_option,
    site_folder,
    target_option,
    told_problems,
)

if TYPE_CHECKING:
    from pathlib import Path

    from cmsite.build import Published
    from cmsite.request import Request
    from cmsite.standing import BuiltEdition, Stood


@click.command("build")
@profile_option
@target_option
@click.option("--all", "every", is_flag=True, help="Build every public profile, the lead at the root.")
@click.option("--strict", is_flag=True, help="Refuse to publish while there is a warning.")
@click.option("--why", is_flag=True, help="Say for each file why it was made anew.")
@click.option(
    "--verify", is_flag=True, help="Compare every published file with what was built, byte by byte."
)
@click.option("--clean", is_flag=True, help="Make every file anew.")
@click.option("--adopt", is_flag=True, help="Publish into a folder that holds other files; they are kept.")
@click.option("--base-url", default="", metavar="URL", help="Build for this address instead of cmsite.yml's.")
@click.option("-v", "--verbose", is_flag=True, help="Name each file that was made.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Let at most N processes work.")
@now_option
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context,
    profile: str,
    target: str,
    every: bool,
    strict: bool,
    why: bool,
    verify: bool,
    clean: bool,
    adopt: bool,
    base_url: str,
    verbose: bool,
    quiet: bool,
    jobs: int,
    now: str | None,
    as_json: bool,
) -> None:
    """Build the site of a profile into the output folder, or every public one, or one for a target.

    The folder changes in one step, and only when everything is right: mistakes in your files are all
    listed, and the published site stays as it was.
    """
    started = time.perf_counter()
    from cmsite.request import Request
    from cmsite.standing import find_standing

    if every and (profile or target):
        from cmsite.errors import UsageError

        raise UsageError("--all builds every public profile", "leave out `-p` and `--target`, or `--all`")
    request = Request(
        now=instant(now),
        profile=profile,
        target=target,
        every=every,
        base_url=base_url if not base_url or base_url.endswith("/") else f"{base_url}/",
        strict=strict,
        verify=verify,
        clean=clean,
        adopt=adopt,
        jobs=jobs,
    )
    folder = site_folder(ctx)
    published: Published | Stood | None = None if why or verbose else find_standing(folder, request)
    if published is None:
        published = _build(folder, request, base_url, watched=not (quiet or as_json))
        done()
    seconds = time.perf_counter() - started
    if as_json:
        editions = [_told(one, published, seconds) for one in published.editions]
        print_json({"editions": editions, "problems": told_problems(published.warnings)})
    elif not quiet:
        _tell(published, seconds, why=why, verbose=verbose)


def _build(folder: Path, request: Request, base_url: str, *, watched: bool) -> Published:
    """Build, once the address is known to be one as it was written; show how far that is, if `watched`.

    A build makes hardly any cycles of values, and looking for them takes a tenth of its time.
    """
    gc.disable()
    try:
        from cmsite.build import build_site
        from cmsite.cli.progress import watched as showing
        from cmsite.errors import UsageError
        from cmsite.read.fields import fault_of_url

        if base_url and (fault := fault_of_url(base_url)):
            raise UsageError(*fault)
        with showing(wanted=watched) as watch:
            return build_site(folder, request, watch=watch)
    finally:
        gc.enable()


def _tell(published: Published | Stood, seconds: float, *, why: bool, verbose: bool) -> None:
    if published.warnings:
        from cmsite.cli.tell import tell_problems

        tell_problems(published.warnings)
    if why or verbose:
        for stale in published.stale:
            reasons = f"  ({', '.join(stale.reasons)})" if why else ""
            _say(f"  {stale.path}{reasons}")
    removed = f", {published.removed} removed" if published.removed else ""
    for index, one in enumerate(published.editions):
        told = f"{one.profile} for {one.target}" if one.target else one.profile
        made = f"{one.pages} pages, {one.rendered} files rendered, {one.kept} kept"
        rest = f"{removed}, {seconds:.2f} s" if index == len(published.editions) - 1 else ""
        _say(f"{told}: {made}{rest} → {one.output}/")


def _say(line: str) -> None:
    """Write a plain line on standard error: the console for coloured ones takes longer to import."""
    if sys.stderr is not None:  # a shell may have closed it
        sys.stderr.write(f"{line}\n")


def _told(one: BuiltEdition, published: Published | Stood, seconds: float) -> dict[str, object]:
    return {
        "profile": one.profile,
        "target": one.target or None,
        "output": one.output,
        "pages": one.pages,
        "rendered": one.rendered,
        "kept": one.kept,
        "removed": published.removed if one is published.editions[0] else 0,
        "converted": one.converted,
        "seconds": round(seconds, 3),
    }
