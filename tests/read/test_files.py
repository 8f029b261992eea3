"""The author's files are found in the site's folder, and nothing outside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cmsite.digest import digest_bytes
from cmsite.model import SiteFile
from cmsite.read.files import missing_file, read_file, walk
from read.told import told
from site_folder import SiteFolder

OUTSIDE = "this link leads out of the site's folder (copy what it leads to into the site)"
NOWHERE = "this link leads nowhere (delete the link)"
ROUND = "this link leads back to a folder it stands in (delete the link)"
NAME = (
    "this file's name holds a character that cannot stand in an address "
    "(rename it with letters, digits and hyphens)"
)


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path / "site").write("content/b.md", "b").write("content/a/z.md", "z")


def link(folder: SiteFolder, path: str, to: str | Path) -> Path:
    (folder.root / path).symlink_to(to)
    return folder.root


def found(root: Path) -> list[str]:
    return list(walk(root, "content"))


def test_files_are_found_sorted_in_folders_of_folders(folder: SiteFolder) -> None:
    folder.write("content/a/B.md", "").write("content/a/é.md", "").write("content/a b.md", "")
    assert found(folder.root) == ["content/a/B.md", "content/a/z.md", "content/a/é.md", "content/a b.md",
                                  "content/b.md"]  # fmt: skip


def test_a_folder_that_does_not_exist_holds_nothing(folder: SiteFolder) -> None:
    assert list(walk(folder.root, "nowhere")) == []
    assert list(walk(folder.root, "content/b.md")) == []


def test_hidden_files_and_leavings_of_editors_are_left_out(folder: SiteFolder) -> None:
    for name in (".x", ".git/config", "a.md~", "Thumbs.db", ".well-known/security.txt"):
        folder.write(f"content/{name}", "")
    assert found(folder.root) == ["content/.well-known/security.txt", "content/a/z.md", "content/b.md"]


def test_links_inside_the_site_are_followed(folder: SiteFolder) -> None:
    folder.write("shared/c.md", "")
    link(folder, "content/c.md", "../shared/c.md")
    link(folder, "content/d", "../shared")
    assert found(folder.root) == ["content/a/z.md", "content/b.md", "content/c.md", "content/d/c.md"]


def test_a_site_may_stand_behind_a_link(folder: SiteFolder) -> None:
    behind = folder.root.parent / "behind"
    behind.symlink_to(folder.root)
    assert found(behind) == ["content/a/z.md", "content/b.md"]


@pytest.mark.parametrize("to", ["../../../secret.md", "/etc/hostname", "../../../nowhere"])
def test_a_link_that_leads_out_of_the_site_is_refused(folder: SiteFolder, to: str) -> None:
    (folder.root.parent / "secret.md").write_text("secret")
    root = link(folder, "content/a/c.md", to)
    assert told(lambda: found(root)) == [f"content/a/c.md:1:1: {OUTSIDE}"]


def test_a_folder_that_is_a_link_out_of_the_site_is_refused(folder: SiteFolder) -> None:
    (folder.root.parent / "elsewhere").mkdir()
    root = link(folder, "content/a/c", "../../../elsewhere")
    assert told(lambda: found(root)) == [f"content/a/c:1:1: {OUTSIDE}"]
    root = link(folder, "top", "../elsewhere")
    assert told(lambda: list(walk(root, "top"))) == [f"top:1:1: {OUTSIDE}"]


@pytest.mark.parametrize("to", ["c", "nowhere.md", "../b/c"])
def test_a_link_that_leads_nowhere_is_told(folder: SiteFolder, to: str) -> None:
    root = link(folder, "content/c", to)
    assert told(lambda: found(root)) == [f"content/c:1:1: {NOWHERE}"]


@pytest.mark.parametrize("to", [".", "..", "../../content", "../a"])
def test_a_link_to_a_folder_around_it_is_told_instead_of_followed_for_ever(
    folder: SiteFolder, to: str
) -> None:
    root = link(folder, "content/a/c", to)
    [problem] = told(lambda: found(root))
    assert problem.endswith(ROUND)


def test_two_folders_that_lead_to_each_other_are_told(folder: SiteFolder) -> None:
    folder.write("content/c/x.md", "")
    link(folder, "content/c/to-a", "../a")
    root = link(folder, "content/a/to-c", "../c")
    assert told(lambda: found(root)) == [f"content/a/to-c/to-a:1:1: {ROUND}"]


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1b[31m.md", "a\x7f.md"])
def test_a_name_with_a_control_character_is_told_without_it(folder: SiteFolder, name: str) -> None:
    folder.write(f"content/{name}", "")
    [problem] = told(lambda: found(folder.root))
    assert problem.endswith(NAME)
    assert problem.isprintable()


def test_a_name_that_is_not_utf_8_is_told(folder: SiteFolder) -> None:
    try:
        (folder.root / os.fsdecode(b"content/\xff.md")).write_text("")
    except OSError:
        return  # a file system that takes no such name has no such problem
    assert told(lambda: found(folder.root)) == [f"content/\N{REPLACEMENT CHARACTER}.md:1:1: {NAME}"]


def test_a_file_is_told_from_a_folder_with_its_size_and_digest(folder: SiteFolder) -> None:
    folder.write("content/files/é.bin", b"\x00\x01")
    assert read_file(folder.root, "content/files/é.bin", below="content") == SiteFile(
        "files/é.bin", digest_bytes(b"\x00\x01"), 2
    )


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("files/photo.png", "did you mean `files/photo.jpg`?"),
        ("files/Photos.jpg", "did you mean `files/photo.jpg`?"),
        ("photo.jpg", "did you mean `files/photo.jpg`?"),
        ("files/y.jpg", "check the name; paths begin at content/, as in `files/x.jpg`"),
    ],
)
def test_a_file_that_is_missing_is_told_with_the_nearest_name(path: str, hint: str) -> None:
    what = f"there is no file `content/{path}`"
    assert missing_file(path, ["files/photo.jpg", "files/autre.jpg"]) == (what, hint)
    assert missing_file(path, [])[1].startswith("check the name")
