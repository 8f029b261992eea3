"""Make the files of a site by their recipes: pages rendered, pictures developed, the rest copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from cmsite.crew import spread
from cmsite.editions import Prepared, card_press, darkroom, librarian
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import BuiltOutput, DrawingRecipe, PictureRecipe, SearchRecipe
from cmsite.shape.basis import Basis, FileBasis, Unmoved, numbered
from cmsite.shape.outdated import Built, why_stale
from cmsite.shape.outputs import CardRecipe, CopyRecipe, Output, PageRecipe, Planned
from cmsite.shape.render import render
from cmsite.shape.templates import Templates
from cmsite.write.publish import Made, Stage

_AT_ONCE = 32  # files that a process makes before it gives them back
_LOOKED_AT = 1_000  # the same where there are more and most are current, and are only looked at
_SAMPLE = 16  # files that tell whether most are


class Judged(Struct, frozen=True):
    """What has become of a planned file: it is as `built`, made anew for some `reasons`, or kept for none.

    `basis` is what it was composed of, None for a file that is not composed; `looked_at` whether it was put
    together to find that out.
    """

    built: BuiltOutput
    reasons: tuple[str, ...] = ()
    basis: FileBasis | None = None
    looked_at: bool = True

    @property
    def path(self) -> str:
        """Where it stands in the output."""
        return self.built.path


class _Work(Struct, frozen=True):
    """A file that has to be looked at, and the edition it stands in, by number."""

    planned: Planned
    edition: int


def pictures_in(outputs: Iterable[Output]) -> Iterator[PictureRecipe]:
    """Return how each picture among some outputs is made."""
    return (each.recipe for each in outputs if isinstance(each.recipe, PictureRecipe))


def stale_pictures(planned: Iterable[Planned], built: Built) -> Iterator[PictureRecipe]:
    """Return how each picture is made that is not current."""
    pictures = (each.output() for each in planned if each.kind is PictureRecipe)
    return pictures_in(output for output in pictures if why_stale(output, built))


def make_all(
    root: Path, prepared: Sequence[Prepared], built: Built, basis: Basis, stage: Stage, *, jobs: int
) -> Iterator[Judged]:
    """Yield every file of some editions: made anew, and staged, where what stands is not current.

    Of what `basis` tells to be composed of the same as it was, nothing is put together. Whichever process
    makes a file stages it too. Raises ProblemsFound for the first template that fails.
    """
    work: list[_Work] = []
    for number, each in enumerate(prepared):
        unmoved = Unmoved(basis, each.basis)
        for planned in each.plan.planned:
            standing = built.standing(planned.path) if planned.tie is not None else None
            known = unmoved.would_be(planned.path, planned.tie or "") if standing else None
            if standing and known:
                yield Judged(standing, (), FileBasis(number, known.tie, known.asked), looked_at=False)
            else:
                work.append(_Work(planned, number))
    for each in prepared if any(each.planned.kind is PageRecipe for each in work) else ():
        each.templates.take_in()
    numbers = [{slug: at for at, slug in enumerate(each.texts.gists)} for each in prepared]

    def attempt(each: _Work) -> Judged | tuple[Problem, ...]:
        planned, edition = each.planned, prepared[each.edition]
        asked = edition.texts.asked
        asked.clear()
        try:
            output = planned.output()
            told = None
            if planned.tie is not None:
                told = FileBasis(each.edition, planned.tie, numbered(asked, numbers[each.edition]))
            reasons = why_stale(output, built)
            if not reasons:
                return Judged(built.outputs[planned.path], (), told)
            return Judged(stage(make(root, output, edition.templates)), reasons, told)
        except ProblemsFound as found:
            return found.problems

    looked_at = len(work) > _LOOKED_AT and _mostly_current([each.planned for each in work], built)
    at_once = _LOOKED_AT if looked_at else _AT_ONCE
    for judged in spread(attempt, work, jobs=jobs, at_once=at_once):
        if not isinstance(judged, Judged):
            raise ProblemsFound(judged)
        yield judged


def _mostly_current(planned: Sequence[Planned], built: Built) -> bool:
    """Return whether most of a sample of the files is current: then more are looked at than made."""
    sample = planned[:: max(1, len(planned) // _SAMPLE)] if built.outputs else ()
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
