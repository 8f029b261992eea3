"""Hold what was measured against what we want."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.contenders import Scenario
from benchmarks.race import Result

DEFAULT, COMMONMARK = "cmsite, markdown", "cmsite, commonmark"
BOTH = (DEFAULT, COMMONMARK)


@dataclass(frozen=True, slots=True)
class Goal:
    """A number of cmsite's that is to be at most so much.

    `against` names the contenders of whom the fastest counts; with none, the number is not a ratio of times.
    """

    what: str
    posts: int
    ours: str
    at_most: float
    against: tuple[str, ...] = ()
    scenario: Scenario = Scenario.COLD
    measure: Callable[[Result], float] = lambda result: result.seconds
    of: int = 0  # held against itself, at that many posts, per post
    unit: str = "×"


@dataclass(frozen=True, slots=True)
class Held:
    """A goal with what was measured: `value` is None where something was not run."""

    goal: Goal
    ours: float | None
    theirs: float | None
    value: float | None
    of_cores: float | None = None  # the same ratio for the time of all cores

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.value is None:
            return "not run"
        return "met" if self.value <= self.goal.at_most else "**missed**"


def goals() -> Iterator[Goal]:
    """Yield every goal, in the order of the table."""
    for posts, pelican, hugo in ((1_000, 0.45, 1.0), (10_000, 0.45, 0.85)):
        yield Goal("cold", posts, DEFAULT, pelican, ("Pelican",))
        yield Goal("cold", posts, COMMONMARK, hugo, ("Hugo",))
    for scenario, small, large in ((Scenario.AGAIN, 0.15, 0.03), (Scenario.EDITED, 0.40, 0.12)):
        for posts, limit in ((1_000, small), (10_000, large)):
            yield from (Goal(scenario.value, posts, ours, limit, ("Hugo",), scenario) for ours in BOTH)
    for ours in BOTH:
        yield Goal("profile swapped", 1_000, ours, 0.6, ("Hugo",), Scenario.SWAPPED)
    for ours, limit in ((DEFAULT, 0.55), (COMMONMARK, 0.40)):
        yield Goal("ten profiles, cold", 1_000, ours, limit, ("Hugo", "Hugo, roles"), Scenario.EVERY)
    for posts, limit in ((1_000, 120), (10_000, 350)):
        for ours in BOTH:
            yield Goal("peak memory", posts, ours, limit, measure=lambda result: result.peak, unit="MiB")
    yield from (Goal("cost per post, cold", 10_000, ours, 1.1, of=1_000) for ours in BOTH)


def hold(goal: Goal, results: Sequence[Result]) -> Held:
    """Return a goal with what was measured for it."""
    ours = _find(results, goal.ours, goal.scenario, goal.posts)
    if not goal.of and not goal.against:
        value = None if ours is None else goal.measure(ours)
        return Held(goal, value, None, value)
    if goal.of:
        others = [_find(results, goal.ours, goal.scenario, goal.of)]
    else:
        others = [_find(results, name, goal.scenario, goal.posts) for name in goal.against]
    theirs = min((each for each in others if each), key=goal.measure, default=None)
    if ours is None or theirs is None:
        one = None if ours is None else goal.measure(ours)
        return Held(goal, one, None if theirs is None else goal.measure(theirs), None)
    per_post = theirs.posts / ours.posts
    value = goal.measure(ours) / goal.measure(theirs) * per_post
    return Held(goal, goal.measure(ours), goal.measure(theirs), value, ours.cpu / theirs.cpu * per_post)


def _find(results: Sequence[Result], name: str, scenario: Scenario, posts: int) -> Result | None:
    for result in results:
        if (result.contender, result.scenario, result.posts) == (name, scenario, posts):
            return result
    return None
