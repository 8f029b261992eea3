"""Tell what a field of a view holds as text, and two such values apart.

A list is told entry by entry. An entry that both lists have, and that is not the same in both, is told
with the names of what differs inside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from cmsite.digest import digest
from cmsite.model import Extra
from cmsite.shape.feeds import EntryFeedView, SitemapEntry
from cmsite.shape.report.blocks import read
from cmsite.shape.views import (
    CardView,
    EntryView,
    HeadingView,
    LinkView,
    MenuView,
    OwnLinkView,
    Pagination,
    PictureView,
    PointView,
    ReasonView,
    SeriesView,
    SkillView,
    TermView,
)

Told = str | tuple[str, ...] | None  # None: the field is empty, or not there at all

_NAMED_BY = ("id", "url", "key", "point", "label")  # an entry goes by the first of these that it has


class Altered(Struct, frozen=True):
    """An entry that two lists have, each in its own words, and the fields that differ inside it."""

    a: str
    b: str
    fields: tuple[str, ...]


class Value(Struct, frozen=True):
    """A field that two views fill differently.

    Of a list, `only_a`, `only_b` and `altered` say what differs; all empty, its order does.
    """

    field: str
    a: Told
    b: Told
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    altered: tuple[Altered, ...] = ()


def tell_apart(field: str, a: object, b: object) -> Value:
    """Return two values that differ, each told as far as it takes to tell them apart."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return _entries_apart(field, a, b)
    mine, theirs = _brief(a), _brief(b)
    if mine == theirs and isinstance(a, SeriesView):
        return Value(field, mine, theirs, altered=(Altered(mine, theirs, _differing(a, b)),))
    if mine == theirs:
        mine, theirs = _whole(a), _whole(b)
    if mine == theirs:
        mine, theirs = digest(a), digest(b)
    return Value(field, mine or None, theirs or None)


def _entries_apart(field: str, a: tuple[object, ...], b: tuple[object, ...]) -> Value:
    mine, theirs = ({_name(entry): entry for entry in entries} for entries in (a, b))
    altered = [name for name in mine if name in theirs and digest(mine[name]) != digest(theirs[name])]
    places = {name: sorted(([*mine].index(name), [*theirs].index(name))) for name in altered}
    tell = _brief if altered or [*map(_brief, a)] != [*map(_brief, b)] else _whole
    return Value(
        field,
        tuple(map(tell, a)),
        tuple(map(tell, b)),
        only_a=tuple(_brief(entry) for name, entry in mine.items() if name not in theirs),
        only_b=tuple(_brief(entry) for name, entry in theirs.items() if name not in mine),
        altered=tuple(
            Altered(_brief(mine[name]), _brief(theirs[name]), _differing(mine[name], theirs[name]))
            for name in sorted(altered, key=lambda name: (places[name], name))
        ),
    )


def _name(entry: object) -> str:
    own = (getattr(entry, name, "") for name in _NAMED_BY)
    return next((name for name in own if name), _whole(entry))


def _differing(a: object, b: object) -> tuple[str, ...]:
    if not isinstance(a, Struct) or type(a) is not type(b):
        return ()
    return tuple(name for name in a.__struct_fields__ if digest(getattr(a, name)) != digest(getattr(b, name)))


def _brief(value: object) -> str:
    """Return a value in the words by which a person knows it, "" for nothing."""
    match value:
        case LinkView(label=text) | OwnLinkView(label=text) | TermView(label=text) | HeadingView(text=text):
            return text
        case CardView(title=text) | EntryFeedView(title=text) | SitemapEntry(url=text):
            return text
        case MenuView(key=name, label=text) | PictureView(url=name, alt=text):
            return text or name
        case EntryView(label=text, count=count):
            return f"{text} ({count})"
        case ReasonView(point=name, outcome=outcome, label=text):
            return f"{name} {outcome} ({text})" if text else outcome
        case PointView(point=name, terms=terms):
            return f"{name}: {', '.join(term.label for term in terms) or '–'}"
        case SkillView(key=name, level=level):
            return f"{name.replace('_', ' ')} {level}/5"
        case SeriesView(name=name, parts=parts, position=position):
            return f"{name} {position}/{len(parts)}"
        case Pagination(number=number, count=count):
            return f"{number}/{count}"
        case datetime():
            return f"{value:%Y-%m-%d}"
        case bytes():
            return f"{len(value)} bytes"
        case str() if value.startswith("<svg"):
            return read(value)
    return _whole(value)


def _whole(value: object) -> str:
    """Return a value with all that stands in it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case tuple():
            return ", ".join(map(_whole, value))
        case Extra(items=items):
            return _keys(items)
    if isinstance(value, Struct):
        return _keys((name, getattr(value, name)) for name in value.__struct_fields__)
    return str(value)


def _keys(items: Iterable[tuple[str, object]]) -> str:
    told = ((key, _whole(value)) for key, value in items)
    return ", ".join(f"{key}: {text}" for key, text in told if text)
