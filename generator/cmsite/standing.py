"""Decide that there is nothing to build, before anything is read and before anything heavy is imported.

The last build of an output that went well leaves a record: what was asked for, the signatures of all that
was read, of the program and of all that was published, and what there was to tell. While all of it is as it
was, and time has brought nothing in or out, a build would change nothing. A record that is damaged, missing
or of another format is none: the site is read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cmsite.request import Request
from cmsite.signatures import newest, sign

if TYPE_CHECKING:
    from cmsite.errors import Problem

_FOLDER = ".cmsite/standing"
_FORMAT = 1
_LIBRARIES = ("site-packages", "dist-packages")  # what is installed, or taken away, touches these folders


class BuiltEdition(Struct, frozen=True):
    """What a build did for one edition. `pages` counts the HTML pages, `rendered` and `kept` all files."""

    profile: str
    target: str
    output: str
    pages: int
    rendered: int
    kept: int
    converted: int


class Stood(Struct, frozen=True):
    """What a build would tell that has nothing to do."""

    editions: tuple[BuiltEdition, ...]
    warnings: tuple[Problem, ...]
    removed: int = 0
    stale: tuple[()] = ()


def find_standing(folder: Path, request: Request) -> Stood | None:
    """Return what a build has to tell when nothing has changed, None when something may have."""
    if request.verify or request.clean:
        return None
    root = os.path.realpath(folder)
    told = _recall(record_file(root, request))
    try:
        if told and _is_in_force(told, request) and _is_as_it_was(told, root):
            return Stood(tuple(BuiltEdition(*each) for each in told["editions"]), _heard(told["warnings"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def sealed(body: bytes) -> bytes:
    """Return a record as it stands in its file: with its format and a checksum before it."""
    return f"{_FORMAT} {_digest(body)}\n".encode() + body


def _recall(file: str) -> dict[str, Any] | None:
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 as cheap as can be
            data = opened.read()
        body = data.partition(b"\n")[2]
        told = json.loads(body) if data == sealed(body) else None
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _is_in_force(told: dict[str, Any], request: Request) -> bool:
    """Return whether a record answers a request, at its instant."""
    until = told["until"]
    return bool(
        told["asked"] == what_is_asked(request)
        and told["program"] == program()
        and datetime.fromisoformat(told["now"]) <= request.now
        and (not until or request.now < datetime.fromisoformat(until))
    )


def _is_as_it_was(told: dict[str, Any], root: str) -> bool:
    site, missing, links, program, read = told["read"]
    above, outputs, left = told["left"]
    return (
        not any(os.path.lexists(f"{root}/{path}") for path in missing)
        and not any(os.path.islink(f"{root}/{path}") for path in above)  # noqa: PTH114
        and sign_outputs(root, outputs) == left
        and sign_read(root, site, links, program)[0] == read
    )


def sign_read(
    root: str, site: Iterable[str], links: Iterable[str], program: Iterable[str]
) -> tuple[str, int]:
    """Return the digest of the signatures of all that is read, and the instant of the last change."""
    of_links = sign(links, below=root, follow=False)
    signed = [*sign(site, below=root, follow=True), *of_links, *sign(program, follow=True)]
    ends = [os.path.realpath(f"{root}/{link}") for link in links]
    return digest_of((signed, ends)), newest(signed)


def sign_outputs(root: str, outputs: Iterable[str]) -> str:
    """Return the digest of the signatures of all that was published, and of what tells of it."""
    return digest_of(sign(outputs, below=root, follow=False))


def what_is_asked(request: Request) -> list[object]:
    """Return what of a request decides what is published, and whether it is."""
    return [request.profile, request.target, request.every, request.base_url, request.strict]


def program() -> list[object]:
    """Return what tells one program from another, apart from its files."""
    return [sys.version, package(), os.environ.get("PYTHONPATH", ""), list(libraries())]


def package() -> str:
    """Return the package's own folder."""
    return os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def libraries() -> Iterator[str]:
    """Yield the folders that libraries are installed in."""
    return (path for path in sys.path if path.endswith(_LIBRARIES))


def record_file(root: str, request: Request) -> str:
    """Return the file of the record of the output that a request is for."""
    name = f"target-{digest_of(request.target)}" if request.target else "site"
    return f"{root}/{_FOLDER}/{name}"


def digest_of(value: object) -> str:
    """Return what stands for a number or a text, or for many of them."""
    return _digest(repr(value).encode())


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _heard(warnings: list[Any]) -> tuple[Problem, ...]:
    if not warnings:
        return ()
    from cmsite.errors import Problem, Severity
    from cmsite.model import Place

    return tuple(
        Problem(Place(*place), what, hint, code, Severity(severity), excerpt, tuple(editions))
        for place, what, hint, code, severity, excerpt, editions in warnings
    )
