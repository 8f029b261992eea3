"""What a deploy refuses, with which exit code and which next step; nothing at the host has changed then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest

from cmsite.deploy.address import mask, secrets_of
from deploy.host import Host
from site_folder import NOW
from terminal import Terminal

BUILD = "  hint: run `cmsite build`\n"
ELSEWHERE = "  hint: deploy to a branch of its own: `cmsite deploy --branch gh-pages`\n"


# 3: the output


def nothing_built(host: Host) -> str:
    host.site.delete("public")
    return f"cmsite: public/ holds no finished site\n{BUILD}"


def no_marker(host: Host) -> str:
    host.site.delete("public/.cmsite-generation")
    return f"cmsite: public/ holds no finished site\n{BUILD}"


def an_edited_post(host: Host) -> str:
    host.site.post("un", body="Revu.")
    return f"cmsite: your files have changed since public/ was built\n{BUILD}"


def a_new_post(host: Host) -> str:
    host.site.post("trois")
    return f"cmsite: your files have changed since public/ was built\n{BUILD}"


def an_edited_theme(host: Host) -> str:
    host.site.write("themes/tiny/assets/tiny.css", "body{color:#222}\n")
    return f"cmsite: your files have changed since public/ was built\n{BUILD}"


def a_profile_that_is_gone(host: Host) -> str:
    host.site.write("profiles/autre.yml", "mask: {niche: e-sante}\n").delete("profiles/sante.yml")
    return f"cmsite: your files have changed since public/ was built\n{BUILD}"


def memory_gone(host: Host) -> str:
    host.site.delete(".cmsite")
    return f"cmsite: nothing is remembered of how public/ was built\n{BUILD}"


def a_page_changed_by_hand(host: Host) -> str:
    page = host.site.root / "public" / "index.html"
    data = page.read_bytes()
    page.unlink()
    page.write_bytes(data[::-1])  # as long as it was
    told = "cmsite: public/ is not as it was built: `index.html` changed\n"
    return f"{told}  hint: run `cmsite build --verify`\n"


def a_private_target_inside(host: Host) -> str:
    aim_at_clinic(host)
    shutil.copytree(host.site.root / "private" / "clinique", host.site.root / "public" / "x" / "clinique")
    host.site.build()
    return (
        "cmsite: public/x/clinique/ holds the edition for `clinique`, which is private\n"
        "  hint: delete that folder; `cmsite deploy --target clinique` sends private/clinique/ alone\n"
    )


def a_private_target_as_output(host: Host) -> str:
    aim_at_clinic(host)
    host.site.delete("public")
    shutil.copytree(host.site.root / "private" / "clinique", host.site.root / "public")
    told = "cmsite: public/ holds the edition of `sante/clinique`, which is for one organisation alone\n"
    return f"{told}{BUILD}"


def a_repository_in_the_output(host: Host) -> str:
    host.site.write("public/.git/HEAD", "ref: refs/heads/gh-pages\n").build()
    return (
        "cmsite: public/ holds a git repository of its own, or a part of one (`.git/HEAD`)\n"
        "  hint: delete what is git's there: `cmsite deploy` needs no repository in the output\n"
    )


def a_link_in_the_output(host: Host) -> str:
    (host.site.root / "public" / "x.txt").symlink_to("/etc/hostname")
    host.site.build()
    return "cmsite: public/x.txt is a link, which a host would not follow\n  hint: delete it\n"


def aim_at_clinic(host: Host) -> None:
    profile = (host.site.root / "profiles" / "sante.yml").read_text(encoding="utf-8")
    host.site.write("profiles/sante.yml", f"{profile}targets: [{{name: Clinique, slug: clinique}}]\n")
    host.site.build(target="clinique")
    host.site.build()


@pytest.mark.parametrize(
    "arrange",
    [
        nothing_built, no_marker, an_edited_post, a_new_post, an_edited_theme, a_profile_that_is_gone,
        memory_gone, a_page_changed_by_hand, a_private_target_inside, a_private_target_as_output,
        a_repository_in_the_output, a_link_in_the_output,
    ],
    ids=lambda arrange: arrange.__name__,
)  # fmt: skip
def test_3_when_the_output_is_not_ready(host: Host, deploy: Terminal, arrange: Callable[[Host], str]) -> None:
    told = arrange(host)
    for words in ([], ["--dry-run"], ["--adopt"]):
        said = deploy(*words)
        assert (said.code, said.out, said.err) == (3, "", told)
    assert host.tip() == ""


def test_a_post_that_was_written_after_its_scheduled_sibling_came_due_is_not_forgotten(
    host: Host, deploy: Terminal
) -> None:
    host.site.post("prevu", date="2026-05-15").build(now=NOW - timedelta(days=30))
    host.site.post("nouveau", date="2026-05-25")
    assert deploy().code == 3
    assert host.tip() == ""


def test_a_target_is_sent_when_it_is_named_and_not_otherwise(host: Host, deploy: Terminal) -> None:
    aim_at_clinic(host)
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()
    assert deploy("--target", "clinique", "--branch", "clinique").code == 0
    private = host.site.root / "private" / "clinique"
    files = {
        file.relative_to(private).as_posix(): file.read_bytes()
        for file in private.rglob("*")
        if file.is_file()
    }
    assert host.branch("clinique") == files
    said = deploy("--target", "clinic")
    assert (said.code, said.err) == (
        2,
        "cmsite: no profile aims at `clinic`\n  hint: did you mean `clinique`?\n",
    )


# 3: the branch


def test_3_for_a_branch_of_somebody_elses_unless_it_is_adopted(host: Host, deploy: Terminal) -> None:
    theirs = host.commit_at_host({"index.html": b"theirs", "old.html": b"old"})
    said = deploy()
    assert said.err == (
        "cmsite: the branch `gh-pages` at origin holds what cmsite did not make\n"
        "  hint: choose another `--branch`, or say `--adopt` to put the site in its place\n"
    )
    assert (said.code, host.tip()) == (3, theirs)
    assert deploy("--adopt").code == 0
    assert host.branch() == host.site.outputs()
    assert host.at_host("log", "--format=%P", "-1", "gh-pages") == theirs
    host.site.post("trois").build()
    assert deploy().code == 0  # it is ours now


def test_a_marker_that_says_nothing_makes_no_branch_ours(host: Host, deploy: Terminal) -> None:
    host.commit_at_host({".cmsite-generation": b"{}"})
    assert deploy().code == 3


@pytest.mark.parametrize("words", [[], ["--adopt"], ["--dry-run"]])
def test_3_for_the_branch_that_one_works_on(host: Host, deploy: Terminal, words: list[str]) -> None:
    said = deploy("--branch", "main", *words)
    assert (said.code, said.err) == (3, f"cmsite: `main` is the branch that you work on\n{ELSEWHERE}")


def test_3_for_a_branch_with_the_texts_here_or_at_the_host(host: Host, deploy: Terminal) -> None:
    host.git("push", "-q", "origin", "main:texts")
    before = host.tip("texts")
    said = deploy("--branch", "texts", "--adopt")
    what = "cmsite: the branch `texts` at origin holds a site's texts and cmsite.yml\n"
    assert (said.code, said.err, host.tip("texts")) == (3, f"{what}{ELSEWHERE}", before)
    host.git("checkout", "-q", "--detach")
    said = deploy("--branch", "main", "--adopt")
    assert (said.code, said.err) == (
        3,
        f"cmsite: the branch `main` holds your texts and cmsite.yml\n{ELSEWHERE}",
    )
    assert deploy("--remote", f"{host.bare}", "--branch", "main").code == 3


@pytest.mark.parametrize(
    "address", ["ext::sh -c touch% ran", "fd::7", "-q", "--upload-pack=touch ran", "foo::bar"]
)
def test_3_for_an_address_that_runs_a_program(host: Host, deploy: Terminal, address: str) -> None:
    assert deploy(f"--remote={address}").code == 3
    host.git("config", "remote.origin.url", address)
    assert deploy().code == 3
    host.configure(f'[url "{address}"]\n\tinsteadOf = nice:\n')
    assert deploy("--remote", "nice:x").code in (3, 4)
    assert not (host.site.root / "ran").exists()


# 2


@pytest.mark.parametrize("branch", ["", "-f", "a b", "a..b", "HEAD", "a.lock", "@{-1}", "a:b", "+a", "/a"])
def test_2_for_what_cannot_be_a_branch(host: Host, deploy: Terminal, branch: str) -> None:
    if branch == "+a":  # git lets a branch be called so; the refspec begins with a commit
        assert deploy(f"--branch={branch}").code == 0
        return
    said = deploy(f"--branch={branch}")
    assert (said.code, said.err.splitlines()[0]) == (2, f"cmsite: `{branch}` cannot be a branch's name")


def test_2_without_the_remote_or_a_repository(host: Host, deploy: Terminal) -> None:
    said = deploy("--remote", "orign")
    assert said.err == "cmsite: the repository has no remote `orign`\n  hint: did you mean `origin`?\n"
    host.git("remote", "remove", "origin")
    assert deploy().err.startswith("cmsite: the repository has no remote `origin`, nor any other\n")
    shutil.rmtree(host.site.root / ".git")
    said = deploy()
    assert said.err.startswith("cmsite: the site's folder is in no git repository\n  hint: run `git init`")
    assert said.code == 2


# 4


def test_4_without_git(host: Host, deploy: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(host.home))
    said = deploy()
    assert (said.code, said.err.splitlines()[0]) == (4, "cmsite: git is not installed")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Authentication failed for 'https://u:pw@host.example/x.git/'", "refused the cred"),
        ("could not read Username for 'https://host.example': terminal prompts disabled", "refused the cred"),
        ("unable to access 'https://u:pw@host.example/': The requested URL returned error: 403", "refused"),
        ("Permission denied (publickey).", "refused the credentials"),
        ("unable to access 'https://u:pw@host.example/': Could not resolve host: x", "cannot be reached"),
        ("repository 'https://u:pw@host.example/x.git/' not found", "has no such repository"),
        ("Host key verification failed.", "could not be told from an impostor"),
        ("something new about https://u:pw@host.example/ pw", "git could not talk to"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", ["ls-remote", "push"])
def test_4_when_the_host_cannot_be_reached_or_lets_nobody_in_and_no_password_is_told(
    host: Host, deploy: Terminal, monkeypatch: pytest.MonkeyPatch, said: str, told: str, at: str
) -> None:
    script = f"""case " $* " in
    *" {at} "*) echo "fatal: {said}" >&2; exit 128;;
    *" ls-remote "*) exit 0;;
esac
exec "$REAL" "$@\""""
    for name, value in host.stand_in(script).items():
        monkeypatch.setenv(name, value)
    for words in ([], ["--json"]):
        answer = deploy("--remote", "https://u:pw@host.example/x.git", *words)
        assert (answer.code, answer.out) == (4, "")
        assert told in answer.err
        assert "https://***@host.example" in answer.err
        assert "pw" not in answer.err
        assert "  hint: " in answer.err


def test_no_address_tells_its_password() -> None:
    assert (
        mask("at https://me:pa@ss@host/x and ssh://git:pw@host:22/x")
        == "at https://***@host/x and ssh://***@host:22/x"
    )
    assert mask("https://host/x?token=abc") == "https://host/x?***"
    assert mask("git@host:me/x.git") == "git@host:me/x.git"
    assert secrets_of("https://token@host/x") == ("token",)
    assert set(secrets_of("https://me:p%20w@host/x")) == {"me:p%20w", "me:p w", "p%20w", "p w"}
    assert "pa/ss" in secrets_of("https://me:pa/ss@host/x")
    assert secrets_of("https://host:8080/@me/x") == secrets_of("ssh://git@host/x") == ()


# 5


def test_5_when_the_branch_moves_between_the_look_and_the_push(
    host: Host, deploy: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy()
    ours = host.tip()
    theirs = host.commit_at_host({"note.txt": b"theirs"})
    host.at_host("update-ref", "refs/heads/gh-pages", ours)
    host.site.post("trois").build()
    move = f'"$REAL" --git-dir "{host.bare}" update-ref refs/heads/gh-pages {theirs}'
    script = f'case " $* " in *" push "*) {move};; esac\nexec "$REAL" "$@"'
    for name, value in host.stand_in(script).items():
        monkeypatch.setenv(name, value)
    said = deploy()
    assert (said.code, said.err) == (
        5,
        "cmsite: the branch `gh-pages` at origin has moved meanwhile: somebody else put something there\n"
        "  hint: run `cmsite deploy` again: it builds upon what stands there now\n",
    )
    assert host.tip() == theirs
    assert deploy().code == 0
    assert host.branch() == host.site.outputs()
    assert host.at_host("log", "--format=%P", "-1", "gh-pages") == theirs


def test_5_when_the_branch_appears_between_the_look_and_the_push(
    host: Host, deploy: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = host.commit_at_host({"note.txt": b"theirs"}, "other")
    move = f'"$REAL" --git-dir "{host.bare}" update-ref refs/heads/gh-pages {theirs}'
    script = f'case " $* " in *" push "*) {move};; esac\nexec "$REAL" "$@"'
    for name, value in host.stand_in(script).items():
        monkeypatch.setenv(name, value)
    assert deploy().code == 5
    assert host.tip() == theirs


@pytest.mark.parametrize("hook", ["pre-receive", "update"])
def test_5_when_the_host_says_no_with_its_own_words(host: Host, deploy: Terminal, hook: str) -> None:
    file = host.bare / "hooks" / hook
    file.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n", encoding="utf-8")
    file.chmod(0o755)
    said = deploy()
    assert said.code == 5
    assert said.err.startswith("cmsite: origin did not take the site: remote rejected")
    assert "this branch is protected" in said.err
    assert host.tip() == ""


def test_6_while_a_build_is_at_work(host: Host, deploy: Terminal) -> None:
    import fcntl

    with (host.site.root / ".cmsite" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert deploy().code == 6
    assert deploy().code == 0
