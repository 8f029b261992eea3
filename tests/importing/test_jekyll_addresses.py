"""Old addresses: what Jekyll made of its patterns, and which of them a text still answers to."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.jekyll_blog import JekyllBlog

POST = "content/posts/2016-03-08-la-suite.md"


def aliases(
    folder: Path, permalink: str, *, head: str = "title: T", name: str = "2016-03-08-La-suite"
) -> object:
    blog = (
        JekyllBlog(folder)
        .config(f"permalink: {permalink}" if permalink else "title: Blog")
        .post(name, head=head)
    )
    blog.bring()
    return blog.head(f"content/posts/{blog.posts()[0]}").get("aliases")


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("", "/2016/03/08/La-suite.html"),
        ("date", "/2016/03/08/La-suite.html"),
        ("pretty", "/2016/03/08/La-suite/"),
        ("ordinal", "/2016/068/La-suite.html"),
        ("weekdate", "/2016/W10/Tue/La-suite.html"),
        ("none", "/La-suite.html"),
        ("/:year/:month/:day/:title/", "/2016/03/08/La-suite/"),
        ("/blog/:short_year/:i_month/:i_day/:slug", "/blog/16/3/8/la-suite"),
        ("/:categories/:title:output_ext", "/La-suite.html"),
    ],
)
def test_the_old_address_is_an_alias(tmp_path: Path, permalink: str, address: str) -> None:
    assert aliases(tmp_path, permalink) == [address]


def test_categories_stand_in_an_address(tmp_path: Path) -> None:
    head = "title: T\ncategories: [Agile Avancé, lean]"
    assert aliases(tmp_path, "/:categories/:title/", head=head) == ["/agile-avancé/lean/La-suite/"]


def test_an_address_that_stays_the_same_is_no_alias(tmp_path: Path) -> None:
    assert aliases(tmp_path, "/:year/:month/:slug/") is None


def test_the_permalink_of_an_existing_site_decides_what_stays_the_same(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("permalink: pretty").post("2016-03-08-la-suite")
    blog.settle("cmsite.yml", 'permalink: "{year}/{month}/{day}/{slug}/"\nlanguage: en\n').bring()
    assert "aliases" not in blog.head(POST)


def test_a_posts_own_permalink_goes_before_the_pattern(tmp_path: Path) -> None:
    head = "title: T\npermalink: /:year/fixe.html"
    assert aliases(tmp_path, "pretty", head=head) == ["/2016/fixe.html"]


def test_a_placeholder_that_nobody_knows_leaves_the_address_unknown(tmp_path: Path) -> None:
    assert aliases(tmp_path, "/:mystery/:title/") is None


def test_the_day_in_an_old_address_is_the_one_of_the_blogs_zone(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("permalink: pretty\ntimezone: Europe/Paris")
    blog.post("2016-03-08-la-suite", head="title: T\ndate: 2016-03-07 23:30:00 +0000").bring()
    assert blog.head("content/posts/2016-03-07-la-suite.md")["aliases"] == ["/2016/03/08/la-suite/"]


@pytest.mark.parametrize("written", ["/vieux/", "[/vieux/]", "vieux/", "[/vieux/, /vieux]"])
def test_redirects_are_aliases(tmp_path: Path, written: str) -> None:
    head = f"title: T\nredirect_from: {written}"
    assert aliases(tmp_path, "/:year/:month/:slug/", head=head) == ["/vieux/"]


@pytest.mark.parametrize(
    "written", ["https://example.org/x", "/a?b=1", "/a#b", "/../x", '"/a b/"', "/blog/", "/", "/feed.xml"]
)
def test_what_cannot_be_an_alias_is_told(tmp_path: Path, written: str) -> None:
    blog = JekyllBlog(tmp_path).config("permalink: /:year/:month/:slug/")
    report = blog.post("2016-03-08-la-suite", head=f"title: T\nredirect_from: {written}").bring()
    assert "aliases" not in blog.head(POST)
    assert [note.line for note in report.hand_work()] == [3]


def test_an_address_belongs_to_one_text_only(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("permalink: /:title/")
        .post("2016-03-08-la-suite")
        .post("2017-03-08-la-suite")
    )
    report = blog.bring()
    assert blog.head(POST)["aliases"] == ["/la-suite/"]
    assert "aliases" not in blog.head("content/posts/2017-03-08-la-suite-2.md")
    assert [note.path for note in report.hand_work()] == ["_posts/2017-03-08-la-suite.md"]


@pytest.mark.parametrize(
    ("path", "head", "old"),
    [
        ("_pages/a-propos.md", "title: À propos\npermalink: /a-propos/", ["/a-propos/"]),
        ("about.md", "title: About", ["/about.html"]),
        ("about/index.md", "title: About", None),
        ("about.html", "title: About\npermalink: /about/", None),
    ],
)
def test_the_about_page_becomes_the_sites_own(
    tmp_path: Path, path: str, head: str, old: list[str] | None
) -> None:
    blog = JekyllBlog(tmp_path).config("").text(path, head=head)
    report = blog.bring()
    assert report.pages == 1
    assert blog.head("content/pages/about.md").get("aliases") == old


def test_pages_stand_at_their_slug_and_keep_their_old_address(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path).config("").text("contact.md").text("en/projets.markdown").text("cv/index.html")
    )
    blog.bring()
    assert blog.head("content/pages/contact.md")["aliases"] == ["/contact.html"]
    assert blog.head("content/pages/projets.md")["aliases"] == ["/en/projets.html"]
    assert "aliases" not in blog.head("content/pages/cv.md")


def test_pages_follow_a_pretty_style(tmp_path: Path) -> None:
    blog = JekyllBlog(tmp_path).config("permalink: pretty").text("contact.md").text("en/projets.md")
    blog.bring()
    assert "aliases" not in blog.head("content/pages/contact.md")
    assert blog.head("content/pages/projets.md")["aliases"] == ["/en/projets/"]


def test_what_cmsite_makes_itself_is_skipped_with_a_line(tmp_path: Path) -> None:
    blog = (
        JekyllBlog(tmp_path)
        .config("")
        .text("_pages/404.md")
        .text("index.html")
        .file("README.md")
        .file("LICENSE")
    )
    blog.file("feed.xml", "---\n---\n<feed/>").text(
        "blog/index.html", "{% for post in site.posts %}{% endfor %}"
    )
    report = blog.bring()
    skipped = [note.path for note in report.notes if note.what.startswith("skipped")]
    assert skipped == ["LICENSE", "README.md", "_pages/404.md", "blog/index.html", "feed.xml", "index.html"]
    assert report.pages == 0
