"""Give every test a fixed environment: no colour, no clock of the machine, no user's settings."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chromium import skip_without_chromium, tell_what_was_skipped
from cmsite import cli
from site_folder import NOW, SiteFolder
from terminal import Said, Terminal

settings.register_profile(
    "suite", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew, for review")
    parser.addoption("--require-browser", action="store_true", help="fail where there is no Chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skip_without_chromium(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell_what_was_skipped(terminalreporter)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "SOURCE_DATE_EPOCH", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    # a program that is started often keeps what Python compiled of it, as an installed one does
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    # a command that has done its work ignores interruptions; what is started after it would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A small site: one French profile, a theme, no post yet."""
    return SiteFolder(tmp_path / "site").started()


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


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
