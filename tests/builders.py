"""Give valid nouns in which a test names only what matters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cmsite.cache import Cache
from cmsite.converting import Workshop
from cmsite.model import (
    POINTS,
    Body,
    Kind,
    Language,
    Localised,
    Mask,
    Place,
    Point,
    Post,
    Profile,
    Settings,
    Site,
    Slug,
    Term,
    Vocabulary,
    VocabularyTerm,
)

PLACE = Place("a.md")


def mask(**points: str | tuple[str, ...] | list[str]) -> Mask:
    """Return a mask: `mask(niche="e-sante", challenge=["confiance"])`."""
    return Mask(**{name: _terms(terms) for name, terms in points.items()})


def _terms(terms: str | tuple[str, ...] | list[str]) -> tuple[Term, ...]:
    return tuple(Term(term) for term in ((terms,) if isinstance(terms, str) else terms))


def vocabulary(**points: dict[str, str | None]) -> Vocabulary:
    """Return a vocabulary of terms and their `within`: `vocabulary(locality={"paris": "france", …})`."""
    return Vocabulary(
        tuple(
            (point, tuple(_entry(term, within) for term, within in points[point.value].items()))
            for point in POINTS
            if point.value in points
        )
    )


def _entry(term: str, within: str | None) -> VocabularyTerm:
    label = Localised((("", term),))
    return VocabularyTerm(Term(term), label, None, None, (), Term(within) if within else None, PLACE)


PLACES = vocabulary(
    locality={
        "france": None,
        "ile-de-france": "france",
        "paris": "ile-de-france",
        "lyon": "france",
        "quebec": None,
    }
)


def post(slug: str = "un-post", text: str = "Un texte.", **fields: Any) -> Post:
    """Return a French post of 2026-03-01; points of the mask may be named directly (`niche="e-sante"`)."""
    points = {name: fields.pop(name) for name in list(fields) if name in {point.value for point in Point}}
    given: dict[str, Any] = {
        "kind": Kind.POST,
        "slug": Slug(slug),
        "title": f"Titre de {slug}",
        "language": Language("fr"),
        "body": Body(text, Place(f"content/posts/{slug}.md", 5)),
        "source": f"content/posts/{slug}.md",
        "name": slug,
        "date": datetime(2026, 3, 1, tzinfo=UTC),
        "mask": mask(**points),
    }
    return Post(**{**given, **fields})


def profile(name: str = "sante", **fields: Any) -> Profile:
    """Return a French profile; points of the mask may be named directly."""
    points = {key: fields.pop(key) for key in list(fields) if key in {point.value for point in Point}}
    given: dict[str, Any] = {
        "name": name,
        "language": Language("fr"),
        "place": Place(f"profiles/{name}.yml"),
        "mask": mask(**points),
        "path": name,
    }
    return Profile(**{**given, **fields})


def site(*posts: Post, words: Vocabulary = PLACES, **settings: Any) -> Site:
    """Return a site with these posts and one profile."""
    return Site(Settings(profile="sante", **settings), words, (profile(),), posts=posts)


def workshop() -> Workshop:
    """Return what converts texts and remembers nothing from one run to the next."""
    return Workshop("markdown", (), "", Cache(Path("no-such-folder/cache.sqlite")))
