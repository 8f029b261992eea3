"""Name what an author answers when asked which community manager they are, and what that adds to a site."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.mask import Mask, Point
from cmsite.model.text import Language, Slug, Term


class NewTerm(Struct, frozen=True):
    """A term that mask.yml is to declare: its point, and the author's own words for it."""

    point: Point
    term: Term
    label: str


class Answers(Struct, frozen=True):
    """A profile to be. `added` are the terms of its mask that mask.yml has to declare first."""

    profile: Slug
    language: Language
    headline: str
    mask: Mask
    added: tuple[NewTerm, ...] = ()


class TermSlot(Struct, frozen=True):
    """Where the next term of a point belongs in mask.yml: behind this line and column, both from 1.

    `indent` is that of the point's other terms. In braces a term that `follows` another needs a comma;
    `terse` says that the last of them has its words on its own line.
    """

    line: int
    column: int
    indent: int
    in_braces: bool
    follows: bool
    terse: bool
