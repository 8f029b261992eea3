"""Tell of each file that overrides a theme's whether it has kept up with what it overrides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import unified_diff
from enum import StrEnum

from msgspec import Struct

_STAMP = re.compile(r"cmsite: copied from \S+ at ([0-9a-f]{12})")
_BLOCK = re.compile(r"{%[-+]?\s*block\s+(\w+)")
_FILLED = re.compile(r"\{(\w+)\}")


class State(StrEnum):
    """How an override stands to what it overrides."""

    CURRENT = "current"
    BEHIND = "behind"
    UNKNOWN = "unknown"
    ADDED = "added"


class Override(Struct, frozen=True):
    """An override: its path in the site, its state, what is to be said of it, and how it differs."""

    path: str
    state: State
    notes: tuple[str, ...]
    diff: tuple[str, ...]


def judge_copy(path: str, own: str, below: str | None, stamp: str) -> Override:
    """Return how a file that takes the place of another stands; `stamp` is that of the one below today."""
    if below is None:
        return Override(path, State.ADDED, (), ())
    diff = _differences(own, below)
    found = _STAMP.search(own)
    if found is None:
        note = "no mark tells what it was copied from: compare it with what it overrides"
        return Override(path, State.UNKNOWN, (note,), diff)
    if found[1] == stamp:
        return Override(path, State.CURRENT, (), diff)
    note = "the theme's file has changed since it was copied"
    return Override(path, State.BEHIND, (note,), diff)


def judge_blocks(path: str, own: str, known: frozenset[str]) -> Override:
    """Return how a template that extends the one it overrides stands; `known` are the blocks below it."""
    written = _BLOCK.findall(own)
    lost = tuple(f"there is no block `{name}` to fill any more" for name in written if name not in known)
    kept = tuple(f"fills the block `{name}`" for name in written if name in known)
    return Override(path, State.BEHIND if lost else State.CURRENT, (*lost, *kept), ())


def judge_strings(path: str, own: Mapping[str, str], below: Mapping[str, str]) -> Override:
    """Return how a site's words stand to the theme's: each has to be filled with the same values."""
    notes = []
    for key, text in own.items():
        wanted, given = set(_FILLED.findall(below.get(key, text))), set(_FILLED.findall(text))
        if key not in below:
            notes.append(f"`{key}` is no string of the theme")
        elif given - wanted:
            told = ", ".join(f"{{{name}}}" for name in sorted(given - wanted))
            notes.append(f"`{key}` is filled with nothing for {told}")
    return Override(path, State.BEHIND if notes else State.CURRENT, tuple(notes), ())


def _differences(own: str, below: str) -> tuple[str, ...]:
    lines = unified_diff(below.splitlines(), own.splitlines(), "the theme's", "yours", lineterm="", n=1)
    return tuple(lines)
