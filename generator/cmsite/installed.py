"""Tell the versions of the libraries that are installed here, by the names of the folders that tell of them.

Installers name such a folder after a library and its version. The standard library opens a file in each, and
is loaded for that with all that reads electronic mail, which takes longer than to read a small site.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_TELLING = ".dist-info"
_OTHERWISE = (".egg-info", ".egg", ".egg-link", ".whl", ".zip")  # older ways to tell, not known here


def version(name: str) -> str:
    """Return the version of a library. Raises ModuleNotFoundError when it is not installed."""
    told = _told(tuple(sys.path))
    if found := told.get(_plain(name)):
        return found
    if "" in told:
        from importlib.metadata import version

        return version(name)
    raise ModuleNotFoundError(name)


@cache
def _told(folders: tuple[str, ...]) -> dict[str, str]:
    """Return the version of each library that some folders tell of; under "" if there may be others."""
    versions: dict[str, str] = {}
    for folder in folders:
        for entry in _entries(folder):
            name, dash, number = entry.removesuffix(_TELLING).rpartition("-")
            if entry.endswith(_TELLING) and dash:
                versions.setdefault(_plain(name), number)
            elif entry.endswith(_OTHERWISE):
                versions[""] = entry
    return versions


def _entries(folder: str) -> list[str]:
    try:
        with os.scandir(folder or ".") as entries:
            return [entry.name for entry in entries]
    except NotADirectoryError:
        return [folder]
    except OSError:
        return []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()
