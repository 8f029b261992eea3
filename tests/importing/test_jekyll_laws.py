"""What holds for every blog, whatever is in it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cmsite.importing.compose import Text, write_text
from cmsite.importing.edits import Edit, apply_edits, trace
from cmsite.importing.jekyll.liquid import scan_liquid
from cmsite.importing.yaml_text import Entry, Keys, Unreadable, read_keys, write_keys
from importing.jekyll_blog import JekyllBlog

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(str.strip)
PIECES = st.sampled_from(
    [
        "{%",
        "%}",
        "{{",
        "}}",
        "raw",
        "endraw",
        "```",
        "`",
        "a",
        "](/x.png)",
        "{::comment}",
        "{:/}",
        "{{page.title}}",
        "{{site.url}}",
        "{%raw%}",
        "{%endraw%}",
        "{%comment%}",
        "{%endcomment%}",
        "{%endhighlight%}",
        "\n",
        " ",
        "\n---\n",
        "{% highlight x %}",
        "<img src='/x.png'>",
        "- TOC\n{:toc}\n",
        "{% post_url 2016-01-01-a %}",
    ]
)
BODIES = st.lists(PIECES, max_size=25).map("".join)
HEADS = st.sampled_from(
    ["", "tags: [a, b]\n", "category: x y\n", "date: 2016-02-30\n", "published: false\n", "image: /x.png\n"]
)
NAMES = st.sampled_from(
    ["2016-01-01-a", "2016-01-02-a", "2016-01-01-A", "blog", "2016-01-01-été", "2016-01-01-ete"]
)


@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_every_head_gives_back_its_title(title: str, summary: str, tags: list[str]) -> None:
    extra = Keys((Entry("note", (summary, Keys((Entry("x", title),)))),))
    written = write_text(Text(title=title, body="", summary=summary, tags=tuple(tags), extra=extra))
    head = yaml.load(
        written.split("---\n")[1] if "---\n" not in title else written[4:-4], Loader=yaml.BaseLoader
    )
    assert (head["title"], head["summary"], head.get("tags", [])) == (title, summary, tags)
    assert head["extra"] == {"note": [summary, {"x": title}]}


@given(st.recursive(WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple), max_leaves=8))
def test_keys_are_read_back_as_they_were_written(value: object) -> None:
    keys = Keys((Entry("key", value),))  # type: ignore[arg-type]
    assert read_keys(write_keys(keys)) == keys


@given(st.text(max_size=200))
def test_no_yaml_ends_in_an_error(text: str) -> None:
    assert isinstance(read_keys(text), Keys | Unreadable)


@given(
    st.text("ab\n", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.text("x\n", max_size=3)), max_size=4),
)
def test_a_text_and_its_lines_stay_together(text: str, changes: list[tuple[int, str]]) -> None:
    points = sorted({min(at, len(text)): new for at, new in changes}.items())
    ends = [*(at for at, _ in points[1:]), len(text)][: len(points)]
    edits = [Edit(at, min(at + 2, end), new) for (at, new), end in zip(points, ends, strict=True)]
    traced = apply_edits(trace(text, 5), edits)
    assert len(traced.lines) == traced.text.count("\n") + 1
    assert list(traced.lines) == sorted(traced.lines)
    assert apply_edits(trace(text, 5), []) == trace(text, 5)


@given(BODIES)
def test_pieces_of_liquid_stand_in_order_and_apart(body: str) -> None:
    tokens = list(scan_liquid(body, markdown=True))
    assert all(one.end <= other.start for one, other in pairwise(tokens))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(NAMES, st.tuples(HEADS, BODIES), min_size=1, max_size=4))
def test_importing_twice_changes_nothing(posts: dict[str, tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        blog = JekyllBlog(Path(folder)).config("url: https://example.org")
        for name, (head, body) in posts.items():
            blog.post(name, body, f"title: T\n{head}")
        first = blog.bring()
        before = blog.files()
        second = blog.bring()
        assert first.posts + first.drafts == len(posts)
        assert (second.written, second.kept, second.notes) == ((), (), first.notes)
        assert blog.files() == before
