"""Find the Chromium that the browser tests drive, and say loudly what is not tested without it."""

from __future__ import annotations

import os
import shutil

import pytest

_NAMES = ("chromium", "chromium-browser")
WHY = "there is no Chromium on this machine"


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def is_required(config: pytest.Config) -> bool:
    """Return whether a missing browser is a failure: when asked for, and wherever tests run unattended."""
    return bool(config.getoption("--require-browser") or os.environ.get("CI"))


def skip_without_chromium(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the browser tests as skipped where they cannot run and need not."""
    if find_chromium() or is_required(config):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=WHY))


def tell_what_was_skipped(reporter: pytest.TerminalReporter) -> None:
    """Say at the end, in red, how many browser tests did not run and what makes them run."""
    skipped = [report for report in reporter.stats.get("skipped", ()) if "browser" in report.keywords]
    if not skipped:
        return
    reporter.section("THE READER'S SITE WAS NOT TESTED", sep="=", red=True, bold=True)
    reporter.write_line(f"{len(skipped)} browser tests were skipped: {WHY}.", red=True)
    reporter.write_line("Accessibility, keyboard, search, print and security policy went unchecked.")
    reporter.write_line("To run them: apt-get install chromium (Debian, Ubuntu: the package of that name).")
    reporter.write_line("Where they must run: pytest --require-browser, or CI=true.")
