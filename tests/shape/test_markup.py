"""The contract of Markdown, whatever engine fulfils it.

Every test but the last ones takes the engine as it takes the text. The last ones say where the engines
differ, as docs/reference/markdown.md tells authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from cmsite.model import Language, RawHtml
from cmsite.shape.engine import MarkupError
from cmsite.shape.markup import MAX_DEPTH, Converted, convert
from shape.elements import element, elements

Engine = Callable[[str, Language, RawHtml], Converted]
ENGINES: dict[str, Engine] = {name: partial(convert, engine=name) for name in ("markdown", "commonmark")}
FR, EN = Language("fr"), Language("en")
NOTES = "Un[^a], deux[^b], encore un[^a].\n\n[^a]: Première note.\n[^b]: Seconde note.\n"


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


def html(engine: Engine, text: str, language: Language = FR) -> str:
    return engine(text, language, RawHtml.SANITISED).html


def test_paragraphs_emphasis_and_links(engine: Engine) -> None:
    made = html(engine, "Un *mot*, **fort**, [un lien](https://example.org/ 'Titre').\n\nDeux.")
    assert [each.text for each in elements(made, "p")] == ["Un mot, fort, un lien.", "Deux."]
    assert [each.tag for each in elements(made, "em", "strong")] == ["em", "strong"]
    assert element(made, "a").attributes == {"href": "https://example.org/", "title": "Titre"}


def test_links_are_left_as_they_were_written(engine: Engine) -> None:
    made = html(
        engine, "[a](post:ecouter#x) [b](../posts/b.md) [c](files/c.pdf) ![d](../files/d.jpg) [e](/e/)"
    )
    assert [each["href"] for each in elements(made, "a")] == [
        "post:ecouter#x", "../posts/b.md", "files/c.pdf", "/e/",
    ]  # fmt: skip
    assert element(made, "img").attributes == {"src": "../files/d.jpg", "alt": "d"}


def test_table_cells_are_aligned_by_class(engine: Engine) -> None:
    made = html(engine, "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    expected: list[set[str]] = [{"align-left"}, {"align-center"}, {"align-right"}, set()]
    assert [each.classes for each in elements(made, "th")] == expected
    assert [each.classes for each in elements(made, "td")] == expected
    assert not any(each.attributes.keys() & {"style", "align"} for each in elements(made))


def test_a_code_span_in_a_table_may_hold_a_bar(engine: Engine) -> None:
    bar = r"\|" if engine is ENGINES["commonmark"] else "|"
    made = html(engine, f"| a | b |\n|---|---|\n| `x{bar}y` | z |")
    assert [each.text for each in elements(made, "td")] == ["x|y", "z"]


def test_notes_are_numbered_and_lead_there_and_back(engine: Engine) -> None:
    made = html(engine, NOTES)
    marks = [each for each in elements(made, "a") if "sup" in each.inside]
    assert [each.text for each in marks] == ["1", "2", "1"]
    assert elements(made, "li")[0].text.startswith("Première note.")
    ids = {each["id"] for each in elements(made) if "id" in each.attributes}
    targets = {each["href"].removeprefix("#") for each in elements(made, "a")}
    assert targets <= ids


@pytest.mark.parametrize(
    ("language", "title"), [(FR, "Retour au texte, note 1"), (EN, "Back to the text, note 1")]
)
def test_the_way_back_from_a_note_speaks_the_language(engine: Engine, language: Language, title: str) -> None:
    backs = [each for each in elements(html(engine, NOTES, language), "a") if "li" in each.inside]
    assert backs[0]["title"] == title


def test_each_text_numbers_its_notes_anew(engine: Engine) -> None:
    first = html(engine, NOTES)
    assert html(engine, NOTES) == first
    assert element(html(engine, "a[^z]\n\n[^z]: z"), "sup").text == "1"


def test_fenced_code_is_highlighted_by_classes(engine: Engine) -> None:
    made = html(engine, "```python\ndef f(): pass\n```")
    assert element(made, "code").text == "def f(): pass"
    assert "k" in next(each for each in elements(made, "span") if each.text == "def").classes
    assert "highlight" in element(made, "div").classes


@pytest.mark.parametrize("name", ["", "unheard-of", "text"])
def test_code_in_an_unknown_language_is_plain(engine: Engine, name: str) -> None:
    made = html(engine, f"```{name}\na < b && c\n\n  d\n```")
    assert "a < b && c\n\n  d" in "".join(element(made, "code").pieces)


def test_a_fence_may_hold_a_shorter_one(engine: Engine) -> None:
    made = html(engine, "````\n```\nx\n```\n````")
    assert element(made, "code").text == "``` x ```"


def test_a_fence_in_a_list_and_in_a_quote(engine: Engine) -> None:
    listed = html(engine, "1. a\n\n    ```\n    x\n\n    y\n    ```\n\n2. b")
    assert "li" in element(listed, "code").inside
    assert len(elements(listed, "li")) == 2
    assert "blockquote" in element(html(engine, "> ```\n> x\n> ```"), "code").inside


@pytest.mark.parametrize(("language", "names"), [(FR, ["à faire", "fait"]), (EN, ["to do", "done"])])
def test_task_boxes_have_names(engine: Engine, language: Language, names: list[str]) -> None:
    boxes = elements(html(engine, "- [ ] a\n- [x] b\n", language), "input")
    assert [each["aria-label"] for each in boxes] == names
    assert [("checked" in each.attributes, "disabled" in each.attributes) for each in boxes] == [
        (False, True), (True, True),
    ]  # fmt: skip


def test_definition_lists(engine: Engine) -> None:
    made = html(engine, "Terme\n:   Définition.\n\nAutre\n:   Une.\n:   Deux.\n")
    assert [each.text for each in elements(made, "dt")] == ["Terme", "Autre"]
    assert [each.text for each in elements(made, "dd")] == ["Définition.", "Une.", "Deux."]


@pytest.mark.parametrize(
    ("kind", "fr", "en"),
    [
        ("NOTE", "Note", "Note"),
        ("TIP", "Conseil", "Tip"),
        ("IMPORTANT", "Important", "Important"),
        ("WARNING", "Attention", "Warning"),
        ("CAUTION", "Prudence", "Caution"),
    ],
)
def test_a_callout_is_a_quote_with_a_title_in_the_language(
    engine: Engine, kind: str, fr: str, en: str
) -> None:
    for language, title in ((FR, fr), (EN, en)):
        made = html(engine, f"> [!{kind}]\n> Du *texte*.", language)
        assert element(made, "blockquote").classes == {"callout", f"callout-{kind.lower()}"}
        assert [(each.text, each.classes) for each in elements(made, "p")] == [
            (title, {"callout-title"}), ("Du texte.", set()),
        ]  # fmt: skip


def test_a_callout_may_have_a_title_of_its_own(engine: Engine) -> None:
    made = html(engine, "> [!WARNING] À lire d'abord\n> Texte.")
    assert elements(made, "p")[0].text == "À lire d'abord"


def test_a_quote_is_no_callout(engine: Engine) -> None:
    assert element(html(engine, "> Texte."), "blockquote").classes == set()


def test_attribute_lists(engine: Engine) -> None:
    made = html(
        engine, "Chapeau.\n{: .lead #chapeau }\n\n## Titre {#ici .large}\n\n![a](files/a.jpg){: .wide }"
    )
    assert (elements(made, "p")[0].classes, elements(made, "p")[0]["id"]) == ({"lead"}, "chapeau")
    assert (element(made, "h2")["id"], element(made, "h2").classes) == ("ici", {"large"})
    assert element(made, "img").classes == {"wide"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Œuvrer l'été", "oeuvrer-l-ete"),
        ("Écouter, puis parler", "ecouter-puis-parler"),
        ("Straße & Ñandú", "strasse-nandu"),
        ("100 % humain", "100-humain"),
        ("Un `code` et *mot*", "un-code-et-mot"),
        ("🎉", "section"),
    ],
)
def test_heading_ids_keep_all_letters(engine: Engine, title: str, expected: str) -> None:
    assert element(html(engine, f"## {title}"), "h2")["id"] == expected


def test_headings_of_the_same_words_have_ids_of_their_own(engine: Engine) -> None:
    made = html(engine, "## Suite\n\n## Suite\n\n### Suite\n\n## Suite 1")
    ids = [each["id"] for each in elements(made, "h2", "h3")]
    assert len(set(ids)) == 4
    assert ids[0] == "suite"


def test_headings_are_told_with_their_words(engine: Engine) -> None:
    made = engine("## R&D <b>d'abord</b> `a<b`\n\n### Détail[^1]\n\n[^1]: n", EN, RawHtml.SANITISED)
    assert [(each.level, each.text) for each in made.headings] == [(2, "R&D d'abord a<b"), (3, "Détail")]
    assert [each.id for each in made.headings] == [each["id"] for each in elements(made.html, "h2", "h3")]


def test_a_title_in_the_text_makes_room_for_the_pages_own(engine: Engine) -> None:
    made = engine("# Un\n\n## Deux\n\n### Trois\n\n###### Six", FR, RawHtml.SANITISED)
    assert [(each.level, each.text) for each in made.headings] == [
        (2, "Un"),
        (3, "Deux"),
        (4, "Trois"),
        (6, "Six"),
    ]
    assert elements(made.html, "h1") == []


def test_headings_without_a_title_among_them_stay(engine: Engine) -> None:
    made = engine("## Deux\n\nSetext\n------\n\n### Trois", FR, RawHtml.SANITISED)
    assert [each.level for each in made.headings] == [2, 2, 3]


def test_a_picture_with_a_title_is_a_figure(engine: Engine) -> None:
    made = html(engine, '![Une salle](files/a.jpg "Écouter & voir")')
    assert element(made, "figcaption").text == "Écouter & voir"
    assert element(made, "img").attributes == {"src": "files/a.jpg", "alt": "Une salle"}
    assert element(made, "img").inside == ("figure",)
    assert elements(made, "p") == []


@pytest.mark.parametrize(
    "text", ["![a](files/a.jpg)", 'Ici ![a](files/a.jpg "t").', '![a](x "t") ![b](y "u")']
)
def test_other_pictures_are_no_figures(engine: Engine, text: str) -> None:
    assert elements(html(engine, text), "figure") == []


def test_abbreviations(engine: Engine) -> None:
    made = html(engine, "La CNIL veille.\n\n*[CNIL]: Commission nationale\n")
    assert (element(made, "abbr").text, element(made, "abbr")["title"]) == ("CNIL", "Commission nationale")


def test_marks_and_strikethrough(engine: Engine) -> None:
    made = html(engine, "==marqué== et ~~barré~~ et H~2~O")
    assert (element(made, "mark").text, element(made, "del").text) == ("marqué", "barré")
    assert elements(made, "sub") == []


def test_markdown_within_html_where_it_is_asked_for(engine: Engine) -> None:
    made = html(engine, '<div class="note" markdown="1">\nDu *texte*.\n</div>\n\n<div>Du *texte*.</div>')
    assert [each.text for each in elements(made, "em")] == ["texte"]
    assert elements(made, "div")[0].attributes == {"class": "note"}


def test_french_spaces_do_not_break_and_code_keeps_its_own(engine: Engine) -> None:
    made = html(engine, "Quoi ? `a ? b`")
    assert "Quoi\N{NARROW NO-BREAK SPACE}?" in made
    assert element(made, "code").pieces == ["a ? b"]
    assert "What ?" in html(engine, "What ?", EN)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('<div markdown="1">\n*a*\n', 1),
        ('a\n\nb\n\n<div markdown="1">\n*a*\n\n<div markdown="1">\nb\n</div>\n', 5),
        ('```\n<div markdown="1">\n```\n\n<section markdown="block">\na', 5),
        ('a\n\n  <div class="x"\n markdown="1">\na', 3),
        ("a\n\n<div markdown>\na", 3),
    ],
)
def test_a_markdown_block_that_is_never_closed_is_refused_at_its_line(
    engine: Engine, text: str, line: int
) -> None:
    with pytest.raises(MarkupError) as error:
        engine(text, FR, RawHtml.SANITISED)
    assert error.value.line == line
    assert "never closed" in error.value.what
    assert "</" in error.value.hint


@pytest.mark.parametrize(
    "text",
    ['<DIV markdown="1">\n*a*\n</div>', '```\n<div markdown="1">\n```', '`<div markdown="1">`', "<div>\n\na"],
)
def test_what_is_closed_or_code_is_not_refused(engine: Engine, text: str) -> None:
    assert html(engine, text)


def test_elements_nest_only_so_deep(engine: Engine) -> None:
    assert len(elements(html(engine, "<div>" * MAX_DEPTH + "a" + "</div>" * MAX_DEPTH), "div")) == MAX_DEPTH
    for one in ("<div>", '<div title="<">'):
        with pytest.raises(MarkupError, match="deeper than 100"):
            html(engine, "<div></div>" * 3 + one * (MAX_DEPTH + 1) + "a" + "</div>" * (MAX_DEPTH + 1))


def test_void_elements_do_not_nest(engine: Engine) -> None:
    assert len(elements(html(engine, "a<br>" * 150), "br")) == 150


@pytest.mark.parametrize("text", ["* " * 700 + "a", "> " * 700 + "a", "1. " * 700 + "a"])
def test_lists_and_quotes_nested_without_end_are_refused_or_text_and_never_a_crash(
    engine: Engine, text: str
) -> None:
    calm = "- x\n- y\n\n> q\n\nz"
    before = html(engine, calm)
    try:
        engine(text, FR, RawHtml.SANITISED)
    except MarkupError as error:
        assert "deep" in error.what  # noqa: PT017 an engine may also take it as text
    assert html(engine, calm) == before


@pytest.mark.parametrize(
    ("text", "tags", "in_commonmark"),
    [
        ("a\n- b", ["p"], ["p", "ul", "li"]),
        ("##a", ["h2"], ["p"]),
        ("1) a", ["p"], ["ol", "li"]),
        ("a\\\nb", ["p"], ["p", "br"]),
        ("[a](b c)", ["p", "a"], ["p"]),
        ("- a\n  - b", ["ul", "li", "li"], ["ul", "li", "ul", "li"]),
        ("a\n\n<details>\n\n*b*\n\n</details>", ["p", "details"], ["p", "details", "p", "em"]),
        ("`#!python a`", ["p", "code", "span"], ["p", "code"]),
        ("```python title='a'\n1\n```", ["div", "span", "pre", "span", "code", "span"],
         ["div", "pre", "span", "code", "span"]),
    ],
)  # fmt: skip
def test_the_engines_differ_where_the_documentation_says_so(
    text: str, tags: list[str], in_commonmark: list[str]
) -> None:
    assert [each.tag for each in elements(html(ENGINES["markdown"], text))] == tags
    assert [each.tag for each in elements(html(ENGINES["commonmark"], text))] == in_commonmark


def test_an_unknown_engine_is_no_engine() -> None:
    with pytest.raises(ValueError, match="unheard-of"):
        convert("a", FR, RawHtml.SANITISED, engine="unheard-of")


@pytest.mark.parametrize(
    "piece",
    [
        "> ",
        "* ",
        "1. ",
        "[",
        "![",
        "*a_ ",
        "<div>",
        "```\n",
        "a[^1] ",
        "| a ",
        "==",
        "{: .a}",
        "*[a]: b\n",
        "« ? ",
    ],
)
def test_commonmark_takes_or_refuses_any_text_however_long(piece: str) -> None:
    with suppress(MarkupError):
        assert convert(piece * 20_000 + "a", FR, RawHtml.SANITISED, engine="commonmark").html


@pytest.mark.parametrize("text", ["==", "a == b == c", "==a", "==a *b== c*", "*==a*==", "== ==", "===="])
def test_marks_that_do_not_pair_leave_every_element_whole(text: str) -> None:
    made = html(ENGINES["commonmark"], text)
    assert made.count("<mark>") == made.count("</mark>")
    assert re.sub("<[^>]*>", "", made).replace("=", "").strip() == re.sub("[=*]", "", text).strip()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("==a *b*== c", ["a b"]),
        ("a == b == c", []),
        ("- a ==b\n- c== d", []),
        ("![==a](x) b==", []),
        ("*==a* b==", []),
        ("==a== ==b==", ["a", "b"]),
        ("a[^1] ==b\n\n[^1]: c== d", []),
    ],
)
def test_a_mark_begins_and_ends_in_one_place(engine: Engine, text: str, marked: list[str]) -> None:
    assert [each.text for each in elements(html(engine, text), "mark")] == marked
