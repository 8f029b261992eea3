"""Compare two editions of a site: of two profiles, or of one profile under two masks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from msgspec.structs import replace

from cmsite.converting import Workshop
from cmsite.editions import Request, prepare, workshop
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Point, Profile, Terms
from cmsite.read.site import Reading
from cmsite.shape.report.difference import Difference, Side, differ
from cmsite.shape.report.whatif import WhatIf, what_if
from cmsite.write.publish import working

_EMPTY = "empty-edition"


def compare_profiles(reading: Reading, a: Profile, b: Profile, *, now: datetime) -> Difference:
    """Return what the editions of two profiles show differently.

    Raises ProblemsFound with all that stands in the way of either.
    """
    converter = workshop(reading)
    sides: list[Side] = []
    problems: list[Problem] = []
    for profile in (a, b):
        try:
            sides.append(_side(reading, profile, now, converter))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    return differ(*sides)


def try_mask(reading: Reading, profile: Profile, stated: Mapping[Point, Terms], *, now: datetime) -> WhatIf:
    """Return what a profile's edition would become if its mask stated these terms at these points.

    Raises ProblemsFound as a build of that edition would, for one that has no post.
    """
    converter = workshop(reading)
    mask = replace(profile.mask, **{point.value: terms for point, terms in stated.items()})
    after = _side(reading, replace(profile, mask=mask), now, converter)
    return what_if(_side_today(reading, profile, now, converter), after)


def _side(reading: Reading, profile: Profile, now: datetime, converter: Workshop) -> Side:
    with _holding_memory(reading):
        prepared = prepare(reading, profile, Request(now), converter=converter)
    return Side(prepared.edition, prepared.plan, prepared.templates)


def _holding_memory(reading: Reading) -> AbstractContextManager[object]:
    """Return what keeps builds away while a search index is made in the memory, if the site has one."""
    return working(reading.root) if reading.site.settings.search else nullcontext()


def _side_today(reading: Reading, profile: Profile, now: datetime, converter: Workshop) -> Side | None:
    """Return the profile's edition, None while no post is in it."""
    try:
        return _side(reading, profile, now, converter)
    except ProblemsFound as found:
        if any(problem.code != _EMPTY for problem in found.problems):
            raise
        return None
