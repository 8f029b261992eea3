"""Link a text in an edition of three posts, one of them left out, and three files."""

from __future__ import annotations

from cmsite.errors import Problem
from cmsite.model import Body, Language, Place, RawHtml, Settings, Slug, UrlPath
from cmsite.shape.links import Linked, LinkMap, link
from cmsite.shape.markup import convert
from cmsite.shape.routes import routing
from shape.elements import element

FIRST = 5  # the line of the file on which the body begins
LINKS = LinkMap(
    routing=routing(Settings(url="https://example.org/carnet/")),
    paths={
        Slug("ecouter"): UrlPath("/2026/03/ecouter/"),
        Slug("ete"): UrlPath("/2026/03/été/"),
        Slug("about"): UrlPath("/a-propos/"),
    },
    sources={
        "content/posts/ecouter.md": Slug("ecouter"),
        "content/posts/2026/été.md": Slug("ete"),
        "content/posts/secret.md": Slug("secret-plan"),
        "content/pages/about.md": Slug("about"),
    },
    slugs=frozenset(Slug(slug) for slug in ("ecouter", "ete", "about", "secret-plan", "ecouter-encore")),
    files=frozenset({"files/x.jpg", "files/été 1.jpg", "files/doc.pdf"}),
)


def linked(text: str, source: str = "content/posts/a.md", raw_html: RawHtml = RawHtml.SANITISED) -> Linked:
    return link(convert(text, Language("fr"), raw_html).html, Body(text, Place(source, FIRST)), LINKS)


def leads(text: str, source: str = "content/posts/a.md") -> str:
    """Return where the one link of a text leads."""
    made = linked(text, source)
    assert made.problems == ()
    return element(made.html, "a")["href"]


def shows(text: str, source: str = "content/posts/a.md") -> str:
    """Return the address of the one picture of a text."""
    made = linked(text, source)
    assert made.problems == ()
    return element(made.html, "img")["src"]


def problem(text: str, source: str = "content/posts/a.md") -> Problem:
    (only,) = linked(text, source).problems
    return only
