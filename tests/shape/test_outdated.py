"""What an output and a manifest say must be made anew, and why."""

from __future__ import annotations

from cmsite.model import BuiltOutput, Manifest
from cmsite.shape.outdated import what_stands, why_stale
from cmsite.shape.outputs import BytesRecipe, Output

Plan = tuple[Output, ...]


def plan(**outputs: dict[str, str]) -> Plan:
    return tuple(Output(path, BytesRecipe(b""), tuple(inputs.items())) for path, inputs in outputs.items())


def built(**outputs: dict[str, str]) -> Manifest:
    made = tuple(BuiltOutput(path, tuple(inputs.items()), 0, "") for path, inputs in outputs.items())
    return Manifest("site", "edition", "", made)


def reasons(wanted: Plan, known: Manifest | None, *missing: str) -> dict[str, tuple[str, ...]]:
    told = what_stands(known, frozenset(missing))
    return {output.path: found for output in wanted if (found := why_stale(output, told))}


def test_without_a_manifest_everything_is_new() -> None:
    assert reasons(plan(a={"x": "1"}, b={}), None) == {"a": ("new",), "b": ("new",)}


def test_equal_inputs_are_current() -> None:
    assert reasons(plan(a={"x": "1", "y": "2"}), built(a={"x": "1", "y": "2"})) == {}


def test_the_order_of_inputs_means_nothing() -> None:
    assert reasons(plan(a={"x": "1", "y": "2"}), built(a={"y": "2", "x": "1"})) == {}


def test_the_names_of_what_differs_are_the_reasons() -> None:
    wanted, known = (
        plan(a={"post": "2", "site": "1", "template": "9"}),
        built(a={"post": "1", "site": "1", "template": "8"}),
    )
    assert reasons(wanted, known) == {"a": ("post changed", "template changed")}


def test_an_input_that_came_or_went_is_a_reason() -> None:
    assert reasons(plan(a={"x": "1", "new": "1"}), built(a={"x": "1", "old": "1"})) == {
        "a": ("new changed", "old changed")
    }


def test_a_file_that_is_gone_or_damaged_is_made_again() -> None:
    found = reasons(plan(a={"x": "1"}, b={"x": "1"}), built(a={"x": "1"}, b={"x": "1"}), "a")
    assert found == {"a": ("the published file was changed or is gone",)}
