"""Let each tag and category have one spelling, because two that share a slug would share a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from cmsite.importing.jekyll.heads import Told
from cmsite.importing.report import Note
from cmsite.importing.slugs import make_slug


def unify_labels(texts: Iterable[Told]) -> tuple[Told, ...]:
    """Return the texts with the first spelling of each tag and category; changes are noted.

    Spellings that differ by case only stay: cmsite knows them for the same. The first category stays
    one, the others become tags.
    """
    tags: dict[str, str] = {}
    categories: dict[str, str] = {}
    return tuple(_unified(told, tags, categories) for told in texts)


def _unified(told: Told, tags: dict[str, str], categories: dict[str, str]) -> Told:
    notes: list[Note] = []
    first = _spelled(told.categories[:1], categories, lambda what: notes.append(_note(told, what)))
    names = (*told.tags, *told.categories[1:])
    spelled = _spelled(names, tags, lambda what: notes.append(_note(told, what)))
    return replace(told, category="".join(first), tags=spelled, notes=(*told.notes, *notes))


def _spelled(names: Iterable[str], known: dict[str, str], tell: Callable[[str], None]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        slug = make_slug(name, "")
        if not slug:
            tell(f"`{name}` gives no address: left out of the tags")
            continue
        spelling = known.setdefault(slug, name)
        if spelling.casefold() != name.casefold():
            tell(f"`{name}` would share a page with `{spelling}`: written so here too")
            name = spelling
        kept.setdefault(slug, name)
    return tuple(kept.values())


def _note(told: Told, what: str) -> Note:
    return Note(told.path, 1, what, "choose other words if they mean different things", True)
