"""Give the tests of the command line a terminal: the whole program, with its exit codes and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cmsite import cli
from site_folder import NOW, SiteFolder


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind: its exit code and what it said on the two outputs."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Said]


@pytest.fixture
def terminal(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """`terminal("build", "--strict")` runs the program in the site's folder as `main` does."""

    def run(*words: str) -> Said:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.chdir(site.root)
        monkeypatch.setattr("sys.argv", ["cmsite", *words])
        capsys.readouterr()
        code = cli._run()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
