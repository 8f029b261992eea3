"""An engine without the patterns that a text cannot meet makes of it what the whole one makes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cmsite.shape import python_markdown

PIECES = [
    "mot", " ", "  \n", "\n", "\n\n", "\t", "\t\n", "`", "``", "\\", "\\*", "[", "]", "(", ")", "[a](b)",
    "[a]", "[a]: b\n", "![a](b)", "!", "![a][b]", "[^1]", "[^1]: note\n", "<", ">", "<b>", "</b>",
    "<a@b.c>", "<http://a.b>", "&", "&amp;", "*", "**", "_", "__", "=", "==a==", "~", "~~a~~", "# ", "- ",
    "> ", "1. ", "    ", "| a | b |\n|---|---|\n| c | d |\n", "*[HTML]: x\n", "HTML", "{: .x }",
    "```\ncode\n```\n", "- [ ] ", "a\n:   b\n", "[TOC]", "~~~", "```", "{: #y }", "[x]", "</div>",
    "<div markdown=\"1\">\n", "&#91;", "> [!NOTE]\n> x\n", "\u00a0", "é",
]  # fmt: skip


def rendered(text: str, idle: frozenset[str]) -> str:
    engine = python_markdown._engine("fr", (), idle)
    engine.reset()
    return engine.convert(text)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_idle_patterns_change_nothing(text: str) -> None:
    assert rendered(text, python_markdown.idle_parts(text)) == rendered(text, frozenset())


def test_plain_words_leave_most_patterns_idle() -> None:
    assert python_markdown.idle_patterns("Des mots, *oui*.") == frozenset(python_markdown._BEGINS) - {
        "em_strong"
    }
    assert "linebreak" not in python_markdown.idle_patterns("a  \nb")


def test_plain_words_leave_the_passes_idle_that_seek_more() -> None:
    idle = python_markdown.idle_parts("Des mots, *oui*.")
    assert idle == python_markdown.idle_patterns("Des mots, *oui*.") | {*python_markdown._SEEKS, "[TOC]"}
    engine = python_markdown._whole_engine("fr", ())
    assert all(
        name in engine.preprocessors or name in engine.treeprocessors for name in python_markdown._SEEKS
    )
    assert not any(name in engine.inlinePatterns for name in python_markdown._SEEKS)


def test_every_pattern_of_the_engine_is_known() -> None:
    patterns = python_markdown._whole_engine("fr", ()).inlinePatterns
    assert all(name in patterns for name in python_markdown._BEGINS)
    assert len(patterns) == len(python_markdown._BEGINS)
