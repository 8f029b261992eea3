"""Examine what cmsite stands on here, and what another Markdown engine would make of a site."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from cmsite import __version__
from cmsite.errors import Problem, ProblemsFound, UsageError
from cmsite.installed import version
from cmsite.makers import ENGINES
from cmsite.model import Body, Post, Site
from cmsite.read.site import Reading, read_site
from cmsite.shape.engine import MarkupError
from cmsite.shape.markup import convert
from cmsite.shape.personalise import personalise
from cmsite.shape.report.engines import Parting, find_parting
from cmsite.shape.texts import worded

EXTRAS = {
    "cards": ("resvg-py",),
    "commonmark": ("pyromark",),
    "images": ("pillow",),
    "search": ("cbor2", "pagefind"),
    "serve": ("watchfiles",),
}


class Package(Struct, frozen=True):
    """A package that cmsite can use: its version here, "" if it is not installed."""

    name: str
    version: str


class Part(Struct, frozen=True):
    """A Markdown engine or an extra, with the packages it needs."""

    name: str
    packages: tuple[Package, ...]

    @property
    def present(self) -> bool:
        """Whether all that it needs is installed."""
        return all(package.version for package in self.packages)


class Found(Struct, frozen=True):
    """A site's folder, and the site in it: none while its files cannot be read for the `problems`."""

    folder: Path
    site: Site | None
    problems: tuple[Problem, ...]


class Examined(Struct, frozen=True):
    """What cmsite stands on; `found` is None where there is no site."""

    program: str
    python: str
    system: str
    engines: tuple[Part, ...]
    extras: tuple[Part, ...]
    found: Found | None


class Parted(Struct, frozen=True):
    """A post that the engines read differently, in the words of a profile's edition; "" as it is written."""

    post: Post
    path: str
    profile: str
    parting: Parting


class Compared(Struct, frozen=True):
    """How many posts and pages were laid side by side, and those that differ, by path."""

    texts: int
    parted: tuple[Parted, ...]


def examine(folder: Path | None) -> Examined:
    """Return what cmsite stands on here, with the site in `folder`."""
    return Examined(
        program=__version__,
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        system=f"{platform.system()} {platform.machine()}",
        engines=tuple(_part(name, packages) for name, packages in ENGINES.items()),
        extras=tuple(_part(name, packages) for name, packages in EXTRAS.items()),
        found=_found(folder) if folder else None,
    )


def compare_engines(reading: Reading, *, now: datetime) -> Compared:
    """Return the posts and pages of which the two engines make different pages.

    Each is read as the editions word it; one that no edition carries as it is written.
    Raises UsageError while an engine is missing, ProblemsFound for mistakes in bodies.
    """
    missing = next((name for name, packages in ENGINES.items() if not _part(name, packages).present), "")
    if missing:
        what = f"the Markdown engine `{missing}` is not installed here, so there is nothing to compare"
        raise UsageError(what, f"run `pip install 'cmsite[{missing}]'`")
    extensions = reading.site.settings.markdown_extensions
    parted: dict[str, Parted] = {}
    for post, body, text, profile in _texts(reading.site, now):
        path = body.place.path
        if path not in parted and (parting := _compare(post, text, extensions)):
            parted[path] = Parted(post, path, profile, parting)
    texts = sum(1 for _ in reading.site.texts())
    return Compared(texts, tuple(parted[path] for path in sorted(parted)))


def _texts(site: Site, now: datetime) -> Iterator[tuple[Post, Body, str, str]]:
    """Yield every distinct wording of every text once, with the first profile whose edition has it."""
    seen: set[tuple[str, str]] = set()
    for profile in site.profiles:
        for chosen, text in worded(personalise(site, profile, now=now)):
            if (chosen.slug, text) not in seen:
                seen.add((chosen.slug, text))
                yield chosen.post, chosen.wording.body, text, profile.name
    carried = {slug for slug, _ in seen}
    for post in site.texts():
        if post.slug not in carried:
            yield post, post.body, post.body.text, ""


def _compare(post: Post, text: str, extensions: tuple[str, ...]) -> Parting | None:
    made = dict[str, str]()
    for engine in ENGINES:
        taken = extensions if engine == "markdown" else ()
        try:
            made[engine] = convert(text, post.language, post.raw_html, taken, engine).html
        except MarkupError as error:
            made[engine] = f"<p>refused: {error.what}</p>"
    return find_parting(made["markdown"], made["commonmark"])


def _found(folder: Path) -> Found:
    try:
        reading = read_site(folder)
    except ProblemsFound as found:
        return Found(folder, None, found.problems)
    return Found(folder, reading.site, reading.warnings)


def _part(name: str, packages: tuple[str, ...]) -> Part:
    return Part(name, tuple(Package(each, _version(each)) for each in packages))


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return ""
