"""Two bodies side by side: what a block is, which two are one, and what is said of those that differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cmsite.shape.report.blocks import Row, Run, align, compare_words, cut, side_by_side

_WORDS = st.text("abc é.,", max_size=10)
_INLINE = (
    _WORDS
    | _WORDS.map(lambda text: f"<em>{text}</em>")
    | _WORDS.map(lambda text: f'<a href="/{len(text)}/">{text}</a>')
    | st.sampled_from([" ", "<br>", '<img alt="x" src="y">', "<!-- <p> -->"])
)
_NAMES = st.sampled_from(["p", "ul", "li", "hr", "table", "tr", "td", "pre", "h2"])
_TAGS = _NAMES.map(lambda name: f"<{name}>") | _NAMES.map(lambda name: f"</{name}>")
HTML = st.lists(_INLINE | _TAGS | st.just("\n"), max_size=12).map("".join)


def changes(a: str, b: str) -> list[tuple[str | None, str | None]]:
    """Return the blocks that differ."""
    return [(row.a, row.b) for row in align(a, b) if not row.same]


def told(html: str) -> list[str | None]:
    """Return the blocks of a body in words."""
    return [row.a for row in align(html, html)]


# what a block is


def test_a_block_is_a_paragraph_a_heading_an_item_a_row() -> None:
    html = (
        "<h2>Un</h2>\n<p>Deux <em>trois</em>.</p>\n<ul>\n<li>quatre</li>\n<li><p>cinq</p></li>\n</ul>\n"
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert told(html) == ["Un", "Deux trois.", "quatre", "cinq", "A | B", "1 | 2"]


def test_an_item_and_the_list_inside_it_are_two_blocks() -> None:
    assert told("<ul><li>un<ul><li>deux</li></ul>trois</li></ul>") == ["un", "deux", "trois"]


def test_code_keeps_its_lines() -> None:
    assert told("<pre><code>a:\n  b\n</code></pre>") == ["a:\n  b"]


def test_a_picture_goes_by_its_alternative_text() -> None:
    assert told('<p><img alt="Une salle" src="a.png"></p>') == ["[Une salle]"]


def test_what_has_no_words_is_told_as_html() -> None:
    assert told("<hr>") == ["<hr>"]


@examples(max_examples=200)
@given(HTML)
def test_the_blocks_of_a_body_are_the_whole_body(html: str) -> None:
    assert "".join(cut(html)) == html


# which two blocks are one


def test_a_block_that_only_one_body_has_stands_alone() -> None:
    assert changes("<p>Un.</p><p>Deux.</p>", "<p>Un.</p><p>Pour vous.</p><p>Deux.</p>") == [
        (None, "Pour vous.")
    ]


def test_a_block_in_other_words_stands_beside_what_it_was() -> None:
    a = "<p>Ce carnet aide ceux qui travaillent à Paris.</p>"
    b = "<p>Rien de tel.</p><p>Ce carnet aide ceux qui travaillent à Lyon.</p>"
    assert changes(a, b) == [
        (None, "Rien de tel."),
        ("Ce carnet aide ceux qui travaillent à Paris.", "Ce carnet aide ceux qui travaillent à Lyon."),
    ]


def test_two_blocks_that_share_next_to_nothing_are_two() -> None:
    assert set(changes("<p>Les patients se taisent.</p>", "<p>Jouez le soir.</p>")) == {
        ("Les patients se taisent.", None),
        (None, "Jouez le soir."),
    }


def test_blocks_of_one_place_can_be_laid_on_one_line() -> None:
    rows = [Row("a", "a"), Row("x", None), Row("y", None), Row(None, "z"), Row("b", "b")]
    assert [(row.a, row.b) for row in side_by_side(rows)] == [("a", "a"), ("x", "z"), ("y", None), ("b", "b")]


def test_one_more_item_leaves_the_others_alone() -> None:
    assert changes("<ul><li>un</li></ul>", "<ul><li>un</li><li>deux</li></ul>") == [(None, "deux")]


def test_a_very_long_gap_is_told_block_by_block() -> None:
    a, b = ("".join(f"<p>{word} {number}</p>" for number in range(150)) for word in ("un", "deux"))
    assert all(row.a is None or row.b is None for row in align(a, b))


# what is said of it


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ('<p>Voir <a href="/a/">ici</a>.</p>', "<p>Voir ici.</p>", ("Voir ici (/a/).", "Voir ici.")),
        (
            '<p><img alt="x" src="a.png"></p>',
            '<p><img alt="x" src="b.png"></p>',
            ("[x] (a.png)", "[x] (b.png)"),
        ),
        ("<p>Un <em>mot</em></p>", "<p>Un mot</p>", ("<p>Un <em>mot</em>", "<p>Un mot")),
    ],
)
def test_what_reads_the_same_is_told_by_what_is_not_read(a: str, b: str, said: tuple[str, str]) -> None:
    assert changes(a, b) == [said]


def test_a_list_that_only_counts_its_items_otherwise_differs() -> None:
    assert changes("<ul><li>un</li></ul>", "<ol><li>un</li></ol>") == [
        ("<ul><li>un</li></ul>", "<ol><li>un</li></ol>")
    ]


def test_entities_are_told_as_what_they_stand_for() -> None:
    assert changes("<p>a &amp; b</p>", "<p>a &lt; b</p>") == [("a & b", "a < b")]


@examples(max_examples=150)
@given(HTML, HTML)
def test_two_bodies_have_a_row_that_differs_if_and_only_if_they_differ(a: str, b: str) -> None:
    rows = align(a, b)
    assert all(row.same for row in rows) == (a == b)
    assert sum(row.a is not None for row in rows) == len(cut(a))
    assert sum(row.b is not None for row in rows) == len(cut(b))


@examples(max_examples=150)
@given(HTML, HTML)
def test_two_bodies_laid_the_other_way_round_give_the_same_rows_turned(a: str, b: str) -> None:
    assert [(row.b, row.a) for row in align(b, a)] == [(row.a, row.b) for row in align(a, b)]


# the words


def test_the_words_that_differ_stand_apart() -> None:
    assert compare_words("Écouter avant de parler", "Écouter les joueurs avant de leur parler") == (
        Run("Écouter ", "Écouter ", same=True),
        Run("", "les joueurs ", same=False),
        Run("avant de ", "avant de ", same=True),
        Run("", "leur ", same=False),
        Run("parler", "parler", same=True),
    )


def test_texts_that_share_next_to_nothing_are_one_run() -> None:
    assert compare_words("un deux", "trois quatre") == (Run("un deux", "trois quatre", same=False),)


def test_a_last_word_is_the_same_word_as_one_before_others() -> None:
    assert compare_words("un mot", "un mot encore")[0] == Run("un mot", "un mot ", same=True)


_TEXTS = st.lists(st.sampled_from(["un", "deux", "trois", " ", "\n", "  "]), max_size=12).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_the_runs_of_two_texts_are_both_texts_either_way_round(a: str, b: str) -> None:
    runs = compare_words(a, b)
    assert ("".join(run.a for run in runs), "".join(run.b for run in runs)) == (a, b)
    assert [Run(run.b, run.a, same=run.same) for run in compare_words(b, a)] == list(runs)
