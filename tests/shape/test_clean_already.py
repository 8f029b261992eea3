"""HTML that is known to be clean is what the sanitiser makes of it, to the byte; the rest is left to that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmsite.shape import commonmark, python_markdown
from cmsite.shape.clean_already import cleaned_already
from cmsite.shape.engine import MarkupError
from cmsite.shape.markup import MAX_DEPTH, sanitised
from shape.test_markup_safety import PIECES, TEXTS

ENGINES = {"commonmark": commonmark.to_html, "markdown": python_markdown.to_html}
ADDRESSES = [
    "", "/", "#a", "?a=1", "//a.b", "/a b", "a.png", "été/a.png", "a:b", "a/b:c", "./a:b", "post:a",
    "post://a", "post:/a", "post://[", "post:", "mailto:a@b.c", "mailto://[a", "mailto:é", "http://",
    "http://a", "https://a.b/c?d=e&amp;f#g", "https://a.1", "https://1.2.3.4", "https://0x7f.1/",
    "https://a..b/", "https://a./", "https://a.b:80/", "https://a.b:99999999/", "https://xn--a/",
    "https://a.xn--a/", "https://a%zz/", "https://é.fr/", "https://A.b/", "https://a@b/", "https://-a-/",
    "https://a_b/", "HTTPS://a.b", "https:a", "https:/a", "https:\\a", "javascript:alert(1)",
    "java\nscript:a", " javascript:a", "\tjavascript:a", "javascript&amp;colon;a", "javascript&#58;a",
    "data:text/html,a", "vbscript:a", "/javascript:a", "a?javascript:b", "tel:1", "\x01javascript:a",
    "https://a.b/é%zz'()[]{}|^`", "https://" + "a" * 300 + ".b/",
]  # fmt: skip
ELEMENTS = [
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "hr", "i", "img", "input", "li", "mark", "ol", "p", "pre", "script",
    "section", "select", "span", "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "template",
    "th", "thead", "tr", "ul",
]  # fmt: skip
TAGS = [
    *(f"<{name}>" for name in ELEMENTS), *(f"</{name}>" for name in ELEMENTS),
    *(f'<{name} id="a" class="b c">' for name in ELEMENTS),
    '<a href="/b">', '<a class="c" href="/b" title="t">', '<a href="/b" href="/c">', '<a href=/b>',
    '<img src="/b">', '<img alt="é &amp; \'" src="/b" title="c">', '<ol start="3">',
    '<ol start="3" start="4">', '<ol start="-3">', '<p class="">', '<p class="a  b">',
    '<p id="a" class="b" title="c">', '<p class="b" id="a">', '<p id="a" id="b">', '<p style="a">',
    '<p  id="a">', "<p id='a'>", '<p id="a"/>', '<p id="<b>">', '<p id="a&quot;b">', '<p id="a&lt;b">',
    '<p title="a\u00a0&nbsp;&#39;&#x27;b">', '<p title="a\nb\tc">', '<p id="a\x0cb">', '<p onclick="a">',
    '<p\nid="a">', "<P>", "<p >", "<p/>", "</p >", "</ p>", "<>", "</>", "<!-- a -->", "<!a>", "<?a>",
    '<input type="checkbox" disabled>', '<td align="left">', '<th class="align-left">', '<a id="b">',
]  # fmt: skip
WORDS = [
    "mot", "é", " ", "\n", "\n\n", "\t", "\r", "\0", "\x0c", "\x0b", "\x1f", "\x85", "\ufeff", "\ufffe",
    "\u2028", "\u00a0", "\u202f", "\U0001f600", "<", ">", '"', "'", "&", ";", "&amp;", "&lt;", "&gt;",
    "&nbsp;", "&quot;", "&#39;", "&#x27;", "&#160;", "&#8617;", "&amp;lt;", "&amp;#39;", "&#0;", "&#13;",
    "&copy;", "&ampa", "&lt", "&notit;", "/", "=", "-->", "]]>",
]  # fmt: skip
NAMES = [
    "a", "abbr", "blockquote", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
    "h6", "li", "mark", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
]  # fmt: skip
OPENINGS = {name: f"<{name}>" for name in NAMES} | {"a": '<a href="/">', "li": '<li id="fn:a">'}


def soup(*pieces: list[str]) -> st.SearchStrategy[str]:
    """Return pieces one after another, whether or not they belong together."""
    return st.lists(st.one_of(*map(st.sampled_from, pieces)), max_size=12).map("".join)


def trees() -> st.SearchStrategy[str]:
    """Return elements that all end, in any order, with words around them."""
    words = st.sampled_from(["", "", "\n", "mot", " ", "<br>", "<hr>", '<img src="/a">', "&amp;", "\u00a0"])
    return st.recursive(words, _elements, max_leaves=14)


def _elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, max_size=4).map("".join)
    return st.builds(
        lambda name, one, other: f"{OPENINGS[name]}{one}</{name}>{other}",
        st.sampled_from(NAMES),
        several,
        words_after(),
    )


def words_after() -> st.SearchStrategy[str]:
    return st.sampled_from(["", "", "\n", "mot", " "])


def agrees(html: str) -> bool:
    """Return whether nothing else is said of some HTML than the sanitiser says."""
    known = cleaned_already(html, MAX_DEPTH)
    return known is None or (known == sanitised(html) == sanitised(known))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=200)
@given(soup(PIECES))
def test_of_what_an_engine_writes_nothing_is_taken_as_clean_that_is_not(engine: str, text: str) -> None:
    try:
        html, _ = ENGINES[engine](text, "fr")
    except MarkupError:
        return
    assert agrees(html)


@settings(max_examples=500)
@given(soup(TAGS, WORDS) | trees() | st.lists(trees(), max_size=4).map("".join))
def test_of_any_html_nothing_is_taken_as_clean_that_is_not(html: str) -> None:
    assert agrees(html)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "tag", ['<a href="{}">b</a>', '<img src="{}">', '<p>c <a class="d" href="{}" title="e">b</a></p>']
)
def test_an_address_is_taken_as_clean_only_if_it_is(tag: str, address: str) -> None:
    assert agrees(tag.format(address))


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from([*ADDRESSES, *"aé.:/?#%@-_'0x1", "xn--", "http", "https://", "&amp;"]), max_size=5
    )
)
def test_pieces_of_addresses_are_taken_as_clean_only_if_they_are(pieces: list[str]) -> None:
    assert agrees(f'<a href="{"".join(pieces)}">b</a>')


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_and_a_word_are_taken_as_clean_only_if_they_are(tag: str) -> None:
    name = tag.strip("</>").partition(" ")[0]
    for word in WORDS:
        assert agrees(f"{tag}{word}")
        assert agrees(f"{tag}{word}</{name}>")
        assert agrees(f"{word}{tag}</{name}>{word}")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        TEXTS[0],
        TEXTS[1],
        "Un [lien](https://example.org/a?b=c&d#e).\n\n- *a*\n- **b**",
        "![a](b 'c')",
        "> a\n\n| a |\n|:-:|\n| 1 |",
    ],
)
def test_what_markdown_alone_gives_is_known_to_be_clean(engine: str, text: str) -> None:
    html, _ = ENGINES[engine](text, "fr")
    assert cleaned_already(html, MAX_DEPTH) == sanitised(html)


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p>",
        "<b>a</b>",
        "- [ ] a",
        "[a](javascript:b)",
        "a\n{: onclick='b' }",
        "<div>" * 101 + "</div>" * 101,
    ],
)
def test_an_engine_may_write_what_is_for_the_sanitiser_to_judge(text: str) -> None:
    html, _ = commonmark.to_html(text, "fr")
    assert cleaned_already(html, MAX_DEPTH) in (None, sanitised(html))


def test_what_nests_too_deep_is_not_known() -> None:
    assert cleaned_already("<div>" * 90 + "</div>" * 90, MAX_DEPTH) is not None
    assert cleaned_already("<div>" * 101 + "</div>" * 101, MAX_DEPTH) is None
