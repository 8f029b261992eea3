"""Write an SVG drawing anew with what draws, and without what could run or ask another host.

Elements, attributes and styles of the drawing stay, those of drawing programs go with their notes: the
names of folders, of authors, of layers are no part of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cmsite.guarded_xml import Attributes, Name, RefusedXml, read_xml
from cmsite.xml_text import quoted, words

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SVG_SPACE = f' xmlns="{_SVG}"'
_SPACES = f'{_SVG_SPACE} xmlns:xlink="{_XLINK}"'
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset((  # what draws, names, clips, colours or moves
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "a", "view", "path", "rect",
    "circle", "ellipse", "line", "polyline", "polygon", "image", "marker", "text", "tspan", "textPath",
    "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "filter", "feBlend",
    "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG",
    "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "animate",
    "animateMotion", "animateTransform", "mpath", "set",
))  # fmt: skip
_NOT_KEPT = re.compile(r"on.*|src.*|data-.*|action|formaction|ping|target|base", re.IGNORECASE)
_WORDS = re.compile(r"aria-.*|role|id|class|lang|system.*|required.*")  # that no browser reads as a style
_OF_XML = ("space", "lang")
_INSIDE = re.compile(
    r"#[^\s\"'()\\]+|data:(?:image/(?:png|jpeg|gif|webp)|(?:application/(?:x-)?)?font[/-][\w-]+);base64,[\w+/=\s]*"
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_AT_RULE = re.compile(r"@(?:import|namespace|charset)\b[^;{}]*;?", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)\"']*?)\s*\)", re.IGNORECASE)
_REACHING = re.compile(  # ways out of a drawing that are left in a style, or ways to hide one
    r"\\|//|@import|url\(|src\(|image\(|image-set\(|javascript:|expression\(|-moz-binding|behavior\s*:",
    re.IGNORECASE,
)
_LINKING = re.compile(r"(?:\w+:)?href|on.*", re.IGNORECASE)  # attributes that no animation may set


def clean_drawing(data: bytes) -> bytes:
    """Return an SVG drawing with nothing in it that runs, or leads out of it. Raises RefusedXml."""
    writer = _Writer()
    read_xml(data, start=writer.start, end=writer.end, text=writer.text)
    drawing = "".join(writer.written)
    if not drawing.startswith("<svg "):
        raise RefusedXml("is not an SVG drawing")
    return (drawing if " xlink:" in drawing else drawing.replace(_SPACES, _SVG_SPACE, 1)).encode()


class _Writer:
    """Writes what it is told of a drawing, but for elements that have no business in one."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.left_out = 0  # how deep in an element that is left out
        self.style: list[str] | None = None  # the text of a style whose end has not come yet
        self.is_open = False  # the last tag still lacks its ">"

    def start(self, name: Name, attributes: Attributes) -> None:
        space, bare = name
        foreign = space not in (_SVG, "") or bare not in _ELEMENTS or self.style is not None
        if self.left_out or foreign or _sets_a_link(attributes):
            self.left_out += 1
            return
        self._close_tag()
        spaces = "" if self.written else _SPACES
        kept = "".join(f" {key}={quoted(value)}" for key, value in _kept(attributes))
        self.written.append(f"<{bare}{spaces}{kept}")
        self.is_open = True
        if bare == "style":
            self.style = []

    def end(self, name: Name) -> None:
        if self.left_out:
            self.left_out -= 1
            return
        if self.style is not None:
            told, self.style = "".join(self.style), None
            self.text(_clean_style(told))
        self.written.append("/>" if self.is_open else f"</{name[1]}>")
        self.is_open = False

    def text(self, told: str) -> None:
        if self.left_out or not told:
            return
        if self.style is not None:
            self.style.append(told)
        else:
            self._close_tag()
            self.written.append(words(told))

    def _close_tag(self) -> None:
        if self.is_open:
            self.written.append(">")
            self.is_open = False


def _sets_a_link(attributes: Attributes) -> bool:
    return any(name[1] == "attributeName" and _LINKING.fullmatch(value.strip()) for name, value in attributes)


def _kept(attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the attributes to keep, under the names they are written with."""
    for (space, name), value in attributes:
        if name == "href" and space in ("", _XLINK):
            if _INSIDE.fullmatch(value.strip()):
                yield "xlink:href" if space else "href", value.strip()
        elif space == _XML and name in _OF_XML:
            yield f"xml:{name}", value
        elif not space and not _NOT_KEPT.fullmatch(name):
            kept = value if _WORDS.fullmatch(name) else _clean_style(value)
            if kept or not value:
                yield name, kept


def _clean_style(style: str) -> str:
    """Return a style whose addresses all lie in the drawing, "" if it reaches out in some other way."""
    cleaned = _URL.sub(_inside, _AT_RULE.sub("", _COMMENT.sub("", style)))
    return "" if _REACHING.search(_URL.sub("", cleaned)) else cleaned


def _inside(url: re.Match[str]) -> str:
    return url[0] if _INSIDE.fullmatch(url[1].strip("\"'").strip()) else "none"
