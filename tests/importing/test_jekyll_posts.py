"""What becomes of a Jekyll text's name and head."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.jekyll_blog import JekyllBlog


def head_of(folder: Path, head: str, *, name: str = "2016-03-08-essai") -> dict[str, object]:
    blog = JekyllBlog(folder).config("").post(name, head=head)
    blog.bring()
    return blog.head("content/posts/" + blog.posts()[0])


def test_a_post_takes_date_and_slug_from_its_file_name(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path).config("").post("2016-03-08-La_mouvance--statique!", head="title: La mouvance")
    )
    blog.bring()
    assert blog.posts() == ["2016-03-08-la-mouvance-statique.md"]
    assert blog.head("content/posts/2016-03-08-la-mouvance-statique.md")["date"] == "2016-03-08"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2018-03-05 18:14:07 +0100", "2018-03-05 18:14:07 +0100"),
        ("2018-06-07 20:26 +0200", "2018-06-07 20:26:00 +0200"),
        ("2018-06-07T20:26:00+02:00", "2018-06-07 20:26:00 +02:00"),
        ("2018-6-7 9:05", "2018-06-07 09:05"),
        ("2018-06-07", "2018-06-07"),
        ("2018-06-07 10:00:00 GMT", "2018-06-07 10:00:00 UTC"),
    ],
)
def test_the_date_of_the_head_goes_before_the_file_names_and_keeps_its_zone(
    tmp_path: Path, written: str, kept: str
) -> None:
    assert head_of(tmp_path, f"title: T\ndate: {written}")["date"] == kept


@pytest.mark.parametrize("written", ["2018-13-45", "last spring", "2018-02-30 10:00", "2018-01-01 25:00"])
def test_a_date_that_cannot_be_read_gives_way_to_the_file_names_and_is_told(
    tmp_path: Path, written: str
) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-03-08-essai", head=f"title: T\ndate: {written}")
    report = blog.bring()
    assert blog.head("content/posts/2016-03-08-essai.md")["date"] == "2016-03-08"
    assert [(note.line, written in note.what) for note in report.hand_work()] == [(3, True)]


def test_a_post_whose_name_has_no_date_was_not_published_and_becomes_a_draft(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("essai").post("2016-02-30-autre", head="title: Autre")
    report = blog.bring()
    assert blog.posts() == ["autre.md", "essai.md"]
    assert blog.head("content/posts/essai.md")["draft"] == "true"
    assert report.drafts == 2
    assert len(report.hand_work()) == 2


def test_drafts_and_unpublished_posts_are_drafts(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2012-10-21-retire", head="title: T\npublished: false")
    blog.text("_drafts/_projet.md", head="title: Projet").post("2013-01-01-paru")
    report = blog.bring()
    assert (report.posts, report.drafts) == (1, 2)
    assert blog.head("content/posts/projet.md") == {"title": "Projet", "draft": "true"}
    assert "draft" not in blog.head("content/posts/2013-01-01-paru.md")


def test_entities_in_a_title_become_characters_and_folds_become_spaces(tmp_path: Path) -> None:
    assert head_of(tmp_path, "title : >\n  Que sont\n  les PWA&nbsp;?")["title"] == "Que sont les PWA\u00a0?"


def test_a_title_that_is_missing_is_made_of_the_file_name_and_told(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-03-08-sans-titre-aucun", head="layout: post")
    report = blog.bring()
    assert blog.head("content/posts/2016-03-08-sans-titre-aucun.md")["title"] == "Sans titre aucun"
    assert "no title" in report.hand_work()[0].what


@pytest.mark.parametrize(
    "title", ["no", "1:30", "2016-03-08", "@chat", "a: b # c", "'", '"', "- x", "[x]", "~", "*x*", "0x1F"]
)
def test_a_title_of_any_look_is_read_back_as_it_was(tmp_path: Path, title: str) -> None:
    quoted = title.replace("'", "''")
    assert head_of(tmp_path, f"title: '{quoted}'")["title"] == title


@pytest.mark.parametrize(
    ("head", "category", "tags"),
    [
        ("tags: écoute méthode", None, ["écoute", "méthode"]),
        ("tags: écoute active, méthode", None, ["écoute active", "méthode"]),
        ("tags: [écoute active, méthode]", None, ["écoute active", "méthode"]),
        ("tag: écoute active", None, ["écoute active"]),
        ("category: agile avancé", "agile avancé", None),
        ("categories: agile méthode", "agile", ["méthode"]),
        ("categories:\n- agile\n- lean\ntags: [x]", "agile", ["x", "lean"]),
        ("category: a\ncategories: [b, a]", "a", ["b"]),
        ("tags:", None, None),
        ("tags: [X, x]", None, ["X"]),
    ],
)
def test_categories_and_tags_in_every_spelling(
    tmp_path: Path, head: str, category: str | None, tags: list[str] | None
) -> None:
    written = head_of(tmp_path, f"title: T\n{head}")
    assert (written.get("category"), written.get("tags")) == (category, tags)


def test_tags_that_would_share_a_page_get_the_first_spelling(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-a", head="title: A\ntags: [écoute, C++]")
    report = blog.post("2016-01-02-b", head="title: B\ntags: [ecoute, Écoute, '???']").bring()
    assert blog.head("content/posts/2016-01-02-b.md")["tags"] == ["écoute"]
    assert {note.what for note in report.hand_work()} == {
        "`ecoute` would share a page with `écoute`: written so here too",
        "`???` gives no address: left out of the tags",
    }


def test_the_words_of_jekyll_become_those_of_cmsite_in_their_order(tmp_path: Path) -> None:
    head = """\
layout: post
published: false
lang: fr-FR
redirect_from: /vieux/
tags: [x]
last_modified_at: 2017-01-02
excerpt: Début
description: Résumé
title: T
source: {author: Ann, year: 2010, none: }
comments: no"""
    written = head_of(tmp_path, head)
    assert list(written) == [
        "title", "date", "updated", "summary", "tags", "aliases", "language", "draft", "extra",
    ]  # fmt: skip
    assert (written["summary"], written["language"], written["updated"]) == ("Résumé", "fr", "2017-01-02")
    assert written["extra"] == {
        "excerpt": "Début",
        "source": {"author": "Ann", "year": "2010"},
        "comments": "no",
    }


def test_a_language_that_cmsite_does_not_speak_is_kept_under_extra(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("lang: fr").post("2016-01-01-a", head="title: A\nlang: de")
    report = blog.bring()
    written = blog.head("content/posts/2016-01-01-a.md")
    assert ("language" in written, written["extra"]) == (False, {"lang": "de"})
    assert report.hand_work()[0].line == 3


def test_posts_that_share_a_slug_get_distinct_ones_by_date(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("")
        .post("2017-05-01-bilan")
        .post("2016-05-01-Bilan")
        .post("2018-05-01-bilan-")
    )
    report = blog.text("_drafts/bilan.md").bring()
    assert blog.posts() == [
        "2016-05-01-bilan.md",
        "2017-05-01-bilan-2.md",
        "2018-05-01-bilan-3.md",
        "bilan-4.md",
    ]
    assert [(note.path, "taken" in note.what) for note in report.changes()] == [
        ("_drafts/bilan.md", True),
        ("_posts/2017-05-01-bilan.md", True),
        ("_posts/2018-05-01-bilan-.md", True),
    ]


@pytest.mark.parametrize("name", ["con", "blog", "tags", "search", "files", "lpt1"])
def test_a_slug_that_is_reserved_gets_another(tmp_path: Path, name: str) -> None:
    blog = JekyllBlog(tmp_path).config("").post(f"2016-01-01-{name}")
    assert any(name in note.what for note in blog.bring().changes())
    assert blog.posts() == [f"2016-01-01-{name}-2.md"]


def test_a_name_without_a_letter_leaves_the_slug_to_the_title(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("")
        .post("2016-01-01-🎉", head="title: La fête")
        .post("2016-01-02-…", head="title: …")
    )
    blog.bring()
    assert blog.posts() == ["2016-01-01-la-fete.md", "2016-01-02-post.md"]


def test_a_slug_that_the_file_name_would_not_give_is_written(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("")
        .text("2016-01-02-note.md", head="title: Note")
        .text("plan.md", head="title: Plan")
    )
    blog.bring()
    assert blog.head("content/pages/2016-01-02-note.md")["slug"] == "2016-01-02-note"
    assert "slug" not in blog.head("content/pages/plan.md")


def test_a_picture_of_the_blog_stays_the_posts_picture_and_another_goes_to_extra(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").file("assets/été 1.jpg")
    blog.post("2016-01-01-a", head="title: A\nimage: {path: /assets/été 1.jpg, alt: Une salle}")
    blog.post("2016-01-02-b", head="title: B\nimage: /assets/perdu.jpg")
    blog.post("2016-01-03-c", head="title: C\nimage: https://example.org/x.jpg")
    report = blog.bring()
    first = blog.head("content/posts/2016-01-01-a.md")
    assert (first["image"], first["image_alt"], "extra" in first) == (
        "files/assets/été 1.jpg",
        "Une salle",
        False,
    )
    assert blog.read("content/files/assets/été 1.jpg") == "x"
    assert blog.head("content/posts/2016-01-02-b.md")["extra"] == {"image": "/assets/perdu.jpg"}
    assert blog.head("content/posts/2016-01-03-c.md")["extra"] == {"image": "https://example.org/x.jpg"}
    assert [note.line for note in report.hand_work()] == [3, 3]
    assert report.pictures == 1


def test_folders_above_posts_are_categories(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").text("métier/_posts/2016/2016-01-01-a.md")
    blog.bring()
    written = blog.head("content/posts/2016-01-01-a.md")
    assert (written["category"], written["aliases"]) == ("métier", ["/métier/2016/01/01/a.html"])
