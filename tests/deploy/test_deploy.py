"""What stands on the branch is what was built, and nothing of the author's is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

from deploy.host import Host
from site_folder import NOW, SiteFolder
from terminal import Terminal

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "deploy.json"


def test_the_branch_holds_the_bytes_that_were_built_marker_included(host: Host, deploy: Terminal) -> None:
    said = deploy()
    assert (said.code, said.out) == (0, "")
    assert host.branch() == host.site.outputs()
    assert {".nojekyll", ".cmsite-generation", "index.html"} <= set(host.branch())
    assert said.err.splitlines() == [
        f"public/ (sante) → gh-pages at origin: {len(host.branch())} new (commit {host.tip()[:7]})",
        "  the branch is new: tell your host to serve it (on GitHub under Settings, Pages)",
    ]


def test_the_next_deploy_is_one_commit_upon_the_last(host: Host, deploy: Terminal) -> None:
    deploy()
    first = host.tip()
    host.site.post("trois").delete("content/posts/un.md").build()
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()
    assert host.at_host("log", "--format=%P", "-1", "gh-pages") == first
    told = host.at_host("log", "--format=%an <%ae>|%cn|%s", "-1", "gh-pages")
    assert told == "Camille <camille@example.org>|Camille|Publish sante"


def test_without_a_change_there_is_no_commit(host: Host, deploy: Terminal) -> None:
    deploy()
    before = host.tip()
    assert deploy() == type(deploy())(0, "", "gh-pages at origin holds this site already: nothing to do\n")
    assert host.tip() == before


def test_a_dry_run_names_the_files_and_pushes_nothing(host: Host, deploy: Terminal) -> None:
    deploy()
    before = host.tip()
    host.site.post("trois").delete("content/posts/un.md").build()
    lines = deploy("--dry-run").err.splitlines()
    assert "  new      2026/03/trois/index.html" in lines
    assert "  changed  index.html" in lines
    assert "  gone     2026/03/un/index.html" in lines
    assert lines[-1].endswith("(nothing was pushed)")
    assert host.tip() == before


def test_json_is_alone_and_as_its_schema_says(host: Host, deploy: Terminal) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    dry, wet, same = (deploy("--json", *words) for words in (["--dry-run"], [], []))
    told = [json.loads(said.out) for said in (dry, wet, same)]
    assert [said.err for said in (dry, wet, same)] == ["", "", ""]
    for one in told:
        jsonschema.validate(one, schema)
    assert [one["commit"] for one in told] == [None, host.tip(), None]
    assert [one["before"] for one in told] == [None, None, host.tip()]
    assert told[1]["new"] == sorted(host.branch())
    assert told[2]["new"] == told[2]["changed"] == told[2]["gone"] == []


def test_mistakes_come_out_as_json_too(host: Host, deploy: Terminal) -> None:
    host.site.post("un", "tilte: x")
    said = deploy("--json")
    told = json.loads(said.out)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert (said.code, [one["code"] for one in told["problems"]], set(told)) == (
        1,
        ["unknown-key"],
        {"problems"},
    )


TRAPS = """\
[user]
	name = Camille
	email = camille@example.org
	signingkey = nobody
[core]
	autocrlf = true
	excludesFile = {home}/ignore
	attributesFile = {home}/attributes
	hooksPath = {home}/hooks
	splitIndex = true
	fsmonitor = {home}/hooks/pre-push
[commit]
	gpgsign = true
[tag]
	gpgsign = true
[gpg]
	program = false
[push]
	default = matching
	followTags = true
	gpgSign = true
	pushOption = ci.skip
	recurseSubmodules = check
[init]
	templateDir = {home}/template
	defaultBranch = trunk
[color]
	ui = always
[i18n]
	commitEncoding = ISO-8859-1
[fetch]
	prune = true
	writeCommitGraph = true
[transfer]
	fsckObjects = true
"""


def set_traps(host: Host) -> None:
    (host.home / "hooks").mkdir()
    for hook in ("pre-commit", "pre-push", "commit-msg", "post-commit", "post-index-change"):
        for folder in (host.home / "hooks", host.site.root / ".git" / "hooks"):
            folder.mkdir(exist_ok=True)
            (folder / hook).write_text(f"#!/bin/sh\ntouch {host.home}/ran-{hook}\nexit 1\n", encoding="utf-8")
            (folder / hook).chmod(0o755)
    (host.home / "ignore").write_text("*.html\n*.css\n.nojekyll\n", encoding="utf-8")
    (host.home / "attributes").write_text("* text=auto eol=crlf\n", encoding="utf-8")
    host.configure(TRAPS.format(home=host.home))


def test_nothing_that_git_is_told_to_do_gets_between_the_bytes_and_the_branch(
    host: Host, deploy: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.site.write("content/static/.well-known/a.txt", b"one\r\ntwo\n").write(
        "content/static/b.bin", bytes(range(256))
    )
    host.site.build()
    host.site.write("public/.gitattributes", "* text eol=crlf ident\n").write("public/$Id$.txt", b"$Id$\n")
    host.site.build()
    set_traps(host)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, "/nonsense")
    said = deploy()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"):
        monkeypatch.delenv(name)
    assert said.code == 0, said.err
    assert host.branch() == host.site.outputs()
    assert "public/.gitattributes:1:1: warning: this file of the output is not cmsite's" in said.err
    assert not [*host.home.glob("ran-*")]


@pytest.mark.parametrize("detached", [False, True], ids=["on a branch", "detached"])
def test_the_authors_repository_is_the_same_to_the_last_byte(
    host: Host, deploy: Terminal, *, detached: bool
) -> None:
    host.git("push", "-q", "origin", "main")
    host.git("fetch", "-q", "origin")
    host.commit_at_host(host.site.outputs())
    host.git("fetch", "-q", "origin")
    if detached:
        host.git("checkout", "-q", "--detach")
    host.site.write("notes.txt", "untracked").write("cmsite.yml", "title: Carnet\nsearch: false\n")
    host.site.write("staged.txt", "staged")
    host.git("add", "staged.txt")
    host.site.build()
    status = host.git("status", "--porcelain=v2", "--branch")
    before = host.repository(), host.sources()
    for words in (["--dry-run"], [], [], ["--branch", "second"]):
        assert deploy(*words).code == 0
    assert (host.repository(), host.sources()) == before
    assert host.git("status", "--porcelain=v2", "--branch") == status
    assert host.branch("second") == host.branch() == host.site.outputs()
    assert not (host.site.root / ".cmsite" / "deploy").exists()


def test_a_domain_that_stands_on_the_branch_alone_is_carried_along(host: Host, deploy: Terminal) -> None:
    deploy()
    host.commit_at_host({"CNAME": b"notebook.example.org\n"})
    host.site.post("trois").build()
    for _ in range(2):
        said = deploy()
        assert said.code == 0
        assert host.branch() == {**host.site.outputs(), "CNAME": b"notebook.example.org\n"}
    host.site.post("quatre").build()
    assert "  CNAME stands on the branch alone and is carried along" in deploy().err.splitlines()


def test_a_domain_that_a_build_made_goes_when_the_next_one_makes_none(host: Host, deploy: Terminal) -> None:
    host.site.build(base_url="https://notebook.example.org/")
    assert deploy().code == 0
    assert host.branch()["CNAME"] == b"notebook.example.org\n"
    host.site.build()
    assert deploy().code == 0
    assert "CNAME" not in host.branch()


def test_a_site_in_a_folder_of_the_repository_and_a_relative_remote(
    host: Host, deploy: Terminal, tmp_path: Path
) -> None:
    host.git("remote", "set-url", "origin", "../host.git")
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()
    outer = tmp_path / "outer"
    SiteFolder(outer)
    host.git("init", "-q", "-b", "main", str(outer))
    host.site.root.rename(outer / "blog")
    (outer / "blog" / ".git").rename(tmp_path / "old.git")
    host.site.root = outer / "blog"
    host.git("remote", "add", "origin", "../host.git")
    host.site.post("trois").build()
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()


def test_an_address_needs_no_repository(host: Host, deploy: Terminal) -> None:
    (host.site.root / ".git").rename(host.home / "away")
    assert deploy("--remote", f"file://{host.bare}").code == 0
    assert (
        deploy("--remote", "../host.git").err
        == "gh-pages at ../host.git holds this site already: nothing to do\n"
    )
    (host.home / "away").rename(host.site.root / ".git")
    assert host.branch() == host.site.outputs()


def test_where_git_knows_nobody_the_commit_is_cmsites_own(host: Host, deploy: Terminal) -> None:
    host.configure("")
    assert "  the commit is cmsite's own: git knows no `user.name` and `user.email` here" in deploy().err
    assert host.at_host("log", "--format=%an <%ae>", "-1", "gh-pages") == "cmsite <cmsite@localhost>"


def test_the_local_configuration_of_a_connection_is_followed(host: Host, deploy: Terminal) -> None:
    host.git("config", f"url.{host.bare}.insteadOf", "carnet:pages")
    assert deploy("--remote", "carnet:pages").code == 0
    assert host.branch() == host.site.outputs()


def test_names_in_any_letters_arrive(host: Host, deploy: Terminal) -> None:
    for name in ("été ♥.txt", 'a"b.txt', "a\\b.txt", "a\nb.txt", "-x.txt"):
        host.site.write(f"public/{name}", name)
    host.site.build()
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()


def test_a_site_that_was_built_for_ones_own_machine_is_sent_with_a_warning(
    host: Host, deploy: Terminal
) -> None:
    host.site.build(base_url="http://localhost:8000/")
    said = deploy()
    assert said.code == 0
    assert "cmsite.yml:2:6: warning: this site was built for http://localhost:8000/" in said.err
    assert [one["code"] for one in json.loads(deploy("--json").out)["problems"]] == ["local-url"]


def test_another_profile_takes_the_place_and_says_so(host: Host, deploy: Terminal) -> None:
    deploy()
    host.site.write("profiles/jeu.yml", "mask: {niche: jeu-video}\npath: jeu\n")
    host.site.write("cmsite.yml", (host.site.root / "cmsite.yml").read_text() + "profile: sante\n")
    host.site.build("jeu")
    assert "  in the place of sante" in deploy().err.splitlines()
    host.site.build(every=True)
    assert deploy().err.startswith("public/ (sante, jeu) → gh-pages at origin: ")
    assert host.branch() == host.site.outputs()


def test_an_output_stays_current_for_the_address_and_the_instant_it_was_built_for(
    host: Host, deploy: Terminal
) -> None:
    host.site.post("demain", date="2026-05-20").build(
        base_url="https://example.org/ailleurs/", now=NOW - timedelta(days=30)
    )
    assert not host.site.has("2026/05/demain/index.html")
    assert deploy().code == 0  # time alone makes nothing stale
    assert host.branch() == host.site.outputs()
    host.site.post("hier", date="2026-05-30")  # unknown to that build, which would not have taken it either
    assert deploy().code == 3
    host.site.delete("content/posts/hier.md").post("brouillon", "draft: true")
    assert deploy().code == 0


@pytest.mark.parametrize("arrived", [True, False])
def test_an_interrupted_push_says_no_more_of_the_branch_than_is_certain(host: Host, arrived: bool) -> None:
    push = '"$REAL" "$@"; ' if arrived else ""
    script = f'case " $* " in *" push "*) {push}kill -INT $PPID; exit 1;; esac\nexec "$REAL" "$@"'
    done = subprocess.run(
        [sys.executable, "-m", "cmsite", "deploy"],
        cwd=host.site.root, env={**os.environ, **host.stand_in(script)},
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        130,
        "interrupted: the branch `gh-pages` is as it was or holds this site, whole; "
        "`cmsite deploy` says which\n",
    )
    assert bool(host.tip()) == arrived
    assert not (host.site.root / ".cmsite" / "deploy").exists()
