"""How far a build is: told to who watches, shown after a second, and to a person alone."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from itertools import count

import pytest
from rich.console import Console

from cmsite.build import build_site
from cmsite.cli.progress import Bar
from cmsite.editions import Request
from cmsite.progress import Step
from site_folder import NOW, SiteFolder


def drawn(step: float, steps: int) -> str:
    """Return what a bar draws that is told of 100 files, some seconds apart."""
    screen = StringIO()
    ticks: Iterator[float] = count(0, step)
    bar = Bar(Console(file=screen, force_terminal=True, width=60), lambda: next(ticks))
    for done in range(1, steps + 1):
        bar.show(Step("make", done, 100))
    bar.close()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())


def test_a_build_tells_its_stages_and_each_file(site: SiteFolder) -> None:
    steps: list[Step] = []
    build_site(site.post("un").root, Request(NOW), watch=steps.append)
    assert list(dict.fromkeys(step.stage for step in steps)) == ["read", "plan", "pictures", "make"]
    made = [step for step in steps if step.stage == "make"]
    assert [step.done for step in made] == list(range(1, len(site.outputs())))  # the marker is not counted
    assert {step.total for step in made} == {made[-1].done}


def test_a_build_that_is_quick_shows_no_bar() -> None:
    assert drawn(0.01, 90) == ""


def test_a_build_of_more_than_a_second_shows_how_far_it_is() -> None:
    told = drawn(0.25, 8)
    assert "making" in told
    assert "8/100" in told
    assert "2/100" not in told


def test_a_bar_is_not_drawn_more_often_than_an_eye_sees() -> None:
    assert drawn(0.02, 100).count("making") < 20


@pytest.mark.parametrize("words", [["build"], ["build", "-q"], ["build", "--json"]])
def test_without_a_person_no_bar_is_shown_whatever_is_forced(site: SiteFolder, words: list[str]) -> None:
    site.post("un")
    said = in_a_process(site, *words, FORCE_COLOR="1", patience="-1")
    assert "making" not in said.stderr
    assert "\x1b[2K" not in said.stderr


@pytest.mark.parametrize(
    ("words", "shown"), [(["build"], True), (["build", "-q"], False), (["build", "--json"], False)]
)
def test_a_person_sees_a_bar_unless_they_asked_for_silence(
    site: SiteFolder, words: list[str], shown: bool
) -> None:
    site.post("un")
    ours, theirs = pty.openpty()
    try:
        said = in_a_process(site, *words, stderr=theirs, patience="-1", TERM="xterm")
        assert said.returncode == 0
        os.set_blocking(ours, False)
        screen = read_all(ours)
    finally:
        os.close(ours)
        os.close(theirs)
    assert ("making" in screen) is shown
    assert ("pages," in screen) is shown
    assert said.stdout.startswith("{") is ("--json" in words)


def in_a_process(
    site: SiteFolder, *words: str, stderr: int = subprocess.PIPE, patience: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell would, with another patience than a second."""
    code = f"from cmsite.cli import main, progress as bar; bar._PATIENCE = {patience}; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=site.root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
        check=False,
    )


def read_all(file: int) -> str:
    found = b""
    while True:
        try:
            data = os.read(file, 65536)
        except BlockingIOError:
            return found.decode()
        found += data
