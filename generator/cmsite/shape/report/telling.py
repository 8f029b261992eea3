"""Sort what differs between two editions by what it says to a reader, so that the same is not told twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cmsite.shape.report.difference import Changed
from cmsite.shape.report.values import Value

OWN_PAGES = ("home", "about", "target", "page", "post")  # those that say something themselves, as read
_BESIDE = (
    "newer",
    "older",
    "related",
    "series",
    "reasons",
    "tier",
    "minutes",
    "contents",
    "category",
    "tags",
)
_MADE_OF_THE_REST = ("picture", "data", "alternates", "canonical")
_FILE = "file"


@dataclass(frozen=True, slots=True)
class Spoken:
    """An output and what is worth telling of it: what it says itself, and what only stands around that."""

    changed: Changed
    own: tuple[Value, ...]
    around: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Outputs that both editions have: `pages` that say something else themselves, in reading order; `lists`,
    which only list or lead to something else; `framed`, which differ only in what all pages show; `files`.
    """

    pages: tuple[Spoken, ...]
    lists: tuple[Spoken, ...]
    framed: tuple[Changed, ...]
    files: tuple[Changed, ...]


def sort_out(changes: Iterable[Changed], site: Iterable[Value]) -> Telling:
    """Return what differs, sorted. `site` is what all pages show of it, and is told elsewhere."""
    site, changes = tuple(site), tuple(changes)
    spoken = [_spoken(changed, site) for changed in changes if changed.a.kind != _FILE]
    pages = [
        each for each in spoken if each.changed.a.kind in OWN_PAGES and (each.own or each.changed.blocks)
    ]
    rest = [each for each in spoken if each not in pages]
    return Telling(
        pages=tuple(sorted(pages, key=lambda each: OWN_PAGES.index(each.changed.a.kind))),
        lists=tuple(each for each in rest if each.own or each.around or each.changed.blocks),
        framed=tuple(each.changed for each in rest if not (each.own or each.around or each.changed.blocks)),
        files=tuple(changed for changed in changes if changed.a.kind == _FILE),
    )


def label(value: Value) -> str:
    """Return a field's name without the part of the view that it stands in."""
    return value.field.rpartition(".")[2]


def _spoken(changed: Changed, site: tuple[Value, ...]) -> Spoken:
    values = tuple(_not_yet_told(changed, site))
    around = tuple(value for value in values if label(value) in (*_BESIDE, *_MADE_OF_THE_REST))
    return Spoken(changed, tuple(value for value in values if value not in around), around)


def _not_yet_told(changed: Changed, site: tuple[Value, ...]) -> Iterator[Value]:
    """Yield the fields whose words are not those of another one, or of the site.

    A page's description may be its summary, or the site's own where it has none.
    """
    told = {(value.a, value.b) for value in site}
    for value in sorted(changed.values, key=lambda value: value.field.startswith("head.")):
        if (value.a, value.b) not in told or value.altered:
            told.add((value.a, value.b))
            yield value
