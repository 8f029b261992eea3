"""A post that is remembered is the post that was read, whatever it holds."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import PLACES
from cmsite.cache import Cache
from cmsite.errors import MachineError, ProblemsFound
from cmsite.model import Body, Kind, Place, Post, Settings
from cmsite.read.memory import PostMemory, Remembered, keep_theme, recall_theme
from cmsite.read.site import read_site
from cmsite.read.theme import read_theme, theme_files
from cmsite.signatures import sign
from shape.strategies import worded_blogs
from site_folder import SiteFolder

PARIS = ZoneInfo("Europe/Paris")
RICH = """\
---
title: "Un titre : l'été"
date: 2026-03-01 10:00
updated: 2026-03-02
tags: [écoute, "a, b"]
mask: {niche: e-sante}
not: {locality: lyon}
call_to_action: {label: Écrire, url: "mailto:a@example.org"}
variants:
  - when: {niche: e-sante}
    title: Autre
    body: |
      Un autre texte.
extra: {a: [x, {b: c}], d: {e: "1"}}
---

Le texte.

Encore.
"""
COMMENTS = """- {id: "1", author: Ann, date: 2026-03-01 10:00:00 +0100, text: Bonjour}
- {id: "2", author: Bob, date: 2026-07-01, text: Bonsoir, parent: "1"}
"""


@given(worded_blogs(), st.booleans())
def test_a_remembered_post_is_the_post_that_was_noted(posts: tuple[Post, ...], edited: bool) -> None:
    with TemporaryDirectory() as folder:
        for each in map(_as_read, posts):
            memory, file = (
                PostMemory(Cache(Path(folder, "cache.sqlite"), writable=True), "", 1),
                f"{each.slug}.md",
            )
            one = replace(each, source=file, body=Body(each.body.text.strip() or "x", Place(file, 4)))
            head = f"---\ntitle: {each.slug}\n---\n"
            data = f"{head}{one.body.text}\n".encode()
            Path(folder, file).write_bytes(data)
            known = _remembered(memory, Path(folder))
            known.note(one, data, (len(data), 0, 1, 0))
            known.keep()
            again = _remembered(memory, Path(folder))
            assert again.unchanged(file, (len(data), 0, 1, 2)) is None
            if edited:
                other = f"{head}Autrement.\n".encode()
                told = replace(one, body=Body("Autrement.", Place(file, 4)))
                assert again.same(file, other, (0, 0, 0, 0)) == told
                assert again.same(file, b"---\nother: x\n---\nx\n", (0, 0, 0, 0)) is None
            else:
                assert again.unchanged(file, (len(data), 0, 1, 0)) == one
                found = again.same(file, data, (0, 0, 0, 0))
                assert found
                assert (found, found.body.text) == (one, one.body.text)


def _remembered(memory: PostMemory, root: Path) -> Remembered:
    return Remembered(memory, root, Kind.POST, Settings(timezone="Europe/Paris"), PLACES, ())


def _as_read(one: Post) -> Post:
    """Return the post as a file gives it: its dates in the site's zone."""
    return replace(one, date=one.date and one.date.astimezone(PARIS))


def test_a_site_read_with_a_memory_is_the_site_read_without(site: SiteFolder, tmp_path: Path) -> None:
    site.write("content/posts/riche.md", RICH)
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    plain = read_site(site.root).site
    assert read_site(site.root, memory=memory).site == plain
    assert {each.kind for each in memory.cache.holdings()} == {"agreed", "post", "stated", "worn"}
    assert read_site(site.root, memory=memory).site == plain


def test_what_another_program_has_read_does_not_count(site: SiteFolder, tmp_path: Path) -> None:
    site.write("content/posts/riche.md", RICH)
    cache = Cache(tmp_path / "cache.sqlite", writable=True)
    read_site(site.root, memory=PostMemory(cache, "one"))
    read_site(site.root, memory=PostMemory(cache, "two"))
    held = {each.kind: each.entries for each in cache.holdings()}
    assert (held["post"], held["stated"], held["worn"]) == (2, 2, 2)


def test_a_theme_that_is_remembered_is_the_theme_that_was_read(site: SiteFolder, tmp_path: Path) -> None:
    site.write("themes/plain/theme.yml", "name: plain\nextends: carnet\noptions: {dense: true, columns: 3}\n")
    site.write("themes/carnet/strings/fr.yml", "home.latest: Neuf\n")
    files = theme_files(site.root)
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    for name in ("plain", "carnet"):
        theme = read_theme(site.root, name)
        keep_theme(memory, name, files, theme)
        assert recall_theme(memory, name, files) == theme


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("themes/carnet/strings/fr.yml", "home.latest: Autre\n"),
        ("themes/carnet/assets/more.css", "a { color: red; }\n"),
        ("themes/carnet/theme.yml", "name: carnet\nextends: base\n"),
        ("themes/base/theme.yml", "name: base\npaper: {light: '#ffffff', dark: '#000001'}\n"),
    ],
)
def test_a_theme_of_which_a_file_has_changed_is_read_again(
    site: SiteFolder, tmp_path: Path, path: str, text: str
) -> None:
    site.post("a").write("themes/base/theme.yml", "name: base\n")
    site.write("themes/carnet/strings/fr.yml", "home.latest: Neuf\n")
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    read_site(site.root, memory=memory)
    site.write(path, text)
    assert read_site(site.root, memory=memory).themes == read_site(site.root).themes


def test_what_remembered_posts_say_of_one_another_is_told_again(site: SiteFolder, tmp_path: Path) -> None:
    site.post("a", "mask: {challenge: Confiance}").post("b", "mask: {challenge: confiance}")
    memory, told = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker"), list[object]()
    for _ in range(2):
        with pytest.raises(ProblemsFound) as found:
            read_site(site.root, memory=memory)
        told.append(found.value.problems)
    assert told[0] == told[1]
    assert "agreed" not in {each.kind for each in memory.cache.holdings()}


def test_a_file_whose_signature_is_known_is_not_opened(site: SiteFolder, tmp_path: Path) -> None:
    cache, since = Cache(tmp_path / "cache.sqlite", writable=True), 2**62
    site.write("content/posts/riche.md", RICH)
    read_site(site.root, memory=PostMemory(cache, "maker", since))
    (known,) = read_site(site.root, memory=PostMemory(cache, "maker", since)).site.posts
    file = site.root / "content/posts/riche.md"
    file.write_text(RICH.replace("Encore", "encore"), encoding="utf-8")
    with pytest.raises(MachineError, match=r"content/posts/riche\.md was changed while it was read"):
        _ = known.body.text


def test_a_text_that_was_let_go_is_read_again(site: SiteFolder, tmp_path: Path) -> None:
    site.write("content/posts/riche.md", RICH)
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    (one,) = read_site(site.root, memory=memory).site.posts
    told = one.body.text
    one.body.let_go()
    assert one.body.text == told
    one.body.let_go()
    site.write("content/posts/riche.md", RICH.replace("Encore", "encore"))
    with pytest.raises(MachineError, match=r"content/posts/riche\.md was changed while it was read"):
        _ = one.body.text


def test_a_text_that_cannot_be_read_again_stays(site: SiteFolder) -> None:
    site.write("content/posts/riche.md", RICH)
    (one,) = read_site(site.root).site.posts
    one.body.let_go()
    assert one.body.text == "Le texte.\n\nEncore."


def test_a_file_that_changed_when_it_was_read_or_later_is_read_again(
    site: SiteFolder, tmp_path: Path
) -> None:
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker", since=1)
    site.write("content/posts/riche.md", RICH)
    before = site.root.joinpath("content/posts/riche.md").stat()
    read_site(site.root, memory=memory)
    other = RICH.replace("Encore", "encore")
    file = site.write("content/posts/riche.md", other).root / "content/posts/riche.md"
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_site(site.root, memory=memory).site == read_site(site.root).site


def test_who_is_thorough_believes_no_signature(site: SiteFolder, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite", writable=True)
    site.write("content/posts/riche.md", RICH)
    read_site(site.root, memory=PostMemory(cache, "maker", 2**62))
    file = site.root / "content/posts/riche.md"
    signature = sign([str(file)], follow=True)[0]
    known = Remembered(
        PostMemory(cache, "maker", 2**62, thorough=True), site.root, Kind.POST, Settings(), PLACES, ()
    )
    assert known.unchanged("content/posts/riche.md", signature) is None


def test_a_smaller_limit_holds_for_texts_that_are_known(site: SiteFolder, tmp_path: Path) -> None:
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker", 2**62)
    site.post("long", body="mot " * 400)
    read_site(site.root, memory=memory)
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", f"{config}markdown: {{max_kb: 1}}\n")
    with pytest.raises(ProblemsFound) as found:
        read_site(site.root, memory=memory)
    assert [problem.code for problem in found.value.problems] == ["too-large"]


def test_the_files_that_are_no_texts_are_remembered_too(site: SiteFolder, tmp_path: Path) -> None:
    site.post("a").write("content/comments/a.yml", COMMENTS)
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    plain = read_site(site.root, memory=memory)
    again = read_site(site.root, memory=memory)
    assert (again.site, again.warnings, again.heads) == (plain.site, plain.warnings, plain.heads)
    assert str(again.site.threads) == str(plain.site.threads)
