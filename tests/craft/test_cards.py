"""Social cards drawn: in the font that they are given, each once, and never with anything from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmsite.craft.cards import CardPress
from cmsite.craft.memory import Memory
from cmsite.errors import ProblemsFound
from cmsite.model import CardSheet
from cmsite.read.fonts import read_font
from cmsite.read.theme import built_in_themes

FILE = built_in_themes() / "carnet/fonts/Vollkorn-Medium.ttf"
FONT = read_font(FILE.read_bytes(), "fonts/Vollkorn-Medium.ttf")
SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
OPEN = f'<svg {SPACES} width="1200" height="630">'


def sheet(inside: str, begin: str = OPEN) -> CardSheet:
    return CardSheet(f"{begin}{inside}</svg>", FONT, "themes/x/templates/card.svg")


@pytest.fixture
def press(tmp_path: Path) -> CardPress:
    return CardPress(Memory(tmp_path / "cards"))


def test_a_card_is_a_png_of_its_size(press: CardPress) -> None:
    drawn = press.draw(sheet('<rect width="9" height="9"/>'))
    assert drawn.startswith(b"\x89PNG")
    assert (int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")) == (1200, 630)


def test_words_are_drawn_in_the_font_whatever_family_is_asked_for(press: CardPress) -> None:
    text = '<text x="80" y="300" font-size="90" font-family="{}">Œuvrer</text>'
    drawn = {press.draw(sheet(text.format(name))) for name in ("serif", "sans-serif", "Vollkorn", "Unheard")}
    assert drawn != {press.draw(sheet(""))}
    assert len(drawn) == 1


def test_a_card_is_drawn_once_and_a_damaged_one_again(press: CardPress) -> None:
    drawn = press.draw(sheet(""))
    [file] = press.memory.folder.iterdir()
    kept = file.stat().st_mtime_ns
    assert press.draw(sheet("")) == drawn
    assert file.stat().st_mtime_ns == kept
    file.write_bytes(b"damage")
    assert press.draw(sheet("")) == drawn


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (sheet("<g>"), "is not well-formed XML (line 1)"),
        (CardSheet("", FONT, "themes/x/templates/card.svg"), "is not well-formed XML (line 1)"),
        (sheet("", '<svg width="1200" height="630">'), "does not begin with"),
        (sheet("", OPEN.replace("630", "6300000")), "does not begin with"),
        (sheet('<image href="/etc/hostname"/>'), "refers to `/etc/hostname`"),
        (sheet('<image xlink:href=" card.png"/>'), "refers to ` card.png`"),
        (sheet('<use href="http://example.org/a.svg#x"/>'), "refers to `http://example.org/a.svg#x`"),
        (sheet("<g>" * 300 + "</g>" * 300), "is nested deeper"),
    ],
)
def test_what_is_no_card_is_told_at_its_template(press: CardPress, wrong: CardSheet, told: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        press.draw(wrong)
    [problem] = found.value.problems
    assert (problem.code, problem.place.path) == ("card", "themes/x/templates/card.svg")
    assert problem.what.startswith(f"the card that this template makes {told}")
