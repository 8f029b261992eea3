"""Draw the mask as a picture: a face of six parts, and a line in a part for each term that it states.

The picture is a plate out of a notebook. Each of the six points holds a part of the mask's outline, bears its
mark there and says its terms beside it, under a rule. A point that states nothing is a dotted line and an
empty mark. Of two masks laid one on the other, a shared term is a thick line, a term of the first a thin
one, a term of the second a dashed one. All colour is `currentColor`: the page decides.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cmsite.model import Html, Mask, Vocabulary
from cmsite.shape.picture_face import CLEAR, QUIET, STROKES, add, draw_face, mark_of, number
from cmsite.shape.picture_layout import EDGE, INNER, SAMPLE, TERM_SIZE, WIDTH, Block, Layout, Line, lay_out
from cmsite.shape.picture_words import (
    WORDS,
    PictureWords,
    ToldPoint,
    Whose,
    pair_of,
    printable,
    tell_point,
    tell_points,
    tell_title,
    tell_whose,
)

_MIDDLE = WIDTH / 2
_SERIF = "ui-serif, Charter, Georgia, serif"
_SANS = "system-ui,sans-serif"


def draw_mask(
    mask: Mask,
    vocabulary: Vocabulary,
    language: str,
    *,
    other: Mask | None = None,
    names: tuple[str, ...] = (),
    words: PictureWords | None = None,
    prefix: str = "mask",
) -> Html:
    """Return the mask as an SVG that says in its title and description what it shows.

    `names` are whose masks these are: none or one for a mask alone, two beside `other`. `words` replace
    those of the language; `prefix` begins the ids, so that two pictures can stand on one page.
    """
    words, names = words or WORDS[language], tuple(printable(name) for name in names)
    pair = pair_of(names) if other is not None else None
    points = tell_points(mask, vocabulary, language, other=other, words=words)
    layout = lay_out(points, words.open, _legend(points, pair, words), laid=pair is not None)
    svg = _frame(layout, prefix)
    add(svg, "title", id=f"{prefix}-title", text=tell_title(pair or names, words))
    told = " ".join(tell_point(each, pair, words) for each in points)
    add(svg, "desc", id=f"{prefix}-desc", text=told)
    place = f"translate({number(_MIDDLE)} {number(layout.middle)})"
    draw_face(add(svg, "g", transform=place, stroke="currentColor"), points, prefix, laid=pair is not None)
    _draw_rules(svg, layout)
    _draw_words(svg, layout)
    return Html(ET.tostring(svg, encoding="unicode"))


def draw_signature(mask: Mask, vocabulary: Vocabulary, language: str) -> Html:
    """Return the mask's picture without words: a group of SVG around its middle, about 210 wide and high."""
    points = tell_points(mask, vocabulary, language, words=WORDS[language])
    group = ET.Element("g", {"stroke": "currentColor", "fill": "none", "stroke-linecap": "round"})
    draw_face(group, points, "signature", laid=False)
    return Html(ET.tostring(group, encoding="unicode"))


def _legend(
    points: tuple[ToldPoint, ...], pair: tuple[str, str] | None, words: PictureWords
) -> tuple[tuple[Whose, str], ...]:
    """Return what the legend says: only of such lines as are drawn."""
    drawn = {term.whose for told in points for term in told.terms} if pair else set[Whose]()
    return tuple((whose, tell_whose(whose, pair, words)) for whose in Whose if pair and whose in drawn)


def _frame(layout: Layout, prefix: str) -> ET.Element:
    return ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "mask-picture",
            "viewBox": f"0 0 {number(WIDTH)} {number(layout.height)}",
            "role": "img",
            "aria-labelledby": f"{prefix}-title",
            "aria-describedby": f"{prefix}-desc",
            "fill": "none",
            "stroke-linecap": "round",
            "font-family": _SERIF,
        },
    )


def _draw_rules(svg: ET.Element, layout: Layout) -> None:
    """Draw the rules under the names of the points, and the samples of lines before terms and legend."""
    rules = "".join(_rule(block, layout.middle) for block in layout.blocks)
    add(svg, "path", {"class": "mask-rules", "stroke-width": "0.75"}, d=rules, stroke="currentColor")
    placed = [
        (line, _MIDDLE + block.side * INNER, block.side) for block in layout.blocks for line in block.terms
    ]
    placed += [(line, layout.legend_x, 1) for line in layout.legend]
    for whose in Whose:
        if samples := "".join(_sample(*each) for each in placed if each[0].whose is whose):
            add(svg, "path", STROKES[whose], d=samples, stroke="currentColor")


def _rule(block: Block, middle: float) -> str:
    """Return the rule's course: along the column, then to the edge of the clearing around the mark."""
    x, y = mark_of(block.told.point)
    outer, inner = _MIDDLE + block.side * (_MIDDLE - EDGE), _MIDDLE + block.side * (INNER - 2)
    end = f"{number(_MIDDLE + x + block.side * CLEAR)} {number(middle + y)}"
    return f"M{number(outer)} {number(block.rule)}H{number(inner)}L{end}"


def _sample(line: Line, x: float, side: int) -> str:
    """Return the course of the kind of line that stands for a term in the mask, beside the words for it."""
    return f"M{number(x + side * 2)} {number(line.y - line.size * 0.3)}h{number(side * (SAMPLE - 9))}"


def _draw_words(svg: ET.Element, layout: Layout) -> None:
    texts = add(svg, "g", {"class": "mask-words", "font-size": number(TERM_SIZE)}, fill="currentColor")
    for side in (-1, 1):
        _draw_column(texts, layout, side)
    if layout.legend:
        legend = add(texts, "g", {"class": "mask-legend", "font-family": _SANS})
        for line in layout.legend:
            _write(legend, line, layout.legend_x + line.indent, {})


def _draw_column(texts: ET.Element, layout: Layout, side: int) -> None:
    """Write the names and terms of the points that stand on one side of the mask."""
    anchor = {"text-anchor": "start" if side > 0 else "end"}
    column = add(texts, "g", anchor, transform=f"translate({number(_MIDDLE + side * INNER)})")
    for block in (block for block in layout.blocks if block.side == side):
        _write(column, block.name, 0, {"font-family": _SANS, "font-weight": "600"})
        quiet = {} if block.told.terms else {"font-style": "italic", "fill-opacity": QUIET}
        for line in block.terms:
            _write(column, line, side * line.indent, quiet)


def _write(group: ET.Element, line: Line, x: float, look: dict[str, str]) -> None:
    across = {"x": number(x)} if x else {}
    size = {} if line.size == TERM_SIZE else {"font-size": number(line.size)}
    add(group, "text", {**across, "y": number(line.y), **size, **look}, text=line.text)
