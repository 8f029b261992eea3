"""Find the address that a deploy goes to, refuse those that run programs, and keep passwords out of words."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from cmsite.deploy.git import Git
from cmsite.errors import Refused, UsageError, suggest, there_are

_RUNS_A_PROGRAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)
_CREDENTIALS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)[^/\s'\"]*@")
_QUERY = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://[^\s?'\"]*)\?[^\s'\"]*")
_MASKED = "***"


class Destination(Struct, frozen=True):
    """A branch at an address; `name` is what the author calls the remote, with nothing secret in it."""

    name: str
    address: str
    branch: str

    @property
    def ref(self) -> str:
        """The branch's whole name."""
        return f"refs/heads/{self.branch}"

    def masked(self, text: str) -> str:
        """Return a text, such as git's own words, without what opens the address."""
        for secret in secrets_of(self.address):
            text = text.replace(secret, _MASKED)
        return mask(text)


def mask(text: str) -> str:
    """Return a text with the credentials of every address in it made unreadable."""
    return _QUERY.sub(rf"\1?{_MASKED}", _CREDENTIALS.sub(rf"\1{_MASKED}@", text))


def secrets_of(address: str) -> tuple[str, ...]:
    """Return what stands before the `@` of an address and is no mere login, whole, in parts and decoded.

    A password with a bare slash in it is found as well.
    """
    match = _SCHEME.match(address)
    if not match or "@" not in match["rest"]:
        return ()
    host, _, _ = match["rest"].partition("/")
    before = (host if "@" in host else match["rest"]).rpartition("@")[0]
    name, colon, password = before.partition(":")
    if "@" not in host and (not colon or password.partition("/")[0].isdigit()):
        return ()  # https://host/path@1 and https://host:8080/path@1 hold no secret
    parts = [before, password] if colon else [] if match["scheme"].startswith("ssh") else [name]
    found = {part for each in parts for part in (each, unquote(each)) if part}
    return tuple(sorted(found, key=len, reverse=True))


def destination(git: Git, remote: str, branch: str) -> Destination:
    """Return where a deploy goes: `remote` is the name of one of the repository's remotes, or an address.

    Raises UsageError for a name that no remote has and for a branch that git would not name so, Refused
    for an address that would run a program.
    """
    _refuse_strange(remote)
    if branch.startswith("-") or branch == "HEAD" or git.ask("check-ref-format", f"refs/heads/{branch}").code:
        raise UsageError(f"`{branch}` cannot be a branch's name", "name it as in `--branch gh-pages`")
    names = remotes(git)
    if remote in names:
        return Destination(remote, address_of(git, remote), branch)
    if not re.search(r"[/:\\]", remote):
        raise _no_such_remote(git, remote, names)
    local = not _SCHEME.match(remote) and (Path(remote).exists() or remote.startswith("."))
    return Destination(mask(remote), str(Path(remote).resolve()) if local else remote, branch)


def remotes(git: Git) -> tuple[str, ...]:
    """Return the names of the repository's remotes."""
    answer = git.ask("remote")
    return tuple(answer.line.splitlines()) if answer.code == 0 else ()


def address_of(git: Git, remote: str) -> str:
    """Return the address that a push to a remote goes to."""
    addresses = git.do("remote", "get-url", "--push", "--all", remote).line.splitlines()
    if len(addresses) != 1:
        raise UsageError(f"the remote `{remote}` has several addresses", "give one of them to `--remote`")
    _refuse_strange(addresses[0])
    return addresses[0]


def _refuse_strange(address: str) -> None:
    if address.startswith("-") or any(ord(letter) < ord(" ") for letter in address):
        raise Refused(f"`{mask(address)!s}` is not a remote", "name it as in `--remote origin`")
    if _RUNS_A_PROGRAM.match(address):
        transport = address.partition("::")[0]
        raise Refused(
            f"an address that begins with `{transport}::` may run any program",
            "deploy to an address that begins with https:// or ssh://, or to a folder",
        )


def _no_such_remote(git: Git, remote: str, names: tuple[str, ...]) -> UsageError:
    if git.ask("rev-parse", "--git-dir").code:
        what = "the site's folder is in no git repository"
        return UsageError(what, "run `git init` and add a remote, or give an address to `--remote`")
    if not names:
        what = f"the repository has no remote `{remote}`, nor any other"
        return UsageError(what, f"run `git remote add {remote} ADDRESS`, or give an address to `--remote`")
    return UsageError(
        f"the repository has no remote `{remote}`", suggest(remote, names, otherwise=there_are(names))
    )
