"""Name a profile: a mask and the choices that go with it, and the organisations aimed at."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from cmsite.model.mask import Mask
from cmsite.model.settings import Overrides
from cmsite.model.text import Extra, Language, Place, Slug


class Order(StrEnum):
    """How a blog's list runs."""

    DATE = "date"
    RELEVANCE = "relevance"


class Select(Struct, frozen=True):
    """A profile's choices beyond its mask."""

    order: Order = Order.DATE
    keep_general: bool = True
    include: tuple[Slug, ...] = ()
    exclude: tuple[Slug, ...] = ()
    at_most: int | None = None


class Expect(Struct, frozen=True):
    """What a profile's author promises of the selection."""

    includes: tuple[Slug, ...] = ()
    excludes: tuple[Slug, ...] = ()
    leads: Slug | None = None
    at_least: int | None = None


class Target(Struct, frozen=True):
    """An organisation aimed at. `note` is private and never written to any output."""

    name: str
    slug: Slug
    place: Place
    mask: Mask = Mask()
    needs: Mask = Mask()
    greeting: str = ""
    public: bool = False
    note: str = ""


class NewTarget(Struct, frozen=True):
    """A target that a profile is to have."""

    name: str
    slug: Slug
    mask: Mask = Mask()
    needs: Mask = Mask()
    public: bool = False


class Profile(Struct, frozen=True):
    """A mask and the choices that go with it."""

    name: str
    language: Language
    place: Place
    headline: str = ""
    mask: Mask = Mask()
    site: Overrides = Overrides()
    path: str = ""
    public: bool = True
    select: Select = Select()
    expect: Expect = Expect()
    targets: tuple[Target, ...] = ()
    extra: Extra = Extra()
