"""Name what is asked of a build, without importing anything that is needed to do it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Request(Struct, frozen=True):
    """What is asked of a build. `now` decides what is published; `profile` "" is the lead one.

    `target` is the slug of an organisation: its edition is built into private/; `every` builds each public
    profile, the lead at the root. `jobs` limits the processes that work; 0 lets each processor have one.
    """

    now: datetime
    profile: str = ""
    target: str = ""
    every: bool = False
    base_url: str = ""
    strict: bool = False
    verify: bool = False
    clean: bool = False
    adopt: bool = False
    jobs: int = 0
