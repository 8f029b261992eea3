"""Say what pages hold in the words of schema.org, as JSON-LD, for those who read without eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cmsite.model import POINTS, Html
from cmsite.shape.cards import Desk, label_of, picture_address, summary_of, title_of
from cmsite.shape.gallery import PORTRAIT
from cmsite.shape.personalise import Chosen
from cmsite.shape.social import shared_picture

Thing = dict[str, Any]


def person(desk: Desk, *, about: str = "") -> Thing:
    """Return the author; `about` is the statement, where the page tells it."""
    settings, edition = desk.edition.settings, desk.edition
    author, home = settings.author, desk.routing.absolute("/")
    known = [label_of(edition, point, term) for point in POINTS[:2] for term in edition.mask[point]]
    told: Thing = {
        "@type": "Person",
        "@id": f"{home}#author",
        "name": author.name,
        "url": desk.routing.absolute(desk.routing.about()),
        "jobTitle": edition.profile.headline,
        "description": about,
        "image": picture_address(desk, author.photo, PORTRAIT),
        "email": author.email if author.show_email else "",
        "knowsAbout": known,
        "sameAs": [link.url for link in author.links if link.me],
    }
    return _stated(told)


def blog(desk: Desk, posts: Sequence[Chosen]) -> Thing:
    """Return the blog with the posts that a page of it shows."""
    settings = desk.edition.settings
    told: Thing = {
        "@type": "Blog",
        "@id": f"{desk.routing.absolute('/')}#blog",
        "name": settings.title,
        "description": settings.description,
        "url": desk.routing.absolute(desk.routing.blog()),
        "inLanguage": desk.edition.language,
        "author": _by(desk),
        "blogPost": [
            _stated({"@type": "BlogPosting", "headline": title_of(one), "url": _address(desk, one)})
            for one in posts
        ],
    }
    return _stated(told)


def posting(desk: Desk, chosen: Chosen) -> Thing:
    """Return a post."""
    post = chosen.post
    assert post.date is not None
    told: Thing = {
        "@type": "BlogPosting",
        "headline": title_of(chosen),
        "description": summary_of(desk, chosen),
        "url": _address(desk, chosen),
        "mainEntityOfPage": _address(desk, chosen),
        "datePublished": post.date.isoformat(),
        "dateModified": (post.updated or post.date).isoformat(),
        "inLanguage": post.language,
        "author": _by(desk),
        "image": _picture_of(desk, chosen),
        "articleSection": post.category,
        "keywords": list(post.tags),
        "isPartOf": {"@id": f"{desk.routing.absolute('/')}#blog"},
    }
    return _stated(told)


def profile_page(desk: Desk, statement: str) -> Thing:
    """Return the page that tells who the author is."""
    return {
        "@type": "ProfilePage",
        "url": desk.routing.absolute(desk.routing.about()),
        "inLanguage": desk.edition.language,
        "mainEntity": person(desk, about=statement),
    }


def trail(desk: Desk, *steps: tuple[str, str]) -> Thing:
    """Return the way from the home page to a page: the name and the path of each step but the first."""
    whole = ((desk.edition.settings.title, "/"), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": desk.routing.absolute(path)}
            for number, (name, path) in enumerate(whole, start=1)
        ],
    }


def as_json_ld(*things: Thing) -> Html:
    """Return the things as one JSON-LD text that may stand inside a script element."""
    told = msgspec.json.encode({"@context": "https://schema.org", "@graph": things}).decode()
    return Html(told.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _picture_of(desk: Desk, chosen: Chosen) -> str:
    """Return the whole address of a post's own picture, or else of the one that stands for it."""
    own = picture_address(desk, chosen.wording.image)
    card = None if own else shared_picture(desk, None, chosen)
    return f"{desk.routing.origin}{card.url}" if card else own


def _by(desk: Desk) -> Thing:
    name = desk.edition.settings.author.name or desk.edition.settings.title
    return {"@type": "Person", "@id": f"{desk.routing.absolute('/')}#author", "name": name}


def _address(desk: Desk, chosen: Chosen) -> str:
    return desk.routing.absolute(desk.path(chosen))


def _stated(told: Thing) -> Thing:
    """Return a thing without what it leaves empty."""
    return {key: value for key, value in told.items() if value}
