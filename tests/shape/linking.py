"""Link a text in an edition of three posts, one of them left out, and three files."""

from __future__ import annotations

from cmsite.errors import Problem
from cmsite.model import (
    Body,
    Fault,
    Language,
    Picture,
    PictureFormat,
    Place,
    RawHtml,
    Settings,
    SiteFile,
    Slug,
    UrlPath,
)
from cmsite.shape.gallery import Gallery
from cmsite.shape.links import Linked, LinkMap, link
from cmsite.shape.markup import convert
from cmsite.shape.routes import routing
from shape.elements import element

FIRST = 5  # the line of the file on which the body begins


def file(path: str, picture: Picture | None = None, fault: Fault | None = None) -> SiteFile:
    return SiteFile(path, f"digest of {path}", 1, picture, fault)


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
    gallery=Gallery(
        files={
            file.path: file
            for file in (
                file("files/x.jpg", Picture(PictureFormat.JPEG, 700, 400)),
                file("files/wide.jpg", Picture(PictureFormat.JPEG, 4000, 3000)),
                file("files/icon.png", Picture(PictureFormat.PNG, 40, 30)),
                file("files/dance.gif", Picture(PictureFormat.GIF, 900, 300, moving=True)),
                file("files/plan.svg", Picture(PictureFormat.SVG, 760, 396)),
                file("files/scan.tif", Picture(PictureFormat.TIFF)),
                file("files/cut.jpg", fault=Fault("it is cut short", "save it anew")),
                file("files/été 1.jpg", Picture(PictureFormat.JPEG, 300, 200)),
                file("files/doc.pdf"),
            )
        },
        static={"images/logo.png": file("images/logo.png", Picture(PictureFormat.PNG, 64, 32))},
        maker="a maker",
    ),
)


def linked(
    text: str,
    source: str = "content/posts/a.md",
    raw_html: RawHtml = RawHtml.SANITISED,
    *,
    leads: bool = False,
) -> Linked:
    html = convert(text, Language("fr"), raw_html).html
    return link(html, Body(text, Place(source, FIRST)), LINKS, leads=leads)


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
