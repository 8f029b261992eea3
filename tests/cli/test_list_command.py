"""`cmsite list`: the posts of an edition, in its order, with why each is in or out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from site_folder import SiteFolder
from terminal import Terminal

KEYS = {"slug", "title", "date", "url", "path", "included", "tier", "score", "source"}


@pytest.fixture
def posts(site: SiteFolder) -> SiteFolder:
    """A post of each tier, and one left out for each reason."""
    site.post("ici", "mask: {niche: e-sante, locality: paris}", date="2026-01-01")
    site.post("plus-large", "mask: {locality: france}", date="2026-02-01")
    site.post("tous", date="2026-03-01")
    site.post("ailleurs", "mask: {locality: lyon, niche: jeu-video}")
    site.post("barre", "not: {niche: e-sante}")
    site.post("brouillon", "draft: true").post("a-venir", date="2026-07-01").post(
        "perime", "expires: 2026-04-01"
    )
    site.post("english", "language: en").post("exclu").post("nomme", "mask: {locality: lyon}")
    return site.write(
        "profiles/sante.yml",
        "mask: {niche: e-sante, locality: paris}\nselect: {exclude: [exclu], include: [nomme]}\n",
    )


def told(terminal: Terminal, *words: str) -> list[dict[str, Any]]:
    said = terminal("list", "--json", *words)
    assert (said.code, said.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(said.out)["posts"]
    return found


def rows(text: str) -> list[list[str]]:
    """Return the cells of each row below the headings."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()[1:]]


def test_posts_are_listed_in_the_blogs_order_with_their_reasons(
    posts: SiteFolder, terminal: Terminal
) -> None:
    said = terminal("list")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].split() == ["date", "tier", "post", "why"]
    assert rows(said.out) == [
        ["2026-03-01", "general", "nomme", "chosen by name"],
        ["2026-03-01", "general", "tous", "speaks to anyone"],
        ["2026-02-01", "good", "plus-large", "locality wider (france)"],
        ["2026-01-01", "strong", "ici", "niche exact (e-sante), locality exact (paris)"],
    ]


def test_posts_left_out_come_after_with_what_left_them_out(posts: SiteFolder, terminal: Terminal) -> None:
    left_out = {row[2]: row[3] for row in rows(terminal("list", "--all-posts").out)[4:]}
    assert left_out == {
        "ailleurs": "niche conflict, locality conflict", "barre": "niche barred", "brouillon": "draft",
        "a-venir": "future", "perime": "expired", "english": "language", "exclu": "excluded",
    }  # fmt: skip


def test_json_has_the_keys_that_stay(posts: SiteFolder, terminal: Terminal) -> None:
    listed = told(terminal)
    assert all(post.keys() >= KEYS for post in listed)
    assert [post["slug"] for post in listed] == ["nomme", "tous", "plus-large", "ici"]
    assert listed[3] == {
        "slug": "ici", "title": "Titre de ici", "date": "2026-01-01T00:00:00+01:00",
        "url": "https://example.org/carnet/2026/01/ici/", "path": "2026/01/ici/index.html",
        "included": True, "tier": "strong", "score": 15, "source": "content/posts/ici.md",
    }  # fmt: skip
    assert [post["tier"] for post in listed] == ["general", "general", "good", "strong"]
    assert [post["score"] for post in listed] == [0, 0, 4, 15]


def test_posts_left_out_have_neither_score_nor_tier_nor_address(
    posts: SiteFolder, terminal: Terminal
) -> None:
    listed = told(terminal, "--all-posts")
    assert [post["included"] for post in listed] == [True] * 4 + [False] * 7
    for post in listed[4:]:
        assert post.keys() >= KEYS
        assert (post["score"], post["tier"], post["url"], post["path"]) == (None, None, None, None)
        assert post["source"] == f"content/posts/{post['slug']}.md"


def test_the_order_and_the_words_are_those_of_the_edition(posts: SiteFolder, terminal: Terminal) -> None:
    posts.write("profiles/sante.yml", "mask: {niche: e-sante, locality: paris}\nselect: {order: relevance}\n")
    posts.post(
        "tous", "variants:\n- when: {niche: e-sante}\n  title: Un autre\ntitle: Un titre", date="2026-03-01"
    )
    listed = told(terminal)
    assert [post["slug"] for post in listed] == ["ici", "plus-large", "exclu", "tous"]
    assert listed[3]["title"] == "Un autre"


def test_another_profile_can_be_listed(posts: SiteFolder, terminal: Terminal) -> None:
    posts.write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    posts.write("cmsite.yml", "url: https://example.org/\nlanguage: fr\nprofile: sante\n")
    assert "ailleurs" in [post["slug"] for post in told(terminal, "-p", "jeu")]
    assert "ailleurs" not in [post["slug"] for post in told(terminal)]


def test_the_instant_can_be_chosen(posts: SiteFolder, terminal: Terminal) -> None:
    assert "a-venir" in [post["slug"] for post in told(terminal, "--now", "2026-07-01T12:00")]


def test_what_an_author_writes_is_not_taken_for_markup(site: SiteFolder, terminal: Terminal) -> None:
    site.delete("mask.yml").write("profiles/sante.yml", "mask: {niche: '[red]:heart:[/red]'}")
    site.post("a", "mask: {niche: '[red]:heart:[/red]'}")
    assert rows(terminal("list").out) == [["2026-03-01", "strong", "a", "niche exact ([red]:heart:[/red])"]]


def test_nothing_is_written(posts: SiteFolder, terminal: Terminal) -> None:
    terminal("list", "--all-posts")
    assert not (posts.root / "public").exists()
    assert not (posts.root / ".cmsite").exists()


def test_an_edition_without_a_post_is_a_mistake(site: SiteFolder, terminal: Terminal) -> None:
    site.post("a", "mask: {niche: jeu-video}")
    said = terminal("list", "--json")
    assert said.code == 1
    assert [problem["code"] for problem in json.loads(said.out)["problems"]] == ["empty-edition"]
