"""Name what the program leaves behind at a terminal: its exit code and what it said on the two outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind: its exit code and what it said on the two outputs."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Said]
