"""Let what is not published yet stand in a site: for a preview, never for an output."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from cmsite.model import Kind, Post, Site


def with_drafts(site: Site, now: datetime) -> tuple[Site, datetime]:
    """Return the site with its drafts published, and the instant at which all that is to come has come.

    What has expired by `now` stays out; a post without a date is dated `now`.
    """
    posts = tuple(_published(post, now) for post in site.posts)
    pages = tuple(_published(page, now) for page in site.pages)
    last = max((post.date for post in (*posts, *pages) if post.date), default=now)
    return replace(site, posts=posts, pages=pages), max(now, last)


def pending(post: Post, now: datetime) -> str:
    """Return why a post is not published yet, in a few words; "" for one that is."""
    if post.draft:
        return "a draft"
    return f"to come on {post.date:%Y-%m-%d %H:%M %Z}" if post.date and post.date > now else ""


def _published(post: Post, now: datetime) -> Post:
    date = post.date or (now if post.kind is Kind.POST else None)
    expires = None if post.expires and post.expires > now else post.expires
    return replace(post, draft=False, date=date, expires=expires)
