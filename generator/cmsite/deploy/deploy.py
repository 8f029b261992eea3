"""Deploy an output: look it over, read the branch, put one commit upon it, push that.

Everything of git's is made in a private repository below `.cmsite/`, which is gone afterwards: the author's
working tree, index, HEAD, refs and objects are only read, and the branch is the old one or the new one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from cmsite.deploy.address import Destination, destination
from cmsite.deploy.connection import push
from cmsite.deploy.git import Git, git_in, private_git
from cmsite.deploy.ready import Ready, look_over
from cmsite.deploy.tip import Tip, fetch_tip, kept_domain, refuse_foreign, refuse_source
from cmsite.deploy.tree import Changes, compare, store, write_tree
from cmsite.errors import Problem
from cmsite.write.publish import working

_NOBODY = ("cmsite", "cmsite@localhost")  # who commits where git knows nobody


class Wish(Struct, frozen=True):
    """What is asked of a deploy. `remote` is a name or an address; `target` the slug of an organisation."""

    now: datetime
    remote: str = "origin"
    branch: str = "gh-pages"
    target: str = ""
    dry_run: bool = False
    adopt: bool = False


class Deployed(Struct, frozen=True):
    """What a deploy did, or would do: `commit` is "" when nothing was pushed, `before` for a new branch.

    `kept` names the files that stand on the branch alone and were carried along; `replaced` is the edition
    that stood there; `unnamed` says that git knows no author.
    """

    output: str
    edition: str
    remote: str
    branch: str
    commit: str
    before: str
    replaced: str
    changes: Changes
    kept: tuple[str, ...]
    same: bool
    unnamed: bool
    warnings: tuple[Problem, ...]


def deploy_site(root: Path, wish: Wish) -> Deployed:
    """Push the output of the site at `root` to a branch, and return what was done.

    Raises Refused, with nothing touched, for an output that is not ready and for a branch that is not ours;
    RemoteRefused when the host does not take it; MachineError when it cannot be reached.
    """
    root = root.resolve()
    with working(root), _workshop(root) as workshop:
        git = git_in(root, workshop / "hooks")
        to = destination(git, wish.remote, wish.branch)
        refuse_source(git, to)
        ready = look_over(root, wish.target, wish.now)
        top = git.ask("rev-parse", "--show-toplevel").line
        apart = private_git(_standing_in(git, top), workshop / "repository")
        tip = fetch_tip(apart, to)
        if tip:
            refuse_foreign(tip, to, git.ask("rev-parse", "--show-prefix").line, adopt=wish.adopt)
        return _deploy(git, apart, workshop, ready, to, tip, dry_run=wish.dry_run)


def _standing_in(git: Git, folder: str) -> Git:
    """Return the same git in the folder that a remote's relative address counts from."""
    return Git(git.program, Path(folder) if folder else git.folder, git.hooks, git.environment)


@contextmanager
def _workshop(root: Path) -> Iterator[Path]:
    """Give a folder that is empty, whatever was left by a deploy that was killed, and gone afterwards."""
    folder = root / ".cmsite" / "deploy"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "hooks").mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _deploy(
    git: Git, apart: Git, workshop: Path, ready: Ready, to: Destination, tip: Tip | None, *, dry_run: bool
) -> Deployed:
    files = store(apart, ready.folder, ready.files)
    kept = kept_domain(tip, files) if tip else {}
    whole = {**files, **kept}
    tree = write_tree(apart, workshop / "index", whole)
    same = tip is not None and tip.tree == tree
    identity = _identity(git)
    commit = ""
    if not same and not dry_run:
        commit = _commit(apart, ready, tree, tip, identity or _NOBODY)
        push(apart, to, commit)
    return Deployed(
        output=ready.output,
        edition=ready.edition,
        remote=to.name,
        branch=to.branch,
        commit=commit,
        before=tip.commit if tip else "",
        replaced=tip.marker.edition if tip and tip.marker else "",
        changes=compare(tip.entries if tip else {}, whole),
        kept=tuple(sorted(kept)),
        same=same,
        unnamed=identity is None,
        warnings=ready.warnings,
    )


def _commit(apart: Git, ready: Ready, tree: str, tip: Tip | None, identity: tuple[str, str]) -> str:
    """Return the name of a new commit of the tree, upon the tip if there is one."""
    name, email = identity
    signed = apart.among(
        GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=email, GIT_COMMITTER_NAME=name, GIT_COMMITTER_EMAIL=email
    )
    upon = ("-p", tip.commit) if tip else ()
    message = f"Publish {', '.join(ready.edition.split())}\n"
    return signed.do("commit-tree", tree, *upon, "-F", "-", data=message.encode()).line


def _identity(git: Git) -> tuple[str, str] | None:
    """Return the name and the e-mail address that git would commit with here, None when it knows none."""
    answer = git.ask("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    found = re.fullmatch(r"(.+) <(.*)> \d+ [+-]\d+", answer.line)
    return (found[1], found[2]) if answer.code == 0 and found else None
