"""Name the person behind the site: skills, experience, addresses elsewhere."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model.text import Slug


class Link(Struct, frozen=True):
    """An address of the author's elsewhere; `me` claims it as the author's own (rel=me)."""

    label: str
    url: str
    me: bool = False


class Skill(Struct, frozen=True):
    """One part of the visible base: a level from 1 to 5 and the slugs of the posts that prove it."""

    name: str
    level: int
    proof: tuple[Slug, ...] = ()


class Experience(Struct, frozen=True):
    """A position held. `start` and `end` are `2021` or `2021-03`; an empty `end` means to this day."""

    role: str
    organisation: str
    start: str
    end: str = ""
    summary: str = ""


class Author(Struct, frozen=True):
    """The person, told once whatever the profile."""

    name: str = ""
    email: str = ""
    show_email: bool = False
    photo: str | None = None
    links: tuple[Link, ...] = ()
    base: tuple[Skill, ...] = ()
    experience: tuple[Experience, ...] = ()
