"""`cmsite check`: everything that a strict build of any profile would refuse, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

from site_folder import SiteFolder
from terminal import Terminal

PROBLEM = {"path", "line", "column", "what", "hint", "severity", "code"}


def files(root: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def test_a_site_without_a_mistake_has_nothing_to_mend(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
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
    assert said.err.splitlines()[-1] == "1 error, 1 warning; nothing was written"


def test_every_profile_is_looked_at(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "mask: {niche: e-sante}").write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    site.write("cmsite.yml", "url: https://example.org/\nlanguage: fr\nprofile: sante\n")
    assert terminal("build").code == 0
    said = terminal("check")
    assert (said.code, said.err) == (
        1,
        "profiles/jeu.yml:1:1: error: the edition of `jeu` has no post\n"
        "  hint: no post fits the mask's niche: widen the mask, or write a post for it\n"
        "1 error; nothing was written\n",
    )


def test_a_warning_alone_fails_as_a_strict_build_does(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").write("cmsite.yml", "language: fr\n")
    said = terminal("check")
    assert (said.code, said.err.splitlines()[-1]) == (1, "1 warning; nothing was written")


def test_the_instant_can_be_chosen(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", date="2026-07-01")
    assert terminal("check").code == 1
    assert terminal("check", "--now", "2026-07-02").code == 0


def test_json_is_alone_on_standard_output(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
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
