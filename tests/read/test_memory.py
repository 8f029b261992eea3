"""A post that is remembered is the post that was read, whatever it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from msgspec.structs import replace

from builders import PLACES, post
from cmsite.cache import Cache
from cmsite.errors import ProblemsFound
from cmsite.model import Kind, Place, Post, Settings
from cmsite.read.memory import PostMemory, Remembered, heard, told
from cmsite.read.site import read_site
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


@given(worded_blogs())
def test_what_is_told_of_a_post_is_heard_again(posts: tuple[Post, ...]) -> None:
    for each in posts:
        one = _as_read(each)
        text = f"---\ntitle: x\n---\n{one.body.text}\n"
        assert heard(told(one, text), one.kind, one.source, text, PARIS) == one


def _as_read(one: Post) -> Post:
    """Return the post as a file gives it: named like it, its places in it, its date in the site's zone."""
    place, path = one.body.place, one.source
    return replace(
        one,
        name=path.rpartition("/")[2].removesuffix(".md"),
        date=one.date and one.date.astimezone(PARIS),
        body=replace(one.body, text=one.body.text.rstrip(), place=Place(path, place.line)),
        variants=tuple(
            replace(
                each,
                place=replace(each.place, path=path),
                body=each.body and replace(each.body, place=replace(each.body.place, path=path)),
            )
            for each in one.variants
        ),
    )


def test_a_site_read_with_a_memory_is_the_site_read_without(site: SiteFolder, tmp_path: Path) -> None:
    site.write("content/posts/riche.md", RICH)
    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    plain = read_site(site.root).site
    assert read_site(site.root, memory=memory).site == plain
    assert {each.kind for each in memory.cache.holdings()} == {"post"}
    assert read_site(site.root, memory=memory).site == plain


def test_what_another_program_has_read_does_not_count(site: SiteFolder, tmp_path: Path) -> None:
    site.write("content/posts/riche.md", RICH)
    cache = Cache(tmp_path / "cache.sqlite", writable=True)
    read_site(site.root, memory=PostMemory(cache, "one"))
    read_site(site.root, memory=PostMemory(cache, "two"))
    assert [(each.kind, each.entries) for each in cache.holdings()] == [("post", 2)]


def test_a_text_of_the_same_bytes_elsewhere_is_another() -> None:
    one = post("a", date=datetime(2026, 3, 1, tzinfo=UTC))
    memory = PostMemory(Cache(Path("no-such-folder/cache.sqlite")), "")
    known = Remembered(memory, Kind.POST, Settings(), PLACES, ())
    known.note(one, b"x")
    known.note(replace(one, source="content/posts/b.md"), b"x")
    assert len(known.new) == 2


def test_what_remembered_posts_say_of_one_another_is_told_again(site: SiteFolder, tmp_path: Path) -> None:
    site.post("a", "mask: {challenge: Confiance}").post("b", "mask: {challenge: confiance}")
    memory, told = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker"), list[object]()
    for _ in range(2):
        with pytest.raises(ProblemsFound) as found:
            read_site(site.root, memory=memory)
        told.append(found.value.problems)
    assert told[0] == told[1]
    assert memory.cache.holdings()[0].entries == 2
