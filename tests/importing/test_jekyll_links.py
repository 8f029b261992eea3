"""Where links and pictures point after an import, and what becomes of kramdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.jekyll_blog import JekyllBlog, converted

CONFIG = "url: https://example.org\nbaseurl: /carnet\npermalink: /:year/:month/:day/:title/\n"


def blog_with_files(folder: Path) -> JekyllBlog:
    blog = (
        JekyllBlog(folder)
        .config(CONFIG)
        .file("assets/x.png")
        .file("assets/y (1).pdf")
        .file("_posts/near.png")
    )
    return blog.post("2016-01-01-la-suite").text("contact.md")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("![x](/assets/x.png)", "![x](files/assets/x.png)"),
        ('![x](/carnet/assets/x.png "Titre")', '![x](files/assets/x.png "Titre")'),
        ("![x](https://example.org/carnet/assets/x.png?v=1)", "![x](files/assets/x.png)"),
        ("![x](assets/x.png) ![n](near.png)", "![x](files/assets/x.png) ![n](files/_posts/near.png)"),
        ("[y](/assets/y%20(1).pdf)", "[y](files/assets/y%20%281%29.pdf)"),
        ("[x]: /assets/x.png", "[x]: files/assets/x.png"),
        ('<img alt="" src="/assets/x.png">', '<img alt="" src="files/assets/x.png">'),
        ("[s](/2016/01/01/la-suite/)", "[s](post:la-suite)"),
        ("[s](/2016/01/01/la-suite/#bas)", "[s](post:la-suite#bas)"),
        ("[s](https://example.org/carnet/2016/01/01/la-suite/)", "[s](post:la-suite)"),
        ('<a href="/carnet/2016/01/01/la-suite/">s</a>', '<a href="post:la-suite">s</a>'),
        ("[c](/contact.html)", "[c](/contact/)"),
        ("[t](/carnet/tags/)", "[t](/tags/)"),
    ],
)
def test_links_point_where_things_are_now(tmp_path: Path, written: str, text: str) -> None:
    blog = blog_with_files(tmp_path).post("2016-02-01-b", written)
    # pages of this blog end in a slash, so that an old `.html` is known by its redirect only
    blog.text("contact.md", head="title: C\nredirect_from: /contact.html")
    report = blog.bring()
    assert blog.body("content/posts/2016-02-01-b.md") == text
    assert report.hand_work() == ()


@pytest.mark.parametrize(
    "written",
    [
        "[a](https://a.example/x.png)",
        "![a](//a.example/x.png)",
        "[a](#x)",
        "[a](mailto:a@b.example)",
        "[a](/rien/)",
        "[a](post:b)",
        "`![x](/assets/x.png)`",
        "![x](./perdu.png)",
        "(/assets/x.png)",
    ],
)
def test_other_links_stay(tmp_path: Path, written: str) -> None:
    blog = blog_with_files(tmp_path).post("2016-02-01-b", written)
    assert blog.bring().pictures == 0
    assert blog.body("content/posts/2016-02-01-b.md") == written


def test_missing_pictures_point_below_files_and_are_told_once_a_post(tmp_path: Path) -> None:
    text, notes = converted(tmp_path, "![a](/img/b.png)\n\n![a](/img/a.png) ![a](/img/b.png)")
    assert text == "![a](files/img/b.png)\n\n![a](files/img/a.png) ![a](files/img/b.png)"
    assert [(note.line, note.what) for note in notes] == [
        (4, "`/img/a.png` and 1 more are not in the Jekyll folder")
    ]


def test_only_pictures_that_a_text_shows_are_copied(tmp_path: Path) -> None:
    blog = blog_with_files(tmp_path).post("2016-02-01-b", "![x](/assets/x.png) ![x](/assets/x.png)")
    assert blog.bring().pictures == 1
    assert [path for path in blog.files() if "/files/" in path] == ["content/files/assets/x.png"]


def test_a_picture_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_text("secret")
    blog = JekyllBlog(tmp_path).config("").post("2016-02-01-b", "![x](/../secret.png) ![x](../../secret.png)")
    assert blog.bring().pictures == 0
    assert not any("secret" in path for path in blog.files())


@pytest.mark.parametrize(
    ("written", "text", "hand_work"),
    [
        ("Chapeau.\n{: .lead }", "Chapeau.\n{: .lead }", 0),
        ("* TOC\n{:toc}\n\n# A", "[TOC]\n\n# A", 0),
        ("1. x\n{: toc }\n\n# A", "[TOC]\n\n# A", 0),
        ("a\n\n{:toc}\nb", "a\n\nb", 0),
        ("a\n{::comment}\nb\n{:/comment}\nc", "a\nc", 0),
        ('{::options parse_block_html="true" /}\n\na', "a", 0),
        ("{::nomarkdown}\n<b>x</b>\n{:/}", "<b>x</b>", 2),
        ("{:ref: .x}\n\na", "{:ref: .x}\n\na", 1),
        ("`{:toc}`", "`{:toc}`", 0),
    ],
)
def test_kramdown(tmp_path: Path, written: str, text: str, hand_work: int) -> None:
    became, notes = converted(tmp_path, written)
    assert became == text
    assert sum(note.needs_hand for note in notes) == hand_work


def test_elements_that_cmsite_takes_out_are_told_once_each(tmp_path: Path) -> None:
    _, notes = converted(tmp_path, "<script>x</script>\n<SCRIPT src=x></SCRIPT>\n<iframe></iframe>\n`<form>`")
    assert [(note.line, note.what.split()[0]) for note in notes] == [(4, "`<script>`"), (6, "`<iframe>`")]


def test_an_old_html_post_comes_as_it_is_and_is_trusted(tmp_path: Path) -> None:
    body = '<div class="x">\n<script>a()</script>\n`{{ page.title }}` * <img src="/x.png">\n</div>'
    blog = JekyllBlog(tmp_path).config("").file("x.png").text("_posts/2016-02-01-b.html", body)
    blog.bring()
    assert blog.head("content/posts/2016-02-01-b.md")["raw_html"] == "trusted"
    expected = body.replace("/x.png", "files/x.png").replace("{{ page.title }}", "T")
    assert blog.body("content/posts/2016-02-01-b.md") == expected


def test_a_rule_at_the_start_is_not_taken_for_a_second_head(tmp_path: Path) -> None:
    assert converted(tmp_path, "---\nnote: x\n---\nSuite.")[0] == "***\nnote: x\n---\nSuite."
