"""Make the files of a site by their recipes: pages rendered, pictures developed, the rest copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cmsite.crew import spread
from cmsite.editions import Prepared, card_press, darkroom, librarian
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.outdated import Stale
from cmsite.shape.outputs import CardRecipe, CopyRecipe, Output
from cmsite.shape.render import render
from cmsite.shape.templates import Templates
from cmsite.write.publish import Made

_AT_ONCE = 32  # files that a process makes before it gives them back


def pictures_in(outputs: Iterable[Output]) -> Iterator[PictureRecipe]:
    """Return how each picture among some outputs is made."""
    return (each.recipe for each in outputs if isinstance(each.recipe, PictureRecipe))


def make_all(root: Path, prepared: Sequence[Prepared], stale: Sequence[Stale], jobs: int) -> Iterator[Made]:
    """Yield every file that is stale, made anew, a few at a time.

    Raises ProblemsFound for the first template that fails.
    """
    templates = {output.path: each.templates for each in prepared for output in each.plan.outputs}

    def attempt(each: Stale) -> Made | tuple[Problem, ...]:
        try:
            return make(root, each.output, templates[each.output.path])
        except ProblemsFound as found:
            return found.problems

    for made in spread(attempt, stale, jobs=jobs, at_once=_AT_ONCE):
        if not isinstance(made, Made):
            raise ProblemsFound(made)
        yield made


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
