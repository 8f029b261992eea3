"""Archived comments: shown under their post, made safe, and nobody's address with them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import post
from cmsite.errors import ProblemsFound
from cmsite.model import Comment, Language, Slug, Thread
from cmsite.shape.comments import comment_html, comment_views, withhold
from site_folder import NOW, SiteFolder

ARCHIVE = """\
- id: 1
  author: Une lectrice
  url: https://lectrice.example/
  date: 2012-05-06 10:00
  text: |
    Merci pour ce texte.

    Il dit vrai : on n'écoute pas assez.
- {id: 3, author: Un autre, date: 2012-05-09, text: "Et moi ?"}
- {id: 2, author: Camille, date: 2012-05-08, parent: 1, text: "<p>Oui, <b>à vous</b><script>x()</script></p>"}
"""


@pytest.fixture
def archive(site: SiteFolder) -> SiteFolder:
    return site.post("un").post("deux").write("content/comments/un.yml", ARCHIVE)


def told(site: SiteFolder) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        site.build()
    return [f"{each.place}: {each.what} ({each.hint})" for each in found.value.problems]


def test_comments_stand_under_their_post_each_followed_by_its_replies(archive: SiteFolder) -> None:
    archive.build()
    page = archive.read("2026/03/un/index.html")
    assert re.findall(r'class="comment depth-(\d)[^>]*id="comment-(\d)"', page) == [
        ("0", "1"),
        ("1", "2"),
        ("0", "3"),
    ]
    assert "<p>Merci pour ce texte.</p>" in page
    assert 'href="https://lectrice.example/"' in page
    assert "Il dit vrai\u00a0: on" in page
    assert "Et moi\u202f?" in page
    assert "comment" not in archive.read("2026/03/deux/index.html")


def test_what_runs_or_styles_is_taken_out(archive: SiteFolder) -> None:
    archive.build()
    page = archive.read("2026/03/un/index.html")
    assert "Oui, <b>à vous</b>" in page
    assert "x()" not in page


def test_comments_of_a_post_that_is_left_out_are_nowhere(archive: SiteFolder) -> None:
    archive.post("un", "draft: true").build()
    assert b"lectrice" not in archive.everything()


def test_a_changed_comment_makes_its_page_anew_and_no_other(archive: SiteFolder) -> None:
    archive.build()
    archive.write("content/comments/un.yml", ARCHIVE.replace("Merci pour", "Grand merci pour"))
    built = archive.build()
    assert [(each.path, each.reasons) for each in built.stale] == [
        ("2026/03/un/index.html", ("comments changed",))
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("titre: x", "1:1: a list is expected here (begin each item with `- `, its keys below one another)"),
        (
            "- {id: 1, author: A, date: 2012-01-01, text: x, email: a@b.example}",
            "1:49: `email` is personal: no e-mail and no IP address is ever published (take the line out)",
        ),
        (
            "- {id: 1, author: A, date: 2012-01-01, text: x}\n- {id: 1, author: B, date: 2012-1-1, text: y}",
            "2:8: two comments have the id `1` (give one another id)",
        ),
        (
            "- {id: 1, author: A, date: 2012-01-01, text: x, parent: 7}",
            "1:57: no comment before this one has the id `7` "
            "(a reply stands after what it answers; without `parent` it answers the post)",
        ),
        ("- {id: 1, author: A, date: hier, text: x}", "1:28: `hier` is not a date"),
        ("- {id: 1, author: A, text: x}", "1:3: `date` is missing"),
        (
            "- {id: 1, author: A, date: 2012-01-01, text: x, url: 'javascript:x'}",
            "1:54: `javascript:x` is not a web address",
        ),
    ],
)
def test_a_mistake_in_an_archive_is_told_at_its_place(site: SiteFolder, text: str, problem: str) -> None:
    [found] = told(site.post("un").write("content/comments/un.yml", text))
    assert found.startswith(f"content/comments/un.yml:{problem}")


def test_comments_for_no_post_are_told_with_a_suggestion(archive: SiteFolder) -> None:
    archive.write("content/comments/dex.yml", ARCHIVE)
    [found] = told(archive)
    assert found == (
        "content/comments/dex.yml:1:1: there is no post `dex` to show these comments under "
        "(did you mean `deux`?)"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("écris à lea.b+c@mail.example.org !", "écris à […] !"),
        ("vu de 192.0.2.17, hier", "vu de […], hier"),
        ("vu de 2001:db8::1 hier", "vu de […] hier"),
        ("à 12:30:45, version 1.2.3, 3.50 euros. Oui:non", "à 12:30:45, version 1.2.3, 3.50 euros. Oui:non"),
    ],
)
def test_addresses_of_people_are_withheld(written: str, shown: str) -> None:
    assert withhold(written) == shown


@given(st.text(max_size=80), st.sampled_from(["lea@mail.example", "198.51.100.7", "2001:db8::8a2e"]))
def test_whatever_stands_around_an_address_it_is_not_in_the_page(around: str, address: str) -> None:
    thread = Thread(Slug("un"), (Comment("1", f"A {address}", NOW, f"{around} {address} {around}"),))
    [view] = comment_views(thread, Language("fr"))
    assert address not in view.html + view.author


@given(st.text(alphabet="<>/ab=\"' onclickscript:&;", max_size=120))
def test_no_text_brings_an_element_that_is_not_simple(text: str) -> None:
    html = comment_html(Comment("1", "A", NOW, f"<p>{text}"), Language("fr"))
    elements = set(re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", html))
    assert elements <= {
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    }
    assert re.search(r"<[^>]*\son\w+=", html) is None


GISCUS = "comments: {giscus: {repo: moi/carnet, repo_id: R_1, category: Réponses, category_id: C_1}}\n"


def test_a_discussion_is_offered_only_when_asked_for_and_asks_nobody_before_a_click(site: SiteFolder) -> None:
    site.post("un").build()
    assert b"giscus.app" not in site.read("2026/03/un/index.html").encode()
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", config + GISCUS).build()
    page = site.read("2026/03/un/index.html")
    assert 'data-repo="moi/carnet"' in page
    assert "script-src 'self' https://giscus.app" in page
    assert re.findall(r'(?:src|href)="https?://(?!example\.org)[^"]*"', page) == []
    assert "giscus" not in site.read("index.html")


def test_a_post_of_the_builders_has_no_comments() -> None:
    assert comment_views(None, post().language) == ()
