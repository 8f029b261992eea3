"""`cmsite explain` at a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from cmsite.cli.explain import command
from cmsite.errors import UsageError
from site_folder import SiteFolder

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "explain.json"
NOW = "2026-06-01T12:00+00:00"
KEYS = {"post", "profile", "target", "included", "tier", "score"}
KEYS |= {"points", "reasons", "fields", "dates", "flip"}


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    variants = "variants:\n  - when: {niche: e-sante}\n    title: Pour les patients\n"
    site.post("ecouter", f"title: Écouter\nmask: {{niche: e-sante, locality: france}}\n{variants}")
    site.post("jouer", "mask: {niche: jeu-video}\nsummary: Pour les joueurs.")
    site.post("brouillon", "draft: true")
    return site.post("ouvert", "pinned: true")


def run(blog: SiteFolder, *arguments: str, columns: int = 80) -> Result:
    """Run the command on the site as a terminal of that width would."""
    environment = {"COLUMNS": str(columns)}
    return CliRunner().invoke(command, [*arguments, "--now", NOW], obj=blog.root, env=environment)


def told(blog: SiteFolder, *arguments: str) -> dict[str, Any]:
    result = run(blog, *arguments, "--json")
    answer: dict[str, Any] = json.loads(result.stdout)
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    validator.validate(answer)
    return answer


def test_it_says_that_a_post_is_in_and_why(blog: SiteFolder) -> None:
    shown = run(blog, "ecouter").stdout
    assert "in the edition of sante · tier strong · score 13" in shown
    assert "niche: the post is for `e-sante`, the very term of the profile" in shown
    assert "2 of 2 in the blog, 1 of 1 in the home page's selection" in shown
    assert "variant 1" in shown


def test_it_says_that_a_post_is_out_and_what_would_bring_it_in(blog: SiteFolder) -> None:
    shown = run(blog, "jouer").stdout
    assert "out of the edition of sante" in shown
    assert "profiles/sante.yml" in shown
    assert "niche: []" in shown


def test_a_draft_is_flipped_by_no_mask(blog: SiteFolder) -> None:
    assert "No change of a mask would bring it in." in run(blog, "brouillon").stdout


@pytest.mark.parametrize("slug", ["ecouter", "jouer", "brouillon", "ouvert"])
def test_it_fits_a_terminal_of_eighty_columns_and_has_no_colour_when_asked(
    blog: SiteFolder, slug: str
) -> None:
    shown = run(blog, slug).stdout
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80
    assert "\x1b" not in shown


@pytest.mark.parametrize("slug", ["ecouter", "jouer", "brouillon", "ouvert"])
def test_its_json_has_the_promised_keys(blog: SiteFolder, slug: str) -> None:
    answer = told(blog, slug)
    assert set(answer) >= KEYS
    assert (answer["post"], answer["profile"], answer["target"]) == (slug, "sante", None)


def test_its_json_agrees_with_list(blog: SiteFolder) -> None:
    posts = json.loads(blog.run("list", "--all-posts", "--json").stdout)["posts"]
    assert len(posts) == 4
    for listed in posts:
        answer = told(blog, listed["slug"])
        assert {key: answer[key] for key in ("included", "tier", "score", "title", "source")} == {
            key: listed[key] if listed["included"] or key != "title" else answer["title"]
            for key in ("included", "tier", "score", "title", "source")
        }


def test_each_field_says_the_line_it_is_written_on(blog: SiteFolder) -> None:
    fields = told(blog, "ecouter")["fields"]
    file = "content/posts/ecouter.md"
    lines = (blog.root / file).read_text(encoding="utf-8").split("\n")
    assert fields["title"]["from"] == "variant 1"
    path, line = fields["title"]["place"].rsplit(":", 1)
    assert (path, lines[int(line) - 1]) == (file, "  - when: {niche: e-sante}")
    assert fields["body"] == {
        "from": "post",
        "place": f"{file}:{lines.index('Un texte.') + 1}",
        "value": "Un texte.",
    }
    assert told(blog, "jouer")["fields"]["summary"]["place"] == "content/posts/jouer.md:5"


@pytest.mark.parametrize("start", ["", "./", "ROOT"])
def test_a_post_may_be_named_by_its_file(
    blog: SiteFolder, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blog.root)
    start = f"{blog.root}/" if start == "ROOT" else start
    assert told(blog, f"{start}content/posts/jouer.md")["post"] == "jouer"


def test_an_unknown_post_is_an_error_with_a_suggestion(blog: SiteFolder) -> None:
    error = run(blog, "ecoute").exception
    assert isinstance(error, UsageError)
    assert (error.code, error.message, error.hint) == (
        2,
        "there is no post `ecoute`",
        "did you mean `ecouter`?",
    )
    error = run(blog, "content/posts/joueur.md").exception
    assert isinstance(error, UsageError)
    assert error.hint == "did you mean `content/posts/jouer.md`?"


def test_an_unknown_profile_is_an_error(blog: SiteFolder) -> None:
    assert isinstance(run(blog, "ecouter", "-p", "sant").exception, UsageError)


def test_mistakes_in_the_files_come_as_json_too(blog: SiteFolder) -> None:
    blog.post("faux", "mask: {niche: inconnu}")
    result = run(blog, "ecouter", "--json")
    assert [problem["path"] for problem in json.loads(result.stdout)["problems"]] == ["content/posts/faux.md"]


def test_making_the_change_it_tells_does_flip(blog: SiteFolder) -> None:
    assert told(blog, "jouer")["flip"] == {"set": {"niche": []}}
    blog.write("profiles/sante.yml", "mask: {niche: [], locality: paris}\n")
    assert told(blog, "jouer")["included"]


def test_nothing_is_written(blog: SiteFolder) -> None:
    before = sorted(path for path in blog.root.rglob("*"))
    run(blog, "ecouter")
    assert sorted(path for path in blog.root.rglob("*")) == before
