"""Write what was measured as a page: the machine, the goals met or missed, every figure, what each does."""

from __future__ import annotations

import os
import platform
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.goals import Held, goals, hold
from benchmarks.race import Refused, Result

_PINNED = Path(__file__).parent / "peers" / "requirements.txt"

_TEXT = Path(__file__).parent / "page.md"


def page(results: Sequence[Result], refused: Sequence[Refused], load: float) -> str:
    """Return the whole page."""
    text = _TEXT.read_text(encoding="utf-8")
    return text.replace("FIGURES\n", tables(results, refused, load))


def tables(results: Sequence[Result], refused: Sequence[Refused], load: float) -> str:
    """Return the figures alone: where they were measured, the goals, and everything."""
    held = [hold(goal, results) for goal in goals()]
    unable = {each.contender for each in refused}
    parts = ["## Where", "", *_where(load), ""]
    parts += [f"{each.contender} did not run here: `{each.said.splitlines()[0]}`\n" for each in refused]
    parts += ["## Goals", "", *_table(_GOAL_HEAD, (_goal_cells(each, unable) for each in held)), ""]
    parts += ["## Everything measured", "", *_table(_RESULT_HEAD, map(_result_cells, results)), ""]
    return "\n".join(parts)


def machine(load: float) -> str:
    """Return the machine in a line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = f"load {load:.1f} at the beginning"
    return f"{cores} cores of {_processor()}, {memory:.0f} GiB, {platform.system()}, {busy}"


def _where(load: float) -> Iterator[str]:
    yield f"- Machine: {machine(load)}"
    used = " · ".join(
        line.replace("==", " ") for line in _PINNED.read_text(encoding="utf-8").splitlines()[:2]
    )
    yield f"- Versions: cmsite {version('cmsite')} · {used} · Python {platform.python_version()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "an unknown processor")


_GOAL_HEAD = ("what", "posts", "program", "it took", "against", "took", "result", "of cores", "goal", "")
_RESULT_HEAD = (
    "what",
    "posts",
    "program",
    "median",
    "least to most",
    "cores busy",
    "memory",
    "pages",
    "files",
    "written",
)


def _goal_cells(held: Held, unable: Collection[str]) -> tuple[str, ...]:
    goal = held.goal
    unit = " MiB" if goal.unit == "MiB" else " s"
    against = f"itself, {goal.of:,} posts" if goal.of else " or ".join(goal.against)
    digits = 0 if goal.unit == "MiB" else 2
    result = "" if held.value is None else f"{held.value:.{digits}f} {goal.unit}"
    return (
        goal.what, f"{goal.posts:,}", goal.ours, _figure(held.ours, unit), against,
        _figure(held.theirs, unit), result, _figure(held.of_cores, " ×"), f"≤ {goal.at_most:g} {goal.unit}",
        "refused by this cmsite" if goal.ours in unable else held.verdict,
    )  # fmt: skip


def _result_cells(result: Result) -> tuple[str, ...]:
    times = [run.seconds for run in result.runs]
    written = result.written
    return (
        result.scenario.value, f"{result.posts:,}", result.contender, _figure(result.seconds, " s"),
        f"{min(times):.2f} to {max(times):.2f}", _figure(result.cpu, " s"), f"{result.peak:.0f} MiB",
        f"{written.pages:,}", f"{written.files:,}", f"{written.size / 1e6:.0f} MB",
    )  # fmt: skip


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.0f}{unit}" if unit == " MiB" else f"{value:.2f}{unit}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a table, its columns as wide as their widest cell."""
    cells = [head, *rows]
    widths = [max(3, *(len(row[at]) for row in cells)) for at in range(len(head))]
    for number, row in enumerate(cells):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
