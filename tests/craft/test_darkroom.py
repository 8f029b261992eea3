"""The darkroom makes each picture once, and only of the bytes that the plan was made for."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from cmsite.craft.darkroom import Darkroom
from cmsite.craft.memory import Memory
from cmsite.craft.pictures import picture_maker
from cmsite.digest import digest_bytes
from cmsite.errors import ProblemsFound
from cmsite.model import DrawingRecipe, PictureFormat
from craft.recipes import recipe
from pictures import opened, photo
from site_folder import SiteFolder

WEBP = PictureFormat.WEBP


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path / "site")


@pytest.fixture
def darkroom(folder: SiteFolder) -> Darkroom:
    return Darkroom(folder.root, Memory(folder.root / "memory"))


def names(darkroom: Darkroom) -> list[str]:
    return sorted(file.name for file in darkroom.memory.folder.glob("*"))


def told(darkroom: Darkroom, wanted: DrawingRecipe) -> tuple[str, str]:
    with pytest.raises(ProblemsFound) as found:
        darkroom.make(wanted)
    (problem,) = found.value.problems
    return str(problem.place), problem.what


def test_what_is_developed_is_remembered_and_not_read_again(folder: SiteFolder, darkroom: Darkroom) -> None:
    data = photo()
    folder.write("content/files/x", data)
    wanted = [recipe(data, WEBP, 20), recipe(data)]
    darkroom.develop(wanted)
    folder.delete("content/files/x")
    darkroom.develop(wanted)
    assert [opened(darkroom.make(each)).width for each in wanted] == [20, 40]


def test_two_files_of_the_same_bytes_are_one_picture(folder: SiteFolder, darkroom: Darkroom) -> None:
    data = photo()
    folder.write("content/files/x", data)
    darkroom.develop([recipe(data, WEBP, 20), recipe(data, WEBP, 20, name="y")])
    assert len(names(darkroom)) == 1


def test_a_picture_that_was_not_developed_is_made_when_it_is_needed(
    folder: SiteFolder, darkroom: Darkroom
) -> None:
    data = photo()
    folder.write("content/files/x", data)
    assert opened(darkroom.make(recipe(data, WEBP, 20))).width == 20


def test_what_another_maker_made_is_not_taken_and_is_forgotten(
    folder: SiteFolder, darkroom: Darkroom
) -> None:
    data = photo()
    folder.write("content/files/x", data)
    mine, other = replace(recipe(data), maker=picture_maker()), recipe(data)
    darkroom.develop([mine, other])
    assert len(names(darkroom)) == 2
    darkroom.forget_old([mine.digest])
    assert len(names(darkroom)) == 1
    darkroom.forget_old([])
    assert names(darkroom) == []


def test_a_file_that_changed_in_the_meantime_is_told(folder: SiteFolder, darkroom: Darkroom) -> None:
    folder.write("content/files/x", photo(50, 40))
    with pytest.raises(ProblemsFound) as found:
        darkroom.develop([recipe(photo())])
    (problem,) = found.value.problems
    assert (problem.what, problem.hint) == ("this file was changed while the site was built", "build again")
    assert names(darkroom) == []


def test_a_drawing_that_cannot_be_read_is_told(folder: SiteFolder, darkroom: Darkroom) -> None:
    data = b"<svg><g></svg>"
    folder.write("content/files/x.svg", data)
    place, what = told(darkroom, DrawingRecipe("content/files/x.svg", digest_bytes(data)))
    assert (place, "damaged" in what) == ("content/files/x.svg:1:1", True)
