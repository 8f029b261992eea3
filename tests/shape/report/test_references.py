"""Where a published file leads, and what in it can be led to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.shape.report.references import Picture, find_pictures, find_references

WHOLE = "https://example.org/carnet/"


def addresses(html: str, path: str = "a/index.html") -> tuple[str, ...]:
    return find_references(path, html.encode()).addresses


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="/a/">x</a>', ("/a/",)),
        ("<a href=/a/>x</a>", ("/a/",)),
        ('<A HREF=" /a/?b=1&amp;c=2 ">x</A>', ("/a/?b=1&c=2",)),
        ('<a href="">x</a>', ("",)),
        ("<a>x</a>", ()),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x" alt="">', ("a.png", "b.png", "c.png")),
        ('<source srcset="b.webp" type="image/webp">', ("b.webp",)),
        ('<link rel="preload" imagesrcset="a.png 1x" href="b.css">', ("a.png", "b.css")),
        ('<script src="a"></script><iframe src="b"></iframe><video src="c" poster="d">', (*"abcd",)),
        ('<form action="/search/"><button formaction="/b/">x</button></form>', ("/search/", "/b/")),
        ('<object data="/a.svg"></object><time data="/b">x</time>', ("/a.svg",)),
        ('<svg><use href="#a"></use><a xlink:href="/b/">x</a></svg>', ("#a", "/b/")),
        ('<meta http-equiv="refresh" content="0; url=/a/">', ("/a/",)),
        ("<meta http-equiv=\"Refresh\" content=\"0;URL='/a/'\">", ("/a/",)),
        ('<meta http-equiv="refresh" content="30">', ()),
        (f'<meta property="og:image" content="{WHOLE}a.png">', (f"{WHOLE}a.png",)),
        ('<meta name="description" content="https://example.org est à moi">', ()),
        ('<meta name="description" content="/a/">', ()),
        ('<a href="/a/">x</a><a href="/a/">y</a>', ("/a/",)),
        ('<!-- <a href="/a/">x</a> --><pre>&lt;a href="/b/"&gt;</pre>', ()),
        ('<script>"<a href=\'/a/\'>"</script><style>a{}</style><a href="/b/">x</a>', ("/b/",)),
    ],
)  # fmt: skip
def test_a_page_leads_where_a_browser_would_go(html: str, found: tuple[str, ...]) -> None:
    assert sorted(addresses(html)) == sorted(found)


def test_ids_and_names_of_anchors_can_be_led_to() -> None:
    html = '<h2 id="é">x</h2><a name="b">y</a><meta name="c"><input name="d"><p id="">z</p><p ID=e id=f>'
    assert find_references("a.htm", html.encode()).ids == {"é", "b", "e"}


def test_a_feed_leads_where_its_links_and_its_texts_lead() -> None:
    feed = f"""<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><id>urn:uuid:1</id><link href="{WHOLE}"/>
    <entry><title>a &lt;b</title><link rel="alternate" href="{WHOLE}a/"/>
    <content type="html">&lt;a href="{WHOLE}b/#c"&gt;x&lt;/a&gt; &lt;a href="d/"&gt;y&lt;/a&gt;</content>
    </entry></feed>"""
    assert addresses(feed, "feed.xml") == (WHOLE, f"{WHOLE}a/", f"{WHOLE}b/#c")


def test_a_sitemap_leads_to_its_pages() -> None:
    loc = f"<url><loc>\n{WHOLE}a/ </loc><lastmod>2026-01-01</lastmod></url>"
    assert addresses(f"<urlset>{loc}</urlset>", "sitemap.xml") == (f"{WHOLE}a/",)


def test_json_leads_to_every_whole_address_in_it() -> None:
    told = {
        "version": "1",
        "items": [{"url": f"{WHOLE}a/", "content_html": f'<img src="{WHOLE}b.png">', "n": 1}],
    }
    assert addresses(json.dumps(told), "feed.json") == (f"{WHOLE}a/", f"{WHOLE}b.png")


def test_robots_lead_to_the_sitemap_and_other_files_nowhere() -> None:
    assert addresses(f"User-agent: *\nsitemap: {WHOLE}sitemap.xml\n", "robots.txt") == (
        f"{WHOLE}sitemap.xml",
    )
    assert addresses(f'<a href="{WHOLE}">', "CNAME") == ()


def test_pictures_are_told_in_order_with_their_words() -> None:
    html = (
        '<img src="a"><img alt="x &amp; y" src="b"><img src="c" alt=""><picture><img src="d" alt></picture>'
    )
    assert find_pictures(html) == (
        Picture("a", ""),
        Picture("b", "x & y"),
        Picture("c", ""),
        Picture("d", ""),
    )


@given(st.text(st.sampled_from("<>/=\"' aimgsrchref#&;!-?x"), max_size=60), st.binary(max_size=20))
def test_any_bytes_can_be_looked_at(text: str, data: bytes) -> None:
    find_references("a.html", text.encode() + data)
    find_pictures(text)
