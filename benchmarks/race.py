"""Run the contenders in turn, and note how long each took and how much memory it held."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.contenders import Command, Contender, Scenario
from benchmarks.corpus import slug_of

_TRIAL = 5  # posts
_ASIDE = "aside"  # the folder, beside those of the contenders, of what they have to make anew

Tell = Callable[[str], None]


class Failed(Exception):
    """A program did not end as it should; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a whole process: seconds by the clock and of all cores, KiB of its largest process."""

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the output after a build."""

    pages: int
    files: int
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of a contender in a scenario, and what the last one left in the output."""

    contender: str
    scenario: Scenario
    posts: int
    runs: tuple[Run, ...]
    written: Written

    @property
    def seconds(self) -> float:
        """The median of the times."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the seconds that cores were busy: steadier on a machine with other work."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The most memory that a process held in any run, in MiB."""
        return max(run.peak for run in self.runs) / 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """A contender that could not build even a small site, and what it said."""

    contender: str
    said: str


@dataclass(frozen=True, slots=True)
class _Lane:
    """A contender with its site."""

    contender: Contender
    folder: Path


def try_out(contenders: Sequence[Contender], folder: Path) -> Iterator[Refused]:
    """Build a small site with each, so that all have been started once; yield those that will not."""
    for contender in contenders:
        lane = _lane(contender, folder, _TRIAL)
        for command in next(iter(contender.commands.values())):
            try:
                run(command, lane.folder)
            except Failed as failed:
                yield Refused(contender.name, str(failed))


def race(
    contenders: Sequence[Contender],
    scenarios: Sequence[Scenario],
    posts: int,
    rounds: int,
    folder: Path,
    tell: Tell,
) -> Iterator[Result]:
    """Yield a result for each contender and scenario at one size.

    All contenders run a scenario one after the other before the next scenario begins, round after round, so
    that a busy minute of the machine falls on all of them.
    """
    tell(f"writing {posts} posts")
    lanes = [_lane(contender, folder / str(posts), posts) for contender in contenders]
    runs: dict[tuple[Scenario, str], list[Run]] = {}
    written: dict[tuple[Scenario, str], Written] = {}
    for turn in range(rounds):
        for scenario in scenarios:
            for lane in lanes:
                if scenario not in lane.contender.commands:
                    continue
                key = (scenario, lane.contender.name)
                runs.setdefault(key, []).append(took := _measure(lane, scenario, turn))
                written[key] = _count(lane.folder / lane.contender.output)
                said = f"{took.seconds:8.2f} s  cpu {took.cpu:8.2f} s  {took.peak // 1024:5} MiB"
                tell(f"{posts:6}  {turn + 1}/{rounds}  {scenario.value:34}{lane.contender.name:20}{said}")
    for (scenario, name), each in runs.items():
        yield Result(name, scenario, posts, tuple(each), written[scenario, name])
    shutil.rmtree(folder / str(posts))


def run(command: Command, folder: Path) -> Run:
    """Run a command in a folder to its end. Raises Failed with the end of what it said.

    The kernel tells the memory of the largest among the process and those it waited for; what this process
    itself holds is the least it can tell, so that nothing large may be kept here.
    """
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as said:
        os.sync()
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, env=_around())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(log.read_text(encoding="utf-8", errors="replace")[-2000:].strip() or "without a word")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def _around() -> dict[str, str]:
    """Return the environment of a program: Python keeps what it compiled, as where a user installed one."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _lane(contender: Contender, folder: Path, posts: int) -> _Lane:
    own = folder / contender.name.replace(", ", "-").lower()
    shutil.rmtree(own, ignore_errors=True)
    contender.write(own, posts)
    return _Lane(contender, own)


def _measure(lane: _Lane, scenario: Scenario, turn: int) -> Run:
    """Run what a scenario takes; of several commands, the sum of the times and the largest memory."""
    contender = lane.contender
    for name in contender.forgotten.get(scenario, ()):
        _set_aside(lane.folder / name)
    if before := contender.before.get(scenario):
        run(before, lane.folder)
    if scenario is Scenario.EDITED:
        _edit(lane.folder / contender.source(slug_of(2)), turn)
    runs = [run(command, lane.folder) for command in contender.commands[scenario]]
    seconds, cpu = sum(each.seconds for each in runs), sum(each.cpu for each in runs)
    return Run(seconds, cpu, max(each.peak for each in runs))


def _set_aside(folder: Path) -> None:
    """Take a folder out of the way; it is deleted when all is measured.

    For half a minute after many files are deleted, ext4 is several times slower to make new ones, and
    nobody deletes a site a moment before each build.
    """
    if folder.exists():
        aside = folder.parents[1] / _ASIDE
        aside.mkdir(exist_ok=True)
        folder.rename(aside / str(sum(1 for _ in aside.iterdir())))


def _edit(source: Path, turn: int) -> None:
    """Add a sentence to a post that every profile takes."""
    with source.open("a", encoding="utf-8") as file:
        file.write(f"\nRelu pour la {turn + 2}e fois.\n")


def _count(output: Path) -> Written:
    sizes = [(path.suffix, path.stat().st_size) for path in output.rglob("*") if path.is_file()]
    pages = sum(suffix == ".html" for suffix, _ in sizes)
    return Written(pages, len(sizes), sum(size for _, size in sizes))
