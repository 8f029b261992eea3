"""Make archived comments fit to be shown: sanitised, without addresses of people, replies in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import nh3

from cmsite.model import Comment, Html, Language, Thread
from cmsite.shape.typography import typeset_html
from cmsite.shape.views import CommentView

_TAGS = {"a", "b", "blockquote", "br", "code", "del", "em", "i", "li", "ol", "p", "pre", "strong", "ul"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERS = re.compile(r"(?<![\w.:])[0-9a-fA-F]*[.:][0-9a-fA-F.:]*[0-9a-fA-F:](?![\w:])")
_WITHHELD = "[…]"
_DEEPEST = 3  # how far replies move to the right


def comment_views(thread: Thread | None, language: Language) -> tuple[CommentView, ...]:
    """Return the comments in the order in which they are read: each followed by its replies, by date."""
    return tuple(_replies(thread, "", 0, language)) if thread else ()


def _replies(thread: Thread, parent: str, depth: int, language: Language) -> Iterator[CommentView]:
    found = [one for one in thread.comments if one.parent == parent]
    for one in sorted(found, key=lambda one: (one.date, one.id)):
        yield CommentView(
            id="-".join(one.id.split()),
            author=withhold(one.author),
            url=one.url if withhold(one.url) == one.url else "",
            date=one.date,
            html=comment_html(one, language),
            depth=min(depth, _DEEPEST),
        )
        yield from _replies(thread, one.id, depth + 1, language)


def comment_html(comment: Comment, language: Language) -> Html:
    """Return a comment's text as HTML that may stand in a page; a plain text keeps its paragraphs."""
    text = comment.text if _MARKUP.search(comment.text) else _paragraphs(comment.text)
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
    return Html(typeset_html(withhold(clean), language))


def withhold(text: str) -> str:
    """Return a text without the mail and IP addresses that somebody wrote into it."""
    return _NUMBERS.sub(_without_ip, _MAIL.sub(_WITHHELD, text))


def _without_ip(match: re.Match[str]) -> str:
    from ipaddress import ip_address

    try:
        ip_address(match[0])
    except ValueError:  # a time, a price, a version
        return match[0]
    return _WITHHELD


def _paragraphs(text: str) -> str:
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts)
