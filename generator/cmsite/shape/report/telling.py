"""Sort what differs between two editions by what it says to a reader, so that the same is not told twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from cmsite.shape.report.difference import Changed
from cmsite.shape.report.values import Value

OWN_PAGES = ("home", "about", "target", "page", "post")  # those that say something themselves, as read
_BESIDE = frozenset(
    ("newer", "older", "related", "series", "reasons", "tier", "minutes", "contents", "category", "tags")
)
_MADE_OF_THE_REST = ("picture", "data", "alternates", "canonical")  # and not told
_FILES = ("file", "search-index")


class Spoken(Struct, frozen=True):
    """An output and what is worth telling of it: what it says itself, and what only stands around that."""

    changed: Changed
    own: tuple[Value, ...]
    around: tuple[Value, ...]


class Telling(Struct, frozen=True):
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
    pages: list[Spoken] = []
    lists: list[Spoken] = []
    framed: list[Changed] = []
    for changed in changes:
        if changed.a.kind in _FILES:
            continue
        spoken = _spoken(changed, site)
        if changed.a.kind in OWN_PAGES and (spoken.own or changed.blocks):
            pages.append(spoken)
        elif spoken.own or spoken.around or changed.blocks:
            lists.append(spoken)
        else:
            framed.append(changed)
    return Telling(
        pages=tuple(sorted(pages, key=lambda spoken: OWN_PAGES.index(spoken.changed.a.kind))),
        lists=tuple(lists),
        framed=tuple(framed),
        files=tuple(changed for changed in changes if changed.a.kind in _FILES),
    )


def label(value: Value) -> str:
    """Return a field's name without the part of the view that it stands in."""
    return value.field.rpartition(".")[2]


def _spoken(changed: Changed, site: tuple[Value, ...]) -> Spoken:
    values = tuple(_not_yet_told(changed, site))
    around = tuple(value for value in values if label(value) in _BESIDE)
    return Spoken(changed, tuple(value for value in values if value not in around), around)


def _not_yet_told(changed: Changed, site: tuple[Value, ...]) -> Iterator[Value]:
    """Yield the fields that no other tells, nor the site.

    A page's description may be its summary, or the site's own where it has none.
    """
    told = {(value.a, value.b) for value in site}
    for value in sorted(changed.values, key=lambda value: value.field.startswith("head.")):
        known = (value.a, value.b) in told and not value.altered
        if not known and label(value) not in _MADE_OF_THE_REST:
            told.add((value.a, value.b))
            yield value
