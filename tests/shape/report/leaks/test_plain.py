"""The plain form of a text: the same however it is escaped, set in type or broken by tags."""

from __future__ import annotations

import pytest

from cmsite.shape.report.leaks.plain import plain
from shape.report.leaks.forms import broken_by_tags


@pytest.mark.parametrize(
    "written",
    [
        "L'été à Œuvres",
        "L’ÉTÉ À ŒUVRES",
        "l&#39;&eacute;t&#xE9; &agrave; &oelig;uvres",
        "l%27%C3%A9t%c3%a9 %C3%A0 %C5%93uvres",
        "l-ete-a-oeuvres",
        "L\\u0027\\u00e9t\\u00E9 \\u00e0 \\u0153uvres",
        "l\\x27\\xe9t\\xe9 \\xe0\\n\u0153uvres",
        "l&amp;#39;&amp;eacute;t&amp;eacute; \\u0026agrave; œuvres",
        "L'e\u0301te\u0301\u00a0a\u0300\u202fœuvres",
        "l'é\u00adté à œu<wbr>vres",
        "l'<em>é</em>té à <b class='x'>œ</b>uvres",
    ],
)
def test_every_form_of_a_text_is_one(written: str) -> None:
    assert plain(written).words.startswith(" l ete a oeuvres ")
    assert plain(written).letters.startswith("leteaoeuvres")


def test_words_stand_apart_where_a_page_sets_them_apart() -> None:
    assert plain("<li>un</li><li>deux</li>").words.startswith(" un deux ")
    assert plain("1<sup>er</sup> mars").words.startswith(" 1er mars ")


def test_what_stands_in_a_tag_is_kept_behind_the_text() -> None:
    assert plain('un <img alt="une salle" src="files/x.png"> plan').words == (
        " un plan img alt une salle src files x png "
    )


def test_a_sign_that_is_no_tag_hides_nothing() -> None:
    assert plain("a < b et c > d").words == " a b et c d "


def test_letters_have_neither_digits_nor_spaces() -> None:
    assert plain("Salle 12, 3e étage").letters == "salleeetage"


def test_a_text_escaped_several_times_is_read_to_the_end() -> None:
    text = "R&D <b>"
    for _ in range(4):
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    assert plain(text).words == " r d b "


def test_marks_inside_words_do_not_break_them() -> None:
    assert plain(broken_by_tags("écouter avant de parler")).words.startswith(" ecouter avant de parler ")
