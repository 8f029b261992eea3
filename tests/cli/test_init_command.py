"""`cmsite init`: an empty folder becomes a site without a warning, and nothing is ever overwritten."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from cmsite import __version__
from cmsite.cli import cmsite
from cmsite.errors import Refused, UsageError
from cmsite.model import LANGUAGES
from site_folder import NOW, SiteFolder

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/reference/schemas/init.json").read_text(encoding="utf-8")
)
FOR_GITHUB = {".github/workflows/pages.yml", ".gitignore", "requirements.txt"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "notebook"


def init(*words: str) -> Result:
    environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "COLUMNS": "200"}
    return CliRunner().invoke(cmsite, ["init", *words], env=environment)


def refused(*words: str) -> Refused:
    error = init(*words).exception
    assert isinstance(error, Refused)
    assert error.code == 3
    return error


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


# the site


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_site_builds_without_a_warning_and_needs_no_advice(folder: Path, language: str) -> None:
    assert init("notebook", "--language", language, "--github").exit_code == 0
    site = SiteFolder(folder)
    built = site.run("build", "--strict", "--json")
    assert built.exit_code == 0
    assert json.loads(built.stdout)["problems"] == []
    site.write("cmsite.yml", (folder / "cmsite.yml").read_text("utf-8").replace("# legal:", "legal:"))
    assert json.loads(site.run("check", "--json").stdout)["problems"] == []
    assert f'lang="{language}"' in site.read("index.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_site_shows_a_mask_at_work(folder: Path, language: str) -> None:
    init("notebook", "--language", language)
    site = SiteFolder(folder)
    posts = json.loads(site.run("list", "--json").stdout)["posts"]
    assert {post["tier"] for post in posts} == {"strong", "general"}
    [profile] = (folder / "profiles").iterdir()
    games = "games" if language == "en" else "jeu-video"
    whatif = site.run("whatif", "-p", profile.stem, "--set", f"niche={games}")
    assert ("Play first" if language == "en" else "Jouer d’abord") in whatif.stdout.replace("'", "’")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_new_cmsite_yml_is_explained(folder: Path, language: str) -> None:
    init("notebook", "--language", language)
    lines = (folder / "cmsite.yml").read_text(encoding="utf-8").splitlines()
    stated = yaml.safe_load("\n".join(lines))
    assert stated["url"] == "http://localhost:8000/"
    for number, line in enumerate(lines):
        if line and line[0].isalpha() and (number == 0 or not lines[number - 1]):
            raise AssertionError(f"no comment stands above `{line}`")


def test_the_posts_are_of_the_day_on_which_the_site_begins(folder: Path) -> None:
    init("notebook")
    names = sorted(path.name for path in (folder / "content/posts").iterdir())
    assert names == ["2026-06-01-listen-first.md", "2026-06-01-welcome.md"]


def test_the_commands_that_it_names_lead_from_the_new_site_to_one_s_own(folder: Path) -> None:
    said = init("notebook")
    steps = [line.split("  ")[1] for line in said.stderr.splitlines()[1:]]
    assert steps == ["cd notebook", "cmsite who", 'cmsite new post "My first post"', "cmsite build"]
    site = SiteFolder(folder).write("answers.yml", "profile: mine\nniche: health\n")
    assert site.run("who", "--answers", str(folder / "answers.yml")).exit_code == 0
    assert site.run("new", "post", "My first post").exit_code == 0
    assert site.run("build", "-p", "mine", "--strict").exit_code == 0
    assert site.run("build", "--strict").exit_code == 0


def test_where_one_stands_already_there_is_nowhere_to_go(folder: Path) -> None:
    said = init()
    assert (folder.parent / "cmsite.yml").is_file()
    assert "cd " not in said.stderr


def test_a_folder_may_be_named_by_the_option_before_the_command(folder: Path) -> None:
    assert CliRunner().invoke(cmsite, ["--site", "notebook", "init"]).exit_code == 0
    assert (folder / "cmsite.yml").is_file()
    assert isinstance(CliRunner().invoke(cmsite, ["--site", "a", "init", "b"]).exception, UsageError)


def test_what_is_told_in_json_is_what_was_written(folder: Path) -> None:
    told: dict[str, Any] = json.loads(init("notebook", "--language", "fr", "--github", "--json").stdout)
    jsonschema.validate(told, SCHEMA)
    assert set(told["written"]) == set(content(folder))
    assert (told["language"], told["folder"]) == ("fr", str(folder))


# for GitHub


def test_without_a_word_of_github_there_is_nothing_for_it(folder: Path) -> None:
    init("notebook")
    assert not FOR_GITHUB & set(content(folder))


def test_the_workflow_finds_what_it_installs(folder: Path) -> None:
    init("notebook", "--github")
    written = content(folder)
    assert set(written) >= FOR_GITHUB
    assert written["requirements.txt"].decode() == f"cmsite[all]=={__version__}\n"
    assert written[".github/workflows/pages.yml"] == (
        (files("cmsite") / "scaffold/github/pages.yml").read_bytes()
    )


def test_what_must_stay_private_is_not_committed(folder: Path) -> None:
    init("notebook", "--github")
    assert {"/private/", "/public/", "/.cmsite/"} <= set(content(folder)[".gitignore"].decode().splitlines())


def test_a_gitignore_that_is_there_is_kept_and_what_it_lacks_is_told(folder: Path) -> None:
    folder.mkdir()
    (folder / ".gitignore").write_text("*.pyc\npublic/\n")
    said = init("notebook", "--github")
    assert "kept .gitignore as it is; add /.cmsite/, /private/" in said.stderr
    assert content(folder)[".gitignore"] == b"*.pyc\npublic/\n"


# nothing in the way


def test_on_a_site_it_refuses_and_names_the_next_step(site: SiteFolder) -> None:
    before = content(site.root)
    error = refused(str(site.root))
    assert "a site stands here already" in error.message
    assert "cmsite new post" in error.hint
    assert content(site.root) == before


def test_it_writes_beside_files_that_are_not_in_the_way(folder: Path) -> None:
    folder.mkdir()
    (folder / "README.md").write_text("mine")
    (folder / "content").mkdir()
    assert init("notebook").exit_code == 0
    assert content(folder)["README.md"] == b"mine"


@pytest.mark.parametrize(
    "path",
    [
        "mask.yml",
        "content/posts/old.md",
        "content",
        "profiles/mine.yml",
        "public/index.html",
        "requirements.txt",
    ],
)
def test_a_file_in_the_way_is_named_and_nothing_is_written(folder: Path, path: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    error = refused("notebook", "--github")
    assert path.split("/")[0] in error.message
    assert content(folder) == {path: b"mine"}


@pytest.mark.parametrize("name", ["content", "mask.yml", "cmsite.yml", ".github"])
def test_nothing_is_written_through_a_link(folder: Path, name: str) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    refused("notebook", "--github")
    assert list(elsewhere.iterdir()) == []


def test_a_site_that_cannot_be_finished_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == "mask.yml":
            raise OSError(28, "No space left on device", str(self))
        return opened(self, *arguments, **options)

    opened = Path.open
    monkeypatch.setattr(Path, "open", full)
    assert isinstance(init("notebook").exception, OSError)
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_left_alone(folder: Path) -> None:
    folder.mkdir(mode=0o500)
    assert isinstance(init("notebook").exception, PermissionError)
    assert list(folder.iterdir()) == []
