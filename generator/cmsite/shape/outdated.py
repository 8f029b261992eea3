"""Say whether an output is out of date, and why: a pure function of an output and a manifest."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from cmsite.model import BuiltOutput, Manifest
from cmsite.shape.outputs import Output


class Built(Struct, frozen=True):
    """What stands published, by path, and the files `missing` or damaged."""

    outputs: Mapping[str, BuiltOutput]
    missing: frozenset[str] = frozenset()

    def standing(self, path: str) -> BuiltOutput | None:
        """Return a file that stands whole, None for one that does not."""
        return None if path in self.missing else self.outputs.get(path)


def what_stands(manifest: Manifest | None, missing: frozenset[str] = frozenset()) -> Built:
    """Return what a manifest tells of the files that stand; nothing stands without one."""
    return Built({output.path: output for output in manifest.outputs} if manifest else {}, missing)


def why_stale(output: Output, built: Built) -> tuple[str, ...]:
    """Return why a file must be made, in the words of `--why`; nothing when what stands is of the same."""
    if output.path not in built.outputs:
        return ("new",)
    if output.path in built.missing:
        return ("the published file was changed or is gone",)
    before = built.outputs[output.path].inputs
    return () if before == output.inputs else _differences(dict(before), dict(output.inputs))


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    names = [*now, *(name for name in before if name not in now)]
    return tuple(f"{name} changed" for name in names if before.get(name) != now.get(name))
