"""Write texts and terms as YAML reads them back, whichever reader of YAML it is."""

from __future__ import annotations

import json
import re

from cmsite.model import Terms

_PLAIN = re.compile(r"[^\W\d_][\w '’.!?-]*")  # no sign that YAML could take for its own
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")  # refused unless escaped
_OTHER_KINDS = ("true", "false", "yes", "no", "on", "off", "y", "n", "null")  # to other readers of YAML


def scalar(text: str) -> str:
    """Return a text as YAML reads it back: plain where nothing can be mistaken, else in quotes."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _OTHER_KINDS
    return text if plain else _UNSEEN.sub(_escaped, json.dumps(text, ensure_ascii=False))


def one_or_list(terms: Terms) -> str:
    """Return terms as an author writes them: one stands alone, several in brackets.

    One with a comma stands in brackets too: cmsite would ask for them.
    """
    words = [scalar(term) for term in terms]
    return words[0] if len(words) == 1 and "," not in words[0] else f"[{', '.join(words)}]"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
