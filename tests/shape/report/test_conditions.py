"""Find the blocks that a condition has brought into a page."""

from __future__ import annotations

from cmsite.shape.report.blocks import cut
from cmsite.shape.report.conditions import Passage, mark_blocks, passages

HTML = '<p>A</p>\n<ul>\n<li>B</li>\n<li>C <b>c</b></li>\n</ul>\n<h2 id="d">D</h2>\n'


def test_a_passage_has_the_blocks_that_are_not_there_without_its_condition() -> None:
    without = '<p>A</p>\n<h2 id="d">D</h2>\n'
    assert passages(HTML, [(7, without), (9, HTML)]) == (Passage(7, (1, 2)),)


def test_a_block_that_would_read_otherwise_is_brought_in() -> None:
    assert passages(HTML, [(3, HTML.replace("A", "A but"))]) == (Passage(3, (0,)),)


def test_marks_stand_in_the_tags_that_lay_the_blocks_out_and_change_nothing_else() -> None:
    marked = mark_blocks(HTML, {1: "x", 2: "x", 3: "x"})
    assert marked == HTML.replace("<li>", "<li x>").replace("<h2 ", "<h2 x ")
    assert mark_blocks(HTML, dict.fromkeys(range(len(cut(HTML))), "")) == HTML
