"""Offer `cmsite deploy`: the built site pushed to a branch that a host serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from cmsite.cli.options import (
    instant,
    json_option,
    print_json,
    problems_as_json,
    site_folder,
    told_problems,
)

if TYPE_CHECKING:
    from cmsite.deploy.deploy import Deployed

_FIRST = 20  # files of each kind that are named, when there are more than one more


@click.command("deploy")
@click.option(
    "--remote",
    default="origin",
    metavar="REMOTE",
    show_default=True,
    help="The remote's name, or an address.",
)
@click.option(
    "--branch",
    default="gh-pages",
    metavar="BRANCH",
    show_default=True,
    help="The branch that the host serves.",
)
@click.option(
    "--target", default="", metavar="SLUG", help="Send the private edition for this organisation instead."
)
@click.option("--dry-run", is_flag=True, help="Tell what would change there, and push nothing.")
@click.option("--adopt", is_flag=True, help="Take over a branch that holds what cmsite did not make.")
@json_option
@click.pass_context
@problems_as_json
def command(
    ctx: click.Context, remote: str, branch: str, target: str, dry_run: bool, adopt: bool, as_json: bool
) -> None:
    """Push the built site to a branch, as one commit upon what stands there, never by force.

    The bytes there are those of the output. Your working tree, index, branches and tags are not touched.
    """
    from cmsite.cli.tell import tell_problems
    from cmsite.deploy.deploy import Wish, deploy_site

    wish = Wish(instant(None), remote, branch, target, dry_run=dry_run, adopt=adopt)
    with _pushing(branch, dry_run=dry_run):
        deployed = deploy_site(site_folder(ctx), wish)
        if as_json:
            print_json(_told(deployed, dry_run=dry_run))
        else:
            tell_problems(deployed.warnings)
            _tell(deployed, dry_run=dry_run)


@contextmanager
def _pushing(branch: str, *, dry_run: bool) -> Iterator[None]:
    """Let an interruption say no more than is certain: a host may take in what was sent before it."""
    try:
        yield
    except KeyboardInterrupt as error:
        left = f"the branch `{branch}` is as it was or holds this site, whole; `cmsite deploy` says which"
        raise click.exceptions.Abort("" if dry_run else left) from error


def _tell(deployed: Deployed, *, dry_run: bool) -> None:
    from cmsite.cli.tell import console

    where = f"{deployed.branch} at {deployed.remote}"
    if deployed.same:
        console().print(f"{where} holds this site already: nothing to do")
        return
    if dry_run:
        _list_files(deployed)
    console().print(
        f"{deployed.output}/ ({', '.join(deployed.edition.split())}) → {where}: {_counts(deployed)}"
    )
    for remark in _remarks(deployed, dry_run=dry_run):
        console().print(f"  {remark}")


def _list_files(deployed: Deployed) -> None:
    from cmsite.cli.tell import console

    changes = deployed.changes
    for word, paths in (("new", changes.new), ("changed", changes.changed), ("gone", changes.gone)):
        shown = paths if len(paths) <= _FIRST + 1 else paths[:_FIRST]
        for path in shown:
            console().print(f"  {word:7}  {path}")
        if len(shown) < len(paths):
            console().print(f"  {word:7}  … and {len(paths) - len(shown)} more (`--json` names them all)")


def _counts(deployed: Deployed) -> str:
    changes = deployed.changes
    counts = ((len(changes.new), "new"), (len(changes.changed), "changed"), (len(changes.gone), "gone"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f"{told} ({f'commit {deployed.commit[:7]}' if deployed.commit else 'nothing was pushed'})"


def _remarks(deployed: Deployed, *, dry_run: bool) -> list[str]:
    """Return what is worth knowing beside the counts."""
    remarks = []
    if deployed.replaced and deployed.replaced != deployed.edition:
        remarks.append(f"in the place of {', '.join(deployed.replaced.split())}")
    if deployed.kept:
        remarks.append(f"{', '.join(deployed.kept)} stands on the branch alone and is carried along")
    if deployed.unnamed and not dry_run:
        remarks.append("the commit is cmsite's own: git knows no `user.name` and `user.email` here")
    if not deployed.before and not dry_run:
        remarks.append("the branch is new: tell your host to serve it (on GitHub under Settings, Pages)")
    return remarks


def _told(deployed: Deployed, *, dry_run: bool) -> dict[str, Any]:
    target = deployed.edition.partition("/")[2]
    return {
        "output": deployed.output,
        "profiles": [name.partition("/")[0] for name in deployed.edition.split()],
        "target": target or None,
        "remote": deployed.remote,
        "branch": deployed.branch,
        "commit": deployed.commit or None,
        "before": deployed.before or None,
        "new": list(deployed.changes.new),
        "changed": list(deployed.changes.changed),
        "gone": list(deployed.changes.gone),
        "kept": list(deployed.kept),
        "dry_run": dry_run,
        "problems": told_problems(deployed.warnings),
    }
