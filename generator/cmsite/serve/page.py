"""Put what only the preview shows into a page on its way to the browser."""

from __future__ import annotations

import re
from html import escape, unescape

from cmsite.serve.remarks import Remarks
from cmsite.shape.report.conditions import mark_blocks

RESERVED = "/__cmsite__/"  # the addresses that are the preview's own

_POLICY = re.compile(
    r"""(<meta\b[^>]*http-equiv=["']?content-security-policy["']?[^>]*\bcontent=)("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>(?!.*</body)", re.IGNORECASE | re.DOTALL)
_NEEDED = ("script-src", "style-src", "connect-src")


def dress(page: str, *, bar: str, remarks: Remarks, key: str, version: str) -> str:
    """Return a page with the bar, with what loads it anew, and with its conditional passages marked."""
    page = _POLICY.sub(lambda match: f"{match[1]}{_own_admitted(match[2])}", page)
    page = _marked(page, remarks)
    page = _before(_HEAD_END, page, head(key, version))
    return _before(_BODY_END, page, bar)


def head(key: str, version: str) -> str:
    """Return what stands in the head of every page of the preview."""
    return (
        f'<link rel="stylesheet" href="{RESERVED}page.css">'
        f'<script src="{RESERVED}preview.js" defer data-cmsite-edition="{escape(key)}"'
        f' data-cmsite-version="{escape(version)}"></script>\n'
    )


def _own_admitted(quoted: str) -> str:
    """Return a page's policy, in its quotes, that lets the preview's own files in and nothing else."""
    written = [part.split() for part in unescape(quoted[1:-1]).split(";")]
    rules = {words[0].lower(): words[1:] for words in reversed(written) if words}
    default = rules.get("default-src")
    for name in _NEEDED:
        sources = rules.get(name, default)
        if sources is not None and not {"'self'", "*"} & set(sources):
            rules[name] = [*(source for source in sources if source != "'none'"), "'self'"]
    told = "; ".join(" ".join((name, *sources)) for name, sources in reversed(rules.items()))
    return f'"{escape(told, quote=False).replace(chr(34), "&quot;")}"'


def _marked(page: str, remarks: Remarks) -> str:
    """Return the page with each block that a condition has brought in marked with that condition."""
    if not remarks.passages or remarks.html not in page:
        return page
    marks: dict[int, str] = {}
    for number, (passage, condition) in enumerate(remarks.passages, 1):
        told = f'data-cmsite-if="{escape(condition)}"'
        for block in passage.blocks:
            marks.setdefault(block, f"{told} data-cmsite-passage={number}")
    return page.replace(remarks.html, mark_blocks(remarks.html, marks), 1)


def _before(end: re.Pattern[str], page: str, added: str) -> str:
    match = end.search(page)
    return f"{page[: match.start()]}{added}{page[match.start() :]}" if match else page + added
