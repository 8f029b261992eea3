"""Guess the address at which GitHub Pages serves a repository."""

from __future__ import annotations

import re

_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?github\.com(?::\d+)?/|(?:[^/@\s]*@)?github\.com:)"
    r"(?P<owner>[A-Za-z0-9-]+)/(?P<repository>[A-Za-z0-9._-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def pages_url(address: str) -> str:
    """Return where GitHub Pages serves the repository at this address, "" for one that is elsewhere.

    A repository called OWNER.github.io stands at the root, any other below its name.
    """
    found = _GITHUB.fullmatch(address)
    if not found:
        return ""
    host = f"{found['owner'].lower()}.github.io"
    below = "" if found["repository"].lower() == host else f"{found['repository']}/"
    return f"https://{host}/{below}"
