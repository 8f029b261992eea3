"""Tell in an author's words what the YAML parser refused, and where its cause stands.

The parser names the spot at which it gave up; the cause is often earlier (the quote that was never
closed) or plainer than what it says (an apostrophe inside quotes).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cmsite.read.source import Spot

NO_KEY = "a `key: value` is expected here"
_QUOTE_IT = "put the text in quotes"


class Fault(Struct, frozen=True):
    """What is wrong with a YAML text, where, and what to do."""

    at: Spot
    what: str
    hint: str


# what the parser says (a part of it), whether the cause stands where the part of the text began that it
# was reading (else where it gave up), and the same for an author
_PLAIN = (
    ("found unexpected end of stream", True, "the quote opened here is never closed", "close the quote"),
    (
        "could not find expected ':'",
        True,
        NO_KEY,
        "write a space behind the `:`; quote a text that runs over several lines",
    ),
    (
        "did not find expected '-' indicator",
        False,
        "this does not line up with the list above",
        "begin each item of a list with `-`, in the same column",
    ),
    (
        "did not find expected <document start>",
        False,
        "this does not line up with the keys above",
        "begin all keys of one level in the same column",
    ),
    (
        "did not find expected node content",
        False,
        "a value is missing here",
        "write it, or take away the `,` or the bracket too many",
    ),
    (
        "block sequence entries are not allowed",
        False,
        "a list cannot begin on the line of its key",
        "begin the list on the next line, or put a text that begins with `-` in quotes",
    ),
    (
        "mapping keys are not allowed",
        False,
        "a text cannot begin with `?` and a space",
        _QUOTE_IT,
    ),
    (
        "did not find expected comment or line break",
        True,
        "after `|` or `>` the text begins on the next line",
        "put a text that begins with `|` or `>` in quotes",
    ),
    ("directive", False, "a line cannot begin with `%`", _QUOTE_IT),
)
_ESCAPE = ("escape", "hexdecimal")
_SIGNS = (("a tag", "!"), ("an anchor", "&"), ("an alias", "*"))
_MISREAD = {"!": "type tags", "&": "anchors", "*": "aliases"}


def misread(sign: str) -> tuple[str, str]:
    """Return what to say of a text that begins with `!`, `&` or `*`, and what to do."""
    return f"a text cannot begin with `{sign}`: YAML's {_MISREAD[sign]} are not read here", _QUOTE_IT


def explain(said: str, gave_up: Spot, began: Spot | None, lines: Sequence[str]) -> Fault:
    """Return a fault for what the parser said: where it `gave_up`, where what it was reading `began`."""
    began = began or gave_up
    line = lines[gave_up[0] - 1] if gave_up[0] <= len(lines) else ""
    before, char = line[: gave_up[1] - 1], line[gave_up[1] - 1 : gave_up[1]]
    if char == "\t" or "tab character" in said:
        return Fault(gave_up, "a tab stands in the indentation", "indent with spaces")
    if "cannot start any token" in said:
        named = "a backtick" if char == "`" else f"`{char}`"
        return Fault(gave_up, f"a text cannot begin with {named}", _QUOTE_IT)
    if "mapping values are not allowed" in said:
        return _stray_colon(gave_up, before, lines)
    if "did not find expected key" in said:
        return _stray_text(gave_up, before, char)
    if "did not find expected ','" in said:
        return _unclosed(gave_up, began, said)
    if any(part in said for part in _ESCAPE):
        return Fault(gave_up, "a backslash in double quotes means something else", "use single quotes")
    for part, sign in _SIGNS:
        if part in said:
            return Fault(began, *misread(sign))
    if "node content" in said and not "".join([line[gave_up[1] - 1 :], *lines[gave_up[0] :]]).strip():
        return Fault(gave_up, "a `[` or `{` opened before is never closed", "close it with `]` or `}`")
    for part, at_beginning, what, hint in _PLAIN:
        if part in said:
            return Fault(began if at_beginning else gave_up, what, hint)
    return Fault(gave_up, f"this is not YAML: {said}", "check the quotes, brackets and spaces of this line")


def _stray_colon(at: Spot, before: str, lines: Sequence[str]) -> Fault:
    if ": " in before or before.endswith(":"):
        return Fault(at, "a second `:` on this line", _QUOTE_IT)
    above = next((n for n in range(at[0] - 1, 0, -1) if lines[n - 1].strip()), 0)
    if above and ": " not in f"{lines[above - 1]} ":
        return Fault((above, 1), NO_KEY, "write `:` and a space behind the key")
    key = (at[0], len(before) - len(before.lstrip()) + 1)
    return Fault(key, "this key is indented more than the one above", "begin both in the same column")


def _stray_text(at: Spot, before: str, char: str) -> Fault:
    if not before.strip(" -"):
        if char == ":":
            return Fault(at, "a key is missing before `:`", "write `key: value`")
        return Fault(at, "this does not line up with the keys above", "begin all keys in the same column")
    if before.rstrip().endswith(("'", '"')):
        hint = "put the whole text in quotes; write a quote inside `'…'` twice: `'l''été'`"
        return Fault(at, "this follows the closing quote", hint)
    if char in ("]", "}"):
        return Fault(at, f"this `{char}` closes nothing", f"take it away, or {_QUOTE_IT}")
    return Fault(at, "this cannot follow what stands before it", "put the whole text in quotes")


def _unclosed(gave_up: Spot, began: Spot, said: str) -> Fault:
    opening, closing = ("[", "]") if "']'" in said else ("{", "}")
    hint = f"add a `{closing}`, or a `,` between two items"
    if gave_up[0] == began[0]:
        return Fault(gave_up, f"a `,` or `{closing}` is expected here", hint)
    return Fault(began, f"the `{opening}` opened here is never closed", hint)
