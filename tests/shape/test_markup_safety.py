"""What Markdown may not bring into a page, what it counts, and that no text shows in another."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import workshop
from cmsite.model import Language, RawHtml
from cmsite.shape.engine import MarkupError
from cmsite.shape.markup import Converted, Source, convert, plain_text
from shape.elements import elements

FR = Language("fr")
SAFE_SCHEMES = {"http", "https", "mailto", "tel", "xmpp", "post"}
PIECES = [
    "mot",
    " ",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "- ",
    "> ",
    "1. ",
    "    ",
    "```",
    "`",
    "~~~",
    "*",
    "**",
    "==",
    "~~",
    "é",
    "&lt;",
    "\\",
    ":   ",
    "- [ ] ",
    "[^1]",
    "[^1]: note\n",
    "[TOC]",
    "| a | b |\n|:-:|--:|\n| 1 | 2 |\n",
    "> [!NOTE]\n> ",
    "*[mot]: Mot\n",
    "![a](b 'c')",
    "{: .a #b }",
    "[x](javascript:alert(1))",
    "![x](data:image/png;base64,AA)",
    "<a href='java\nscript:x'>",
    "{: style='color:red' onclick='x()' }",
    "<div style='x'>",
    "</div>",
    "<td align=left>",
    "<b onclick=x>",
    "<script>",
    "</script>",
    "<style>",
    "<svg onload=x>",
    "<!--",
    "-->",
    '<p style="text-align:left">',
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=14).map("".join).filter(lambda text: len(text) < 300)
TEXTS = (
    "# Un\n\nTexte[^1], HTML et [lien][l].\n\n[^1]: note\n[l]: /x\n*[HTML]: Hyper\n",
    "Texte[^1], HTML et [lien][l].\n\n## Un\n\n```python\nx = 1\n```\n",
    "- [ ] a\n\n> [!NOTE]\n> b\n\n| a |\n|:-:|\n| 1 |\n\n## Un\n\n## Un\n",
)


def made(text: str, raw_html: RawHtml = RawHtml.SANITISED) -> Converted:
    return convert(text, FR, raw_html)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>a", "alert"),
        ("<style>p{color:red}</style>a", "color"),
        ("<b onclick='x()'>a</b>", "onclick"),
        ("a\n{: onclick='x()' }", "onclick"),
        ("a\n{: style='color:red' }", "style"),
        ("<p style='color:red'>a</p>", "style"),
        ("[a](javascript:alert(1))", "javascript"),
        ("[a](JaVaScRiPt:alert(1))", "alert"),
        ("[a](&#106;avascript:alert(1))", "alert"),
        ("<a href='javascript&colon;alert(1)'>a</a>", "alert"),
        ("<a href='java\nscript:alert(1)'>a</a>", "alert"),
        ("[a](vbscript:x)", "vbscript"),
        ("[a](data:text/html;base64,AA)", "data:"),
        ("![a](data:image/png;base64,AA)", "data:"),
        ("<iframe src='https://example.org/'></iframe>a", "iframe"),
        ("<img src='files/a.jpg' onerror='x()' srcset='https://example.org/a.jpg 2x'>", "example.org"),
        ("<svg onload='x()'><a xlink:href='javascript:x'>a</a></svg>", "onload"),
        ("<form action='/x'><button>a</button></form>", "form"),
        ("<object data='x'></object><embed src='x'>a", "embed"),
        (
            "<link rel=stylesheet href='//example.org/x.css'><meta http-equiv=refresh content=0>a",
            "example.org",
        ),
        ("<base href='https://example.org/'>a", "example.org"),
        ("<table><tr><td align='left' bgcolor='red'>a</td></tr></table>", "align"),
        ("<center>a</center>", "center"),
        ("<!-- secret -->a", "secret"),
        ("<h1>a</h1>", "h1"),
        ("<strike>a</strike><tt>b</tt><acronym>c</acronym>", "<s"),
        ("a <tt>b</tt>", "<tt"),
        ("<map name='x'><area href='/'></map>a", "area"),
        ("<ol><li value='3'>a</li></ol><video src='x'></video>", "video"),
    ],
)
def test_what_the_sanitiser_takes_away(text: str, gone: str) -> None:
    assert gone not in made(text).html.lower()


@pytest.mark.parametrize(
    "text",
    [
        '<details open=""><summary>a</summary>b</details>',
        '<table><tbody><tr><th scope="row" colspan="2" rowspan="3" abbr="x">a</th></tr></tbody></table>',
        '<ol start="3" reversed="" type="a"><li>a</li></ol>',
        '<p class="a" id="b" lang="en" title="c" dir="ltr">d</p>',
        '<p><a href="tel:+331" hreflang="en">a</a> <a href="xmpp:a@b.example">b</a></p>',
        '<p><img src="files/a.jpg" alt="b" width="3" height="4"></p>',
        '<p><time datetime="2026-03-01">a</time> <kbd>b</kbd> <sub>c</sub> <q cite="/x">e</q></p>',
        '<section id="a"><figure><figcaption>b</figcaption></figure></section>',
    ],
)
def test_what_the_sanitiser_keeps(text: str) -> None:
    kept, given_ = elements(made(text).html), elements(text)
    assert [(each.tag, each.attributes) for each in kept] == [(each.tag, each.attributes) for each in given_]


def test_an_author_who_vouches_for_html_keeps_it() -> None:
    text = "<iframe src='https://example.org/' style='width:100%'></iframe>\n\n<b onclick='x()'>a</b>"
    html = made(text, RawHtml.TRUSTED).html
    assert "<iframe src='https://example.org/' style='width:100%'></iframe>" in html
    assert "<b onclick='x()'>a</b>" in html


@settings(max_examples=150)
@given(SOUP)
def test_no_text_brings_style_script_or_a_handler_into_a_page(text: str) -> None:
    try:
        html = made(text).html
    except MarkupError:
        return
    for element in elements(html):
        assert element.tag not in {"script", "style", "iframe", "svg", "form", "h1"}
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        for name in ("href", "src"):
            address = "".join(element.attributes.get(name, "").split()).lower()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
            assert scheme is None or scheme[1] in SAFE_SCHEMES


@settings(max_examples=150)
@given(SOUP)
def test_every_text_is_converted_the_same_way_twice(text: str) -> None:
    try:
        first = made(text)
    except MarkupError:
        return
    assert made(text) == first


def test_no_text_shows_in_another() -> None:
    alone = {text: made(text) for text in TEXTS}
    for order in permutations(TEXTS):
        assert {text: made(text) for text in order} == alone
    assert "Hyper" not in alone[TEXTS[1]].html
    assert "note" not in alone[TEXTS[1]].html


def test_a_text_that_nests_too_deep_leaves_no_trace_in_the_next() -> None:
    before = [made(text) for text in TEXTS]
    with pytest.raises(MarkupError, match="too deep"):
        made("* " * 700 + "a")
    assert [made(text) for text in TEXTS] == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Un deux trois.", 3),
        ("L'été, c'est aujourd'hui.", 3),
        ("Un *mot* et **un autre**.", 5),
        ("Un[^1] deux.\n\n[^1]: Une note de cinq mots.", 2),
        ("Un.\n\n```python\nx = y + z\n```\n\nDeux.", 2),
        ("## Titre un\n\n- a\n- b", 4),
        ("| a | b |\n|---|---|\n| c | d |", 4),
        ("[un lien](https://example.org/a/b/c)", 2),
        ('![alternative](files/x.jpg "Une légende")', 2),
        ("<!-- pas compté -->un", 1),
    ],
)
def test_words_are_those_that_are_read(text: str, words: int) -> None:
    assert made(text).words == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (10, 1), (299, 1), (301, 2), (1000, 5)])
def test_reading_takes_at_least_a_minute(words: int, minutes: int) -> None:
    assert made("mot " * words).minutes == minutes


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("", ""),
        ("# Titre\n\nPremier *paragraphe*.\n\nDeuxième.", "Premier paragraphe."),
        ("Chapeau.\n{: .lead #id }\n\nSuite.", "Chapeau."),
        ("Un[^1] deux.\n\n[^1]: Note.", "Un deux."),
        ("```\ncode\n```\n\nTexte.", "Texte."),
        ("![a](files/a.jpg)\n\nTexte.", "Texte."),
        ("> [!NOTE]\n> Dedans.", "Dedans."),
        ("## Titre[^1]\n\n[^1]: Note.", ""),
        ("- a\n- b", ""),
        ("R&D <3 `a<b`", "R&D <3 a<b"),
    ],
)
def test_the_excerpt_is_the_first_paragraph_in_plain_words(text: str, excerpt: str) -> None:
    assert made(text).excerpt == excerpt


def test_a_long_excerpt_ends_between_two_words() -> None:
    excerpt = made("mot, " * 100).excerpt
    assert len(excerpt) <= 201
    assert excerpt.endswith("mot…")


@pytest.mark.parametrize(
    "text",
    [
        '<p title="a > b">Texte.</p>',
        '<p><b title="a > b">Texte.</b></p>',
        "<p>Texte.</p>\n\n<!-- it's -->",
        "<style>p > b {}</style>\n\nTexte.",
        "Texte.\n\n<script>if (a < b) { x('<p>y</p>') }</script>",
    ],
)
def test_trusted_html_is_counted_by_its_words_alone(text: str) -> None:
    trusted = made(text, RawHtml.TRUSTED)
    assert (trusted.excerpt, trusted.words) == ("Texte.", 1)


def test_plain_text_keeps_words_of_neighbouring_blocks_apart() -> None:
    assert plain_text("<ul><li>a</li><li>b</li></ul><p>c<br>d</p>e<b>f</b>") == "a b c d ef"


def test_a_converter_converts_each_distinct_text_once() -> None:
    converter, text = workshop(), Source("a", FR, RawHtml.SANITISED)
    one, again = converter.convert_all([text, text])
    assert again is one
    assert converter.converted == 1
    others = [replace(text, text="b"), replace(text, language=Language("en"))]
    converter.convert_all([*others, replace(text, raw_html=RawHtml.TRUSTED)])
    assert converter.converted == 4


@pytest.mark.parametrize(
    "text", ['<input type="text" name="x">', "<input>", '<p>a<input type="password">b</p>']
)
def test_a_form_field_is_taken_away_but_a_task_keeps_its_box(text: str) -> None:
    assert "<input" not in made(text).html
    assert made("- [ ] a").html.count('type="checkbox"') == 1
