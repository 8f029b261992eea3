"""What an import reads and what it writes: nothing outside, nothing twice, nothing over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cmsite.errors import UsageError
from cmsite.importing.disk import MAX_TEXT
from cmsite.importing.jekyll.importer import import_jekyll
from cmsite.read.site import read_site
from importing.jekyll_blog import JekyllBlog
from pictures import picture


def full_blog(folder: Path) -> JekyllBlog:
    blog = JekyllBlog(folder).config("title: Carnet\nlang: fr\nurl: https://example.org\nauthor: {name: Ann}")
    blog.file("assets/x.png", picture()).post(
        "2016-01-01-a", "![x](/assets/x.png) {{ x }}", "title: A\ntags: [x, y]"
    )
    blog.post("2016-01-01-A_", "Suite.", "title: Aussi\nimage: /assets/x.png\nredirect_from: /vieux.html")
    return blog.text("_drafts/b.md", head="title: B").text("a-propos.md", head="title: À propos").text("a.md")


def test_cmsite_reads_what_was_imported(tmp_path: Path) -> None:
    blog = full_blog(tmp_path)
    report = blog.bring()
    assert (report.posts, report.drafts, report.pages, report.pictures) == (2, 1, 2, 1)
    site = read_site(blog.site).site
    assert sorted(text.slug for text in site.texts()) == ["a", "a-2", "a-3", "about", "b"]
    assert {text.title for text in site.posts} == {"A", "Aussi", "B"}
    assert site.settings.title == "Carnet"


def test_a_second_import_changes_nothing_and_says_so(tmp_path: Path) -> None:
    blog = full_blog(tmp_path)
    first, before = blog.bring(), blog.files()
    second = blog.bring()
    assert (second.written, second.kept, blog.files()) == ((), (), before)
    assert set(second.unchanged) == set(first.written) - {"cmsite.yml"}
    assert (second.posts, second.notes) == (first.posts, first.notes)


def test_what_stands_in_the_site_is_kept(tmp_path: Path) -> None:
    blog = (
        full_blog(tmp_path)
        .settle("content/posts/2016-01-01-a.md", "mine")
        .settle("cmsite.yml", "title: Mine\n")
    )
    report = blog.settle("content/files/assets/x.png", "mine too").bring()
    assert report.kept == ("content/files/assets/x.png", "content/posts/2016-01-01-a.md")
    assert blog.read("content/posts/2016-01-01-a.md") == "mine"
    assert blog.read("cmsite.yml") == "title: Mine\n"


def test_a_post_of_the_authors_keeps_its_slug(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-a")
    blog.settle("content/posts/2026-05-05-a.md", "---\ntitle: Mine\n---\n")
    blog.settle("content/posts/2026-05-06-z.md", "---\ntitle: Mine\nslug: a-2\n---\n")
    blog.bring()
    assert blog.bring().written == ()
    assert blog.posts() == ["2016-01-01-a-3.md", "2026-05-05-a.md", "2026-05-06-z.md"]


def test_an_imported_post_that_was_moved_is_not_imported_again(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-a")
    blog.bring()
    (blog.site / "content/posts/2016").mkdir()
    (blog.site / "content/posts/2016-01-01-a.md").rename(blog.site / "content/posts/2016/2016-01-01-a.md")
    assert blog.bring().unchanged == ("content/posts/2016/2016-01-01-a.md",)
    assert blog.posts() == ["2016/2016-01-01-a.md"]


def test_the_first_settings_say_what_the_blog_said(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config(
        "title: 'Ann: notes'\ndescription: >\n  Tout\n  et rien\nurl: https://example.org/\n"
        "baseurl: carnet/\ntimezone: Europe/Paris\nlocale: fr_FR\nauthor: Ann"
    )
    blog.bring()
    settings = read_site(blog.post("2016-01-01-a").site).site.settings
    assert (settings.title, settings.description) == ("Ann: notes", "Tout et rien")
    assert (settings.url, settings.timezone) == ("https://example.org/carnet/", "Europe/Paris")
    assert (settings.language, settings.author.name) == ("fr", "Ann")


@pytest.mark.parametrize(
    ("body", "language"), [("Il est dans la rue.", "fr"), ("He is in the street.", "en")]
)
def test_a_language_nobody_states_is_guessed(tmp_path: Path, body: str, language: str) -> None:
    blog = JekyllBlog(tmp_path).post("2016-01-01-a", body)
    blog.bring()
    assert f"language: {language}\n" in blog.read("cmsite.yml")
    assert "language" not in blog.head("content/posts/2016-01-01-a.md")


def test_posts_state_their_language_in_a_site_of_another(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("lang: fr").post("2016-01-01-a").settle("cmsite.yml", "language: en\n")
    blog.bring()
    assert blog.head("content/posts/2016-01-01-a.md")["language"] == "fr"


def test_nothing_written_names_the_machine(tmp_path: Path) -> None:
    blog = full_blog(tmp_path)
    blog.bring()
    assert not any(str(tmp_path).encode() in data for data in blog.files().values())


def test_a_site_in_the_same_folder_is_not_imported_into_itself(tmp_path: Path) -> None:
    blog = full_blog(tmp_path)
    first = import_jekyll(blog.folder, blog.folder)
    second = import_jekyll(blog.folder, blog.folder)
    assert (second.written, second.posts, second.pages) == ((), first.posts, first.pages)


def test_links_that_lead_out_are_skipped_and_told(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/2016-01-01-x.md").write_text("---\ntitle: X\n---\n")
    blog = JekyllBlog(tmp_path).config("").post("2016-01-02-y")
    (blog.folder / "_drafts").symlink_to(tmp_path / "elsewhere")
    (blog.folder / "_posts/2016-01-01-x.md").symlink_to(tmp_path / "elsewhere/2016-01-01-x.md")
    (blog.folder / "_posts/2016-01-03-z.md").symlink_to(blog.folder / "_posts/2016-01-02-y.md")
    (blog.folder / "loop").symlink_to(blog.folder / "loop")
    report = blog.bring()
    assert report.posts == 2
    assert [note.path for note in report.hand_work()] == ["_drafts", "_posts/2016-01-01-x.md", "loop"]


def test_what_cannot_be_read_is_told_and_the_rest_imported(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-good")
    blog.file("_posts/2016-01-02-latin.md", "---\ntitle: Été\n---\n".encode("latin-1"))
    blog.file("_posts/2016-01-03-binary.md", b"---\n\0\n---\n")
    blog.file("_posts/2016-01-04-large.md", b"x" * (MAX_TEXT + 1))
    blog.file("_posts/2016-01-05-plain.md", "no head").post("2016-01-06-yaml", head="a: b\ntitle: one: two")
    blog.post("2016-01-07-list", head="- a").file("_posts/2016-01-08-textile.textile", "h1. x")
    blog.post(
        "2016-01-09-bomb", head="a: &a [x,x]\nb: &b [*a,*a]\n" + "c: [*b]\n" * 3 + f"d: {'[' * 30}{']' * 30}"
    )
    report = blog.bring()
    assert report.posts == 1
    assert {(note.path[7:], note.line) for note in report.hand_work()} == {
        ("2016-01-02-latin.md", 1),
        ("2016-01-03-binary.md", 1),
        ("2016-01-04-large.md", 1),
        ("2016-01-05-plain.md", 1),
        ("2016-01-06-yaml.md", 3),
        ("2016-01-07-list.md", 2),
        ("2016-01-08-textile.textile", 1),
        ("2016-01-09-bomb.md", 7),
    }


def test_a_file_that_the_blog_leaves_out_is_left_out(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("exclude: [brouillon, '*.old.md', _posts/2016-01-01-a.md]")
    blog.text("brouillon/a.md").text("b.old.md").post("2016-01-01-a").text("node_modules/x.md").text(
        "_includes/i.md"
    )
    report = blog.bring()
    assert (report.posts, report.pages, report.notes) == (0, 0, ())


def test_collections_are_told(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("collections:\n  talks: {output: true}")
        .text("_talks/a.md")
        .text("_talks/b.md")
    )
    assert [(note.path, "2 file(s)" in note.what) for note in blog.bring().hand_work()] == [("_talks", True)]


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    report = JekyllBlog(tmp_path).config("a: b\ntitle: one: two").post("2016-01-01-a").bring()
    assert (report.posts, [(note.path, note.line) for note in report.hand_work()]) == (
        1,
        [("_config.yml", 2)],
    )


def test_a_zone_that_nobody_knows_is_told(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("title: T\ntimezone: Paris/France").post("2016-01-01-a")
    assert [note.line for note in blog.bring().hand_work()] == [2]
    assert "timezone: UTC\n" in blog.read("cmsite.yml")


def test_windows_line_ends_and_a_byte_order_mark_are_accepted(tmp_path: Path) -> None:
    data = "\ufeff---\r\ntitle: T\r\n---  \r\nUn\x07.\r\n"
    blog = JekyllBlog(tmp_path).config("").file("_posts/2016-01-01-a.md", data)
    blog.bring()
    assert blog.read("content/posts/2016-01-01-a.md").endswith("---\n\nUn.\n")
    assert b"\r" not in blog.files()["content/posts/2016-01-01-a.md"]


@pytest.mark.parametrize("name", ["nowhere", "file", "plain"])
def test_a_folder_that_is_no_jekyll_blog_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain/content").mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="not a Jekyll folder"):
        import_jekyll(tmp_path / name, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("").post("2016-01-01-a").file("closed/x.png")
    (blog.folder / "closed").chmod(0)
    try:
        assert [note.path for note in blog.bring().hand_work()] == ["closed"]
    finally:
        (blog.folder / "closed").chmod(0o700)
