"""`cmsite check`: what a strict build would refuse, broken links and advice; and nothing is written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from audited import sound, write
from cmsite.cli.annotations import annotation
from cmsite.errors import Problem, Severity
from cmsite.model import Place
from site_folder import SiteFolder
from terminal import Terminal

PROBLEM = {"path", "line", "column", "what", "hint", "severity", "code", "editions"}


def files(root: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def test_a_site_without_a_mistake_has_nothing_to_mend(site: SiteFolder, terminal: Terminal) -> None:
    sound(site)
    said = terminal("check")
    assert (said.code, said.out, said.err) == (0, "", "nothing to mend\n")


def test_nothing_is_written(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").post("b", "tilte: x")
    before = files(site.root)
    terminal("check")
    site.delete("content/posts/b.md")
    before.pop(str(site.root / "content/posts/b.md"))
    terminal("check", "--json")
    assert files(site.root) == before


def test_mistakes_and_warnings_are_counted_the_worst_first(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "mask: {niche: e-sante}").write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    site.write("cmsite.yml", "language: fr\nprofile: sante\n")
    said = terminal("check")
    told = [line for line in said.err.splitlines() if ":1:1: " in line]
    assert said.code == 1
    assert [line.split(": ")[:2] for line in told] == [
        ["profiles/jeu.yml:1:1", "error"],
        ["cmsite.yml:1:1", "warning"],
    ]
    assert said.err.splitlines()[-1] == "1 error, 1 warning"


def test_every_profile_is_looked_at(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "mask: {niche: e-sante}").write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    site.write("cmsite.yml", "url: https://example.org/\nlanguage: fr\nprofile: sante\n")
    assert terminal("build").code == 0
    said = terminal("check")
    assert (said.code, said.err) == (
        1,
        "profiles/jeu.yml:1:1: error: the edition of `jeu` has no post\n"
        "  hint: no post fits the mask's niche: widen the mask, or write a post for it\n"
        "1 error\n",
    )


def test_a_warning_alone_fails_as_a_strict_build_does(site: SiteFolder, terminal: Terminal) -> None:
    sound(site).write("cmsite.yml", "language: fr\nprofile: sante\ndescription: x\nlegal: {reviewed: true}\n")
    said = terminal("check")
    assert (said.code, said.err.splitlines()[-1]) == (1, "1 warning")


def test_the_instant_can_be_chosen(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", date="2026-07-01")
    assert terminal("check").code == 1
    assert terminal("check", "--now", "2026-07-02").code == 0


def test_json_is_alone_on_standard_output(site: SiteFolder, terminal: Terminal) -> None:
    sound(site)
    said = terminal("check", "--json")
    assert (said.code, json.loads(said.out), said.err) == (0, {"problems": []}, "")


def test_each_problem_in_the_json_has_the_keys_that_stay(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "tags: é, b").write("content/posts/b.md", b"\xff")
    said = terminal("check", "--json")
    assert (said.code, said.err) == (1, "")
    first, second = json.loads(said.out)["problems"]
    assert first.keys() >= PROBLEM
    assert (first["path"], first["line"], first["column"]) == ("content/posts/a.md", 4, 7)
    assert (first["hint"], first["severity"], first["code"]) == (
        "write `[é, b]`", "error", "list-without-brackets",
    )  # fmt: skip
    assert (second["path"], second["code"]) == ("content/posts/b.md", "encoding")


def test_all_commands_tell_the_same_mistakes_in_the_same_form(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "tilte: x").write("mask.yml", "nich: {}\n")
    told = [json.loads(terminal(command, "--json").out)["problems"] for command in ("build", "check", "list")]
    assert told[0] == told[1] == told[2]
    assert [problem["path"] for problem in told[0]] == ["content/posts/a.md", "mask.yml"]


def test_advice_alone_is_told_and_is_no_failure(site: SiteFolder, terminal: Terminal) -> None:
    sound(site).post("a")
    said = terminal("check")
    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "content/posts/a.md:2:1: advice: "
        "this post has no summary: lists and search results show its first words\n"
        "    title: Titre de a\n    ^\n"
        "  hint: add `summary: …`; one sentence of 45 to 200 characters does best\n"
        "nothing to mend; 1 piece of advice\n"
    )
    (problem,) = json.loads(terminal("check", "--json").out)["problems"]
    assert (problem["severity"], problem["code"], problem["editions"]) == ("advice", "no-summary", [])
    assert terminal("check", "--json").code == 0
    assert terminal("build", "--strict").code == 0


def test_a_broken_link_fails_and_says_in_which_edition_it_shows(site: SiteFolder, terminal: Terminal) -> None:
    branch = "{% if mask.niche.matches('jeu-video') %}[x](/perdu/){% endif %}"
    write(sound(site), "a", body=branch)
    said = terminal("check")
    assert (said.code, said.err.splitlines()[0]) == (
        1,
        "content/posts/a.md:7:45: warning: nothing stands at `/perdu/` (in the edition of `jeu`)",
    )
    assert json.loads(terminal("check", "--json").out)["problems"][0]["editions"] == ["jeu"]
    assert terminal("build", "--strict", "-p", "jeu").code == 0  # which does not follow links


def test_many_of_a_kind_are_counted_and_told_whole_when_asked_for(
    site: SiteFolder, terminal: Terminal
) -> None:
    sound(site)
    for number in range(100):
        site.post(f"p{number}")
    said = terminal("check").err.splitlines()
    assert len([line for line in said if ": advice: " in line]) == 5
    assert said[-2:] == [
        "… and 95 more of the kind `no-summary` (`-v` tells them all)",
        "nothing to mend; 100 pieces of advice",
    ]
    for option in ("-v", "--verbose"):
        whole = terminal("check", option).err.splitlines()
        assert len([line for line in whole if ": advice: " in line]) == 100
    assert len(json.loads(terminal("check", "--json").out)["problems"]) == 100


def test_six_of_a_kind_are_told_and_errors_however_many(site: SiteFolder, terminal: Terminal) -> None:
    sound(site)
    for number in range(6):
        site.post(f"p{number}")
    assert "more of the kind" not in terminal("check").err
    for number in range(20):
        site.post(f"p{number}", "tilte: x")
    said = terminal("check").err.splitlines()
    assert len([line for line in said if ": error: " in line]) == said[-1].count("20 errors") * 20 == 20


def test_github_gets_one_line_for_each_problem(site: SiteFolder, terminal: Terminal) -> None:
    write(sound(site), "a", body="[x](/perdu/)").post("b")
    said = terminal("check", "--format", "github")
    assert (said.code, said.err) == (1, "1 warning, 1 piece of advice\n")
    assert said.out.splitlines() == [
        "::warning file=content/posts/a.md,line=7,col=5,title=cmsite broken-link"
        "::nothing stands at `/perdu/`%0Ahint: check the address; name a post by `post:SLUG`",
        "::notice file=content/posts/b.md,line=2,col=1,title=cmsite no-summary"
        "::this post has no summary: lists and search results show its first words"
        "%0Ahint: add `summary: …`; one sentence of 45 to 200 characters does best",
    ]


def test_github_is_told_the_path_from_the_repositorys_root(
    site: SiteFolder, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(site).post("a")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site.root.parent))
    assert "file=site/content/posts/a.md," in terminal("check", "--format", "github").out
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site.root.parent / "elsewhere"))
    assert "file=content/posts/a.md," in terminal("check", "--format", "github").out


def test_two_ways_to_tell_are_one_too_many(site: SiteFolder, terminal: Terminal) -> None:
    sound(site)
    said = terminal("check", "--format", "github", "--json")
    assert (said.code, said.out) == (2, "")
    assert terminal("check", "--format", "html").code == 2


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            Problem(Place("a,b:c%.md", 3, 4), "100 % : a, b\r\nc", "mends\n::error::x"),
            "::error file=a%2Cb%3Ac%25.md,line=3,col=4,title=cmsite invalid"
            "::100 %25 : a, b%0D%0Ac%0Ahint: mends%0A::error::x",
        ),
        (
            Problem(Place("a.md"), "x", "", "c", Severity.WARNING, editions=("a", "b")),
            "::warning file=a.md,line=1,col=1,title=cmsite c::x (in the editions of `a`, `b`)",
        ),
        (
            Problem(Place("a.md"), "x", "", "c", Severity.ADVICE),
            "::notice file=a.md,line=1,col=1,title=cmsite c::x",
        ),
    ],
)
def test_what_github_would_take_for_a_sign_is_escaped(given: Problem, line: str) -> None:
    assert annotation(given, "") == line
    assert "\n" not in line


def test_the_exit_code_is_that_of_a_real_process(site: SiteFolder) -> None:
    sound(site).post("a")
    for words, code in (([], 0), (["--json"], 0), (["--format", "github"], 0)):
        assert exit_code(site, *words) == code
    write(site, "b", body="[x](/perdu/)")
    for words in ([], ["--json"], ["--format", "github"]):
        assert exit_code(site, *words) == 1


def exit_code(site: SiteFolder, *words: str) -> int:
    ended = subprocess.run(
        [sys.executable, "-m", "cmsite", "check", *words], cwd=site.root, capture_output=True, check=False
    )
    assert b"Traceback" not in ended.stderr
    return ended.returncode
