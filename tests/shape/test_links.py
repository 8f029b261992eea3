"""Where the links of a text lead in an edition, and what is said of those that lead nowhere."""

from __future__ import annotations

import pytest

from cmsite.errors import Severity
from cmsite.model import Body, Html, Place, RawHtml
from cmsite.shape.links import Linked, find_link, link, link_address
from shape.elements import element, elements
from shape.linking import FIRST, LINKS, leads, linked, problem


@pytest.mark.parametrize(
    ("written", "source", "address"),
    [
        ("post:ecouter", "content/posts/a.md", "/carnet/2026/03/ecouter/"),
        ("post:ecouter#suite", "content/posts/a.md", "/carnet/2026/03/ecouter/#suite"),
        ("post:ecouter?a=1#suite", "content/posts/a.md", "/carnet/2026/03/ecouter/?a=1#suite"),
        ("post:about", "content/posts/a.md", "/carnet/a-propos/"),
        ("post:ete", "content/posts/a.md", "/carnet/2026/03/%C3%A9t%C3%A9/"),
        ("ecouter.md", "content/posts/a.md", "/carnet/2026/03/ecouter/"),
        ("./ecouter.md", "content/posts/a.md", "/carnet/2026/03/ecouter/"),
        ("../posts/ecouter.md#suite", "content/pages/about.md", "/carnet/2026/03/ecouter/#suite"),
        ("posts/ecouter.md", "content/pages/about.md", "/carnet/2026/03/ecouter/"),
        ("/posts/ecouter.md", "content/pages/about.md", "/carnet/2026/03/ecouter/"),
        ("../ecouter.md", "content/posts/2026/b.md", "/carnet/2026/03/ecouter/"),
        ("../../pages/about.md", "content/posts/2026/b.md", "/carnet/a-propos/"),
        ("2026/%C3%A9t%C3%A9.md", "content/posts/a.md", "/carnet/2026/03/%C3%A9t%C3%A9/"),
        ("été.md", "content/posts/2026/b.md", "/carnet/2026/03/%C3%A9t%C3%A9/"),
    ],
)
def test_a_link_to_a_post_names_its_slug_or_its_file(written: str, source: str, address: str) -> None:
    assert leads(f"[a]({written})", source) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("#suite", "#suite"),
        ("mailto:a@example.org?subject=x%20y", "mailto:a@example.org?subject=x%20y"),
        ("tel:+33123456789", "tel:+33123456789"),
        ("https://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ("//example.org/x", "//example.org/x"),
        ("autre/", "autre/"),
        ("?page=2", "?page=2"),
        ("/", "/carnet/"),
        ("/about/", "/carnet/about/"),
        ("/about", "/carnet/about"),
        ("/search/?q=a&b=c#d", "/carnet/search/?q=a&b=c#d"),
        ("/café/", "/carnet/caf%C3%A9/"),
        ("/caf%C3%A9/", "/carnet/caf%C3%A9/"),
        ("/100%/", "/carnet/100%25/"),
        ("/about/#caf%C3%A9", "/carnet/about/#caf%C3%A9"),
    ],
)
def test_other_links_keep_their_address_below_the_sites_base(written: str, address: str) -> None:
    assert leads(f"[a]({written})") == address


@pytest.mark.parametrize("title", ["a > b", "it's", "a 'b' > c", "href=x"])
def test_other_attributes_of_a_link_stay_as_they_are(title: str) -> None:
    made = element(linked(f'<a title="{title}" href="post:ecouter" class="b">a</a>').html, "a")
    assert made.attributes == {"title": title, "href": "/carnet/2026/03/ecouter/", "class": "b"}


@pytest.mark.parametrize(
    ("written", "what", "hint"),
    [
        ("post:ecoute", "there is no post `ecoute`", "did you mean `ecouter`?"),
        ("post:zzzzzz", "there is no post `zzzzzz`", "slug"),
        ("ecoter.md", "there is no post `ecoter.md`", "did you mean `content/posts/ecouter.md`?"),
        ("zq/zq/zq.md", "there is no post `zq/zq/zq.md`", "post:SLUG"),
    ],
)
def test_a_link_to_an_unknown_post_is_an_error_with_a_suggestion(written: str, what: str, hint: str) -> None:
    found = problem(f"[a]({written})")
    assert (found.what, found.code, found.severity) == (what, "unknown-post", Severity.ERROR)
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[a](post:ecoute)", 0, 5),
        ("un\n\ndeux [a](post:ecoute) trois", 2, 10),
        ("[a](post:ecouter) [a](post:ecoute)", 0, 23),  # the first is longer and right
        ("[a](post:ecouter#b) [a](post:ecoute)", 0, 25),
        ("post:ecoute [a](post:ecoute)", 0, 17),
        ("```\n[a](post:ecoute)\n```\n\n[a](post:ecoute)", 4, 5),
        ("`[a](post:ecoute)` [a](post:ecoute)", 0, 24),
        ("[a][r]\n\n[r]: post:ecoute", 2, 6),
        ("[a](<post:ecoute>)", 0, 6),
        ("[a](post:ecoute#suite 'Titre')", 0, 5),
        ('<a href="post:ecoute">a</a>', 0, 10),
        ("un\n[a]( post:ecoute )", 1, 6),
        ("un\n[a](post&#58;ecoute)", 0, 1),  # written in another way: the body's beginning
    ],
)
def test_a_problem_is_told_at_the_line_and_column_of_the_link(text: str, line: int, column: int) -> None:
    found = problem(text)
    assert (found.place.line - FIRST, found.place.column) == (line, column)
    assert found.excerpt == text.split("\n")[line]


def test_a_link_to_a_post_that_is_left_out_becomes_plain_text() -> None:
    made = linked('Voir [**le reste**](post:secret-plan "Plan secret"), puis.')
    assert made.html == "<p>Voir <strong>le reste</strong>, puis.</p>"
    (warning,) = made.problems
    assert (warning.severity, warning.code) == (Severity.WARNING, "left-out-link")
    assert warning.place.column == 21


@pytest.mark.parametrize("raw_html", list(RawHtml))
@pytest.mark.parametrize(
    "text",
    [
        "[a](post:secret-plan)",
        "[a](secret.md#secret-plan)",
        "[![b](files/x.jpg)](../posts/secret.md)",
        "<a href='post:secret-plan' title='secret' class='secret'>a</a>",
        "<A HREF='post:secret-plan'>a</A>",
        "<a href=post:secret-plan>a</a>",
        '<a href = "post:secret-plan">a</a>',
    ],
)
def test_nothing_of_a_post_that_is_left_out_is_in_the_page(text: str, raw_html: RawHtml) -> None:
    made = linked(text, raw_html=raw_html)
    assert "secret" not in made.html
    assert [each.code for each in made.problems] == ["left-out-link"]


def test_a_link_that_the_sanitiser_has_emptied_becomes_plain_text() -> None:
    assert linked("[a](javascript:x 'T')").html == "<p>a</p>"


def test_anchors_stay() -> None:
    assert element(linked('<a id="ici"></a>').html, "a").attributes == {"id": "ici"}
    trusted = linked('<a name="ici" data-x="1"></a>', raw_html=RawHtml.TRUSTED)
    assert element(trusted.html, "a").attributes == {"name": "ici", "data-x": "1"}


def test_links_of_trusted_html_lead_somewhere_however_they_are_written() -> None:
    for text in (
        "<a href=/about/>a</a>", "<A HREF='/about/'>a</A>", '<a class="x" href = "/about/">a</a>',
    ):  # fmt: skip
        made = linked(text, raw_html=RawHtml.TRUSTED)
        assert element(made.html, "a")["href"] == "/carnet/about/"


def test_notes_lead_within_the_page() -> None:
    made = linked("a[^1]\n\n[^1]: n [b](post:ecouter)")
    assert [each["href"] for each in elements(made.html, "a")] == [
        "#fn:1", "/carnet/2026/03/ecouter/", "#fnref:1",
    ]  # fmt: skip


def test_links_in_code_are_text() -> None:
    html = Html('<pre><code>&lt;a href="post:zzz"&gt;</code></pre>')
    assert link(html, Body("", Place("a.md")), LINKS) == Linked(html, frozenset(), frozenset(), ())


def test_a_call_to_action_is_resolved_in_the_same_way() -> None:
    body = Body("", Place("content/posts/a.md"))
    assert link_address("post:ecouter", body, LINKS).html == "/carnet/2026/03/ecouter/"
    assert link_address("/about/", body, LINKS).html == "/carnet/about/"
    assert link_address("files/doc.pdf", body, LINKS).files == {"files/doc.pdf"}
    nowhere = link_address("post:secret-plan", body, LINKS)
    assert (nowhere.html, [each.code for each in nowhere.problems]) == ("", ["left-out-link"])


def test_what_an_author_wrote_is_kept_beside_the_address_in_its_place() -> None:
    made = linked("[a](post:ecouter#b) ![c](files/x.jpg) [d](#d) [e](post:secret-plan)")
    assert dict(made.led) == {
        "post:ecouter#b": "/carnet/2026/03/ecouter/#b",
        "files/x.jpg": "/carnet/files/x.jpg",
        "#d": "#d",
    }
    assert find_link(Body("a\n[d](#d)", Place("a.md", 5)), "#d") == (Place("a.md", 6, 5), "[d](#d)")
