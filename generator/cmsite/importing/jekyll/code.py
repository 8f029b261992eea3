"""Find the code in a Markdown text, fences and spans, so that nothing else touches it."""

from __future__ import annotations

import re

FENCE = r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$"
SPAN = r"(?<![\\`])(?P<span>`+)"
_START = re.compile(f"{FENCE}|{SPAN}", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where code begins and ends, fences with their marks and spans with their backticks."""
    spans = []
    at = 0
    while match := _START.search(text, at):
        end = code_end(text, match)
        if end is not None:
            spans.append((match.start(), end))
        at = match.end() if end is None else end
    return tuple(spans)


def code_end(text: str, match: re.Match[str]) -> int | None:
    """Return where the code that `match` opens ends; None when these backticks open none.

    A fence that is never closed runs to the end of the text; a span stays within its paragraph.
    """
    if match["fence"]:
        mark = match["fence"]
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        found = closing.search(text, match.end())
        return found.end() if found else len(text)
    closing = re.compile(rf"(?<!`)`{{{len(match['span'])}}}(?!`)")
    found = closing.search(text, match.end())
    if found is None or _BLANK_LINE.search(text, match.end(), found.start()):
        return None
    return found.end()
