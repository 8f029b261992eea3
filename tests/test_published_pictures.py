"""Pictures from the author's folder to the reader's page: in every width, upright, and telling nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from cmsite.audit import check_site
from cmsite.craft.pictures import picture_maker
from cmsite.errors import ProblemsFound, Severity
from crawl import broken_links, forbidden_attributes
from pictures import SECRET, TELLTALES, corners, moving, opened, photo, picture
from shape.elements import Element, elements
from site_folder import NOW, SiteFolder
from tiny_theme import wear_tiny_theme

URL = "https://example.org/carnet/"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><path d="M0 0"/></svg>'
BODY = """\
![b](files/large.png "Une légende")

![c](files/danse.gif) ![d](files/plan.svg)

[le document](files/doc.pdf), [la même en entier](files/large.png)
"""


def images(site: SiteFolder, page: str) -> list[Element]:
    return elements(site.read(page), "img")


def files(site: SiteFolder) -> set[str]:
    """Return the names of what is published in files/."""
    return {path.removeprefix("files/") for path in site.outputs() if path.startswith("files/")}


def published(site: SiteFolder, address: str) -> bytes:
    return (site.root / "public" / unquote(address).removeprefix("/carnet/")).read_bytes()


def with_pictures(site: SiteFolder) -> SiteFolder:
    """Give a site a picture of each kind, each where one may stand."""
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", config.replace("Camille Martin", "Camille Martin, photo: files/moi.jpg"))
    site.write("content/files/moi.jpg", photo(500, 500, turn=3))
    site.write("content/files/tête, d'affiche.jpg", photo(2100, 60, turn=6))
    site.write("content/files/large.png", photo(2000, 20, kind="PNG"))
    site.write("content/files/petit.webp", photo(30, 20, kind="WEBP"))
    site.write("content/files/danse.gif", moving("GIF", comment=SECRET.encode()))
    site.write("content/files/plan.svg", DRAWING).write("content/files/doc.pdf", b"%PDF-1.7")
    site.post("un", 'image: "files/tête, d\'affiche.jpg"\nimage_alt: Une salle', "![a](files/petit.webp)")
    return site.post("deux", body=BODY)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A built site with pictures, to be looked at and left alone."""
    site = with_pictures(SiteFolder(tmp_path_factory.mktemp("album") / "site").started())
    site.build()
    return site


@pytest.fixture
def album(site: SiteFolder) -> SiteFolder:
    """A site with pictures to build and to edit, in a theme that takes no time."""
    return with_pictures(wear_tiny_theme(site))


def test_no_byte_tells_where_when_or_by_what_a_picture_was_taken(built: SiteFolder) -> None:
    assert any(
        telltale in file.read_bytes() for telltale in TELLTALES for file in built.root.glob("content/files/*")
    )
    assert [telltale for telltale in TELLTALES if telltale in built.everything()] == []
    assert b"<script>x()" not in built.everything()


def test_every_img_has_a_size_and_every_file_it_names_is_as_wide_as_it_says(built: SiteFolder) -> None:
    found = [image for page in built.outputs() if page.endswith(".html") for image in images(built, page)]
    assert len(found) > 6
    for image in found:
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0
        for candidate in re.findall(r"(\S+) (\d+)w", image.attributes.get("srcset", "")):
            made = opened(published(built, candidate[0]))
            assert (made.format, made.width) == ("WEBP", int(candidate[1]))
        if image["src"].endswith((".jpg", ".png")) and "u-photo" not in image.classes:
            assert opened(published(built, image["src"])).size == (int(image["width"]), int(image["height"]))


def test_pictures_come_in_the_widths_that_readers_need_and_no_wider(built: SiteFolder) -> None:
    assert files(built) == {
        "moi.jpg.480.jpg", "moi.jpg.240.webp", "moi.jpg.480.webp",
        "tête, d'affiche.jpg", "tête, d'affiche.jpg.60.webp",
        "large.png", "large.png.1920.png", *(f"large.png.{width}.webp" for width in (480, 960, 1440, 1920)),
        "petit.webp", "danse.gif", "plan.svg", "doc.pdf",
    }  # fmt: skip


def test_what_a_camera_took_on_its_side_is_published_upright(site: SiteFolder) -> None:
    site.write("content/files/a.jpg", photo(80, 60, turn=6)).post("un", body="![a](files/a.jpg)").build()
    assert corners(published(site, "/carnet/files/a.jpg")) == ("blue", "red", "white", "lime")
    assert corners(published(site, "/carnet/files/a.jpg.60.webp")) == ("blue", "red", "white", "lime")
    (image,) = images(site, "2026/03/un/index.html")
    assert (image["width"], image["height"]) == ("60", "80")


def test_the_picture_that_leads_a_page_does_not_wait_and_the_others_do(built: SiteFolder) -> None:
    lead, below = images(built, "2026/03/un/index.html")
    assert (lead.attributes.get("loading"), below["loading"]) == (None, "lazy")
    first, *others = images(built, "2026/03/deux/index.html")
    assert first.attributes.get("loading") is None
    assert {image["loading"] for image in others} == {"lazy"}
    assert {image["decoding"] for image in (lead, below, first, *others)} == {"async"}


def test_every_address_of_a_picture_leads_to_a_file_in_feeds_too(built: SiteFolder) -> None:
    assert broken_links(built.root / "public", URL) == []
    assert forbidden_attributes(built.root / "public") == []
    entries = json.loads(built.read("feed.json"))["items"]
    told = [address for item in entries for address in re.findall(r"(\S+?\.\w+) \d+w", item["content_html"])]
    assert len(told) > 4
    for address in map(unescape, told):
        assert published(built, address.removeprefix('srcset="').removeprefix("https://example.org"))


def test_a_head_tells_the_picture_with_its_size_and_words(built: SiteFolder) -> None:
    meta = {
        each.attributes.get("property"): each["content"]
        for each in elements(built.read("2026/03/un/index.html"), "meta")
        if "property" in each.attributes
    }
    assert meta["og:image"] == "https://example.org/carnet/files/t%C3%AAte,%20d'affiche.jpg"
    assert [meta[f"og:image:{name}"] for name in ("width", "height", "alt")] == ["60", "2100", "Une salle"]


def test_a_picture_of_what_is_left_out_is_in_no_file_and_no_name(site: SiteFolder) -> None:
    site.write("content/files/secret.jpg", photo(1000, 20)).write("content/files/vu.jpg", photo(500, 20))
    site.post("un", body="![a](files/vu.jpg)").post(
        "jeu", "mask: {niche: jeu-video}\nimage: files/secret.jpg"
    )
    site.post("brouillon", "draft: true", "![a](files/secret.jpg)")
    site.build()
    assert files(site) == {"vu.jpg", "vu.jpg.480.webp", "vu.jpg.500.webp"} - {"vu.jpg.480.webp"}
    assert b"secret" not in site.everything()


def test_only_what_changed_is_made_again(album: SiteFolder) -> None:
    album.build()
    assert album.build().rendered == 0
    album.write("content/files/petit.webp", photo(30, 20, kind="WEBP", turn=3))
    assert [stale.path for stale in album.build().stale] == ["files/petit.webp"]
    album.write("content/files/petit.webp", photo(60, 20, kind="WEBP"))
    reasons = {stale.path: stale.reasons for stale in album.build().stale}
    assert reasons["2026/03/un/index.html"] == ("post changed",)
    assert "digest changed" in reasons["files/petit.webp"]


def test_a_clean_build_makes_the_same_bytes_and_takes_them_from_memory(album: SiteFolder) -> None:
    album.build()
    first, kept = album.outputs(), memory(album)
    assert len(kept) == len(files(album)) - 2  # neither the drawing nor the document
    stamps = {file.name: file.stat().st_mtime_ns for file in kept}
    album.build(clean=True)
    assert album.outputs() == first
    assert {file.name: file.stat().st_mtime_ns for file in memory(album)} == stamps
    shutil.rmtree(album.root / ".cmsite")
    album.delete("public").build()
    assert album.outputs() == first


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_memory_is_made_again(album: SiteFolder, damage: bytes | None) -> None:
    album.build()
    first = album.outputs()
    for file in memory(album):
        file.write_bytes(file.read_bytes()[:-1] + b"\0\0" if damage is None else damage)
    album.build(clean=True)
    assert album.outputs() == first
    again = SiteFolder(album.root)
    assert all(len(file.read_bytes()) > 40 for file in memory(again))


def test_pictures_that_the_site_no_longer_has_are_forgotten(album: SiteFolder) -> None:
    album.build()
    before = len(memory(album))
    album.delete("content/files/large.png").post("deux").build()
    assert len(memory(album)) == before - 6
    album.post("un").build()  # one that no text shows today may be shown tomorrow
    assert len(memory(album)) == before - 6


def memory(site: SiteFolder) -> list[Path]:
    return sorted((site.root / ".cmsite" / "pictures").iterdir())


def scrambled() -> bytes:
    """Return a picture whose header is right and whose pixels are not."""
    data = bytearray(picture(200, 150))
    at = data.index(b"IDAT") + 8
    data[at : at + 20] = bytes(20)
    return bytes(data)


def test_pixels_that_cannot_be_read_stop_the_build_and_all_are_told(site: SiteFolder) -> None:
    site.post("un").build()
    before = site.outputs()
    for name in ("a", "b"):
        site.write(f"content/files/{name}.png", scrambled() + name.encode())
    site.post("deux", "image: files/a.png", "![b](files/b.png)")
    with pytest.raises(ProblemsFound) as found:
        site.build()
    assert [(str(each.place), each.code) for each in found.value.problems] == [
        ("content/files/a.png:1:1", "broken-image"),
        ("content/files/b.png:1:1", "broken-image"),
    ]
    assert site.outputs() == before
    assert [each.code for each in check_site(site.root, NOW)] == ["broken-image", "broken-image"]


def test_a_check_makes_and_keeps_no_picture(album: SiteFolder) -> None:
    assert [one for one in check_site(album.root, NOW) if one.severity is not Severity.ADVICE] == []
    assert not (album.root / ".cmsite").exists()


def test_a_picture_that_is_cut_is_told_where_it_is_shown(site: SiteFolder) -> None:
    site.write("content/files/a.jpg", photo()[:300]).post("un", body="Ici ![Une salle](files/a.jpg).")
    published_ = site.build()
    (warning,) = published_.warnings
    assert (str(warning.place), warning.code) == ("content/posts/un.md:6:18", "broken-image")
    assert warning.severity is Severity.WARNING
    assert "Ici Une salle." in site.read("2026/03/un/index.html")
    assert files(site) == set()
    site.post("un", "image: files/a.jpg")
    with pytest.raises(ProblemsFound) as found:
        site.build()
    (problem,) = found.value.problems
    assert (str(problem.place), problem.code) == ("content/posts/un.md:4:8", "broken-image")
    assert problem.what == "`content/files/a.jpg` cannot be shown: it is cut short"


def test_a_strict_build_refuses_a_broken_picture(site: SiteFolder) -> None:
    site.write("content/files/a.jpg", b"").post("un", body="![Une salle](files/a.jpg)")
    with pytest.raises(ProblemsFound) as found:
        site.build(strict=True)
    assert [each.what for each in found.value.problems] == [
        "`content/files/a.jpg` cannot be shown: it is empty"
    ]
    assert not (site.root / "public").exists()


def test_a_drawing_that_loses_its_words_is_told_where_it_is_used(site: SiteFolder) -> None:
    html = DRAWING.replace(b"<path", b"<foreignObject><p>Oui</p></foreignObject><path")
    site.write("content/files/plan.svg", html).post("un", body="![d](files/plan.svg)")
    site.write("content/files/autre.svg", html)
    (warning,) = site.build().warnings
    assert (str(warning.place), warning.code) == ("content/files/plan.svg:1:1", "drawing-html")
    assert "<path" in site.read("files/plan.svg")
    assert "Oui" not in site.read("files/plan.svg")


def build_without_pillow(root: Path) -> subprocess.CompletedProcess[str]:
    """Build a site in a Python where Pillow cannot be imported, as if it were not installed."""
    program = "import sys; sys.modules['PIL'] = None; from cmsite.cli import main; main()"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return subprocess.run(
        [sys.executable, "-c", program, "build"],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_pillow_pictures_are_published_as_they_are_after_one_warning(site: SiteFolder) -> None:
    said = build_without_pillow(with_pictures(site).root)
    assert (said.returncode, said.stdout) == (0, "")
    assert said.stderr.count("warning") == said.stderr.count("Pillow is not installed") == 1
    assert "pip install 'cmsite[images]'" in said.stderr
    for name in ("large.png", "moi.jpg", "danse.gif"):
        assert published(site, f"files/{name}") == (site.root / "content/files" / name).read_bytes()
    assert b"<script" not in published(site, "files/plan.svg")
    shown = [image for page in ("un", "deux") for image in images(site, f"2026/03/{page}/index.html")]
    assert len(shown) == 5
    assert all(int(image["width"]) * int(image["height"]) > 0 for image in shown)
    assert not any("srcset" in image.attributes for image in shown)
    assert site.build().warnings == ()
    assert [telltale for telltale in TELLTALES if telltale in site.everything()] == []


@pytest.mark.parametrize("name", ["plan.svg", "doc.pdf"])
def test_without_pillow_a_site_without_photographs_has_no_warning(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    picture_maker.cache_clear()
    try:
        site.write(f"content/files/{name}", DRAWING).post("un", body=f"[d](files/{name})")
        assert picture_maker() == ""
        assert site.build(strict=True).warnings == ()
    finally:
        picture_maker.cache_clear()


def test_a_build_for_another_profile_takes_its_pictures_from_memory(album: SiteFolder) -> None:
    album.write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    config = (album.root / "cmsite.yml").read_text(encoding="utf-8")
    album.write("cmsite.yml", f"{config}profile: sante\n").build()
    kept = [file.stat().st_mtime_ns for file in memory(album)]
    album.build("jeu")
    assert [file.stat().st_mtime_ns for file in memory(album)] == kept
