"""Make Markdown of the tags and includes with which Jekyll blogs show pictures and videos."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]+)(?:\s*=\s*|\s*:(?=[\s"'])\s*)"""
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s"']+))""",
    re.DOTALL,
)
_QUOTED = re.compile(r"""(["'])(.*?)\1""", re.DOTALL)
_INCLUDED = re.compile(r"(?P<file>\S+)\s*(?P<rest>.*)", re.DOTALL)
_PICTURE_TAGS = frozenset(["cloudinary", "img", "image", "figure", "picture", "responsive_image"])
_PICTURE_FILE = re.compile(r"(?i)(?:figure|image|img|photo|picture)")
_VIDEO_FILE = re.compile(r"(?i)(?:video|youtube|vimeo)")
_SOURCES = ("src", "url", "path", "image_path", "image", "img", "file")
_CAPTIONS = ("caption", "title")
_ALTS = ("alt", "description")
_BY_NUMBER = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
}
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)|<https?://[^>]+>|<a\s", re.IGNORECASE)
_MARKUP = re.compile(r"[`*]|(?<!\w)_|_(?!\w)")


class Shown(Struct, frozen=True):
    """The Markdown in place of a tag, and a few words on what the tag was."""

    markdown: str
    what: str


class _Words(Struct, frozen=True):
    """A tag's words: those with a name, those without, and those in quotes without a name."""

    named: dict[str, str]
    plain: tuple[str, ...]
    quoted: tuple[str, ...]

    def first(self, *names: str) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "")


def show_tag(name: str, rest: str, known: Callable[[str], str | None]) -> Shown | None:
    """Return the Markdown for a picture or video tag; None when the tag is something else.

    `known` works out a variable that an include is handed; one that it does not know, or Liquid
    within the tag, leaves the tag to the author.
    """
    if "{{" in rest or "{%" in rest:
        return None
    if name in _BY_NUMBER:
        return _by_number(name, rest)
    if name in _PICTURE_TAGS:
        return _picture(_read_words(rest, lambda text: text), f"`{name}` tag became a Markdown picture")
    included = _INCLUDED.fullmatch(rest) if name.startswith("include") else None
    return _included(included["file"], _read_words(included["rest"], known)) if included else None


def _included(file: str, words: _Words | None) -> Shown | None:
    if words is None:
        return None
    if _VIDEO_FILE.search(file):
        return _video(file, words)
    return (
        _picture(words, f"include `{file}` became a Markdown picture") if _PICTURE_FILE.search(file) else None
    )


def _read_words(rest: str, known: Callable[[str], str | None]) -> _Words | None:
    """Return the words of a tag; None when one that matters cannot be known."""
    named: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = known(match["bare"]) if quoted is None else quoted
        if value is None and match["name"] in (*_SOURCES, *_CAPTIONS, *_ALTS):
            return None
        named[match["name"]] = _one_line(value or "")
    others = _ATTRIBUTE.sub(" ", rest)
    quoted_words = tuple(_one_line(match[2]) for match in _QUOTED.finditer(others))
    return _Words(named, tuple(_QUOTED.sub(" ", others).split()), quoted_words)


def _one_line(text: str) -> str:
    """Return the text on one line, without the backslashes that Liquid's quoting needs."""
    return re.sub(r"\\([\"')])", r"\1", " ".join(text.split()))


def _picture(words: _Words | None, what: str) -> Shown | None:
    if words is None:
        return None
    source = words.first(*_SOURCES) or next((word for word in words.plain if "/" in word or "." in word), "")
    source, *others = (source, *words.quoted) if source else (*words.quoted, "")
    if not source:
        return None
    caption = words.first(*_CAPTIONS) or "".join(others[:1])
    alt = words.first(*_ALTS) or "".join(others[1:2])
    shown = f"![{_escaped(_without_markup(alt))}]({_address(source)}"
    if not caption:
        return Shown(f"{shown})", what)
    if _LINK.search(caption):  # a title cannot hold a link, and credit is due
        return Shown(f"{shown})  \n{caption}", f"{what}; its caption holds a link and stands below it")
    title = _without_markup(caption).replace('"', "&quot;")
    return Shown(f'{shown} "{title}")', what)


def _video(file: str, words: _Words) -> Shown | None:
    address = words.first(*_SOURCES)
    service = next((name for name in _BY_NUMBER if name in file.lower()), "")
    if not address and service and words.first("id"):
        address = _BY_NUMBER[service].format(words.first("id"))
    if "/" not in address:
        return None
    caption = _escaped(_without_markup(words.first(*_CAPTIONS, *_ALTS)))
    link = f"[{caption}]({_address(address)})" if caption or address.startswith("/") else f"<{address}>"
    return Shown(link, f"include `{file}` became a link to the video")


def _by_number(name: str, rest: str) -> Shown | None:
    words = rest.split()
    number = words[0].strip("\"'") if words else ""
    if not re.fullmatch(r"[\w/-]+", number):
        return None
    return Shown(f"<{_BY_NUMBER[name].format(number)}>", f"`{name}` tag became a link")


def _without_markup(text: str) -> str:
    return _MARKUP.sub("", text)


def _escaped(text: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", text)


def _address(path: str) -> str:
    """Return the address with what would end it in Markdown written another way."""
    for mark, code in ((" ", "%20"), ("(", "%28"), (")", "%29")):
        path = path.replace(mark, code)
    return path
