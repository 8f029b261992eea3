"""A post's head is found, guarded and read; everything after it is the body."""

from __future__ import annotations

import pytest

from cmsite.model import Body, Place
from cmsite.read.front_matter import read_head
from cmsite.read.source import decode
from read.told import told

HEAD = b"title: Un titre\ndraft: true\n"
BEGIN = "(begin the file with `---`, the keys (`title:` at least), and `---` again)"
BEFORE = "(delete everything before `---` on line 1)"


def head(data: bytes | str) -> tuple[dict[str, object], Body]:
    tree, body = read_head(decode(data if isinstance(data, bytes) else data.encode(), "a.md"))
    return tree.value, body


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"---\n" + HEAD + b"---\n\nUn texte.\n", id="as it should be"),
        pytest.param(b"\xef\xbb\xbf---\n" + HEAD + b"---\n\nUn texte.\n", id="after a BOM"),
        pytest.param((b"---\n" + HEAD + b"---\n\nUn texte.\n").replace(b"\n", b"\r\n"), id="with CRLF"),
        pytest.param((b"---\n" + HEAD + b"---\n\nUn texte.\n").replace(b"\n", b"\r"), id="with lone CR"),
        pytest.param(b"--- \n" + HEAD + b"---\t \n\nUn texte.   \n\n\n", id="with spaces behind the fences"),
    ],
)
def test_a_head_is_read_and_its_draft_is_never_lost(data: bytes) -> None:
    keys, body = head(data)
    assert keys == {"title": "Un titre", "draft": "true"}
    assert body == Body("Un texte.", Place("a.md", 6))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(
            "\u200b---\ntitle: a\n---\n",
            f"1:1: an invisible character (U+200B) stands before the opening `---` {BEFORE}",
            id="a zero-width space",
        ),
        pytest.param(
            "\ufeff\ufeff---\ntitle: a\n---\n",
            f"1:1: an invisible character (U+FEFF) stands before the opening `---` {BEFORE}",
            id="a second BOM",
        ),
        pytest.param(
            " ---\ntitle: a\n---\n", f"1:1: a space stands before the opening `---` {BEFORE}", id="a space"
        ),
        pytest.param(
            "\t---\ntitle: a\n---\n", f"1:1: a tab stands before the opening `---` {BEFORE}", id="a tab"
        ),
        pytest.param(
            "\n\n---\ntitle: a\n---\n",
            "1:1: the front matter does not begin on line 1 (delete the blank lines before `---`)",
            id="blank lines",
        ),
        pytest.param("# Un titre\n", f"1:1: the front matter is missing {BEGIN}", id="no head"),
        pytest.param("", f"1:1: the front matter is missing {BEGIN}", id="an empty file"),
        pytest.param("----\ntitle: a\n----\n", f"1:1: the front matter is missing {BEGIN}", id="four dashes"),
        pytest.param(
            "+++\ntitle = 'a'\ndraft = true\n+++\n",
            "1:1: the front matter is TOML (`+++`) (write it in YAML between two lines `---`)",
            id="TOML",
        ),
        pytest.param(
            "---\ntitle: a\ndraft: true\n\nUn texte.\n",
            "1:1: the front matter is opened here and never closed (add a line `---` after its last key)",
            id="no closing",
        ),
        pytest.param(
            "---\ntitle: a\n...\n\nUn texte.\n",
            "3:1: the front matter is closed with `...` (close it with `---`)",
            id="three dots",
        ),
        pytest.param(
            "---\n- title\n- draft\n---\n",
            "2:1: a list stands here instead of keys (write `key: value` lines, with a space after the `:`)",
            id="a list",
        ),
        pytest.param(
            "---\ntitle:Bonjour\n---\n",
            "2:1: a text stands here instead of keys (write `key: value` lines, with a space after the `:`)",
            id="a text",
        ),
        pytest.param(
            "---\ntitle: a\n---\n\n---\ntitle: b\n---\n",
            "5:1: a second front matter follows the first (keep one; for a ruled line write `***`)",
            id="a second head",
        ),
        pytest.param(
            "---\ntitle: a\n---\n---\ndraft: true\n...\n",
            "4:1: a second front matter follows the first (keep one; for a ruled line write `***`)",
            id="a second head closed with dots",
        ),
        pytest.param(
            f"---\ntitle: a\nsummary: {'é' * 33_000}\n---\n",
            "2:1: the keys and values take more than 64 KiB "
            "(move long texts into the body of a post or a page)",
            id="more than 64 KiB",
        ),
        pytest.param(
            "---\ntitle: a\n\nUn paragraphe\n\n---\n\nUn texte.\n",
            "4:1: a `key: value` is expected here "
            "(close the front matter with a line `---` above the text)",
            id="closed by a ruled line of the text only",
        ),
        pytest.param(
            "---\ntitle: \"a\n---\nb\"\n---\n",
            "2:8: the quote opened here is never closed (close the quote)",
            id="closed within a quote",
        ),
    ],
)  # fmt: skip
def test_what_would_lose_the_head_is_refused(data: str, problem: str) -> None:
    assert told(lambda: head(data)) == [f"a.md:{problem}"]


@pytest.mark.parametrize(
    ("text", "keys", "body"),
    [
        pytest.param("---\n---\nUn texte.", {}, Body("Un texte.", Place("a.md", 3)), id="an empty head"),
        pytest.param("---\ntitle: a\n---", {"title": "a"}, Body("", Place("a.md", 3)), id="an empty body"),
        pytest.param(
            "---\ntitle: a\n---\n\n\n    code\n",
            {"title": "a"},
            Body("    code", Place("a.md", 6)),
            id="a body keeps its indentation",
        ),
        pytest.param(
            "---\ntitle: a\n---\n\n---\n\nUn texte.\n",
            {"title": "a"},
            Body("---\n\nUn texte.", Place("a.md", 5)),
            id="a ruled line begins the body",
        ),
        pytest.param(
            "---\ntitle: a\n---\n---\nNote: un mot.\n",
            {"title": "a"},
            Body("---\nNote: un mot.", Place("a.md", 4)),
            id="a ruled line before a text with a colon",
        ),
        pytest.param(
            "---\ntitle: |\n  ---\n  ...\n---\n",
            {"title": "---\n..."},
            Body("", Place("a.md", 6)),
            id="indented fences are text",
        ),
        pytest.param(
            "---\ntitle: a\n---\nsuite: b\n---\n+++\n",
            {"title": "a"},
            Body("suite: b\n---\n+++", Place("a.md", 4)),
            id="a heading underlined with dashes",
        ),
        pytest.param(
            "---\ntitle: a\n---\n\u2028 b\n",
            {"title": "a"},
            Body("\u2028 b", Place("a.md", 4)),
            id="odd line breaks are text of the body",
        ),
    ],
)
def test_what_stands_after_the_head_is_the_body(text: str, keys: dict[str, object], body: Body) -> None:
    assert head(text) == (keys, body)
