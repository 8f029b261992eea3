"""`cmsite whatif`: what another mask would do, its words on the command line, and its exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from site_folder import SiteFolder
from terminal import Terminal
from tiny_theme import wear_tiny_theme

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "whatif.json"


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    """One profile, e-santé in Paris; a post for Paris, one for Lyon, one for players, one for anyone."""
    wear_tiny_theme(site)
    site.post("a-paris", "mask: {locality: paris}", date="2026-01-01")
    site.post("a-lyon", "mask: {locality: lyon}", date="2026-01-02")
    site.post("joueurs", "mask: {niche: jeu-video}", date="2026-01-03")
    return site.post("ouvert", "", "Je travaille {{ mask.locality.phrase }} depuis longtemps.")


def told(terminal: Terminal, *words: str) -> dict[str, Any]:
    """Return what `--json` says, which is always as the schema has it."""
    said = terminal("whatif", *words, "--json")
    answer: dict[str, Any] = json.loads(said.out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(answer)
    assert said.code == (1 if "problems" in answer else 0)
    return answer


def squeezed(shown: str) -> list[str]:
    """Return the lines of an output without the spaces that set its columns."""
    return [" ".join(line.split()) for line in shown.splitlines()]


def test_it_tells_who_would_enter_and_leave_and_which_files_change(
    blog: SiteFolder, terminal: Terminal
) -> None:
    answer = told(terminal, "-p", "sante", "--set", "locality=lyon")
    assert (answer["profile"], answer["set"]) == ("sante", {"locality": ["lyon"]})
    assert (answer["enter"], answer["leave"]) == (["a-lyon"], ["a-paris"])
    assert "2026/01/a-lyon/index.html" in answer["add"]
    assert "topics/locality/paris/index.html" in answer["remove"]
    assert "2026/03/ouvert/index.html" in answer["change"]


def test_without_a_profile_it_is_the_lead_one(blog: SiteFolder, terminal: Terminal) -> None:
    assert told(terminal, "--set", "niche=jeu-video")["profile"] == "sante"


def test_a_post_that_would_stand_elsewhere_moves(blog: SiteFolder, terminal: Terminal) -> None:
    mask = "mask: {niche: [e-sante, jeu-video], locality: paris}"
    blog.write("profiles/sante.yml", f"{mask}\nselect: {{order: relevance}}\n")
    assert {"slug": "joueurs", "list": "blog", "from": 1, "to": 3} in told(terminal, "--set", "niche=")[
        "move"
    ]
    assert "1 → 3 in the blog joueurs" in squeezed(terminal("whatif", "--set", "niche=").out)


def test_several_terms_and_other_spellings_of_them_are_understood(
    blog: SiteFolder, terminal: Terminal
) -> None:
    answer = told(terminal, "--set", "niche=esante, jeu-video,e-sante", "--set", "challenge=confiance")
    assert answer["set"] == {"niche": ["e-sante", "jeu-video"], "challenge": ["confiance"]}


@pytest.mark.parametrize("written", ["niche=", "niche = ", " niche="])
def test_nothing_after_the_sign_states_nothing(blog: SiteFolder, terminal: Terminal, written: str) -> None:
    answer = told(terminal, "--set", written)
    assert answer["set"] == {"niche": []}
    assert answer["enter"] == ["joueurs"]


def test_what_is_so_already_changes_nothing(blog: SiteFolder, terminal: Terminal) -> None:
    answer = told(terminal, "--set", "locality=paris")
    assert [answer[key] for key in ("enter", "leave", "move", "change", "add", "remove")] == [[]] * 6
    assert "nothing would change: " in terminal("whatif", "--set", "locality=paris").out


def test_at_the_terminal_the_edit_stands_first_and_then_what_it_would_do(
    blog: SiteFolder, terminal: Terminal
) -> None:
    shown = terminal("whatif", "--set", "locality=lyon").out
    lines = squeezed(shown)
    assert lines[:2] == ["sante: locality paris → lyon", "posts and pages: 1 would enter, 1 leave, 0 move"]
    assert "+ a-lyon locality exact (lyon)" in lines
    assert "- a-paris locality conflict" in lines
    assert "body - Je travaille à Paris depuis longtemps." in lines


def test_an_edit_that_would_empty_the_edition_is_a_problem_at_the_profile(
    blog: SiteFolder, terminal: Terminal
) -> None:
    blog.delete("content/posts/ouvert.md").delete("content/posts/joueurs.md")
    words = ("--set", "locality=lyon", "--set", "niche=jeu-video", "--set", "challenge=x")
    assert told(terminal, *words)["enter"] == ["a-lyon"]
    blog.delete("content/posts/a-lyon.md")
    [problem] = told(terminal, *words)["problems"]
    assert (problem["path"], problem["code"]) == ("profiles/sante.yml", "empty-edition")
    assert "locality" in problem["hint"]
    said = terminal("whatif", *words)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("profiles/sante.yml:1:1: error: the edition of `sante` has no post\n")


def test_an_edition_that_is_empty_today_says_so(blog: SiteFolder, terminal: Terminal) -> None:
    blog.delete("content/posts").post("joueurs", "mask: {niche: jeu-video}")
    answer = told(terminal, "--set", "niche=jeu-video")
    assert (answer["empty"], answer["enter"], answer["change"]) == (True, ["joueurs"], [])
    assert "today no post is in this edition" in terminal("whatif", "--set", "niche=jeu-video").out


def test_a_wording_that_the_edit_would_break_is_a_problem_at_its_place(
    blog: SiteFolder, terminal: Terminal
) -> None:
    [problem] = told(terminal, "--set", "locality=")["problems"]
    assert (problem["path"], problem["code"]) == ("content/posts/ouvert.md", "unstated-point")


@pytest.mark.parametrize(
    ("written", "told_"),
    [
        (["locality=lion"], "`lion` is not a term of locality\n  hint: did you mean `lyon`?"),
        (["localty=lyon"], "`localty` is no point of the mask\n  hint: did you mean `locality`?"),
        (["lyon"], "`lyon` names no point\n  hint: write `locality=lyon`"),
        (["scope=outside"], "`outside` is not a term of scope\n  hint: write `internal` or `external`"),
        (
            ["locality=,lyon"],
            "`` is not a term of locality\n  hint: declare it in mask.yml under `locality:`",
        ),
        (["=lyon"], "`` is no point of the mask\n  hint: the points are niche, challenge, service, locality"),
        (["niche=", "niche=esante"], "`niche` is set twice\n  hint: say it once: `--set niche=TERM,TERM`"),
        ([], "Missing option '--set'"),
    ],
)
def test_a_word_that_nothing_answers_to_is_told_with_what_may_be_meant(
    blog: SiteFolder, terminal: Terminal, written: list[str], told_: str
) -> None:
    said = terminal("whatif", *(word for each in written for word in ("--set", each)))
    assert (said.code, said.out) == (2, "")
    assert told_ in said.err


def test_nothing_is_written(blog: SiteFolder, terminal: Terminal) -> None:
    before = {path: path.read_bytes() for path in blog.root.rglob("*") if path.is_file()}
    for form in ([], ["-v"], ["--json"]):
        terminal("whatif", "--set", "locality=lyon", *form)
    after = {path: path.read_bytes() for path in blog.root.rglob("*") if path.is_file()}
    assert after == before
