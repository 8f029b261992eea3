"""Develop an edition's pictures: each once, several at a time, and tell together all that cannot be read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from cmsite.craft.memory import Memory
from cmsite.craft.pictures import UnreadablePicture, look_at, make_pictures, picture_maker
from cmsite.digest import digest, digest_bytes
from cmsite.errors import Problem, ProblemsFound
from cmsite.guarded_xml import RefusedXml
from cmsite.model import DrawingRecipe, PictureRecipe, Place

_HANDS = 4  # pictures in work at once, at most: a large one takes hundreds of megabytes


class Darkroom(Struct, frozen=True):
    """Makes the pictures of the site in `root`, and remembers those it has made."""

    root: Path
    memory: Memory

    def develop(self, recipes: Iterable[PictureRecipe]) -> None:
        """Make and remember every picture that is not remembered yet.

        Raises ProblemsFound with all that cannot be read.
        """
        _together(self._develop, _by_source(each for each in recipes if self._recall(each) is None))

    def check(self, recipes: Iterable[PictureRecipe]) -> None:
        """Raise ProblemsFound with every picture that cannot be read; nothing is made or kept."""
        unknown = (each for each in recipes if not self.memory.holds(_name(each)))
        _together(self._look_at, _by_source(unknown))

    def make(self, recipe: PictureRecipe | DrawingRecipe) -> bytes:
        """Return the bytes of a picture or a drawing. Raises ProblemsFound when it cannot be read."""
        if isinstance(recipe, DrawingRecipe):
            return self._draw(recipe)
        made = self._recall(recipe)
        return self._develop((recipe,))[0] if made is None else made

    def forget_old(self, sources: Iterable[str]) -> None:
        """Forget all pictures but those that today's maker made of sources with one of these digests."""
        kept = {_source_name(source, picture_maker()) for source in sources}
        self.memory.forget(but=lambda name: name.rpartition("-")[0] in kept)

    def _recall(self, recipe: PictureRecipe) -> bytes | None:
        return self.memory.recall(_name(recipe))

    def _develop(self, recipes: tuple[PictureRecipe, ...]) -> tuple[bytes, ...]:
        data = self._load(recipes[0])
        try:
            made = make_pictures(data, recipes)
        except UnreadablePicture as error:
            raise ProblemsFound([_unreadable(recipes[0])]) from error
        for recipe, picture in zip(recipes, made, strict=True):
            self.memory.keep(_name(recipe), picture)
        return made

    def _look_at(self, recipes: tuple[PictureRecipe, ...]) -> None:
        data = self._load(recipes[0])
        try:
            look_at(data, recipes[0].picture)
        except UnreadablePicture as error:
            raise ProblemsFound([_unreadable(recipes[0])]) from error

    def _draw(self, recipe: DrawingRecipe) -> bytes:
        from cmsite.craft.drawings import clean_drawing

        data = self._load(recipe)
        try:
            return clean_drawing(data)
        except RefusedXml as error:
            raise ProblemsFound([_unreadable(recipe)]) from error

    def _load(self, recipe: PictureRecipe | DrawingRecipe) -> bytes:
        """Return the source's bytes: those that the plan was made for, and no others."""
        data = (self.root / recipe.source).read_bytes()
        if digest_bytes(data) != recipe.digest:
            what, hint = "this file was changed while the site was built", "build again"
            raise ProblemsFound([Problem(Place(recipe.source), what, hint, "broken-image")])
        return data


def _together(
    work: Callable[[tuple[PictureRecipe, ...]], object], jobs: Iterable[tuple[PictureRecipe, ...]]
) -> None:
    """Do some work for many sources at once. Raises ProblemsFound with the problems of all of them."""
    waiting = tuple(jobs)
    if not waiting:
        return
    from concurrent.futures import ThreadPoolExecutor

    def attempt(recipes: tuple[PictureRecipe, ...]) -> tuple[Problem, ...]:
        try:
            work(recipes)
        except ProblemsFound as found:
            return found.problems
        return ()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on oddities of files that it reads all the same
        with ThreadPoolExecutor(min(_HANDS, os.cpu_count() or 1)) as hands:
            problems = [problem for told in hands.map(attempt, waiting) for problem in told]
    if problems:
        raise ProblemsFound(problems)


def _by_source(recipes: Iterable[PictureRecipe]) -> Iterable[tuple[PictureRecipe, ...]]:
    """Return the recipes without repetition, those of one source together, so that it is decoded once."""
    found: dict[str, dict[str, PictureRecipe]] = {}
    for recipe in recipes:
        found.setdefault(recipe.digest, {}).setdefault(_name(recipe), recipe)
    return [tuple(group.values()) for group in found.values()]


def _name(recipe: PictureRecipe) -> str:
    """Return the name a picture is remembered by: its source, its maker, and what is made of it."""
    wanted = tuple(getattr(recipe, name) for name in recipe.__struct_fields__ if name != "source")
    return f"{_source_name(recipe.digest, recipe.maker)}-{digest(wanted)}"


def _source_name(source: str, maker: str) -> str:
    return f"{source}-{digest(maker)[:8]}"


def _unreadable(recipe: PictureRecipe | DrawingRecipe) -> Problem:
    what = "this picture is damaged: its beginning is right, but not all of it can be read"
    hint = "open it in a picture program and save it anew, or copy it again from where it came"
    return Problem(Place(recipe.source), what, hint, "broken-image")
