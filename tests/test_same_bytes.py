"""Equal input gives equal bytes: in any time zone, locale, hash seed and folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from demo import copy_demo
from site_folder import SiteFolder


def build_elsewhere(root: Path, **environment: str) -> dict[str, bytes]:
    """Build the demo in a folder and an environment of its own, by the command itself."""
    copy_demo(root)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))
    }
    given = {**kept, "SOURCE_DATE_EPOCH": "1795305600", **environment}
    subprocess.run([sys.executable, "-m", "cmsite", "build", "-q"], cwd=root, env=given, check=True)
    return SiteFolder(root).outputs()


def test_two_builds_far_apart_give_the_same_bytes(tmp_path: Path) -> None:
    here = build_elsewhere(
        tmp_path / "a", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1", COLUMNS="40"
    )
    there = build_elsewhere(
        tmp_path / "elsewhere" / "b é",
        TZ="America/New_York",
        LC_ALL="C.UTF-8",
        LANG="fr_FR.UTF-8",
        PYTHONHASHSEED="2",
    )
    assert here == there
    assert len(here) > 50
