"""Run git so that nothing the author has set up for work by hand gets between the bytes and the branch.

Hooks, filters, signatures and upkeep are off, and what the environment says of a repository is not
heard. What a connection needs is kept: proxies, keys, certificates, helpers for passwords.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import MachineError

# what stays of the environment's GIT_…: who commits, and how to connect
_KEPT = re.compile(
    r"GIT_(?:SSH|ASKPASS|TERMINAL_PROMPT|SSL_|HTTP_|PROXY_|EXEC_PATH|CONFIG_|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)$)"
)
_GIVEN_CONFIG = re.compile(r"GIT_CONFIG_(?:COUNT|KEY_|VALUE_|PARAMETERS)")
_CONNECTION = re.compile(r"(?:credential|http|url|ssh)\.|core\.(?:sshcommand|gitproxy|askpass)$")
_SETTINGS = (
    "maintenance.auto=false",
    "gc.auto=0",
    "commit.gpgsign=false",
    "core.autocrlf=false",
    "core.fsmonitor=false",
    "core.splitIndex=false",
    "core.fsync=none",
    "core.quotePath=false",
    "i18n.commitEncoding=UTF-8",
    "push.negotiate=false",
    "push.pushOption=",
    "color.ui=false",
)
_PROTOCOLS = "file:git:http:https:ssh"


class Answer(Struct, frozen=True):
    """What git left behind: its exit code, its answer, and what it said beside."""

    code: int
    out: bytes
    err: str

    @property
    def line(self) -> str:
        """The answer as one line of text."""
        return os.fsdecode(self.out).strip("\n")


class Git(Struct, frozen=True):
    """The git program, at work in a folder; `hooks` is an empty one."""

    program: str
    folder: Path
    hooks: Path
    environment: Mapping[str, str]

    def ask(self, *words: str, data: bytes = b"") -> Answer:
        """Return what git answers, whatever the answer."""
        settings = [word for each in (*_SETTINGS, f"core.hooksPath={self.hooks}") for word in ("-c", each)]
        done = subprocess.run(  # noqa: S603 no shell, and addresses are looked at before
            [self.program, *settings, *words],
            cwd=self.folder,
            env=dict(self.environment),
            input=data,
            capture_output=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode(errors="replace"))

    def do(self, *words: str, data: bytes = b"") -> Answer:
        """Return what git answers. Raises MachineError with its words when it could not do it."""
        answer = self.ask(*words, data=data)
        if answer.code:
            raise MachineError(f"git could not do `{words[0]}`: {last_word(answer.err)}")
        return answer

    def among(self, **variables: str) -> Git:
        """Return the same git with more variables in its environment."""
        return replace(self, environment={**self.environment, **variables})


def last_word(said: str) -> str:
    """Return the line in which git says what is wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    faults = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    told = (faults or lines or ["it does not say why"])[0]
    return told.removeprefix("fatal: ").removeprefix("error: ")


def git_in(folder: Path, hooks: Path) -> Git:
    """Return git as it works in a folder of the author's. Raises MachineError when it is not installed."""
    program = shutil.which("git")
    if program is None:
        raise MachineError("git is not installed", "install git, or upload the folder by other means")
    return Git(program, folder, hooks, _environment())


def _environment() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.match(name)
    }
    kept |= {"LC_ALL": "C", "LANGUAGE": "", "GIT_ALLOW_PROTOCOL": _PROTOCOLS, "GIT_OPTIONAL_LOCKS": "0"}
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        kept.setdefault("GIT_TERMINAL_PROMPT", "0")  # nobody is there to answer
    return kept


def private_git(git: Git, repository: Path) -> Git:
    """Return git at work in a new bare repository, connecting as the author's would."""
    found = git.ask("rev-parse", "--show-object-format")
    kind = found.line if found.code == 0 else "sha1"
    settings = _connection_settings(git)
    plain = {name: value for name, value in git.environment.items() if not _GIVEN_CONFIG.match(name)}
    made = replace(git, environment=plain)
    made.do("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(repository))
    return made.among(GIT_DIR=str(repository), **_as_variables(settings))


def _connection_settings(git: Git) -> list[tuple[str, str]]:
    """Return what the author's repository alone says about connections: a bare one would not know it."""
    listed = os.fsdecode(git.ask("config", "--list", "-z", "--show-scope").out).split("\0")
    found = []
    for scope, setting in zip(listed[::2], listed[1::2], strict=False):
        key, stated, value = setting.partition("\n")
        if scope in ("local", "worktree", "command") and _CONNECTION.match(key):
            found.append((key, value if stated else "true"))
    return found


def _as_variables(settings: list[tuple[str, str]]) -> dict[str, str]:
    told = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings):
        told |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return told
