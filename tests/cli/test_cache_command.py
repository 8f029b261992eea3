"""`cmsite cache`: what is remembered is told, and forgetting it costs nothing but time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cmsite.cli.cache import weight
from cmsite.errors import BuildRunning
from cmsite.write.publish import working
from pictures import picture
from site_folder import SiteFolder

SCHEMAS = Path(__file__).parents[2] / "docs/reference/schemas"


@pytest.fixture
def built(site: SiteFolder) -> SiteFolder:
    """A built site that remembers texts and pictures."""
    site.write("content/files/a.png", picture(900, 600)).post("un", body="![Une salle](files/a.png)")
    site.build()
    return site


def told(site: SiteFolder, word: str) -> list[dict[str, Any]]:
    said = site.run("cache", word, "--json")
    assert said.exit_code == 0
    answer = json.loads(said.stdout)
    jsonschema.validate(answer, json.loads((SCHEMAS / f"cache-{word}.json").read_text(encoding="utf-8")))
    held: list[dict[str, Any]] = answer["kept" if word == "show" else "forgotten"]
    return held


def test_every_kind_is_told_with_its_place(built: SiteFolder) -> None:
    held = told(built, "show")
    assert {".cmsite/cache.sqlite", ".cmsite/pictures/"} <= {each["where"] for each in held}
    assert all(each["entries"] and each["bytes"] for each in held)
    assert "pictures" in built.run("cache", "show").stdout


def test_what_is_cleared_is_what_was_told_and_then_there_is_nothing(built: SiteFolder) -> None:
    before = told(built, "show")
    assert told(built, "clear") == before
    assert told(built, "show") == told(built, "clear") == []
    assert "nothing is remembered" in built.run("cache", "show").stderr


def test_a_build_after_clearing_publishes_the_same_and_makes_nothing_anew(built: SiteFolder) -> None:
    before = built.outputs()
    built.run("cache", "clear")
    assert built.build().rendered == 0
    assert built.outputs() == before


def test_nothing_is_forgotten_while_a_build_is_at_work(built: SiteFolder) -> None:
    before = told(built, "show")
    with working(built.root):
        error = built.run("cache", "clear").exception
    assert isinstance(error, BuildRunning)
    assert told(built, "show") == before


def test_a_site_that_was_never_built_remembers_nothing_and_gets_no_folder(site: SiteFolder) -> None:
    assert told(site, "show") == told(site, "clear") == []
    assert not (site.root / ".cmsite").exists()


def test_a_damaged_cache_is_no_failure(built: SiteFolder) -> None:
    (built.root / ".cmsite/cache.sqlite").write_bytes(b"no database at all, but long enough" * 99)
    assert {each["where"] for each in told(built, "show")} == {".cmsite/pictures/"}
    told(built, "clear")
    assert not (built.root / ".cmsite/cache.sqlite").exists()


def test_nothing_is_deleted_through_a_link(built: SiteFolder, tmp_path: Path) -> None:
    folder = built.root / ".cmsite/pictures"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    told(built, "clear")
    assert any((tmp_path / "elsewhere").iterdir())
    assert not folder.exists()


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 KB"), (2.5e9, "2.5 GB")]
)
def test_a_weight_is_told_as_people_say_it(size: int, said: str) -> None:
    assert weight(size) == said
