"""Lay two editions side by side on one page of HTML that needs nothing else, block by block.

The page is written for the author, in the site's language, and never becomes a part of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from itertools import groupby

from msgspec import Struct

from cmsite.cli.diff_words import FIELDS, KINDS, WORDS
from cmsite.cli.report_page import framed, sign, table
from cmsite.model import POINTS, Language, Point
from cmsite.shape.language import long_date, plural
from cmsite.shape.picture_words import WORDS as PICTURE
from cmsite.shape.report.blocks import Row, compare_words, side_by_side
from cmsite.shape.report.difference import Difference, Moved, Sheet
from cmsite.shape.report.telling import OWN_PAGES, Spoken, label, sort_out
from cmsite.shape.report.values import Told, Value
from cmsite.shape.typography import typeset

_SIDES = ("a", "b")


class _Voice(Struct, frozen=True):
    """The page's language, and the two editions that it speaks of. Its words come out as HTML."""

    language: Language
    names: tuple[str, str]
    languages: tuple[Language, Language]

    def __call__(self, key: str, **values: object) -> str:
        return escape(WORDS[self.language][key]).format(**values)

    def count(self, key: str, n: int) -> str:
        """Return a number of things in words."""
        return self(f"{key}.{plural(n, self.language)}", n=n)

    def field(self, name: str) -> str:
        """Return what a reader would call a field of a view."""
        return escape(FIELDS[self.language].get(name) or name.replace("_", " "))

    def kind(self, sheet: Sheet) -> str:
        """Return what a page is called: its title, or what it is."""
        return escape(sheet.title or KINDS[self.language].get(sheet.kind, sheet.path))

    def entry(self, told: str) -> str:
        """Return an entry of a list; a point of the mask goes by its name."""
        words = PICTURE[self.language]
        name, colon, terms = told.partition(": ")
        if colon and name in [point.value for point in POINTS]:
            told = words.point.format(words.points[POINTS.index(Point(name))], terms).removesuffix(".")
        return escape(told)

    def lang(self, side: int) -> str:
        """Return the attribute that tells the language of a side, where it is not the page's."""
        spoken = self.languages[side]
        return "" if spoken == self.language else f' lang="{spoken}"'


def diff_page(difference: Difference, site: str, language: Language, at: datetime) -> str:
    """Return the page: who has what, what is in another order, then each page that both have."""
    a, b = difference.a, difference.b
    say = _Voice(language, (a.profile.name, b.profile.name), (a.language, b.language))
    sections = tuple(_sections(difference, say))
    parts = [
        _head(difference, say, [name for name, _ in sections], site, at),
        "<main>",
        *(f'<section id="{name}">\n<h2>{say(name)}</h2>\n{body}\n</section>' for name, body in sections),
        "</main>",
    ]
    title = f"{say('title')} – {escape(typeset(site, language))}"
    return framed("\n".join(parts), title=title, language=language, command="diff")


def _head(difference: Difference, say: _Voice, sections: list[str], site: str, at: datetime) -> str:
    names = [f'<b class="{side}">{escape(name)}</b>' for side, name in zip(_SIDES, say.names, strict=True)]
    figures = [
        (len(difference.only_a), say("only.in", name=escape(say.names[0]))),
        (len(difference.only_b), say("only.in", name=escape(say.names[1]))),
        (len(difference.changed), say("changed")),
        (len({moved.slug for moved in difference.moved}), say("moved")),
        (len(difference.same), say("same")),
    ]
    counted = "".join(f"<li><b>{n}</b> {what}</li>" for n, what in figures)
    listed = "".join(f'<li><a href="#{name}">{say(name)}</a></li>' for name in sections)
    contents = f'<nav aria-label="{say("contents")}"><ul>{listed}</ul></nav>' if sections else ""
    return (
        f'<header>\n<p class="site">{escape(typeset(site, say.language))}</p>\n<h1>{say("title")}</h1>\n'
        f"<p>{say('intro' if sections else 'alike', a=names[0], b=names[1])}</p>\n"
        f'<ul class="figures">{counted}</ul>\n'
        f'<p class="day">{say("day", day=long_date(at, say.language))}</p>\n{contents}\n</header>'
    )


def _sections(difference: Difference, say: _Voice) -> Iterator[tuple[str, str]]:
    """Yield the parts of the page that have something to tell: the name of each, and its HTML."""
    telling = sort_out(difference.changed, difference.site)
    if difference.only_a or difference.only_b:
        yield "only", _presence(difference, say)
    if difference.moved:
        yield "order", _order(difference, say)
    if difference.site:
        yield "frame", f"{_columns(say)}\n{_fields(difference.site, say)}"
    if telling.pages:
        shown = "\n".join(_sheet(spoken, say, opened=True) for spoken in telling.pages)
        yield "pages", f"<p>{say('pages.how')}</p>\n{_columns(say)}\n{shown}"
    if telling.lists:
        shown = "\n".join(_sheet(spoken, say, opened=False) for spoken in telling.lists)
        yield "lists", f"<p>{say('lists.how')}</p>\n{shown}"
    if telling.framed:
        yield "framed", f"<p>{say('framed.how')}</p>\n{_paths([each.a for each in telling.framed], say)}"
    if telling.files:
        yield "files", _paths([changed.a for changed in telling.files], say)


def _presence(difference: Difference, say: _Voice) -> str:
    """Return what only one edition has: posts and pages by title, other files by path."""
    sides = "\n".join(
        f'<div class="{_SIDES[side]}"><h3>{say("only.in", name=escape(say.names[side]))}</h3>\n'
        f"{_lone(side, sheets, say) or _nothing(say('none'))}</div>"
        for side, sheets in enumerate((difference.only_a, difference.only_b))
    )
    return f'<div class="pair">\n{sides}\n</div>'


def _lone(side: int, sheets: tuple[Sheet, ...], say: _Voice) -> str:
    own = [sheet for sheet in sheets if sheet.kind in OWN_PAGES]
    items = (f"<li><span{say.lang(side)}>{say.kind(sheet)}</span> {_path(sheet.path)}</li>" for sheet in own)
    listed = f"<ul>{''.join(items)}</ul>" if own else ""
    others = [sheet for sheet in sheets if sheet.kind not in OWN_PAGES]
    more = f"<details><summary>{say.count('others', len(others))}</summary>{_paths(others, say)}</details>"
    return f"{listed}{more}" if others else listed


def _order(difference: Difference, say: _Voice) -> str:
    titles = {one.slug: one.wording.title for one in difference.a.chosen}

    def row(moved: Moved) -> str:
        title = escape(typeset(titles[moved.slug], say.languages[0]))
        return (
            f'<tr><th scope="row"{say.lang(0)}>{title}</th><td>{say(moved.list)}</td>'
            f'<td class="a">{moved.a}</td><td class="b">{moved.b}</td></tr>'
        )

    heads = [say("post"), say("list"), *map(escape, say.names)]
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    rows = "\n".join(map(row, difference.moved))
    return table("order", say("order.how"), [f"<thead><tr>{columns}</tr></thead>", f"<tbody>{rows}</tbody>"])


def _columns(say: _Voice) -> str:
    """Return the names above the two columns; each cell tells its own to those who do not see them."""
    names = "".join(
        f'<b class="{side}">{escape(name)}</b>' for side, name in zip(_SIDES, say.names, strict=True)
    )
    return f'<div class="columns" aria-hidden="true">{names}</div>'


def _sheet(spoken: Spoken, say: _Voice, *, opened: bool) -> str:
    """Return a page that both editions have: what differs by name, then side by side."""
    changed = spoken.changed
    told = [say.field(label(value)) for value in spoken.own] + [say("body")] * bool(changed.blocks)
    around = ", ".join(say.field(label(value)) for value in spoken.around)
    titles = dict.fromkeys((say.kind(changed.a), say.kind(changed.b)))
    heading = " / ".join(f"<span{say.lang(side)}>{title}</span>" for side, title in enumerate(titles))
    neighbours = _fields(spoken.around, say)
    if spoken.own or changed.blocks:
        neighbours = f"<details><summary>{say('around')} {around}</summary>\n{neighbours}\n</details>"
    blocks = f'<p class="field">{say("body")}</p>\n{_body(changed.rows, say)}' if changed.blocks else ""
    parts = [_fields(spoken.own, say), blocks, neighbours if around else ""]
    named = f"<h3>{heading}</h3> {_path(changed.path)} <small>{', '.join(told) or around}</small>"
    state = " open" if opened else ""
    body = "\n".join(part for part in parts if part)
    return f'<details class="sheet"{state}><summary>{named}</summary>\n{body}\n</details>'


def _fields(values: Iterable[Value], say: _Voice) -> str:
    rows = "\n".join(
        f'<div class="pair"><dt>{say.field(label(value))}</dt>{_value(value, say)}</div>' for value in values
    )
    return f"<dl>\n{rows}\n</dl>" if rows else ""


def _value(value: Value, say: _Voice) -> str:
    """Return both sides of a field; of a list, all entries, with those marked that are not on the other."""
    if isinstance(value.a, str | None) and isinstance(value.b, str | None) and not value.altered:
        return _two(value.a, value.b, say, tag="dd", nothing=say("empty"))
    marked = [
        {*value.only_a, *(each.a for each in value.altered)},
        {*value.only_b, *(each.b for each in value.altered)},
    ]
    inside = {each.a: each.fields for each in value.altered if each.a == each.b}
    return "".join(
        _cell(side, say, "dd", _list(told, marked[side], inside, say))
        for side, told in enumerate((value.a, value.b))
    )


def _list(told: Told, marked: set[str], inside: dict[str, tuple[str, ...]], say: _Voice) -> str:
    """Return the entries of a list; of one that is altered inside only, the fields that differ."""
    items = []
    for entry in (told,) if isinstance(told, str) else told or ():
        text = say.entry(entry)
        if entry in inside:
            text = f"{text} <small>({', '.join(map(say.field, inside[entry]))})</small>"
        elif entry in marked:
            text = f"<mark>{text}</mark>"
        items.append(f"<li>{text}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else _nothing(say("empty"))


def _body(rows: Iterable[Row], say: _Voice) -> str:
    """Return a body block by block; what is the same in both can be opened."""
    parts = []
    for same, group in groupby(rows, key=lambda row: row.same):
        if same:
            texts = [escape(row.a or "") for row in group]
            alike = "".join(f"<p{say.lang(0)}>{text}</p>" for text in texts)
            parts.append(f"<details><summary>{say.count('blocks', len(texts))}</summary>{alike}</details>")
        else:
            cells = (_two(row.a, row.b, say, tag="div", nothing="") for row in side_by_side(group))
            parts += [f'<div class="pair">{both}</div>' for both in cells]
    return "\n".join(parts)


def _two(a: str | None, b: str | None, say: _Voice, *, tag: str, nothing: str) -> str:
    """Return a text and the one in its place, the words that differ marked where others do not."""
    runs = compare_words(a or "", b or "")
    marked = any(run.same for run in runs)
    cells = []
    for side, text in enumerate((a, b)):
        if text is None:
            told = nothing or sign("—", say("absent", name=escape(say.names[side])))
            cells.append(_cell(side, say, tag, _nothing(told)))
        else:
            words = ((run.same or not marked, (run.a, run.b)[side]) for run in runs)
            told = "".join(escape(word) if plain else _marked(word) for plain, word in words)
            cells.append(_cell(side, say, tag, f"<p{say.lang(side)}>{told}</p>"))
    return "".join(cells)


def _marked(words: str) -> str:
    """Return words that the other side has not; the space after them is not one of them."""
    return f"<mark>{escape(words.rstrip())}</mark>{words[len(words.rstrip()) :]}" if words else ""


def _cell(side: int, say: _Voice, tag: str, content: str) -> str:
    """Return what stands on one side, and whose it is for those who see no columns."""
    name = f'<b class="who">{escape(say.names[side])}</b>'
    return f'<{tag} class="{_SIDES[side]}">{name} {content}</{tag}>'


def _nothing(told: str) -> str:
    return f'<p class="none">{told}</p>'


def _paths(sheets: Sequence[Sheet], say: _Voice) -> str:
    """Return some outputs by path; the files of the search index, which nobody reads, by their number."""
    items = [_path(sheet.path) for sheet in sheets if sheet.kind != "search-index"]
    if index := sum(sheet.kind == "search-index" for sheet in sheets):
        items.append(say.count("index", index))
    return f'<ul class="paths">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _path(path: str) -> str:
    return f"<code>{escape(path.removesuffix('index.html') or path)}</code>"
