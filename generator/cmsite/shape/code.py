"""Find the code in Markdown, fences and spans, so that nobody takes it for text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}(?!~))[^\n]*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE,
)
_SPAN = re.compile(
    r"(?<![`\\])(?:\\\\)*(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL
)


def find_code(text: str, *, spans: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where each piece of code begins and ends. A fence that is never closed is text."""
    end = 0
    for fence in _FENCE.finditer(text):
        if spans:
            yield from _spans(text, end, fence.start())
        yield fence.span()
        end = fence.end()
    if spans:
        yield from _spans(text, end, len(text))


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SPAN.finditer(text, start, end))


def blank_code(text: str, *, spans: bool = True) -> str:
    """Return the text with spaces in the place of code: every line and column stays what it was."""
    pieces, end = [], 0
    for start, stop in find_code(text, spans=spans):
        pieces += [text[end:start], re.sub(r"[^\n]", " ", text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])
