"""Say where a build of cmsite spends its time: by room and library, and by function."""

from __future__ import annotations

import pstats
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOMS = {f"cmsite {room}" for room in ("read", "shape", "craft", "write", "model", "digest")}
_WORTH_TELLING = 0.005
_Callers = Mapping[tuple[str, int, str], tuple[int, int, float, float]]


@dataclass(frozen=True, slots=True)
class Cost:
    """A function: its own seconds, and those with all that it calls."""

    file: str
    name: str
    calls: int
    own: float
    whole: float
    places: tuple[tuple[str, float], ...]  # what its own seconds were spent for

    @property
    def short_file(self) -> str:
        """The end of the file's path, "" for what is built in."""
        return "" if self.file == "~" else "/".join(self.file.split("/")[-2:])


def measure_costs(site: Path, words: Sequence[str]) -> tuple[Cost, ...]:
    """Build a site under the profiler, in one process, and return what each function cost."""
    stats = site.with_suffix(".stats")
    command = [
        sys.executable,
        "-m",
        "cProfile",
        "-o",
        str(stats),
        "-m",
        "cmsite",
        "build",
        "--jobs=1",
        *words,
    ]
    subprocess.run(command, cwd=site, check=True)
    measured = vars(pstats.Stats(str(stats)))["stats"]
    return tuple(
        Cost(file, f"{name}:{line}" if line else name, calls, own, whole, _places(file, own, callers))
        for (file, line, name), (_, calls, own, whole, callers) in measured.items()
    )


def told_costs(costs: Sequence[Cost], lines: int) -> Iterator[str]:
    """Yield three tables: own time by place, cmsite's functions with all they call, functions by own time."""
    total = sum(cost.own for cost in costs)
    places: dict[str, float] = {}
    for place, own in (each for cost in costs for each in cost.places):
        places[place] = places.get(place, 0) + own
    ours = [cost for cost in costs if _place(cost.file) in _ROOMS]
    yield f"{total:.1f} s under the profiler, which makes small functions look dearer than they are"
    yield "\nshare   own time, by room of cmsite and by library"
    for place, own in sorted(places.items(), key=lambda item: -item[1]):
        if own / total < _WORTH_TELLING:
            break
        yield f"{own / total:6.1%}  {place}"
    yield "\nshare       calls  function of cmsite, with all that it calls"
    for cost in sorted(ours, key=lambda one: -one.whole)[:lines]:
        yield f"{cost.whole / total:6.1%}{cost.calls:11,}  {cost.name}  {cost.short_file}"
    yield "\nshare       calls  function, by itself"
    for cost in sorted(costs, key=lambda one: -one.own)[:lines]:
        yield f"{cost.own / total:6.1%}{cost.calls:11,}  {cost.name}  {cost.short_file}"


def _places(file: str, own: float, callers: _Callers) -> tuple[tuple[str, float], ...]:
    """Return where a function's own seconds belong: what Python does belongs to those who asked for it."""
    if _place(file) != "Python" or not callers:
        return ((_place(file), own),)
    return tuple((_place(caller), each) for (caller, _, _), (_, _, each, _) in callers.items())


def _place(file: str) -> str:
    """Return a room of cmsite, a library, or Python."""
    _, ours, below = file.rpartition("/generator/cmsite/")
    if ours:
        return f"cmsite {below.partition('/')[0].removesuffix('.py')}"
    _, library, below = file.rpartition("/site-packages/")
    if library:
        return below.partition("/")[0].removesuffix(".py")
    return "templates" if file.endswith(".html") else "Python"
