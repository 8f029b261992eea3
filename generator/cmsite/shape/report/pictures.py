"""Find the pictures that nobody has described in words.

A picture in a text may have an empty alternative text on purpose, when it is there for decoration; as HTML
(`<img alt="" …>`) that is said outright, and not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cmsite.model import Body, Place, Site
from cmsite.shape.code import blank_code
from cmsite.shape.links import find_link
from cmsite.shape.personalise import Chosen
from cmsite.shape.report.finding import Entry, Finding, Key, Rendition
from cmsite.shape.report.references import find_pictures

_HINT = "say in a few words what it shows; leave it empty only if the picture is mere decoration"
_NO_ALT_WRITTEN = r"!\[\s*\]\(\s*<?(?=(?:{})[\s)>])"


def audit_pictures(rendition: Rendition) -> Iterator[Finding]:
    """Yield each picture of the edition's texts that has no alternative text."""
    for chosen in (*rendition.edition.chosen, *rendition.edition.pages):
        yield from _in_text(chosen, rendition)


def audit_images(site: Site) -> Iterator[Finding]:
    """Yield each `image` of a front matter or of a variant that has no `image_alt` beside it."""
    for post in site.texts():
        stated: list[tuple[Key, str | None, str | None]] = [((), post.image, post.image_alt)]
        stated += [
            (("variants", index), variant.image, variant.image_alt)
            for index, variant in enumerate(post.variants)
        ]
        for key, image, words in stated:
            if image and not (words or "").strip() and not post.draft:
                what, hint = "this image has no `image_alt`", f"add `image_alt: …`: {_HINT}"
                yield Finding(Entry(post.source, (*key, "image")), what, hint, "no-alt")


def _in_text(chosen: Chosen, rendition: Rendition) -> Iterator[Finding]:
    text, body = rendition.texts.by_slug(chosen.slug), chosen.wording.body
    for picture in find_pictures(text.html):
        if not picture.alt.strip():
            spellings = [written for written, address in text.led if address == picture.address]
            for place, excerpt in _places(body, spellings or [picture.address]):
                what = "this picture has no alternative text"
                yield Finding(place, what, _HINT, "no-alt", excerpt=excerpt)


def _places(body: Body, spellings: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """Yield where a picture without words is written: each `![](…)`, else an <img> that states no alt."""
    prose, lines = blank_code(body.text), body.text.split("\n")
    either = "|".join(re.escape(written) for written in spellings)
    found = [match.end() for match in re.finditer(_NO_ALT_WRITTEN.format(either), prose)]
    for end in found:
        index, column = prose.count("\n", 0, end), end - prose.rfind("\n", 0, end)
        yield Place(body.place.path, body.place.line + index, column), lines[index]
    tag = re.search(rf"<img\b[^>]*(?:{either})[^>]*>", prose, re.IGNORECASE)
    if not found and not (tag and re.search(r"\salt\s*=", tag[0], re.IGNORECASE)):
        yield find_link(body, spellings[0])
