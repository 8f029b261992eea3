"""A site in a git repository, and the bare one that its host would serve, both read byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme

_PATH = os.environ["PATH"]
PLAIN = {"GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


class Host:
    """The two repositories of a test; a branch is read as the files that it holds."""

    def __init__(self, folder: Path) -> None:
        self.bare = folder / "host.git"
        self.home = folder / "home"
        self.home.mkdir()
        self.site = wear_tiny_theme(SiteFolder(folder / "site").started()).post("un").post("deux")
        self.configure("[user]\n\tname = Camille\n\temail = camille@example.org\n")
        self.git("init", "-q", "-b", "main", "--bare", str(self.bare))
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(self.bare))
        self.site.write(".gitignore", "/public/\n/private/\n.cmsite/\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Texts")

    def configure(self, text: str) -> None:
        """Write the user's own configuration of git."""
        (self.home / ".gitconfig").write_text(text, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of somebody with that configuration."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return {**kept, **PLAIN, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)}

    def git(self, *words: str, data: bytes = b"", **variables: str) -> bytes:
        """Return what git answers in the site's folder."""
        done = subprocess.run(
            ["git", *words], cwd=self.site.root, env={**self.environment, **variables},
            input=data, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def at_host(self, *words: str, data: bytes = b"", **variables: str) -> str:
        """Return what git answers in the host's repository."""
        return self.git("--git-dir", str(self.bare), *words, data=data, **variables).decode().strip()

    def tip(self, branch: str = "gh-pages") -> str:
        """Return the last commit of a branch at the host, "" when there is none."""
        return self.at_host("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def branch(self, branch: str = "gh-pages") -> dict[str, bytes]:
        """Return every file of a branch at the host."""
        listed = self.git("--git-dir", str(self.bare), "ls-tree", "-r", "-z", "--name-only", branch)
        paths = [os.fsdecode(path) for path in listed.split(b"\0") if path]
        return {
            path: self.git("--git-dir", str(self.bare), "cat-file", "blob", f"{branch}:{path}")
            for path in paths
        }

    def commit_at_host(
        self, files: Mapping[str, bytes], branch: str = "gh-pages", *, anew: bool = False
    ) -> str:
        """Put files on a branch at the host, as somebody else would; `anew` leaves nothing else there."""
        old = self.tip(branch)
        index = str(self.bare / "test-index")
        self.at_host("read-tree", *(["--empty"] if anew or not old else [branch]), GIT_INDEX_FILE=index)
        for path, data in files.items():
            name = self.at_host("hash-object", "-w", "--stdin", data=data)
            self.at_host(
                "update-index", "--add", "--cacheinfo", f"100644,{name},{path}", GIT_INDEX_FILE=index
            )
        tree = self.at_host("write-tree", GIT_INDEX_FILE=index)
        upon = ["-p", old] if old else []
        commit = self.at_host("commit-tree", tree, *upon, "-m", "By hand")
        self.at_host("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def repository(self) -> dict[str, bytes]:
        """Return every byte of the author's repository: refs, index, HEAD, logs, configuration, objects."""
        folder = self.site.root / ".git"
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def sources(self) -> dict[str, bytes]:
        """Return every file of the working tree but for what the next build needs."""
        return {
            file.relative_to(self.site.root).as_posix(): file.read_bytes()
            for file in sorted(self.site.root.rglob("*"))
            if file.is_file() and not {".git", ".cmsite"} & set(file.parts)
        }

    def stand_in(self, script: str) -> dict[str, str]:
        """Put a script before git; `$REAL` is git itself. Return what the environment needs for it."""
        program = self.home / "bin" / "git"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        real = shutil.which("git", path=_PATH)
        assert real
        return {"PATH": f"{program.parent}{os.pathsep}{_PATH}", "REAL": real}
