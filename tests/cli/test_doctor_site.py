"""What `cmsite doctor` says of what stands around a site: short lines, each problem with its next step."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cmsite import around
from cmsite.deploy.pages import pages_url
from site_folder import SiteFolder

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/reference/schemas/doctor.json").read_text(encoding="utf-8")
)
LOCAL = "title: Carnet\nlanguage: fr\nurl: http://localhost:8000/\n"


def found(site: SiteFolder) -> dict[str, Any]:
    """Return what `doctor --json` tells of what stands around the site."""
    said = site.run("doctor", "--json")
    answer = json.loads(said.stdout)
    jsonschema.validate(answer, SCHEMA)
    told: dict[str, Any] = answer["site"]["around"]
    return told


def hints(site: SiteFolder) -> list[str]:
    return [each["hint"] for each in found(site)["advice"]]


def with_remote(site: SiteFolder, address: str) -> SiteFolder:
    for words in (["init", "-q"], ["remote", "add", "origin", address]):
        subprocess.run(["git", *words], cwd=site.root, check=True)
    return site


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://github.com/Camille/carnet.git", "https://camille.github.io/carnet/"),
        ("https://github.com/camille/carnet", "https://camille.github.io/carnet/"),
        ("https://token@github.com/camille/carnet/", "https://camille.github.io/carnet/"),
        ("git@github.com:camille/Mon.Carnet.git", "https://camille.github.io/Mon.Carnet/"),
        ("ssh://git@github.com:22/camille/carnet.git", "https://camille.github.io/carnet/"),
        ("https://github.com/Camille/Camille.github.io.git", "https://camille.github.io/"),
        ("https://example.org/camille/carnet.git", ""),
        ("https://notgithub.com/camille/carnet", ""),
        ("/srv/github.com/camille/carnet", ""),
        ("", ""),
    ],
)
def test_the_address_of_pages_follows_from_the_repository(address: str, url: str) -> None:
    assert pages_url(address) == url


def test_outside_of_a_repository_there_is_nothing_to_guess(site: SiteFolder) -> None:
    told = found(site.post("un"))
    assert (told["git"], told["expected"], told["advice"]) == (None, None, [])
    assert "in no repository" in site.run("doctor").stdout


def test_a_repository_without_a_remote_is_told_how_to_get_one(site: SiteFolder) -> None:
    subprocess.run(["git", "init", "-q"], cwd=site.root, check=True)
    assert found(site)["git"] == {"remote": None, "address": None}
    assert "git remote add origin" in site.run("doctor").stdout


def test_a_local_url_is_to_be_replaced_by_the_one_that_pages_will_serve(site: SiteFolder) -> None:
    with_remote(site.write("cmsite.yml", LOCAL), "git@github.com:camille/carnet.git")
    told = found(site)
    assert (told["local"], told["expected"]) == (True, "https://camille.github.io/carnet/")
    assert hints(site) == ["write `url: https://camille.github.io/carnet/` into cmsite.yml before you deploy"]


def test_a_local_url_is_told_where_nobody_knows_the_real_one(site: SiteFolder) -> None:
    assert hints(site.write("cmsite.yml", LOCAL)) == [
        "write `url: https://…` into cmsite.yml before you deploy"
    ]


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://camille.github.io/carnet/", True),
        ("https://Camille.github.io/carnet", True),
        ("https://camille.github.io/", False),
        ("https://camille.example.org/", True),  # a domain of one's own: no name of a repository tells
    ],
)
def test_a_url_that_pages_would_not_serve_is_told(site: SiteFolder, url: str, right: bool) -> None:
    with_remote(site.write("cmsite.yml", f"language: fr\nurl: {url}\n"), "git@github.com:camille/carnet.git")
    assert (hints(site) == []) is right


def test_a_domain_of_one_s_own_is_what_its_cname_says(site: SiteFolder) -> None:
    with_remote(site.write("content/static/CNAME", "Carnet.example.org\n"), "git@github.com:camille/x.git")
    assert found(site)["expected"] == "https://carnet.example.org/"
    assert "carnet.example.org" in hints(site)[0]


def test_a_password_in_the_remote_is_told_nowhere(site: SiteFolder) -> None:
    with_remote(site, "https://camille:hunter2@github.com/camille/carnet.git")
    assert found(site)["git"]["address"] == "https://***@github.com/camille/carnet.git"
    said = site.run("doctor")
    assert "hunter2" not in said.stdout + said.stderr


def test_files_that_are_behind_the_theme_are_told(site: SiteFolder) -> None:
    site.run("theme", "copy", "templates/post.html")
    told = found(site)
    assert (told["overrides"], told["behind"]) == (["themes/carnet/templates/post.html"], [])
    copy = site.root / "themes/carnet/templates/post.html"
    first, _, rest = copy.read_text(encoding="utf-8").partition("\n")
    copy.write_text(f"{first.rpartition(' at ')[0]} at 000000000000 -#}}}}\n{rest}", encoding="utf-8")
    told = found(site)
    assert told["behind"] == ["themes/carnet/templates/post.html"]
    assert told["advice"][0]["hint"] == "`cmsite theme diff` says how"


def test_what_is_remembered_and_what_is_largest_is_told(site: SiteFolder) -> None:
    site.post("un").post("deux", body="Un long texte. " * 100).build()
    told = found(site)
    assert [each["path"] for each in told["largest"]] == ["content/posts/deux.md"]
    assert told["kept"]
    assert "largest   text: content/posts/deux.md, 1." in site.run("doctor").stdout


def test_what_is_slow_is_told_with_the_next_step(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "_LARGE_TEXT", 1000)
    monkeypatch.setattr(around, "_MANY_BYTES", 1)
    site.post("un", body="Un long texte. " * 100).build()
    assert hints(site) == ["make several of it", "`cmsite cache clear` forgets it"]


def test_a_site_that_cannot_be_read_is_looked_at_no_further(site: SiteFolder) -> None:
    assert found(site.write("cmsite.yml", "titel: x\n")) is None
