"""Read what a branch holds at its host, and judge whether a site may be put upon it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from cmsite.deploy.address import Destination, address_of, remotes
from cmsite.deploy.connection import connect
from cmsite.deploy.git import Git
from cmsite.errors import Refused
from cmsite.model import MARKER
from cmsite.write.publish import Marker, parse_marker

_LOCAL = "refs/cmsite/tip"
_PLAIN = "100644"


class Entry(Struct, frozen=True):
    """A file in git's terms: its mode, and the name of its bytes."""

    mode: str
    name: str


class Tip(Struct, frozen=True):
    """What a branch holds: its last commit, that one's tree and files, and our marker, if it has one."""

    commit: str
    tree: str
    entries: Mapping[str, Entry]
    marker: Marker | None


def fetch_tip(git: Git, to: Destination) -> Tip | None:
    """Return what the branch holds, None when there is no such branch; only its last commit is fetched."""
    listed = connect(git, to, "ls-remote", to.address, to.ref).out.decode().splitlines()
    if not any(line.partition("\t")[2] == to.ref for line in listed):
        return None
    quiet = (
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
    )
    connect(git, to, "fetch", "--depth=1", *quiet, to.address, f"+{to.ref}:{_LOCAL}")
    marker = git.ask("cat-file", "blob", f"{_LOCAL}:{MARKER}")
    return Tip(
        commit=git.do("rev-parse", "--verify", f"{_LOCAL}^{{commit}}").line,
        tree=git.do("rev-parse", "--verify", f"{_LOCAL}^{{tree}}").line,
        entries=_entries(git),
        marker=parse_marker(marker.out) if marker.code == 0 else None,
    )


def _entries(git: Git) -> dict[str, Entry]:
    entries = {}
    for record in git.do("ls-tree", "-r", "-z", "--full-tree", _LOCAL).out.split(b"\0"):
        if record:
            told, _, path = record.partition(b"\t")
            mode, _, name = told.decode().split(" ")
            entries[os.fsdecode(path)] = Entry(mode, name)
    return entries


def refuse_source(git: Git, to: Destination) -> None:
    """Refuse, before any connection, the branch that the author works on or that holds the site's texts."""
    current = git.ask("symbolic-ref", "--quiet", "HEAD").line
    followed = git.ask("config", f"branch.{current.removeprefix('refs/heads/')}.remote").line
    sources = {address_of(git, name) for name in remotes(git) if name in ("origin", followed)}
    if to.address not in sources:
        return
    if current == to.ref:
        raise Refused(f"`{to.branch}` is the branch that you work on", _ANOTHER_BRANCH)
    if git.ask("rev-parse", "--verify", "--quiet", f"{to.ref}:./cmsite.yml").code == 0:
        raise Refused(f"the branch `{to.branch}` holds your texts and cmsite.yml", _ANOTHER_BRANCH)


_ANOTHER_BRANCH = "deploy to a branch of its own: `cmsite deploy --branch gh-pages`"


def refuse_foreign(tip: Tip, to: Destination, prefix: str, *, adopt: bool) -> None:
    """Refuse a branch that cmsite did not make, unless `adopt` is said; one with a cmsite.yml always.

    `prefix` leads from the repository's root to the site.
    """
    published = tip.marker.paths if tip.marker else frozenset[str]()
    if {"cmsite.yml", f"{prefix}cmsite.yml"} & (set(tip.entries) - published):
        raise Refused(
            f"the branch `{to.branch}` at {to.name} holds a site's texts and cmsite.yml", _ANOTHER_BRANCH
        )
    if tip.marker is None and not adopt:
        raise Refused(
            f"the branch `{to.branch}` at {to.name} holds what cmsite did not make",
            "choose another `--branch`, or say `--adopt` to put the site in its place",
        )


def kept_domain(tip: Tip, files: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Return the CNAME that was put on the branch by others than a build, and that the output lacks."""
    made_by_build = tip.marker is not None and "CNAME" in tip.marker.paths
    found = tip.entries.get("CNAME")
    if found is None or found.mode != _PLAIN or made_by_build or "CNAME" in files:
        return {}
    return {"CNAME": found}
