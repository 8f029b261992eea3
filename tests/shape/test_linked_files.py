"""Pictures and documents of a text: where they stand, and what takes the place of those that are missing."""

from __future__ import annotations

import pytest

from cmsite.errors import Severity
from shape.elements import element, elements
from shape.linking import leads, linked, shows


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("files/x.jpg", "content/posts/a.md"),
        ("/files/x.jpg", "content/posts/a.md"),
        ("../files/x.jpg", "content/posts/a.md"),
        ("../../files/x.jpg", "content/posts/2026/b.md"),
        ("files/x.jpg", "content/posts/2026/b.md"),
        ("files%2Fx.jpg", "content/posts/a.md"),
    ],
)
def test_a_file_is_published_where_something_refers_to_it(written: str, source: str) -> None:
    assert shows(f"![a]({written})", source) == "/carnet/files/x.jpg"
    assert leads(f"[a]({written})", source) == "/carnet/files/x.jpg"
    assert linked(f"![a]({written})", source).files == {"files/x.jpg"}


def test_a_file_keeps_its_query_and_fragment() -> None:
    assert leads("[a](files/doc.pdf#page=2)") == "/carnet/files/doc.pdf#page=2"
    assert leads("[a](../files/doc.pdf?v=2)") == "/carnet/files/doc.pdf?v=2"


@pytest.mark.parametrize("written", ["<files/été 1.jpg>", "files/%C3%A9t%C3%A9%201.jpg"])
def test_a_files_name_may_be_percent_encoded(written: str) -> None:
    made = linked(f"![a]({written})")
    assert element(made.html, "img")["src"] == "/carnet/files/%C3%A9t%C3%A9%201.jpg"
    assert made.files == {"files/été 1.jpg"}


def test_pictures_wait_until_they_are_seen() -> None:
    picture = element(linked('![Une "salle" > x](files/x.jpg)').html, "img")
    assert picture.attributes == {
        "alt": 'Une "salle" > x',
        "src": "/carnet/files/x.jpg",
        "loading": "lazy",
        "decoding": "async",
    }


def test_a_link_around_a_picture() -> None:
    made = linked("[![a](files/x.jpg)](post:ecouter)")
    assert element(made.html, "a")["href"] == "/carnet/2026/03/ecouter/"
    assert element(made.html, "img").inside == ("p", "a")
    assert element(made.html, "img")["src"] == "/carnet/files/x.jpg"


def test_a_figure_keeps_its_caption() -> None:
    made = linked('![a](files/x.jpg "Légende")')
    assert element(made.html, "img")["src"] == "/carnet/files/x.jpg"
    assert element(made.html, "figcaption").text == "Légende"


@pytest.mark.parametrize(
    "written",
    ["files/zz.jpg", "/files/zz.jpg", "../files/zz.jpg", "zz.jpg", "../zz.jpg", "../../files/x.jpg"],
)
def test_a_picture_that_is_missing_becomes_its_text(written: str) -> None:
    made = linked(f"![Une <salle>]({written})")
    assert element(made.html, "p").text == "Une <salle>"
    assert elements(made.html, "img") == []
    (warning,) = made.problems
    assert (warning.severity, warning.code, warning.place.column) == (Severity.WARNING, "no-image", 16)
    assert made.files == frozenset()


def test_a_document_that_is_missing_becomes_plain_text() -> None:
    made = linked("[le document](files/zz.pdf)")
    assert made.html == "<p>le document</p>"
    assert [each.code for each in made.problems] == ["no-image"]


def test_a_static_file_is_taken_at_its_word() -> None:
    assert shows("![a](/images/logo.png)") == "/carnet/images/logo.png"


def test_a_picture_without_an_address_becomes_its_text() -> None:
    made = linked("![alternative](data:image/png;base64,AAAA)")
    assert element(made.html, "p").text == "alternative"
    assert [each.code for each in made.problems] == ["no-image"]


def test_a_picture_of_another_site_becomes_a_link_to_it() -> None:
    made = linked("![Une salle](https://example.net/a.png?x=1&y=2)")
    assert element(made.html, "a")["href"] == "https://example.net/a.png?x=1&y=2"
    assert element(made.html, "a").text == "Une salle"
    assert elements(made.html, "img") == []
    assert [each.code for each in made.problems] == ["foreign-image"]


@pytest.mark.parametrize(
    "text", ["[![a](https://example.net/a.png)](https://example.net/)", "![a](//example.net/a.png)"]
)
def test_a_picture_of_another_site_in_a_link_becomes_its_text(text: str) -> None:
    made = linked(text)
    assert [each["href"] for each in elements(made.html, "a")] == ["https://example.net/"][
        : text.count("[![")
    ]
    assert element(made.html, "p").text == "a"
