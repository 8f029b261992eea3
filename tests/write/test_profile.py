"""A profile and the terms it needs are written together, or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import mask
from cmsite.errors import Refused
from cmsite.model import Answers, Language, Slug
from cmsite.read.site import read_site
from cmsite.write.profile import Change, compose_profile, write_profile
from site_folder import SiteFolder

OPERATIONS = {"open", "os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "shutil.copymode"}
PATH = "profiles/moi.yml"
TEXT = "mask: {locality: lille}\n"


def change(site: SiteFolder) -> Change:
    before = (site.root / "mask.yml").read_bytes()
    return Change("mask.yml", before, before + b"  lille:\n")


def files(site: SiteFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}


def in_a_child(site: SiteFolder, operation: int, at_it: Callable[[], None]) -> bool:
    """Write in a child process in which something happens at the n-th file operation; return if it did."""
    known = change(site)
    child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, _: object) -> None:
            nonlocal seen
            if event in OPERATIONS:
                seen += 1
                if seen == operation:
                    at_it()

        sys.addaudithook(count)
        try:
            write_profile(site.root, PATH, TEXT, known)
        except OSError:
            os._exit(3)
        os._exit(0 if seen < operation else 3)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def die() -> None:
    os._exit(9)


def fail() -> None:
    raise OSError(errno.ENOSPC, "no space left on device")


def sites(tmp_path: Path) -> SiteFolder:
    site = SiteFolder(tmp_path / "site").started()
    return site.delete("profiles")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_machine_that_stops_never_leaves_a_profile_without_its_terms(tmp_path: Path) -> None:
    operation = 0
    while True:
        operation += 1
        site = sites(tmp_path / str(operation))
        if not in_a_child(site, operation, die):
            break
        read_site(site.root)  # which raises for a term that is not declared
    assert (site.root / PATH).is_file()
    assert operation > 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_disk_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    operation = 0
    while True:
        operation += 1
        site = sites(tmp_path / str(operation))
        before = files(site)
        if not in_a_child(site, operation, fail):
            break
        if PATH.rpartition("/")[2] in files(site):  # what failed was the tidying up
            assert read_site(site.root).site.profiles[0].name == "moi"
        else:
            assert files(site) == before
            assert not (site.root / "profiles").exists()
    assert operation > 8


def test_both_are_written_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    site = sites(tmp_path)
    known = change(site)
    write_profile(site.root, PATH, TEXT, known)
    assert files(site) == {
        "cmsite.yml": (site.root / "cmsite.yml").read_bytes(),
        "mask.yml": known.after,
        "moi.yml": TEXT.encode(),
    }


def test_a_file_system_without_second_names_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", no_link)
    site = sites(tmp_path)
    write_profile(site.root, PATH, TEXT, change(site))
    assert (site.root / PATH).read_text() == TEXT
    assert read_site(site.root).site.profiles[0].name == "moi"


def test_a_mask_yml_that_somebody_saves_meanwhile_is_not_lost(tmp_path: Path) -> None:
    site = sites(tmp_path)
    known = change(site)
    site.write("mask.yml", known.before + b"# mine\n")
    with pytest.raises(Refused, match="just been changed"):
        write_profile(site.root, PATH, TEXT, known)
    assert (site.root / "mask.yml").read_bytes() == known.before + b"# mine\n"
    assert not (site.root / "profiles").exists()


def test_a_profile_that_somebody_writes_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sites(tmp_path)
    known, link = change(site), os.link

    def overtaken(source: Path, target: Path) -> None:
        target.write_text("mine")
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    with pytest.raises(Refused, match="is there already"):
        write_profile(site.root, PATH, TEXT, known)
    assert (site.root / PATH).read_text() == "mine"
    assert (site.root / "mask.yml").read_bytes() == known.before


def test_the_comments_are_in_the_language_of_the_author() -> None:
    answers = Answers(Slug("moi"), Language("en"), "", mask(scope=["internal", "external"]))
    text = compose_profile(answers, language=Language("fr"))
    assert "# Le masque" in text
    assert "language: en\nheadline:  # votre métier" in text
    assert "  # niche:  (dans quel secteur)\n" in text
    assert "  scope: [internal, external]\n" in text
