"""Talk to the host of a branch, and say in plain words why it did not answer or did not take the site."""

from __future__ import annotations

import re

from cmsite.deploy.address import Destination
from cmsite.deploy.git import Answer, Git, last_word
from cmsite.errors import CmsiteError, MachineError, Refused, RemoteRefused

_AGAIN = "run `cmsite deploy` again: it builds upon what stands there now"
_MEND = "mend what it names, then deploy again"
_KEYS = "check the password, token or key that git uses there, and that it may write"

# what git says (in English: LC_ALL=C): what it means, what to do
_FAULTS = (
    (r"transport '.*' not allowed", "", ""),
    (
        r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"
        r"|Permission denied|Permission to .* denied|HTTP Basic: Access denied"
        r"|returned error: 40[13]|Invalid username or",
        "refused the credentials",
        _KEYS,
    ),
    (
        r"Host key verification failed|certificate",
        "could not be told from an impostor",
        "connect once by hand, and look at its key",
    ),
    (
        r"not appear to be a git repository|[Rr]epository .*not found|returned error: 404|does not exist",
        "has no such repository, or does not show it to you",
        "check the address, and your right to write there",
    ),
    (
        r"Could not resolve host|Couldn't resolve host|Network is unreachable|No route to host"
        r"|Connection (?:refused|timed out|reset)|Failed to connect|Operation timed out|unable to access"
        r"|unexpected disconnect|hung up|early EOF",
        "cannot be reached",
        "check the network and the address, then deploy again",
    ),
)  # fmt: skip
_MOVED = ("fetch first", "non-fast-forward", "stale info", "needs force")
_BROKEN_OFF = "remote failure"


def connect(git: Git, to: Destination, *words: str) -> Answer:
    """Return the answer of a host. Raises MachineError when it gives none."""
    answer = git.ask(*words)
    if answer.code:
        raise fault_of_connection(to, answer.err)
    return answer


def push(git: Git, to: Destination, commit: str) -> None:
    """Put a commit upon the branch, never by force.

    Raises RemoteRefused when the branch has moved or its host says no, MachineError when the host cannot be
    reached or does not let us in.
    """
    quiet = ("--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--no-signed")
    answer = git.ask("push", "--porcelain", *quiet, to.address, f"{commit}:{to.ref}")
    if answer.code == 0:
        return
    if "aborted by hook" in answer.err:
        raise RemoteRefused(
            f"a hook at {to.name} did not let the site in", "ask whoever keeps that repository"
        )
    told = re.search(r"^!\t[^\t]*\t\[?(.*)$", answer.out.decode(errors="replace"), re.MULTILINE)
    if told is None or _BROKEN_OFF in told[1]:
        raise fault_of_connection(to, answer.err)
    if any(word in told[1] for word in _MOVED):
        what = f"the branch `{to.branch}` at {to.name} has moved meanwhile: somebody else put something there"
        raise RemoteRefused(what, _AGAIN)
    reason = to.masked("; ".join([told[1].replace("] (", ": ").rstrip(")"), *_words_of_host(answer.err)]))
    raise RemoteRefused(f"{to.name} did not take the site: {reason}", _MEND)


def _words_of_host(said: str) -> list[str]:
    lines = (line.removeprefix("remote:").strip() for line in said.splitlines() if line.startswith("remote:"))
    return [line for line in lines if line]


def fault_of_connection(to: Destination, said: str) -> CmsiteError:
    """Return the error that git's words amount to, with nothing in it that opens the address."""
    for pattern, what, hint in _FAULTS:
        if re.search(pattern, said):
            detail = to.masked(last_word(said))
            if not what:
                return Refused(f"git may not connect to {to.name}: {detail}", "give another `--remote`")
            return MachineError(f"{to.name} {what} ({detail})", hint)
    return MachineError(
        f"git could not talk to {to.name}: {to.masked(last_word(said))}", "mend it, then deploy again"
    )
