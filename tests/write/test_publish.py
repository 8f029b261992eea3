"""Publishing: what stands in the output is ours or carried over, and nothing else is ever touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cmsite.errors import BuildRunning, Refused
from cmsite.model import MARKER
from cmsite.write.publish import working
from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme


@pytest.fixture
def built(site: SiteFolder) -> SiteFolder:
    wear_tiny_theme(site).post("un", "summary: Un résumé.", "Un texte.").post("deux", body="Un autre texte.")
    site.build()
    return site


def test_a_second_build_touches_no_file(built: SiteFolder) -> None:
    def stamps() -> dict[Path, tuple[int, int, int]]:
        found = {path: path.stat() for path in (built.root / "public").rglob("*")}
        return {path: (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in found.items()}

    before = stamps()
    done = built.build()
    assert (done.rendered, done.removed) == (0, 0)
    assert stamps() == before


def test_an_edited_body_renders_its_page_and_what_carries_its_text(built: SiteFolder) -> None:
    built.post("un", "summary: Un résumé.", "Un texte revu.")
    made = {stale.path: stale.reasons for stale in built.build().stale}
    assert made["2026/03/un/index.html"] == ("post changed",)
    assert made["feed.xml"] == ("feed changed",)
    assert "2026/03/deux/index.html" not in {path for path, why in made.items() if why == ("post changed",)}


def test_a_deleted_post_leaves_no_file_behind(built: SiteFolder) -> None:
    built.delete("content/posts/un.md")
    assert built.build().removed > 0
    assert not built.has("2026/03/un/index.html")
    assert not built.has("2026/03/un")


def test_a_deleted_post_is_removed_even_when_the_memory_was_deleted_first(built: SiteFolder) -> None:
    built.delete(".cmsite").delete("content/posts/un.md")
    built.build()
    assert not built.has("2026/03/un/index.html")


def test_kept_files_are_the_same_files_on_disk(built: SiteFolder) -> None:
    inode = (built.root / "public/2026/03/deux/index.html").stat().st_ino
    built.write("content/static/humans.txt", "nous")
    built.build()
    assert (built.root / "public/2026/03/deux/index.html").stat().st_ino == inode


def test_a_file_of_the_output_that_somebody_deleted_comes_back(built: SiteFolder) -> None:
    built.delete("public/2026/03/un/index.html")
    done = built.build()
    assert [stale.reasons for stale in done.stale] == [("the published file was changed or is gone",)]
    assert built.has("2026/03/un/index.html")


def test_verify_finds_a_page_changed_by_hand_though_its_size_is_the_same(built: SiteFolder) -> None:
    good = built.read("2026/03/un/index.html")
    built.write("public/2026/03/un/index.html", good.replace("Un texte", "Ha texte"))
    assert built.build().rendered == 0
    assert built.build(verify=True).rendered == 1
    assert built.read("2026/03/un/index.html") == good


def test_clean_makes_every_file_anew(built: SiteFolder) -> None:
    before = built.outputs()
    done = built.build(clean=True)
    assert done.kept == 0
    assert built.outputs() == before


def test_a_damaged_manifest_costs_a_full_build_and_nothing_else(built: SiteFolder) -> None:
    before = built.outputs()
    manifest = next((built.root / ".cmsite/manifests/public").glob("*.json"))
    manifest.write_bytes(manifest.read_bytes().replace(b"digest", b"digset")[:-3])
    assert built.build().kept == 0
    assert built.outputs() == before


def test_files_of_somebody_else_are_carried_over_and_named(built: SiteFolder) -> None:
    built.write("public/google123.html", "proof")
    done = built.build()
    assert built.read("google123.html") == "proof"
    assert [(str(p.place), p.code) for p in done.warnings] == [("public/google123.html:1:1", "foreign-file")]
    built.post("trois")
    built.build()
    assert built.read("google123.html") == "proof"


def test_a_foreign_file_where_ours_must_stand_is_refused_and_kept(built: SiteFolder) -> None:
    built.write("public/2026/03/trois/index.html", "mine").post("trois")
    before = built.outputs()
    with pytest.raises(Refused, match="stands where the site needs to write"):
        built.build()
    assert built.outputs() == before


def test_a_folder_that_is_not_ours_is_refused_until_it_is_adopted(site: SiteFolder) -> None:
    wear_tiny_theme(site).post("un").write("public/keep.txt", "precious")
    with pytest.raises(Refused, match="holds files that cmsite did not make"):
        site.build()
    assert site.outputs() == {"keep.txt": b"precious"}
    site.build(adopt=True)
    assert site.read("keep.txt") == "precious"
    assert site.has("index.html")


def test_another_sites_output_is_refused(built: SiteFolder) -> None:
    marker = built.root / "public" / MARKER
    told = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps({**told, "site": "another", "manifest": "unknown"}), encoding="utf-8")
    before = built.outputs()
    with pytest.raises(Refused, match="holds another site"):
        built.build()
    assert built.outputs() == before


def test_another_title_is_still_the_same_site(built: SiteFolder) -> None:
    config = (built.root / "cmsite.yml").read_text(encoding="utf-8").replace("title: Carnet", "title: Cahier")
    assert built.write("cmsite.yml", config).build().rendered > 0


def test_another_profile_takes_the_place_of_the_first(built: SiteFolder) -> None:
    config = (built.root / "cmsite.yml").read_text(encoding="utf-8")
    built.write("cmsite.yml", f"{config}profile: sante\n").write(
        "profiles/jeu.yml", "mask: {niche: jeu-video}\n"
    )
    built.post("sante", "mask: {niche: e-sante}").build()
    assert built.has("2026/03/sante/index.html")
    built.build("jeu")
    assert not built.has("2026/03/sante/index.html")


@pytest.mark.parametrize("linked", ["public", ".cmsite"])
def test_nothing_is_written_through_a_link(site: SiteFolder, tmp_path: Path, linked: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    wear_tiny_theme(site).post("un")
    (site.root / linked).symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(Refused, match="is a link"):
        site.build()
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_output_is_carried_over_as_a_link(built: SiteFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (built.root / "public/link.txt").symlink_to(secret)
    (built.root / "public/folder").symlink_to(tmp_path, target_is_directory=True)
    built.post("trois").build()
    assert (built.root / "public/link.txt").is_symlink()
    assert (built.root / "public/folder").is_symlink()
    assert secret.read_text(encoding="utf-8") == "secret"


def test_two_builds_in_one_folder_do_not_mix(built: SiteFolder) -> None:
    with working(built.root), pytest.raises(BuildRunning):
        built.build()


def test_the_marker_holds_neither_path_nor_time(built: SiteFolder) -> None:
    marker = built.read(MARKER)
    assert str(built.root) not in marker
    assert "2026-06-01" not in marker


def test_a_full_disk_leaves_the_old_site_whole(built: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.outputs()
    built.post("trois")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="No space"):
        built.build()
    assert built.outputs() == before
    monkeypatch.undo()
    built.build()
    assert built.has("2026/03/trois/index.html")
