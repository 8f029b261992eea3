"""Say which outputs are out of date, and why: a pure function of a plan and a manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cmsite.model import Manifest
from cmsite.shape.outputs import Output, Plan


@dataclass(frozen=True, slots=True)
class Stale:
    """An output to make, with the reasons in the words of `--why`."""

    output: Output
    reasons: tuple[str, ...]


def find_stale(plan: Plan, built: Manifest | None, missing: frozenset[str] = frozenset()) -> Iterator[Stale]:
    """Yield the outputs whose inputs differ from the manifest's, or whose file is `missing` or damaged."""
    known = {output.path: dict(output.inputs) for output in built.outputs} if built else {}
    for output in plan.outputs:
        if output.path not in known:
            yield Stale(output, ("new",))
        elif output.path in missing:
            yield Stale(output, ("the published file was changed or is gone",))
        elif reasons := _differences(known[output.path], dict(output.inputs)):
            yield Stale(output, reasons)


def _differences(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    names = [*now, *(name for name in before if name not in now)]
    return tuple(f"{name} changed" for name in names if before.get(name) != now.get(name))
