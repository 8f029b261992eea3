"""Write what a CommonMark text can only have at its end: heading ids and levels, contents, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from msgspec import Struct, field

from cmsite.shape.engine import BACK, Heading, heading_id

_COUNTED = re.compile(r"(.*)_(\d+)")


class Title(Struct):
    """A heading on its way: the pieces it stands among, the places of its two tags there, and its words."""

    out: list[str]
    at: int
    inside: dict[str, Any]
    until: int = 0
    words: str = ""

    def end(self, until: int, words: str) -> None:
        """Note where the heading ends and what it says."""
        self.until, self.words = until, words


class Note(Struct):
    """A note that a text defines: its name and its pieces."""

    name: str
    out: list[str] = field(default_factory=list)


def level_titles(titles: Sequence[Title]) -> tuple[Heading, ...]:
    """Write the tags of all headings, and return them.

    With a `#` in the text every heading goes down a level: it makes room for the page's own title.
    """
    down = any(title.inside["level"] == "H1" for title in titles)
    taken = {title.inside["id"] for title in titles if title.inside["id"]}
    return tuple(_levelled(title, taken, down=down) for title in titles)


def _levelled(title: Title, taken: set[str], *, down: bool) -> Heading:
    inside = title.inside
    level = min(int(inside["level"][1]) + down, 6)
    name = inside["id"] or _own_id(heading_id(title.words), taken)
    classes = f' class="{escape(" ".join(inside["classes"]))}"' if inside["classes"] else ""
    others = "".join(f' {key}="{escape(value or key)}"' for key, value in inside["attrs"] if key.isalpha())
    title.out[title.at] = f'<h{level} id="{escape(name)}"{classes}{others}>'
    title.out[title.until] = f"</h{level}>\n"
    return Heading(level, name, title.words)


def _own_id(wanted: str, taken: set[str]) -> str:
    """Return an id that no heading before has, counted on as the other engine does."""
    while wanted in taken:
        match = _COUNTED.fullmatch(wanted)
        wanted = f"{match[1]}_{int(match[2]) + 1}" if match else f"{wanted}_1"
    taken.add(wanted)
    return wanted


def contents(headings: Iterable[Heading]) -> str:
    """Return the list of all headings, one in another, that takes the place of `[TOC]`."""
    pieces, open_levels = ['<div class="toc">\n'], list[int]()
    for heading in headings:
        while open_levels and heading.level < open_levels[-1]:
            open_levels.pop()
            pieces.append("</li>\n</ul>\n")
        if open_levels and heading.level == open_levels[-1]:
            pieces.append("</li>\n")
        if not open_levels or heading.level > open_levels[-1]:
            open_levels.append(heading.level)
            pieces.append("<ul>\n")
        pieces.append(f'<li><a href="#{escape(heading.id)}">{escape(heading.text, quote=False)}</a>')
    pieces += ["</li>\n</ul>\n"] * len(open_levels)
    return "".join([*pieces, "</div>\n"])


def notes_at_the_end(
    notes: Iterable[Note], marks: Iterable[tuple[list[str], int, str]], language: str
) -> str:
    """Write the marks of all notes into the text, and return the notes with the ways back.

    They are numbered as they are defined; of two with one name the first counts.
    """
    known: dict[str, Note] = {}
    for note in notes:
        known.setdefault(_key(note.name), note)
    if not known:
        return ""
    numbers = {name: number for number, name in enumerate(known, start=1)}
    told = Counter[str]()
    for out, at, name in marks:
        key = _key(name)
        told[key] += 1
        out[at] = (
            f'<sup id="{_mark_id(key, told[key])}">'
            f'<a class="footnote-ref" href="#fn:{key}">{numbers[key]}</a></sup>'
        )
    items = (
        f'<li id="fn:{key}">\n{_with_ways_back(note, key, numbers[key], max(1, told[key]), language)}</li>\n'
        for key, note in known.items()
    )
    return f'<div class="footnote">\n<hr>\n<ol>\n{"".join(items)}</ol>\n</div>\n'


def _key(name: str) -> str:
    """Return a note's name as it stands in ids: names that differ by case are one."""
    return escape(re.sub(r"\s+", "-", name.strip()).casefold())


def _mark_id(key: str, time: int) -> str:
    return f"fnref{time if time > 1 else ''}:{key}"


def _with_ways_back(note: Note, key: str, number: int, times: int, language: str) -> str:
    title = BACK[language].format(number)
    ways = "".join(
        f'<a class="footnote-backref" href="#{_mark_id(key, time)}" title="{title}">↩</a>'
        for time in range(1, times + 1)
    )
    html = "".join(note.out)
    if html.endswith("</p>\n"):
        return f"{html[:-5]}\u00a0{ways}</p>\n"
    return f"{html}<p>{ways}</p>\n"
