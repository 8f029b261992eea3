"""Give a test a site in a repository, a host, and the environment of its author."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmsite import cli
from deploy.host import Host
from site_folder import NOW
from terminal import Said, Terminal


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A site that was built, in a repository whose `origin` is a bare one."""
    host = Host(tmp_path)
    for name, value in host.environment.items():
        monkeypatch.setenv(name, value)
    host.site.build()
    return host


@pytest.fixture
def deploy(host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """`deploy("--dry-run")` runs `cmsite deploy --dry-run` in the site's folder."""

    def run(*words: str) -> Said:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
        monkeypatch.chdir(host.site.root)
        monkeypatch.setattr("sys.argv", ["cmsite", "deploy", *words])
        capsys.readouterr()
        code = cli._run()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
