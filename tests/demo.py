"""Copy the demo, which is the repository itself, so that no test writes into it."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_folder import NOW

DEMO_DAY = NOW.replace(month=11, day=22)

_REPOSITORY = Path(__file__).parents[1]
_PARTS = ("cmsite.yml", "mask.yml", "profiles", "content", "themes")


def copy_demo(root: Path) -> Path:
    """Copy the demo's files into a folder, which may exist, and return it."""
    root.mkdir(parents=True, exist_ok=True)
    for part in _PARTS:
        source = _REPOSITORY / part
        if source.is_dir():
            shutil.copytree(source, root / part)
        else:
            shutil.copy(source, root / part)
    return root
