"""Count, for each term that a profile's mask states, the posts of its edition that speak of it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import ProblemsFound
from cmsite.model import Language, Localised, Mask, Point, Post, Profile, Site, Slug, Term, Vocabulary
from cmsite.shape.masks import admits, fit_masks, matches
from cmsite.shape.personalise import Chosen, personalise


class Cell(Struct, frozen=True):
    """The posts of one profile's edition that state a term of its mask, or one within that term.

    `posts` runs in the edition's order; `label` is the term as readers see it.
    """

    profile: str
    point: Point
    term: Term
    label: Localised
    posts: tuple[Slug, ...]

    @property
    def count(self) -> int:
        """How many posts there are."""
        return len(self.posts)


class Gain(Struct, frozen=True):
    """How many posts a profile's term has today, and then, when one more is published."""

    profile: str
    point: Point
    term: Term
    today: int
    then: int


class Listed(Struct, frozen=True):
    """A post as its edition names it."""

    slug: Slug
    title: str


class Shelf(Struct, frozen=True):
    """Every post of one profile's edition, in its order; none when the edition is empty."""

    profile: str
    language: Language
    posts: tuple[Listed, ...]


class Coverage(Struct, frozen=True):
    """Posts × terms × profiles at the instant `at`; a cell with fewer posts than `least` is thin."""

    shelves: tuple[Shelf, ...]
    cells: tuple[Cell, ...]
    least: int
    at: datetime

    @property
    def thin(self) -> tuple[Cell, ...]:
        """The cells that have too few posts."""
        return tuple(cell for cell in self.cells if self.is_thin(cell))

    def is_thin(self, cell: Cell) -> bool:
        """Return whether a cell has too few posts."""
        return cell.count < self.least

    def of(self, profile: str) -> tuple[Cell, ...]:
        """Return a profile's cells, in the order of the points."""
        return tuple(cell for cell in self.cells if cell.profile == profile)


def cover(site: Site, profiles: Iterable[Profile], *, now: datetime, least: int = 1) -> Coverage:
    """Return what the editions of some profiles hold at the instant `now`, term by term.

    An edition without a post does not stop the others: it counts 0 everywhere.
    """
    shelves, cells = [], list[Cell]()
    for profile in profiles:
        chosen = _chosen(site, profile, now)
        listed = tuple(Listed(one.slug, one.wording.title) for one in chosen)
        shelves.append(Shelf(profile.name, profile.language, listed))
        cells += _cells(profile, chosen, site.vocabulary)
    return Coverage(tuple(shelves), tuple(cells), least, now)


def language_for(site: Site, mask: Mask, *, now: datetime) -> Language:
    """Return the language in which a post for this mask is missed most, the site's among equals.

    Only profiles count that would take such a post; where none does, it is the site's language.
    """
    own, languages = site.settings.language, {profile.name: profile.language for profile in site.profiles}
    takers = [profile for profile in site.profiles if _takes(site, profile, mask)]
    wanted = [
        (cell.count, languages[cell.profile] != own, languages[cell.profile])
        for cell in cover(site, takers, now=now).cells
        if matches(mask, cell.point, cell.term, site.vocabulary)
    ]
    return min(wanted)[2] if wanted else own


def gains(site: Site, post: Post, *, now: datetime) -> tuple[Gain, ...]:
    """Return what a new post would add to once it is published.

    A post with a date to come is looked at from its own day.
    """
    day = max(now, post.date) if post.date else now
    written = replace(site, posts=(*site.posts, replace(post, draft=False)))
    today, then = cover(site, site.profiles, now=day), cover(written, site.profiles, now=day)
    return tuple(
        Gain(cell.profile, cell.point, cell.term, cell.count, grown.count)
        for cell, grown in zip(today.cells, then.cells, strict=True)
        if post.slug in grown.posts
    )


def filling_command(cell: Cell) -> str:
    """Return the command that begins a post for a thin cell, "" for a term that it cannot be told."""
    if "," in cell.term or "=" in cell.term:
        return ""
    return f"cmsite new post --for {shlex.quote(f'{cell.point.value}={cell.term}')}"


def as_markdown(coverage: Coverage) -> str:
    """Return the coverage as a Markdown table, a line for each cell, and a line that sums it up."""
    lines = ["| profile | point | term | posts | | which |", "|---|---|---|--:|---|---|"]
    for cell in coverage.cells:
        thin = "**thin**" if coverage.is_thin(cell) else ""
        told = [_plain(cell.profile), cell.point.value, _plain(cell.term), str(cell.count), thin]
        lines.append(f"| {' | '.join([*told, ', '.join(cell.posts)])} |")
    return "\n".join([*lines, "", f"{summary(coverage)}."])


def summary(coverage: Coverage) -> str:
    """Return the whole in one line: how many terms in how many profiles, and how many are thin."""
    thin = len(coverage.thin)
    few = "without a post" if coverage.least == 1 else f"with fewer than {coverage.least} posts"
    found = f"{thin} thin ({few})" if thin else f"none {few}"
    terms, profiles = len(coverage.cells), len(coverage.shelves)
    return f"{terms} term{_s(terms)} in {profiles} profile{_s(profiles)}: {found}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _plain(text: str) -> str:
    """Return a text as it stands in one cell of a Markdown table, none of it taken for a mark."""
    return re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", " ".join(text.split()))


def _chosen(site: Site, profile: Profile, now: datetime) -> tuple[Chosen, ...]:
    try:
        return personalise(site, profile, now=now).chosen
    except ProblemsFound as found:
        if any(problem.code != "empty-edition" for problem in found.problems):
            raise
        return ()


def _cells(profile: Profile, chosen: tuple[Chosen, ...], words: Vocabulary) -> Iterator[Cell]:
    for point, terms in profile.mask.stated():
        labels = {entry.term: entry.label for entry in words.terms(point)}
        for term in terms:
            label = labels.get(term, Localised((("", term),)))
            posts = tuple(one.slug for one in chosen if matches(one.post.mask, point, term, words))
            yield Cell(profile.name, point, term, label, posts)


def _takes(site: Site, profile: Profile, mask: Mask) -> bool:
    return admits(fit_masks(mask, Mask(), profile.mask, site.vocabulary, site.settings.weights))
