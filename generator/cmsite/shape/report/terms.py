"""Find the terms of the vocabulary that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from cmsite.model import FIXED_TERMS, Body, Mask, Point, Site, Term
from cmsite.shape.masks import term_tree
from cmsite.shape.report.finding import Entry, Finding
from cmsite.shape.wording import named_terms


def audit_terms(site: Site) -> Iterator[Finding]:
    """Yield each term that no profile, target, post or page states, and no condition names.

    A term in which a used one lies counts as used: it says what the other is part of.
    """
    for point, entries in site.vocabulary.points:
        if point in FIXED_TERMS:
            continue
        used = _used(site, point)
        for entry in entries:
            if entry.term not in used:
                what = f"no profile and no post uses the term `{entry.term}`"
                hint = f"take it away, or write for it: `cmsite new post --for {point}={entry.term}`"
                yield Finding(Entry("mask.yml", (point.value, entry.term, "")), what, hint, "unused-term")


def _used(site: Site, point: Point) -> frozenset[Term]:
    """Return the terms of a point that something states, with all that they lie within."""
    words = {word for body in _bodies(site) for at, word in named_terms(body) if at is point}
    named = {entry.term for entry in site.vocabulary.terms(point) if words & {entry.term, *entry.aliases}}
    stated = {term for mask in _masks(site) for term in mask[point]}
    tree = term_tree(site.vocabulary, point)
    return frozenset(wider for term in (*stated, *named) for wider in tree.above(term))


def _masks(site: Site) -> Iterator[Mask]:
    """Yield every mask of the site: of profiles and targets, of texts and their variants."""
    for profile in site.profiles:
        yield profile.mask
        for target in profile.targets:
            yield from (target.mask, target.needs)
    for text in site.texts():
        yield from (text.mask, text.barred, *(variant.when for variant in text.variants))


def _bodies(site: Site) -> Iterator[Body]:
    for text in site.texts():
        if text.templating:
            yield text.body
            yield from (variant.body for variant in text.variants if variant.body)
