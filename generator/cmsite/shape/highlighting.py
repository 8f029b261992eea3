"""Give code its classes, each piece once, and leave code in no known language as it is."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer


@lru_cache(maxsize=2048)
def highlighted(code: str, language: str) -> str:
    """Return code, "\\n" at its end, as a block of HTML; its language may be "" or one that nobody knows."""
    lexer = _lexer(language) if language else None
    if lexer is None:
        return f'<div class="highlight"><pre><span></span><code>{escape(code)}</code></pre></div>\n'
    from pygments import highlight
    from pygments.formatters import HtmlFormatter

    return highlight(code, lexer, HtmlFormatter(cssclass="highlight", wrapcode=True))


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
