"""French spaces that do not break, where a space was typed and never in code."""

from __future__ import annotations

import pytest

from cmsite.shape.typography import typeset, typeset_html

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi ?", f"Quoi{NARROW}?"),
        ("Oui ! Non ; si", f"Oui{NARROW}! Non{NARROW}; si"),
        ("Il dit : viens", f"Il dit{WIDE}: viens"),
        ("à savoir :", f"à savoir{WIDE}:"),
        ("« mot »", f"«{WIDE}mot{WIDE}»"),
        ("Quoi? Oui!", "Quoi? Oui!"),
        ("à 10:30 :x", "à 10:30 :x"),
        ("", ""),
    ],
)
def test_french_spaces(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected


def test_english_keeps_its_spaces() -> None:
    assert typeset("What ?", "en") == "What ?"
    assert typeset_html("<p>What ?</p>", "en") == "<p>What ?</p>"


def test_setting_a_text_twice_changes_nothing_more() -> None:
    once = typeset("« Quoi ? » : oui !", "fr")
    assert typeset(once, "fr") == once


@pytest.mark.parametrize("tag", ["code", "pre", "kbd", "samp"])
def test_code_stays_as_it_is(tag: str) -> None:
    html = f"<p>a ; <{tag}>b ; <b>c ?</b></{tag}> d !</p>"
    assert typeset_html(html, "fr") == f"<p>a{NARROW}; <{tag}>b ; <b>c ?</b></{tag}> d{NARROW}!</p>"


def test_attributes_stay_as_they_are() -> None:
    html = '<a href="/x/?a ;b" title="Quoi ?">Quoi ?</a>'
    assert typeset_html(html, "fr") == html.replace(">Quoi ?", f">Quoi{NARROW}?")
