"""A build by several processes gives the site that one process gives, and one of them lost takes nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cmsite.errors import MachineError
from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="files are made where they are planned")


def many_posts(folder: Path) -> SiteFolder:
    site = wear_tiny_theme(SiteFolder(folder).started())
    for number in range(80):
        site.post(f"texte-{number}", f"tags: [t{number % 7}]", body=f"Le texte {number}.\n\n## Une partie")
    return site


@pytest.fixture
def many(tmp_path: Path) -> SiteFolder:
    return many_posts(tmp_path / "many")


def test_the_number_of_processes_shows_in_nothing(many: SiteFolder, tmp_path: Path) -> None:
    alone = many_posts(tmp_path / "alone")
    first, told = alone.build(jobs=1), many.build(jobs=3)
    assert many.outputs() == alone.outputs()
    assert (told.rendered, told.stale) == (first.rendered, first.stale)
    for site, jobs in ((alone, 1), (many, 3)):
        site.post("texte-7", "tags: [neuf]", body="Un texte revu.").delete("content/posts/texte-9.md")
        told, first = site.build(jobs=jobs), told
    assert many.outputs() == alone.outputs()
    assert (told.rendered, told.kept, told.removed, told.stale) == (
        first.rendered, first.kept, first.removed, first.stale,
    )  # fmt: skip
    assert 0 < told.rendered < told.kept


@pytest.mark.parametrize("files", [1, 12, 40])
def test_a_process_that_is_lost_while_it_writes_leaves_the_old_site(many: SiteFolder, files: int) -> None:
    many.build(jobs=2)
    old, parent, written = many.outputs(), os.getpid(), 0
    for number in range(80):
        many.post(f"texte-{number}", body="Un autre texte.")

    def die(event: str, given: tuple[object, ...]) -> None:
        nonlocal written
        if not (dying and event == "open" and "/staging/" in str(given[0])):
            return
        if os.getpid() == parent:  # which leaves the work to the other
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        else:
            written += 1
            if written == files:
                os._exit(9)

    dying = True
    sys.addaudithook(die)
    with pytest.raises(MachineError, match="ended from outside"):
        many.build(jobs=2)
    dying = False
    assert many.outputs() == old
    many.build(jobs=2)
    assert b"Un autre texte" in many.outputs()["2026/03/texte-5/index.html"]
