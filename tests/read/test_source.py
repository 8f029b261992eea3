"""Bytes become text whose every place can be told."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmsite.errors import ProblemsFound
from cmsite.read.source import CONTROL, Source, decode
from read.told import told


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\nb\n", "a\nb\n", id="plain newlines stay"),
        pytest.param(b"a\r\nb\r\n", "a\nb\n", id="CRLF becomes a newline"),
        pytest.param(b"a\rb\r", "a\nb\n", id="a lone CR becomes a newline"),
        pytest.param(b"a\r\r\nb", "a\n\nb", id="CR before CRLF is a line of its own"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="a BOM is taken off"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", id="a second BOM is text"),
        pytest.param(b"a\tb", "a\tb", id="a tab is text"),
        pytest.param("a\u00a0b\u2028c\u200bd".encode(), "a\u00a0b\u2028c\u200bd", id="odd spaces are text"),
        pytest.param(b"", "", id="an empty file is an empty text"),
    ],
)
def test_text_is_read_without_bom_and_with_plain_newlines(data: bytes, text: str) -> None:
    assert decode(data, "a.md").text == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"\xe9t\xe9", "a.md:1:1: this is not UTF-8 text (byte 0xe9)", id="on the first byte"),
        pytest.param(b"ab\ncd\xff", "a.md:2:3: this is not UTF-8 text (byte 0xff)", id="on the second line"),
        pytest.param(
            "é\r\néé".encode() + b"\xc3(",
            "a.md:2:3: this is not UTF-8 text (byte 0xc3)",
            id="columns count characters, CRLF is one newline",
        ),
        pytest.param(
            "é\r€\r".encode() + b"x\x80",
            "a.md:3:2: this is not UTF-8 text (byte 0x80)",
            id="a lone CR is a newline here too",
        ),
        pytest.param(
            b"\xef\xbb\xbfab\xff", "a.md:1:3: this is not UTF-8 text (byte 0xff)", id="a BOM is no column"
        ),
        pytest.param(
            "titre".encode("utf-16"), "a.md:1:1: this is UTF-16 text, not UTF-8", id="UTF-16 with its BOM"
        ),
    ],
)
def test_bytes_that_are_not_utf_8_are_told_at_their_line_and_column(data: bytes, problem: str) -> None:
    assert told(lambda: decode(data, "a.md")) == [f"{problem} (save the file in the encoding UTF-8)"]


def test_the_line_that_is_not_utf_8_is_shown_with_a_sign_for_each_bad_byte() -> None:
    with pytest.raises(ProblemsFound) as caught:
        decode(b"---\ntitle: \xe9t\xe9\n---\n", "a.md")
    [problem] = caught.value.problems
    assert (problem.place.line, problem.place.column) == (2, 8)
    assert problem.excerpt == "title: \ufffdt\ufffd"


def test_a_zero_byte_says_that_the_file_is_no_text_once() -> None:
    hint = "(save the file as text in the encoding UTF-8)"
    assert told(lambda: decode(b"ab\n\x00\x01\x00", "a.md")) == [
        f"a.md:2:1: this is not text: it holds a zero byte {hint}"
    ]
    assert told(lambda: decode("ab".encode("utf-16-le"), "a.md")) == [
        f"a.md:1:2: this is not text: it holds a zero byte {hint}"
    ]


@pytest.mark.parametrize("code", [0x01, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0x9F, 0xFFFE, 0xFFFF])
def test_control_characters_are_refused(code: int) -> None:
    assert told(lambda: decode(f"ab\nc{chr(code)}d".encode(), "a.md")) == [
        f"a.md:2:2: a control character (U+{code:04X}) stands here (delete it)"
    ]


def test_the_characters_that_bytes_are_refused_for_are_the_control_characters() -> None:
    characters = [chr(code) for code in range(0x11000) if not 0xD800 <= code < 0xE000 and chr(code) != "\r"]
    refused = [char for char in characters if told(lambda: decode(f"é{char}é".encode(), "a.md"))]  # noqa: B023
    assert refused == [char for char in characters if CONTROL.match(char)]


def test_all_control_characters_are_told_up_to_ten() -> None:
    assert told(lambda: decode(b"\x01\n\x02", "a.md")) == [
        "a.md:1:1: a control character (U+0001) stands here (delete it)",
        "a.md:2:1: a control character (U+0002) stands here (delete it)",
    ]
    assert len(told(lambda: decode(b"\x01" * 500, "a.md"))) == 10


def test_a_problem_shows_its_line_and_keeps_its_column_in_the_line() -> None:
    source = Source("a.md", "un\ndeux")
    assert source.problem(2, 0, "?", code="x").excerpt == "deux"
    assert source.problem(2, 0, "?", code="x").place.column == 1
    assert source.problem(9, 1, "?", code="x").excerpt == ""


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf\xff")
@example(b"\r\xff")
@example(b"\xc3\xa9\r\n\x00")
def test_any_bytes_are_text_or_problems_at_a_place_inside_the_file(data: bytes) -> None:
    try:
        source = decode(data, "a.md")
    except ProblemsFound as found:
        lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for problem in found.problems:
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1])
    else:
        assert "\r" not in source.text
        assert source.text.encode() == data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(
            b"\r", b"\n"
        )
