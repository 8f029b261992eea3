"""Make the files of a site by their recipes: pages rendered, pictures developed, the rest copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from cmsite.crew import spread
from cmsite.editions import Prepared, card_press, darkroom, librarian
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import BuiltOutput, DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.outdated import Built, why_stale
from cmsite.shape.outputs import CardRecipe, CopyRecipe, Output, Planned
from cmsite.shape.render import render
from cmsite.shape.templates import Templates
from cmsite.write.publish import Made, Stage

_AT_ONCE = 32  # files that a process makes before it gives them back
_LOOKED_AT = 1_000  # the same where most are current, and are only looked at
_SAMPLE = 16  # files that tell whether most are


class Judged(Struct, frozen=True):
    """What has become of a planned file: made anew, for some reasons, or none of both when it is current."""

    path: str
    made: BuiltOutput | None = None
    reasons: tuple[str, ...] = ()


def pictures_in(outputs: Iterable[Output]) -> Iterator[PictureRecipe]:
    """Return how each picture among some outputs is made."""
    return (each.recipe for each in outputs if isinstance(each.recipe, PictureRecipe))


def stale_pictures(planned: Iterable[Planned], built: Built) -> Iterator[PictureRecipe]:
    """Return how each picture is made that is not current."""
    pictures = (each.output() for each in planned if each.kind is PictureRecipe)
    return pictures_in(output for output in pictures if why_stale(output, built))


def make_all(
    root: Path, prepared: Sequence[Prepared], built: Built, stage: Stage, *, jobs: int
) -> Iterator[Judged]:
    """Yield every file of some editions: made anew, and staged, where what stands is not current.

    Whichever process makes a file stages it too. Raises ProblemsFound for the first template that fails.
    """
    work = [(planned, each.templates) for each in prepared for planned in each.plan.planned]

    def attempt(each: tuple[Planned, Templates]) -> Judged | tuple[Problem, ...]:
        planned, templates = each
        try:
            output = planned.output()
            reasons = why_stale(output, built)
            made = stage(make(root, output, templates)) if reasons else None
            return Judged(planned.path, made, reasons)
        except ProblemsFound as found:
            return found.problems

    at_once = _LOOKED_AT if _mostly_current([planned for planned, _ in work], built) else _AT_ONCE
    for judged in spread(attempt, work, jobs=jobs, at_once=at_once):
        if not isinstance(judged, Judged):
            raise ProblemsFound(judged)
        yield judged


def _mostly_current(planned: Sequence[Planned], built: Built) -> bool:
    """Return whether most of a sample of the files is current: then more are looked at than made."""
    sample = planned[:: max(1, len(planned) // _SAMPLE)] if built.inputs else ()
    stale = sum(1 for each in sample if why_stale(each.output(), built))
    return stale * 2 < len(sample)


def make(root: Path, output: Output, templates: Templates) -> Made:
    """Return a file of the site: its bytes, or the file to copy."""
    recipe = output.recipe
    if isinstance(recipe, CopyRecipe):
        return Made(output.path, output.inputs, copy_of=root / recipe.source)
    if isinstance(recipe, SearchRecipe):
        return Made(output.path, output.inputs, data=librarian(root).read(recipe))
    if isinstance(recipe, PictureRecipe | DrawingRecipe):
        return Made(output.path, output.inputs, data=darkroom(root).make(recipe))
    if isinstance(recipe, CardRecipe):
        return Made(output.path, output.inputs, data=card_press(root).draw(templates.card(recipe.view)))
    return Made(output.path, output.inputs, data=render(output, templates))
