"""Pictures and documents of a text: where they stand, and what takes the place of those that are missing."""

from __future__ import annotations

import pytest

from cmsite.errors import Severity
from cmsite.model import RawHtml
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
    assert linked(f"![a]({written})", source).pictures == {"files/x.jpg"}
    assert linked(f"[a]({written})", source).files == {"files/x.jpg"}


def test_a_file_keeps_its_query_and_fragment() -> None:
    assert leads("[a](files/doc.pdf#page=2)") == "/carnet/files/doc.pdf#page=2"
    assert leads("[a](../files/doc.pdf?v=2)") == "/carnet/files/doc.pdf?v=2"


@pytest.mark.parametrize("written", ["<files/été 1.jpg>", "files/%C3%A9t%C3%A9%201.jpg"])
def test_a_files_name_may_be_percent_encoded(written: str) -> None:
    made = linked(f"![a]({written})")
    assert element(made.html, "img")["src"] == "/carnet/files/%C3%A9t%C3%A9%201.jpg"
    assert made.pictures == {"files/été 1.jpg"}


def test_pictures_wait_until_they_are_seen() -> None:
    picture = element(linked('![Une "salle" > x](files/x.jpg)').html, "img")
    assert picture.attributes == {
        "alt": 'Une "salle" > x',
        "src": "/carnet/files/x.jpg",
        "srcset": "/carnet/files/x.jpg.480.webp 480w, /carnet/files/x.jpg.700.webp 700w",
        "sizes": "(min-width: 40rem) 37.5rem, 100vw",
        "width": "700",
        "height": "400",
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


def picture(text: str, raw_html: RawHtml = RawHtml.SANITISED) -> dict[str, str]:
    """Return the attributes of the one picture of a text."""
    return element(linked(text, raw_html=raw_html).html, "img").attributes


WIDE = {
    "src": "/carnet/files/wide.jpg.1920.jpg",
    "srcset": "/carnet/files/wide.jpg.480.webp 480w, /carnet/files/wide.jpg.960.webp 960w, "
    "/carnet/files/wide.jpg.1440.webp 1440w, /carnet/files/wide.jpg.1920.webp 1920w",
    "sizes": "(min-width: 40rem) 37.5rem, 100vw",
    "width": "1920",
    "height": "1440",
}


def test_a_picture_comes_with_its_size_and_its_files_of_other_widths() -> None:
    assert picture("![a](files/wide.jpg)") == {"alt": "a", **WIDE, "loading": "lazy", "decoding": "async"}


def test_a_picture_in_a_link_to_itself_is_small_and_leads_to_the_whole() -> None:
    made = linked("[![a](files/wide.jpg)](files/wide.jpg)")
    assert element(made.html, "a")["href"] == "/carnet/files/wide.jpg"
    assert element(made.html, "img")["src"] == WIDE["src"]
    assert made.files == made.pictures == {"files/wide.jpg"}


@pytest.mark.parametrize(
    ("given", "width", "height", "sizes"),
    [
        ("width=300", "300", "225", "(min-width: 300px) 300px, 100vw"),
        ("height=300", "400", "300", "(min-width: 400px) 400px, 100vw"),
        ("width=300 height=10", "300", "10", "(min-width: 300px) 300px, 100vw"),
        ("width=50%", "1920", "1440", WIDE["sizes"]),
        ("width=0", "1920", "1440", WIDE["sizes"]),
    ],
)
def test_a_size_that_the_author_gives_is_kept_in_proportion(
    given: str, width: str, height: str, sizes: str
) -> None:
    shown = picture(f"![a](files/wide.jpg){{ {given} }}")
    assert (shown["width"], shown["height"], shown["sizes"]) == (width, height, sizes)


def test_only_the_first_picture_of_a_text_that_leads_its_page_does_not_wait() -> None:
    made = linked("![a](files/zz.jpg) ![b](files/x.jpg)\n\n![c](files/x.jpg)", leads=True)
    assert [each.attributes.get("loading") for each in elements(made.html, "img")] == [None, "lazy"]


def test_a_picture_that_moves_and_a_drawing_have_a_size_and_one_file() -> None:
    for name, width, height in (("dance.gif", "900", "300"), ("plan.svg", "760", "396")):
        shown = picture(f"![a](files/{name})")
        assert (shown["src"], shown["width"], shown["height"]) == (f"/carnet/files/{name}", width, height)
        assert "srcset" not in shown


def test_a_part_of_a_drawing_may_be_named() -> None:
    assert picture("![a](files/plan.svg#porte)")["src"] == "/carnet/files/plan.svg#porte"


def test_a_static_picture_has_its_size_too() -> None:
    shown = picture("![a](/images/logo.png)")
    assert (shown["width"], shown["height"], "srcset" in shown) == ("64", "32", False)
    assert "width" not in picture("![a](/images/other.png)")


def test_files_of_other_widths_that_the_author_wrote_stay() -> None:
    html = '<img src="files/wide.jpg" srcset="/a.jpg 2x" loading="eager" alt="">'
    shown = picture(html, RawHtml.TRUSTED)
    assert (shown["srcset"], shown["loading"], shown["width"]) == ("/a.jpg 2x", "eager", "1920")
    assert "sizes" not in shown


@pytest.mark.parametrize(
    ("written", "what", "hint"),
    [
        ("files/cut.jpg", "`content/files/cut.jpg` cannot be shown: it is cut short", "save it anew"),
        ("files/scan.tif", "`content/files/scan.tif` cannot be shown: browsers do not show TIFF pictures",
         "save it as JPEG or PNG"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_shown_becomes_its_text(written: str, what: str, hint: str) -> None:
    made = linked(f"![Une <salle>]({written})")
    assert element(made.html, "p").text == "Une <salle>"
    (warning,) = made.problems
    assert (warning.what, warning.hint, warning.code) == (what, hint, "broken-image")
    assert (warning.severity, warning.place.column) == (Severity.WARNING, 16)
    assert made.pictures == frozenset()


def test_a_link_to_a_broken_picture_becomes_plain_text_and_to_another_document_stays() -> None:
    made = linked("[la photo](files/cut.jpg) [le scan](files/scan.tif)")
    assert [each["href"] for each in elements(made.html, "a")] == ["/carnet/files/scan.tif"]
    assert [each.code for each in made.problems] == ["broken-image"]
    assert made.files == {"files/scan.tif"}
