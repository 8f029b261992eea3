"""`cmsite build`: what it says, what it leaves in the folder, and what it never loses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from site_folder import SiteFolder
from terminal import Terminal

KEYS = {"profile", "target", "output", "pages", "rendered", "kept", "removed", "converted", "seconds"}
PROBLEM = {"path", "line", "column", "what", "hint", "severity", "code"}


def test_a_build_tells_in_a_line_what_it_did(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
    said = terminal("build")
    files = len(site.outputs()) - 1  # the marker is not counted
    assert said.out == ""
    assert re.fullmatch(
        rf"sante: \d+ pages, {files} files rendered, 0 kept, \d+\.\d\d s → public/\n", said.err
    )


def test_a_second_build_has_nothing_to_do(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
    terminal("build")
    before = site.outputs()
    assert ", 0 files rendered, " in terminal("build").err
    assert ", 0 files rendered, " in terminal("build", "--verify").err
    assert ", 0 kept, " in terminal("build", "--clean").err
    assert site.outputs() == before


def test_what_is_taken_away_is_counted(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").post("b").build()
    site.delete("content/posts/b.md")
    assert re.search(r" kept, [1-9]\d* removed, ", terminal("build").err)
    assert not site.has("2026/03/b/index.html")


def test_why_and_verbose_name_each_file(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").post("b").build()
    site.post("a", "title: Un autre titre")
    told = dict(re.findall(r"^  (\S+)  \((.+)\)$", terminal("build", "--why").err, re.MULTILINE))
    assert "2026/03/a/index.html" in told
    assert all(told.values())
    assert "about/index.html" not in told
    site.post("a", "title: Encore un autre")
    verbose = terminal("build", "-v").err.splitlines()
    assert "  2026/03/a/index.html" in verbose


def test_quiet_says_nothing_but_errors(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").write("cmsite.yml", "language: fr\n")
    said = terminal("build", "-q")
    assert (said.code, said.out, said.err) == (0, "", "")
    site.post("a", "tilte: x")
    assert "unknown key `tilte`" in terminal("build", "-q").err


def test_a_profile_is_named_and_the_lead_is_built_without_a_name(
    site: SiteFolder, terminal: Terminal
) -> None:
    site.post("a").write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    site.write("cmsite.yml", "url: https://example.org/\nlanguage: fr\nprofile: jeu\n")
    assert terminal("build").err.startswith("jeu: ")
    assert terminal("build", "--profile", "sante").err.startswith("sante: ")


def test_another_address_may_be_built_for(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a")
    terminal("build", "--base-url", "http://localhost:8000/essai")
    assert "http://localhost:8000/essai/2026/03/a/" in site.read("feed.xml")
    assert "example.org" not in site.read("feed.xml")


def test_the_instant_decides_what_is_published(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").post("b", date="2026-07-01")
    terminal("build")
    assert not site.has("2026/07/b/index.html")
    terminal("build", "--now", "2026-07-01T00:00+02:00")
    assert site.has("2026/07/b/index.html")
    terminal("build", "--now", "2026-06-30T21:59")  # without a zone: UTC
    assert not site.has("2026/07/b/index.html")


def test_a_folder_with_other_files_can_be_adopted(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").write("public/notes.txt", "mine")
    said = terminal("build", "--adopt")
    assert said.code == 0
    assert said.err.startswith(
        "public/notes.txt:1:1: warning: this file of the output is not cmsite's; "
        "it is carried over and published with the site\n"
        "  hint: move it to content/static/, or delete it\n"
    )
    assert (site.read("notes.txt"), site.has("2026/03/a/index.html")) == ("mine", True)


# --json


def test_json_is_alone_on_standard_output_with_the_keys_that_stay(
    site: SiteFolder, terminal: Terminal
) -> None:
    site.post("a")
    said = terminal("build", "--json")
    assert (said.code, said.err) == (0, "")
    told = json.loads(said.out)
    [edition] = told["editions"]
    assert edition.keys() >= KEYS
    assert (edition["profile"], edition["target"], edition["output"]) == ("sante", None, "public")
    assert (edition["rendered"], edition["kept"], edition["removed"]) == (len(site.outputs()) - 1, 0, 0)
    assert edition["pages"] > 0
    assert edition["converted"] == 1
    assert edition["seconds"] > 0
    assert told["problems"] == []


def test_warnings_stand_in_the_json(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").write("cmsite.yml", "language: fr\n")
    said = terminal("build", "--json")
    assert (said.code, said.err) == (0, "")
    [problem] = json.loads(said.out)["problems"]
    assert problem.keys() >= PROBLEM
    assert (problem["severity"], problem["code"], problem["path"]) == ("warning", "no-url", "cmsite.yml")


def test_mistakes_come_out_as_json_too(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "tilte: Été").post("b", "tags: a, b")
    said = terminal("build", "--json")
    assert (said.code, said.err) == (1, "")
    assert json.loads(said.out) == {
        "editions": [],
        "problems": [
            {
                "path": "content/posts/a.md", "line": 4, "column": 1, "what": "unknown key `tilte`",
                "hint": "did you mean `title`?", "severity": "error", "code": "unknown-key",
                "editions": [],
            },
            {
                "path": "content/posts/b.md", "line": 4, "column": 7,
                "what": "several values on one line need brackets", "hint": "write `[a, b]`",
                "severity": "error", "code": "list-without-brackets", "editions": [],
            },
        ],
    }  # fmt: skip


# what is never lost


def a_broken_head(site: SiteFolder) -> None:
    site.write("content/posts/a.md", "---\ntitle: a\ndraft: true\n\nUn texte.\n")


def a_binary_post(site: SiteFolder) -> None:
    site.write("content/posts/b.md", b"\x89PNG\r\n\x1a\n\x00\x00")


def an_unknown_term(site: SiteFolder) -> None:
    site.post("a", "mask: {niche: finance}")


def a_broken_vocabulary(site: SiteFolder) -> None:
    site.write("mask.yml", "niche: {a: {within: a}}\n")


def a_broken_profile(site: SiteFolder) -> None:
    site.write("profiles/sante.yml", "mask: [e-sante]\n")


def a_broken_configuration(site: SiteFolder) -> None:
    site.write("cmsite.yml", "title: [\n")


def a_broken_theme(site: SiteFolder) -> None:
    site.write("themes/carnet/templates/post.html", "{% if %}")


def a_broken_tag(site: SiteFolder) -> None:
    site.post("a", body="{% if mask.niche %}\n\nJamais fermé.")


def an_unstated_point(site: SiteFolder) -> None:
    site.post("a", body="{{ mask.challenge }}")


def a_repeated_slug(site: SiteFolder) -> None:
    site.post("b", "slug: a")


def a_claimed_address(site: SiteFolder) -> None:
    site.write("content/static/index.html", "Mine\n")


def a_missing_picture(site: SiteFolder) -> None:
    site.post("a", "image: files/nowhere.jpg")


def a_wrong_link(site: SiteFolder) -> None:
    (site.root / "content" / "files").mkdir()
    (site.root / "content" / "files" / "x.jpg").symlink_to("/etc/hostname")


def no_post_left(site: SiteFolder) -> None:
    site.delete("content/posts/a.md")


@pytest.mark.parametrize(
    "spoil",
    [
        a_broken_head, a_binary_post, an_unknown_term, a_broken_vocabulary, a_broken_profile,
        a_broken_configuration, a_broken_theme, a_broken_tag, an_unstated_point, a_repeated_slug,
        a_claimed_address, a_missing_picture, a_wrong_link, no_post_left,
    ],
    ids=lambda spoil: spoil.__name__,
)  # fmt: skip
def test_a_mistake_leaves_the_published_site_as_it_was_byte_for_byte(
    site: SiteFolder, terminal: Terminal, spoil: Callable[[SiteFolder], None]
) -> None:
    site.post("a", "tags: [écoute]").write("content/static/robots.txt", "mine").build()
    before, folders = site.outputs(), sorted(site.root.joinpath("public").rglob("*"))
    spoil(site)
    for words in (["build"], ["build", "--clean", "--adopt"], ["build", "--json"]):
        assert terminal(*words).code == 1
    assert site.outputs() == before
    assert sorted(site.root.joinpath("public").rglob("*")) == folders


def test_the_site_can_be_built_again_once_the_mistake_is_mended(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a").build()
    before = site.outputs()
    site.post("b", "tilte: x")
    assert terminal("build").code == 1
    site.delete("content/posts/b.md")
    assert ", 0 files rendered, " in terminal("build").err
    assert site.outputs() == before


@pytest.mark.parametrize("name", ["nope", "os", "nope:Klass"])
def test_an_extension_that_markdown_cannot_load_is_told_at_its_place(site: SiteFolder, name: str) -> None:
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.post("un").write("cmsite.yml", f'{config}markdown:\n  extensions: [abbr, "{name}"]\n')
    told = json.loads(site.run("build", "--json").stdout)["problems"]
    assert [(one["line"], one["column"], one["code"]) for one in told] == [(10, 22, "extension")]
    assert not (site.root / "public").exists()
