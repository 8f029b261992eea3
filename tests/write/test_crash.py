"""A build killed at any file operation leaves exactly the old site or exactly the new one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmsite.write import exchange
from pictures import picture
from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme

OPERATIONS = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.link",
    "os.remove",
    "os.rmdir",
    "shutil.rmtree",
    "ctypes.dlsym",
}


def build_and_die_at(site: SiteFolder, operation: int) -> bool:
    """Build in a child process that dies at its n-th file operation; return whether it lived to the end."""
    child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, _: object) -> None:
            nonlocal seen
            if event in OPERATIONS:
                seen += 1
                if seen == operation:
                    os._exit(9)

        sys.addaudithook(count)
        site.build()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


@pytest.fixture(params=[True, False], ids=["one step", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Swap in one step, then as on a system that cannot exchange two folders."""
    if not request.param:
        monkeypatch.setattr(sys, "platform", "elsewhere")
    exchange._renameat2.cache_clear()
    yield
    exchange._renameat2.cache_clear()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.usefixtures("swap")
def test_a_build_killed_anywhere_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    site = wear_tiny_theme(SiteFolder(tmp_path / "site").started()).post("un")
    site.write("content/files/a.png", picture()).post("deux", body="![a](files/a.png)")
    site.build()
    old = site.outputs()
    site.post("un", body="Un texte revu.").post("trois").delete("content/posts/deux.md")
    fresh = wear_tiny_theme(SiteFolder(tmp_path / "fresh").started())
    fresh.post("un", body="Un texte revu.").post("trois").write("content/files/a.png", picture())
    fresh.build()
    new = fresh.outputs()
    assert old != new

    operation = 0
    lived = False
    while not lived:
        operation += 1
        lived = build_and_die_at(site, operation)
        found = site.outputs() if (site.root / "public").exists() else recovered(site)
        assert found in (old, new), f"a mixed site after dying at operation {operation}"
        if found == new and not lived:
            break
    site.build()
    assert site.outputs() == new
    assert operation > 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.usefixtures("swap")
def test_a_build_over_a_standby_killed_anywhere_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    site = wear_tiny_theme(SiteFolder(tmp_path / "site").started()).post("un").post("deux")
    site.build()
    site.post("un", body="Un premier texte.").build()
    site.post("un", body="Un texte.").post("trois").build()
    old = site.outputs()
    site.post("un", body="Un texte revu.").post("quatre").delete("content/posts/deux.md")
    given = tmp_path / "given"
    duplicate(site.root, given)
    site.build()
    new = site.outputs()
    site.post("deux").post("un", body="Un texte.").delete("content/posts/quatre.md").build()
    assert site.outputs() == old

    operation = 0
    lived = False
    while not lived:
        operation += 1
        shutil.rmtree(site.root)
        duplicate(given, site.root)
        lived = build_and_die_at(site, operation)
        found = site.outputs() if (site.root / "public").exists() else recovered(site)
        assert found in (old, new), f"a mixed site after dying at operation {operation}"
        if operation % 3 and not lived:
            continue  # what comes after takes its time: a part of the operations tells as much
        site.build()
        assert site.outputs() == new, f"a mixed site after dying at operation {operation} and a build"
        site.post("deux").post("un", body="Un texte.").delete("content/posts/quatre.md").build()
        assert site.outputs() == old, f"a mixed site after dying at operation {operation} and two builds"
    assert operation > 20


def duplicate(folder: Path, to: Path) -> None:
    """Copy a folder, with the files in it that have two names."""
    subprocess.run(["cp", "-a", folder, to], check=True)


def recovered(site: SiteFolder) -> dict[str, bytes]:
    """Return what the next build brings back of an output that was moved aside."""
    aside = SiteFolder(site.root / ".cmsite/staging/public/old")
    return {
        path.relative_to(aside.root).as_posix(): path.read_bytes()
        for path in aside.root.rglob("*")
        if path.is_file()
    }
