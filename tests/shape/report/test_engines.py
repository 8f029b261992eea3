"""Where two engines part is told as a reader would see it, and never where a reader sees nothing."""

from __future__ import annotations

import pytest

from cmsite.shape.report.engines import Parting, find_parting


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("<p>a</p><p>b</p>", "<p>a</p>\n\n<p> b </p>\n"),
        ('<p class="x" id="y">a</p>', '<p id="y" class="x">a</p>'),
        ("<p>a&amp;b&nbsp;c</p>", "<p>a&#38;b c</p>"),
        ("<p>a<br>b</p>", "<p>a<br />\nb</p>"),
        ("<ul><li>a</li></ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<hr><p>a</p>", "<hr />\n<p>a</p>"),
        ("", "\n"),
    ],
)
def test_what_a_browser_shows_alike_is_alike(a: str, b: str) -> None:
    assert find_parting(a, b) is None


@pytest.mark.parametrize(
    ("a", "b", "told_a", "told_b"),
    [
        ("<p>a</p>", "<h2>a</h2>", "a paragraph “a”", "a heading of level 2 “a”"),
        ("<p>a</p><p>b</p>", "<p>a</p>", "a paragraph “b”", "nothing more"),
        ("<p>a <em>b</em></p>", "<p>a b</p>", "a paragraph with emphasis “b”",
         "a paragraph with plain words “b”"),
        ("<p><a href='x'>b</a></p>", "<p><a href='y'>b</a></p>", "a paragraph with a link to x “b”",
         "a paragraph with a link to y “b”"),
        ("<ul><li>a</li></ul>", "<ul><li><ul><li>a</li></ul></li></ul>", "a list item “a” in a list",
         "a list item “a” in a list within a list"),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>", "a list item “a” close to its neighbours",
         "a list item “a” as a paragraph"),
        ('<p class="x">a</p>', "<p>a</p>", "a paragraph “a” in <p class=x>", "a paragraph “a” in <p>"),
        ("<pre><code>a\n b</code></pre>", "<pre><code>a b</code></pre>", "code “a b”", "code “a b”"),
        ("<hr>", "<p>-</p>", "a line across", "a paragraph “-”"),
    ],
)  # fmt: skip
def test_the_first_difference_is_told(a: str, b: str, told_a: str, told_b: str) -> None:
    assert find_parting(a, b) == Parting(told_a, told_b)
    assert find_parting(b, a) == Parting(told_b, told_a)


def test_a_difference_far_into_a_text_is_shown_with_some_words_before_it() -> None:
    before = "mot " * 40
    shown = "a paragraph “…mot mot mot {} la fin”"
    parting = find_parting(f"<p>{before}ici la fin</p>", f"<p>{before}là la fin</p>")
    assert parting == Parting(shown.format("mot ici"), shown.format("mot là"))
