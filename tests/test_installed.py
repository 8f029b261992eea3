"""The versions of what is installed are told as the standard library tells them."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

from cmsite.installed import version
from cmsite.makers import ENGINES

NEEDED = ("babel", "jinja2", "nh3", "pygments", "python-slugify", "PyYAML", "pydantic_core")


@pytest.mark.parametrize("name", [*NEEDED, *(name for names in ENGINES.values() for name in names)])
def test_the_version_of_a_library_is_that_of_its_own_data(name: str) -> None:
    assert version(name) == importlib.metadata.version(name)


def test_what_is_not_installed_has_no_version() -> None:
    with pytest.raises(ModuleNotFoundError):
        version("no-such-library")


def test_a_library_is_that_of_the_first_folder_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, number in (("one", "2.0"), ("other", "1.0")):
        (tmp_path / folder / f"My_Library-{number}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / name) for name in ("none", "one", "other")])
    assert version("my-library") == "2.0"


def test_a_library_that_is_told_in_an_older_way_is_found_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "Old_library-3.0-py3.11.egg-info"
    told.mkdir()
    (told / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: old-library\nVersion: 3.0\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert version("old-library") == "3.0"


def test_nothing_that_reads_mail_is_loaded_for_it() -> None:
    script = "import sys\nfrom cmsite.installed import version\nversion('jinja2')\nprint(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert {"importlib.metadata", "email"} & set(said.stdout.split()) == set()
