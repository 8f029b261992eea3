"""Say how each program is installed, given the posts, and run in each scenario."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path

from benchmarks import sites
from benchmarks.corpus import READERS

ROOT = Path(__file__).parents[1]
BENCH = ROOT / ".bench"
_VENV = BENCH / "peers"
_PINNED = Path(__file__).parent / "peers" / "requirements.txt"
_HUGO_MADE = ("public", "resources", ".cache")
OTHER = "sport"  # the profile that is swapped in

Command = tuple[str, ...]


class Scenario(Enum):
    """What is asked of the programs, each after the one above it."""

    COLD = "cold: no output, no cache"
    AGAIN = "nothing changed"
    EDITED = "one body edited"
    SWAPPED = "profile swapped, its texts known"
    EVERY = "ten profiles, cold"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program in one way of using it; a scenario that it has no commands for is not run.

    `forgotten` are the folders that a scenario must not find; `before` is run, unmeasured, ahead of one.
    """

    name: str
    write: Callable[[Path, int], None]
    source: Callable[[str], str]
    commands: Mapping[Scenario, tuple[Command, ...]]
    output: str = "public"
    forgotten: Mapping[Scenario, tuple[str, ...]] = field(default_factory=dict)
    before: Mapping[Scenario, Command] = field(default_factory=dict)


def install_peers() -> None:
    """Install Hugo and Pelican, at the versions pinned, into a virtual environment of their own."""
    ready = _VENV / "ready"
    if ready.exists() and ready.read_bytes() == _PINNED.read_bytes():
        return
    shutil.rmtree(_VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", _VENV], check=True)
    pip = [str(_VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(_PINNED)], check=True)
    ready.write_bytes(_PINNED.read_bytes())


def contenders() -> tuple[Contender, ...]:
    """Return everybody, in the order in which they run."""
    alike = (cmsite("markdown"), cmsite("commonmark"), hugo(), hugo_in_one(), pelican())
    return (*alike, cmsite("markdown", "carnet"), cmsite("commonmark", "carnet"))


def cmsite(engine: str, theme: str = sites.SMALL) -> Contender:
    """Return cmsite with one of its Markdown engines, in the small theme that all wear, or in another."""
    build = (*cmsite_words(), "build", "--quiet")
    return Contender(
        f"cmsite, {engine}" if theme == sites.SMALL else f"cmsite, {engine}, {theme}",
        partial(sites.write_cmsite, engine=engine, theme=theme),
        sites.cmsite_source,
        {
            Scenario.COLD: (build,),
            Scenario.AGAIN: (build,),
            Scenario.EDITED: (build,),
            Scenario.SWAPPED: ((*build, "-p", OTHER),),
            Scenario.EVERY: ((*build, "--all"),),
        },
        forgotten=_before_cold("public", ".cmsite"),
    )


def hugo() -> Contender:
    """Return Hugo; for ten profiles it runs ten times, each time over the posts of one."""
    build = (_hugo_binary(), "build")
    other = (*build, "--contentDir", sites.hugo_content(OTHER))
    every = tuple(
        (*build, "--contentDir", sites.hugo_content(reader.name), "--destination", f"public/{reader.name}")
        for reader in READERS
    )
    return Contender(
        "Hugo",
        sites.write_hugo,
        sites.hugo_source,
        {
            Scenario.COLD: (build,),
            Scenario.AGAIN: (build,),
            Scenario.EDITED: (build,),
            Scenario.SWAPPED: (other,),
            Scenario.EVERY: every,
        },
        forgotten={
            **_before_cold(*_HUGO_MADE),
            Scenario.SWAPPED: ("public",),  # it would leave the other profile's pages there
        },
    )


def hugo_in_one() -> Contender:
    """Return Hugo with a role for each profile, all built in one run."""
    build = (_hugo_binary(), "build", "--config", "hugo.toml,roles.toml")
    return Contender(
        "Hugo, roles",
        sites.write_hugo,
        sites.hugo_source,
        {Scenario.EVERY: (build,)},
        forgotten=_before_cold(*_HUGO_MADE),
    )


def pelican() -> Contender:
    """Return Pelican; it keeps what it read in a cache when it is run again, as its manual advises."""
    build = (str(_VENV / "bin" / "pelican"), "--quiet")
    cached = (*build, "--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true")
    return Contender(
        "Pelican",
        sites.write_pelican,
        sites.pelican_source,
        {Scenario.COLD: (build,), Scenario.AGAIN: (cached,), Scenario.EDITED: (cached,)},
        output="output",
        before={Scenario.AGAIN: cached},
        forgotten=_before_cold("output", "cache"),
    )


def _before_cold(*folders: str) -> dict[Scenario, tuple[str, ...]]:
    return {Scenario.COLD: folders, Scenario.EVERY: folders}


def cmsite_words() -> Command:
    """Return the words that start cmsite: its installed script, or else the module."""
    script = Path(sys.executable).with_name("cmsite")
    return (str(script),) if script.exists() else (sys.executable, "-m", "cmsite")


def _hugo_binary() -> str:
    """Return the program itself: the script that the package installs would start Python first."""
    found = sorted(_VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else "hugo"
