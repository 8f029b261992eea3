"""`cmsite doctor`: what cmsite stands on, and what another Markdown engine would make of the posts."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cmsite import __version__, doctor
from cmsite.makers import ENGINES
from site_folder import SiteFolder

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/reference/schemas/doctor.json").read_text(encoding="utf-8"))


def told(site: SiteFolder, *arguments: str) -> dict[str, Any]:
    said = site.run("doctor", *arguments, "--json")
    assert said.exit_code == 0
    answer: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(answer, SCHEMA)
    return answer


def test_it_says_what_cmsite_stands_on(site: SiteFolder) -> None:
    said = site.post("a").run("doctor")
    assert said.exit_code == 0
    for words in (f"cmsite    {__version__}", "in use", "pyromark", "images", "search", "1 post, 1 profile"):
        assert words in said.stdout


def test_it_names_every_extra_of_the_package_with_what_it_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {
        name: tuple(re.split(r"[\[>]", one)[0] for one in needed)
        for name, needed in project["optional-dependencies"].items()
    }
    assert {name: of for name, of in named.items() if name != "all"} == doctor.EXTRAS
    assert named["all"] == ("cmsite",) * len(doctor.EXTRAS)


def test_an_extra_that_is_missing_is_told_with_the_way_to_get_it(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.EXTRAS, "images", ("no-such-package",))
    said = site.run("doctor")
    assert "images: no-such-package not installed (`pip install 'cmsite[images]'`)" in said.stdout
    part = next(part for part in told(site)["extras"] if part["name"] == "images")
    missing = {"name": "no-such-package", "version": None}
    assert part == {"name": "images", "present": False, "packages": [missing]}


def test_a_site_that_cannot_be_read_is_told_and_no_failure(site: SiteFolder) -> None:
    site.write("cmsite.yml", "titel: x\n")
    said = site.run("doctor")
    assert (said.exit_code, "1 error" in said.stdout) == (0, True)
    found = told(site)["site"]
    assert (found["title"], found["problems"][0]["path"]) == (None, "cmsite.yml")


def test_no_site_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from cmsite.cli import cmsite

    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cmsite, ["doctor"])
    assert (said.exit_code, "no cmsite.yml" in said.stdout) == (0, True)


def test_posts_that_the_engines_read_alike_are_not_listed(site: SiteFolder) -> None:
    site.post("a", body="## Un\n\n- a\n- b\n\nUne *phrase* ?\n{: .lead }")
    assert told(site, "--markdown")["markdown"] == {"compared": 1, "different": []}
    assert "the same pages" in site.run("doctor", "--markdown").stderr


def test_a_post_that_they_read_differently_is_told_in_a_readers_words(site: SiteFolder) -> None:
    site.post("a").post("b", body="Liste :\n- un\n- deux")
    assert told(site, "--markdown")["markdown"] == {
        "compared": 2,
        "different": [
            {
                "path": "content/posts/b.md",
                "slug": "b",
                "profile": "sante",
                "markdown": "a paragraph “Liste : - un - deux”",
                "commonmark": "a paragraph “Liste :”",
            }
        ],
    }
    said = site.run("doctor", "--markdown")
    assert said.exit_code == 0
    assert "content/posts/b.md\n  Python-Markdown: a paragraph “Liste : - un - deux”\n" in said.stdout


def test_drafts_are_compared_as_they_are_written(site: SiteFolder) -> None:
    site.post("a").post("b", "draft: true", body="##Titre")
    different = told(site, "--markdown")["markdown"]["different"]
    assert [(each["slug"], each["profile"]) for each in different] == [("b", None)]
    assert different[0]["markdown"] == "a heading of level 2 “Titre”"


def test_passages_that_no_edition_reads_are_not_compared(site: SiteFolder) -> None:
    site.post("a", body='{% if mask.niche.matches("jeu-video") %}\n##Titre\n{% endif %}\n\nTexte.')
    assert told(site, "--markdown")["markdown"]["different"] == []


def test_comparing_needs_both_engines(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "commonmark", ("no-such-package",))
    error = site.post("a").run("doctor", "--markdown").exception
    assert "cmsite[commonmark]" in str(error.hint)  # type: ignore[union-attr]
