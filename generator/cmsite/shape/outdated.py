"""Say whether an output is out of date, and why: a pure function of an output and a manifest."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from cmsite.model import Manifest
from cmsite.shape.outputs import Output

Inputs = Mapping[str, str]


class Built(Struct, frozen=True):
    """What stands published: what each file was made of, by path, and the files `missing` or damaged."""

    inputs: Mapping[str, Inputs]
    missing: frozenset[str] = frozenset()


def what_stands(manifest: Manifest | None, missing: frozenset[str] = frozenset()) -> Built:
    """Return what a manifest tells of the files that stand; nothing stands without one."""
    outputs = manifest.outputs if manifest else ()
    return Built({output.path: dict(output.inputs) for output in outputs}, missing)


def why_stale(output: Output, built: Built) -> tuple[str, ...]:
    """Return why a file must be made, in the words of `--why`; nothing when what stands is of the same."""
    if output.path not in built.inputs:
        return ("new",)
    if output.path in built.missing:
        return ("the published file was changed or is gone",)
    return _differences(built.inputs[output.path], dict(output.inputs))


def _differences(before: Inputs, now: Inputs) -> tuple[str, ...]:
    names = [*now, *(name for name in before if name not in now)]
    return tuple(f"{name} changed" for name in names if before.get(name) != now.get(name))
