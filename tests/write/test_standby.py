"""The generation before the published one: the next is made of it, and nothing else in it ever comes back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme

STANDBY = ".cmsite/staging/public/standby"
PAGE = "2026/03/un/index.html"


@pytest.fixture
def twice(site: SiteFolder) -> SiteFolder:
    """A site that was published twice."""
    wear_tiny_theme(site).post("un").post("deux", body="Un autre texte.")
    site.build()
    site.post("deux", body="Un texte revu.").build()
    return site


def edit(site: SiteFolder, text: str) -> None:
    """Edit another post than the one that is looked at, and build."""
    site.post("deux", body=text).build()


def made_clean(site: SiteFolder, elsewhere: Path) -> dict[str, bytes]:
    """Return what a clean build makes of the same files."""
    clean = SiteFolder(elsewhere)
    for name in ("cmsite.yml", "mask.yml", "content", "profiles", "themes"):
        for file in [site.root / name, *(site.root / name).rglob("*")]:
            if file.is_file():
                clean.write(file.relative_to(site.root).as_posix(), file.read_bytes())
    clean.build()
    return clean.outputs()


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what tells that a file or a folder was made, given another name, or had a name put into it."""
    found = {path.relative_to(folder).as_posix(): path.lstat() for path in folder.rglob("*")}
    return {path: (stat.st_ino, stat.st_ctime_ns) for path, stat in found.items()}


def note(site: SiteFolder, n: int, body: str = "Un texte.") -> SiteFolder:
    """Write one of many posts."""
    return site.post(f"note-{n:02}", body=body, date=f"2026-01-{n % 28 + 1:02}")


def touched(site: SiteFolder, n: int) -> int:
    """Edit a post and build; return how many files and folders that makes, changes, and takes away."""
    before = stamps(site.root / STANDBY)
    note(site, n, "Un texte revu.").build()
    after = stamps(site.root / "public")
    return sum(before.get(path) != after.get(path) for path in {*before, *after})


def test_a_publish_touches_what_changed_however_much_stands(tmp_path: Path) -> None:
    def site_of(posts: int) -> SiteFolder:
        site = wear_tiny_theme(SiteFolder(tmp_path / str(posts)).started())
        for n in range(posts):
            note(site, n)
        site.build()
        touched(site, 0)
        return site

    counts = [touched(site_of(posts), 1) for posts in (5, 60)]
    assert min(counts) > 0
    assert max(counts) <= 16, "with the marker, lists and feeds, and what the edit before had changed"


def test_the_folder_that_was_published_is_the_one_to_be_published_next(twice: SiteFolder) -> None:
    aside, published = (twice.root / STANDBY).stat().st_ino, (twice.root / "public").stat().st_ino
    edit(twice, "Encore.")
    assert (twice.root / "public").stat().st_ino == aside
    assert (twice.root / STANDBY).stat().st_ino == published


def test_a_page_that_somebody_is_reading_does_not_change_under_their_eyes(twice: SiteFolder) -> None:
    good = twice.read(PAGE)
    with (twice.root / "public" / PAGE).open(encoding="utf-8") as reader:
        for n in range(3):
            twice.post("un", body=f"Un texte écrit {n} fois.").build()
        assert reader.read() == good


@pytest.mark.parametrize("in_place", [True, False])
def test_a_page_changed_by_hand_is_mended_by_verify_and_does_not_come_back(
    twice: SiteFolder, in_place: bool
) -> None:
    good = twice.read(PAGE)
    bad = good.replace("Un texte", "Ha texte")
    file = twice.root / "public" / PAGE
    if not in_place:
        file.unlink()
    file.write_text(bad, encoding="utf-8")
    for text in ("Un.", "Deux.", "Trois."):
        edit(twice, text)
        assert twice.read(PAGE) == bad  # of the same size: nothing tells that it was changed
    assert twice.build(verify=True).rendered == 1
    for text in ("Quatre.", "Cinq.", "Six."):
        assert twice.read(PAGE) == good
        edit(twice, text)


@pytest.mark.parametrize("in_place", [True, False])
def test_a_page_whose_size_was_changed_is_mended_and_does_not_come_back(
    twice: SiteFolder, in_place: bool
) -> None:
    good = twice.read(PAGE)
    file = twice.root / "public" / PAGE
    if not in_place:
        file.unlink()
    file.write_text(good + "more", encoding="utf-8")
    for text in ("Un.", "Deux.", "Trois."):
        edit(twice, text)
        assert twice.read(PAGE) == good


def test_nothing_that_was_put_into_the_standby_is_published(twice: SiteFolder, tmp_path: Path) -> None:
    standby = twice.root / STANDBY
    twice.write(f"{STANDBY}/strange.html", "strange").write(
        f"{STANDBY}/2026/04/strange/index.html", "strange"
    )
    (standby / "nothing" / "in it").mkdir(parents=True)
    (standby / "link").symlink_to(tmp_path, target_is_directory=True)
    page = standby / PAGE
    data = page.read_bytes()
    page.unlink()
    page.write_bytes(bytes(reversed(data)))
    (standby / "index.html").unlink()
    twice.write(f"{STANDBY}/index.html/index.html", "strange")
    edit(twice, "Encore.")
    assert twice.outputs() == made_clean(twice, tmp_path / "clean")
    found = {path.name for path in (twice.root / "public").rglob("*")}
    assert not found & {"nothing", "link", "strange"}


@pytest.mark.parametrize("linked", [STANDBY, ".cmsite/staging/public", ".cmsite/staging"])
def test_nothing_is_deleted_through_a_link(twice: SiteFolder, tmp_path: Path, linked: str) -> None:
    elsewhere = SiteFolder(tmp_path / "elsewhere")
    for path in ("a.txt", "standby/a.txt", "public/standby/a.txt"):
        elsewhere.write(path, "precious")
    before = sorted(elsewhere.root.rglob("*"))
    twice.delete(linked)
    (twice.root / linked).symlink_to(elsewhere.root, target_is_directory=True)
    edit(twice, "Encore.")
    assert sorted(elsewhere.root.rglob("*")) == before
    assert twice.outputs() == made_clean(twice, tmp_path / "clean")


def test_a_standby_that_is_a_file_or_lost_costs_nothing_but_time(twice: SiteFolder, tmp_path: Path) -> None:
    twice.delete(STANDBY)
    edit(twice, "Encore.")
    twice.delete(STANDBY).write(STANDBY, "a file")
    edit(twice, "Toujours.")
    assert twice.outputs() == made_clean(twice, tmp_path / "clean")


def test_a_file_of_somebody_else_that_they_took_away_does_not_come_back(twice: SiteFolder) -> None:
    twice.write("public/proof/google123.html", "proof")
    for text in ("Un.", "Deux.", "Trois."):
        edit(twice, text)
        assert twice.read("proof/google123.html") == "proof"
    twice.delete("public/proof")
    for text in ("Quatre.", "Cinq."):
        edit(twice, text)
        assert not twice.has("proof")


def test_a_file_system_without_second_names_gets_copies(
    twice: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    for text in ("Un.", "Deux.", "Trois."):
        edit(twice, text)
    assert twice.outputs() == made_clean(twice, tmp_path / "clean")
