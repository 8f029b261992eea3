"""Know the HTML that the sanitiser would leave as it is, and spare it the way there.

An engine writes most texts in a few tags that follow from Markdown alone. HTML is known to be clean only if
all of it is: each tag is one that is listed here, in one spelling, and stands where a browser leaves it;
each address can run nothing; each character is read as it is written. Whatever else there is, be it as
harmless as a second space in a tag, is for the sanitiser to judge.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PHRASES = ("a", "abbr", "code", "del", "em", "mark", "span", "strong", "sub", "sup")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul", *_HEADINGS)
_ROOMS = ("", "blockquote", "dd", "div", "figcaption", "figure", "li", "td", "th")  # "": no element
_WORDED = (*_ROOMS, *_PHRASES, *_HEADINGS, "dt", "p", "pre")
_PARENTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_BLOCKS, _ROOMS),
    **dict.fromkeys((*_PHRASES, "br", "img"), _WORDED),
    **dict.fromkeys(("dd", "dt"), ("dl",)),
    **dict.fromkeys(("thead", "tbody"), ("table",)),
    **dict.fromkeys(("td", "th"), ("tr",)),
    "figcaption": ("figure",),
    "li": ("ol", "ul"),
    "tr": ("thead", "tbody"),
}
_ENDS = {name: "" if name in ("", "br", "hr", "img") else f"</{name}>" for name in ("", *_PARENTS)}
_STANDS_IN = {name: frozenset(_ENDS[parent] for parent in parents) for name, parents in _PARENTS.items()}
_NAMES = {f"<{name}>": name for name in _PARENTS if name not in ("a", "img")}

_VALUE = r'"[^"&<>]*+(?:&(?:amp|nbsp|\#39|\#x27);[^"&<>]*+)*+"'
_HOST = r"(?![^/]*xn--)(?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*"
_ADDRESS = rf"""
    "(?:https?://{_HOST}(?=[/?\#"]) | (?:post|mailto):(?!/) | [\w.%-]+(?=[/?\#"]) | (?=[/?\#]))
    [\w.~:/?\#!$()*+,;=@%'-]*+(?:&amp;[\w.~:/?\#!$()*+,;=@%'-]*+)*+"
"""
_SPELLINGS = {
    "a": rf"(?:\ class={_VALUE})?\ href={_ADDRESS}(?:\ title={_VALUE})?",
    "img": rf"(?:\ alt={_VALUE})?\ src={_ADDRESS}(?:\ title={_VALUE})?",
    "ol": r"\ start=\"[0-9]+\"",
}
_OTHERS = rf"(?:\ id={_VALUE})?(?:\ class={_VALUE})?(?:\ title={_VALUE})?"
_ATTRIBUTES = {
    name: re.compile(rf"{_SPELLINGS.get(name, _OTHERS)}>", re.VERBOSE)
    for name in _PARENTS
    if name != "pre"  # which loses a line's end that follows it, and has no attributes from an engine
}
_ANY_TAG = re.compile(r"<[^>]*>")
_KEPT = ("&amp;", "&lt;", "&gt;", "&nbsp;")
_SPELT = {"&#160;": "&nbsp;", "&#8617;": "↩", "&#39;": "'", "&#x27;": "'", "&quot;": '"'}
_ENTITIES = (*_KEPT, *_SPELT)
_READ_OTHERWISE = ("\0", "\r", "\ufeff", "<pre>\n")
_BETWEEN_CELLS = re.compile(r"<(?:table|/?thead|/?tbody|/?tr|/td|/th)\b[^>]*>[ \n]*+[^< \n]")


def cleaned_already(html: str, deepest: int) -> str | None:
    """Return HTML as the sanitiser would, None if that is for it to say.

    Elements that are nested deeper than `deepest` are not known here.
    """
    tags: list[str] = _ANY_TAG.findall(html)
    if not html.count("<") == html.count(">") == len(tags):
        return None
    if any(one in html for one in _READ_OTHERWISE) or ("<table" in html and _BETWEEN_CELLS.search(html)):
        return None
    if "&" in html and html.count("&") != sum(map(html.count, _ENTITIES)):
        return None
    return _spelt(html) if _stand_well(tags, deepest) else None


def _stand_well(tags: list[str], deepest: int) -> bool:
    """Return whether each tag is known, each element ends, and all stand where a browser leaves them."""
    awaited = [""]
    for tag in tags:
        if tag == awaited[-1]:
            awaited.pop()
            continue
        name = _NAMES.get(tag) or _name(tag)
        if not name or awaited[-1] not in _STANDS_IN[name] or (name == "a" and "</a>" in awaited):
            return False
        if end := _ENDS[name]:
            awaited.append(end)
            if len(awaited) > deepest:
                return False
    return len(awaited) == 1


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """Return what element a tag with attributes opens, "" for one that is not known."""
    name = tag[1:].partition(" ")[0]
    spelling = _ATTRIBUTES.get(name)
    return name if spelling and spelling.fullmatch(tag, 1 + len(name)) else ""


def _spelt(html: str) -> str:
    """Return HTML with its characters as the sanitiser spells them."""
    if "&" in html:
        for written, meant in _SPELT.items():
            html = html.replace(written, meant)
    return html.replace("\u00a0", "&nbsp;")
