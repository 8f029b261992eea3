"""Bring a text into a plain form, in which the same words are the same however they are escaped or set.

Escapes of JSON, HTML and addresses are undone, one in another as well; tags, accents, case, spaces and
signs do not count. So `l&#39;été`, `L’ÉTÉ`, `l%27%C3%A9t%C3%A9` and `l-ete` are all one.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from msgspec import Struct

_ROUNDS = 6  # of escapes in escapes; a feed in a page of code has three
_HEXADECIMAL = "[0-9a-fA-F]"
_JSON_ESCAPE = re.compile(rf'(?:\\u{_HEXADECIMAL}{{4}})+|\\x{_HEXADECIMAL}{{2}}|\\["\\/bfnrt]')
_PERCENT = re.compile(rf"(?:%{_HEXADECIMAL}{{2}})+")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_TAG_IN_A_WORD = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|su[bp]|u|var|wbr)"
    r"(?![\w:.-])[^<>]*>",
    re.IGNORECASE,
)
_LETTERS_OF_TWO = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("þ", "th"), ("ı", "i"))
_NO_WORD = re.compile(r"[\W_]+")
_NO_LETTER = {ord(sign): None for sign in " 0123456789"}
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\ufeff]"
)


class Plain(Struct, frozen=True):
    """A text in its plain form: its letters and digits as words, each between two single spaces."""

    words: str

    @property
    def letters(self) -> str:
        """The letters alone, without what stands between them."""
        return self.words.translate(_NO_LETTER)


def plain(text: str) -> Plain:
    """Return a text's plain form; what stands in its tags comes behind the rest."""
    return Plain(_NO_WORD.sub(" ", f" {_folded(_without_tags(_unescaped(text)))} "))


def _unescaped(text: str) -> str:
    for _ in range(_ROUNDS):
        before = text
        if "\\" in text:
            text = _JSON_ESCAPE.sub(_from_json, text)
        if "%" in text:
            text = _PERCENT.sub(_from_percent, text)
        text = unescape(text)
        if text == before:
            break
    return text


def _from_json(match: re.Match[str]) -> str:
    escape = match[0]
    if escape.startswith("\\u"):
        return bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be", "replace")
    if escape.startswith("\\x"):
        return bytes.fromhex(escape[2:]).decode("latin-1")
    return " " if escape[1] in "bfnrt" else escape[1]


def _from_percent(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    bare = _TAG.sub(" ", _TAG_IN_A_WORD.sub("", text))
    return " ".join([bare, *_TAG.findall(text)])


def _folded(text: str) -> str:
    """Return the text without the differences of case, accents and ligatures."""
    if text.isascii():
        return text.casefold()
    text = _UNSEEN.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()))
    for letter, letters in _LETTERS_OF_TWO:
        text = text.replace(letter, letters)
    return text
