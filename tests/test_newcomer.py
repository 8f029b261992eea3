"""The first day of somebody who has read the README: from an empty folder to a site that a host serves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ANSWERS = """\
profile: games-york
headline: Community manager for game studios
niche: video games
challenge: launching well
locality: York
scope: external
presence: [online, offline]
"""


class Newcomer:
    """Somebody at a shell in a folder, whom git and cmsite know nothing of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        home = {"HOME": str(folder.parent), "XDG_CONFIG_HOME": str(folder.parent)}
        self.environment = {**kept, **home, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}

    def cmsite(self, *words: str) -> str:
        """Return what the program says on both outputs; it must succeed."""
        return self._run(sys.executable, "-m", "cmsite", *words).decode()

    def git(self, *words: str) -> bytes:
        """Return what git answers; it must succeed."""
        return self._run("git", "-c", "user.name=X", "-c", "user.email=x@example.org", *words)

    def _run(self, *words: str) -> bytes:
        done = subprocess.run(
            words, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout.decode()
        return done.stdout

    def public(self) -> dict[str, bytes]:
        """Return every file of the output."""
        files = (file for file in (self.folder / "public").rglob("*") if file.is_file())
        return {file.relative_to(self.folder / "public").as_posix(): file.read_bytes() for file in files}

    def branch(self) -> dict[str, bytes]:
        """Return every file that the host would serve."""
        bare = ("--git-dir", "../host.git")
        listed = self.git(*bare, "ls-tree", "-r", "-z", "--name-only", "gh-pages").split(b"\0")
        paths = [os.fsdecode(path) for path in listed if path]
        return {path: self.git(*bare, "cat-file", "blob", f"gh-pages:{path}") for path in paths}


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    """Somebody in an empty folder beside the bare repository of a host."""
    somebody = Newcomer(tmp_path / "site")
    somebody.git("init", "-q", "--bare", "../host.git")
    return somebody


def test_from_an_empty_folder_to_a_branch_that_holds_the_site(newcomer: Newcomer) -> None:
    assert "cmsite.yml" in newcomer.cmsite("init")
    (newcomer.folder / "me.yml").write_text(ANSWERS, encoding="utf-8")
    assert "video games" in newcomer.cmsite("who", "--answers", "me.yml")
    draft = newcomer.cmsite("new", "post", "Écouter d'abord").splitlines()[0]
    assert draft.endswith("-ecouter-d-abord.md")
    newcomer.cmsite("build", "--strict")
    assert not any("ecouter" in path for path in newcomer.public())
    newcomer.git("init", "-q", "-b", "main")
    newcomer.git("remote", "add", "origin", "../host.git")
    assert "the branch is new" in newcomer.cmsite("deploy")
    assert newcomer.branch() == newcomer.public()

    post = newcomer.folder / draft
    post.write_text(post.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    newcomer.git("clone", "-q", "-b", "gh-pages", "../host.git", "../settings")  # the host's own page for it
    (newcomer.folder.parent / "settings" / "CNAME").write_text("blog.example.org\n", encoding="utf-8")
    newcomer.git("-C", "../settings", "add", "CNAME")
    newcomer.git("-C", "../settings", "commit", "-q", "-m", "Domain")
    newcomer.git("-C", "../settings", "push", "-q")
    newcomer.cmsite("build", "-p", "games-york")
    assert any("ecouter" in path for path in newcomer.public())
    assert "CNAME stands on the branch alone" in newcomer.cmsite("deploy")
    assert newcomer.branch() == {**newcomer.public(), "CNAME": b"blog.example.org\n"}
