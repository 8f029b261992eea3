"""Feeds that readers can read, whose ids outlive every change; the sitemap."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import post
from cmsite.model import Html, Slug
from cmsite.shape.feeds import (
    EntryFeedView,
    FeedView,
    SitemapEntry,
    atom,
    feed_id,
    json_feed,
    post_id,
    rss,
    sitemap,
    with_absolute_addresses,
)

PARIS = timezone(timedelta(hours=1))
ENTRY = EntryFeedView(
    id=feed_id("post:ecouter"),
    title="Écouter <avant> de & parler",
    url="https://example.org/2026/03/ecouter/",
    published=datetime(2026, 3, 1, 10, 0, tzinfo=PARIS),
    updated=datetime(2026, 3, 5, tzinfo=UTC),
    summary="Trois semaines d'écoute.",
    html='<p>Un <b>texte</b> &amp; <a href="https://example.org/">un lien</a>.</p>',
    tags=("écoute", "méthode"),
)
FEED = FeedView(
    id=feed_id("feed:Camille"),
    title="Carnet",
    subtitle="Notes",
    language="fr",
    author="Camille Martin",
    url="https://example.org/feed.xml",
    page="https://example.org/",
    entries=(
        ENTRY,
        replace(ENTRY, id=feed_id("post:b"), title="B", updated=datetime(2026, 3, 2, tzinfo=UTC)),
    ),
)


def parsed(feed: FeedView) -> Any:
    found = feedparser.parse(atom(feed), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_an_atom_feed_is_read_without_a_complaint() -> None:
    found = parsed(FEED)
    assert (found.version, found.feed.id, found.feed.title) == ("atom10", FEED.id, "Carnet")
    assert (found.feed.subtitle, found.feed.language, found.feed.author) == ("Notes", "fr", "Camille Martin")
    assert {(each.rel, each.type, each.href) for each in found.feed.links} == {
        ("self", "application/atom+xml", FEED.url),
        ("alternate", "text/html", FEED.page),
    }
    assert found.feed.updated == "2026-03-05T00:00:00+00:00"


def test_an_atom_entry_says_all_that_it_holds() -> None:
    entry = parsed(FEED).entries[0]
    assert (entry.id, entry.link) == (ENTRY.id, ENTRY.url)
    assert entry.title == ENTRY.title
    assert entry.content[0].value == ENTRY.html
    assert entry.content[0].type == "text/html"
    assert entry.summary == ENTRY.summary
    assert [tag.term for tag in entry.tags] == ["écoute", "méthode"]
    assert (entry.published, entry.updated) == ("2026-03-01T10:00:00+01:00", "2026-03-05T00:00:00+00:00")


def test_entries_keep_their_order() -> None:
    assert [entry.id for entry in parsed(FEED).entries] == [entry.id for entry in FEED.entries]


def test_a_feed_of_summaries_has_no_content() -> None:
    short = replace(FEED, entries=(replace(ENTRY, html=""),))
    assert "content" not in parsed(short).entries[0]
    (item,) = json.loads(json_feed(short))["items"]
    assert ("content_html" in item, item["content_text"]) == (False, ENTRY.summary)


def test_an_author_without_a_name_is_the_site() -> None:
    assert parsed(replace(FEED, author="")).feed.author == "Carnet"
    assert json.loads(json_feed(replace(FEED, author="")))["authors"] == [{"name": "Carnet"}]


def test_atom_says_nothing_empty() -> None:
    bare = replace(FEED, subtitle="", entries=(replace(ENTRY, summary="", html="", tags=()),))
    root = ET.fromstring(atom(bare))
    assert [
        each.tag
        for each in root.iter()
        if not (each.text or "").strip() and not len(each) and not each.attrib
    ] == []


def test_a_json_feed_has_the_shape_of_version_1_1() -> None:
    told = json.loads(json_feed(FEED))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["title"], told["home_page_url"], told["language"]) == ("Carnet", FEED.page, "fr")
    assert told["feed_url"] == FEED.url
    assert told["authors"] == [{"name": "Camille Martin"}]
    item = told["items"][0]
    assert item == {
        "id": ENTRY.id,
        "url": ENTRY.url,
        "title": ENTRY.title,
        "summary": ENTRY.summary,
        "content_html": ENTRY.html,
        "date_published": "2026-03-01T10:00:00+01:00",
        "date_modified": "2026-03-05T00:00:00+00:00",
        "tags": ["écoute", "méthode"],
    }


def test_json_keeps_letters_as_they_are() -> None:
    assert "Écouter" in json_feed(FEED).decode()


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    odd = "a\x00b\x0bc\ufffed\uffffe\tf"
    entry = replace(ENTRY, title=odd, summary=odd, html=f"<p>{odd}</p>", tags=(odd,))
    found = parsed(replace(FEED, title=odd, entries=(entry,)))
    assert found.feed.title.split() == ["abcde", "f"]
    assert found.entries[0].tags[0].term.split() == ["abcde", "f"]
    assert found.entries[0].content[0].value.split() == ["<p>abcde", "f</p>"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_gives_a_well_formed_feed(text: str) -> None:
    entry = replace(ENTRY, title=text, summary=text, html=text, tags=(text,))
    feed = replace(FEED, title=text or "x", subtitle=text, author=text, entries=(entry,))
    ET.fromstring(atom(feed))
    assert json.loads(json_feed(feed))["items"][0]["title"] == text


def test_a_posts_id_outlives_everything_but_its_own_name() -> None:
    one = post("ecouter")
    moved = replace(one, slug=Slug("autre"), title="Autre", source="content/posts/2026/ecouter.md")
    assert post_id(one) == post_id(moved)
    assert post_id(replace(one, id="given")) == post_id(post("other", id="given"))
    assert post_id(one) != post_id(replace(one, name="other"))
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", post_id(one))


def test_an_id_is_the_same_for_ever() -> None:
    assert feed_id("post:ecouter") == "urn:uuid:bf394ad4-b584-5cfc-a5e5-d558262a8377"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/a/">', '<a href="https://e.org/a/">'),
        ('<img alt="x > y" src="/b/files/x.jpg">', '<img alt="x > y" src="https://e.org/b/files/x.jpg">'),
        (
            '<img srcset="/b/x,1.webp 480w, /b/y.webp 960w" sizes="(min-width: 40rem) 37.5rem, 100vw">',
            '<img srcset="https://e.org/b/x,1.webp 480w, https://e.org/b/y.webp 960w" '
            'sizes="(min-width: 40rem) 37.5rem, 100vw">',
        ),
        (
            "<img srcset='https://x.example/a 1x,/b 1.5x'>",
            "<img srcset='https://x.example/a 1x,https://e.org/b 1.5x'>",
        ),
        ('<a href="#n">', '<a href="https://e.org/p/#n">'),
        ('<a href="autre/">', '<a href="https://e.org/p/autre/">'),
        ('<a href="?q=1">', '<a href="https://e.org/p/?q=1">'),
        ('<a href="//cdn.example/x">', '<a href="https://cdn.example/x">'),
        ('<a href="https://x.example/a?b=1&amp;c=2">', '<a href="https://x.example/a?b=1&amp;c=2">'),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<code>&lt;a href="/a/"&gt;</code>', '<code>&lt;a href="/a/"&gt;</code>'),
        ("<p title='x href=\"/a/\"'>", "<p title='x href=\"/a/\"'>"),
        ("<a href='/a/'>", "<a href='https://e.org/a/'>"),
        ('<a data-href="/a/" HREF="/a/">', '<a data-href="/a/" HREF="https://e.org/a/">'),
        ('<a class="x" href="/a/?b=1&amp;c=2#d">', '<a class="x" href="https://e.org/a/?b=1&amp;c=2#d">'),
    ],
)
def test_addresses_in_a_feed_are_whole(html: str, expected: str) -> None:
    assert with_absolute_addresses(Html(html), origin="https://e.org", page="https://e.org/p/") == expected


PLAIN_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
SOUP = st.lists(
    st.sampled_from(
        [
            "<a",
            "<p",
            "</a",
            ">",
            " href",
            ' href="/a/"',
            " src='b'",
            " SRC",
            "=",
            '"',
            "'",
            " ",
            "x",
            "<",
            "\n",
        ]
    ),
    max_size=14,
).map("".join)


@given(SOUP)
def test_the_tags_with_addresses_are_those_that_a_plain_pattern_finds(html: str) -> None:
    """The pattern in use passes over tags that hold no address, and looks at each character once."""

    def whole(text: str) -> str:
        return with_absolute_addresses(Html(text), origin="https://e.org", page="https://e.org/p/")

    assert whole(html) == PLAIN_TAG.sub(lambda tag: whole(tag[0]), html)


def test_a_sitemap_lists_pages_and_their_last_change() -> None:
    entries = (
        SitemapEntry("https://example.org/?a=1&b=2", None),
        SitemapEntry("https://example.org/a/", datetime(2026, 3, 1, 10, 0, tzinfo=PARIS)),
    )
    root = ET.fromstring(sitemap(entries))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    assert [[(each.tag.removeprefix(space), each.text) for each in url] for url in root] == [
        [("loc", "https://example.org/?a=1&b=2")],
        [("loc", "https://example.org/a/"), ("lastmod", "2026-03-01T10:00:00+01:00")],
    ]


def test_the_same_feed_is_the_same_bytes() -> None:
    assert (atom(FEED), json_feed(FEED)) == (atom(FEED), json_feed(FEED))
    assert atom(FEED).startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')


def test_rss_says_what_atom_says() -> None:
    found = feedparser.parse(rss(FEED), sanitize_html=False)
    assert not found.bozo
    assert (found.version, found.feed.title, found.feed.link) == ("rss20", FEED.title, FEED.page)
    first, twin = found.entries[0], parsed(FEED).entries[0]
    assert (first.id, first.title, first.link, first.author) == (twin.id, twin.title, twin.link, FEED.author)
    assert first.published_parsed == twin.published_parsed
    assert first.content[0].value == ENTRY.html
    assert [tag.term for tag in first.tags] == list(ENTRY.tags)


def test_rss_without_whole_texts_has_summaries_only() -> None:
    [first] = feedparser.parse(rss(replace(FEED, entries=(replace(ENTRY, html=""),)))).entries
    assert first.summary == ENTRY.summary
    assert "content" not in first
