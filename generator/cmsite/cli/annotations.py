"""Write problems as GitHub's workflow commands, which become remarks at the lines of a pull request."""

from __future__ import annotations

import os
from pathlib import Path

from cmsite.cli.tell import where_it_shows
from cmsite.errors import Problem, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def annotation(problem: Problem, folder: str) -> str:
    """Return one problem as a workflow command; `folder` leads from the repository's root to the site."""
    path = f"{folder}/{problem.place.path}" if folder else problem.place.path
    properties = {
        "file": path,
        "line": str(problem.place.line),
        "col": str(problem.place.column),
        "title": f"cmsite {problem.code}",
    }
    told = ",".join(f"{name}={_as_property(value)}" for name, value in properties.items())
    what = f"{problem.what}{where_it_shows(problem)}"
    message = f"{what}\nhint: {problem.hint}" if problem.hint else what
    return f"::{_COMMANDS[problem.severity]} {told}::{_as_data(message)}"


def folder_in_repository(root: Path) -> str:
    """Return the path of the site's folder from the repository's root, "" when it is that or lies outside.

    GitHub names the root in GITHUB_WORKSPACE; elsewhere it is the folder where one stands.
    """
    workspace = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    root = root.resolve()
    inside = root.relative_to(workspace).as_posix() if root.is_relative_to(workspace) else "."
    return "" if inside == "." else inside


def _as_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _as_property(text: str) -> str:
    return _as_data(text).replace(":", "%3A").replace(",", "%2C")
