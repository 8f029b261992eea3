"""YAML is read without implicit types, guarded, and every value's place is known."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmsite.errors import ProblemsFound
from cmsite.read.guarded_yaml import read_embedded_yaml, read_yaml
from cmsite.read.source import CONTROL, KEY, Source, decode
from cmsite.read.yaml_events import MAX_BYTES, MAX_DEPTH, MAX_VALUES
from read.told import told, yaml

TAGS = "a text cannot begin with `!`: YAML's type tags are not read here (put the text in quotes)"
ANCHORS = "a text cannot begin with `&`: YAML's anchors are not read here (put the text in quotes)"
ALIASES = "a text cannot begin with `*`: YAML's aliases are not read here (put the text in quotes)"


@pytest.mark.parametrize(
    "scalar",
    ["no", "yes", "on", "null", "~", "true", "1:30", "12:30:45", "010", "0x1F", "1.10", "1e3", "75001",
     ".inf", "2026-13-45", "2026-03-01", "2026-03-01 10:00:00 +0100", "<<", "="],
)  # fmt: skip
def test_every_scalar_arrives_as_the_text_that_was_written(scalar: str) -> None:
    assert yaml(f"a: {scalar}\nb: [{scalar}]\n{scalar}: c\n").value == {
        "a": scalar,
        "b": [scalar],
        scalar: "c",
    }


def test_a_key_with_nothing_after_it_counts_as_absent() -> None:
    tree = yaml("a:\nb: # a remark\nc: {d: , e: 1}\nf: [x, ]\ng: ''\n")
    assert tree.value == {"c": {"e": "1"}, "f": ["x"], "g": ""}
    assert tree.empty == {("a",), ("b",), ("c", "d")}


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "---\n", "---\n...\n"])
def test_a_file_with_nothing_in_it_is_an_empty_mapping(text: str) -> None:
    assert yaml(text).value == {}


def test_the_place_of_each_key_and_value_is_known() -> None:
    tree = yaml("title: é\n\nmask:\n  niche: [a, 'b']\n  key: {key: c}\n")
    assert str(tree.place(("title",))) == "a.yml:1:8"
    assert str(tree.place(("title", KEY))) == "a.yml:1:1"
    assert str(tree.place(("mask", "niche", 1))) == "a.yml:4:14"
    assert str(tree.place(("mask", "key", KEY))) == "a.yml:5:3"
    assert str(tree.place(("mask", "key", "key"))) == "a.yml:5:14"


def test_the_place_of_what_is_not_written_is_that_of_what_stands_around_it() -> None:
    tree = yaml("a: 1\nmask:\n  niche: x\n")
    assert str(tree.place(("mask", "locality", 3))) == "a.yml:3:3"
    assert str(tree.place(("nowhere",))) == "a.yml:1:1"
    assert str(yaml("").place(("nowhere",))) == "a.yml:1:1"


def test_what_is_written_under_a_key_can_be_asked_for() -> None:
    tree = yaml("mask: {niche: [a, b]}\n")
    assert tree.at(("mask", "niche", 1)) == "b"
    assert tree.at(("mask", "niche", 2)) is None
    assert tree.at(("mask", "niche", 0, "x")) is None
    assert tree.at(("nowhere", 1)) is None


def test_places_in_a_part_of_a_file_are_those_of_the_file() -> None:
    source = Source("a.md", "---\nun\na: [\n---\n")
    assert told(lambda: read_embedded_yaml(source, "un\na: [\n", lines_before=1)) == [
        "a.md:2:1: a `key: value` is expected here (write `:` and a space behind the key)"
    ]
    tree = read_embedded_yaml(source, "x: 1\ny: 2\n", lines_before=1)
    assert str(tree.place(("y",))) == "a.md:3:4"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3",
            "3:1: the key `a` stands here a second time (first on line 1) (keep one of the two)",
            id="a key that stands twice",
        ),
        pytest.param(
            "m: {x: 1, x: 2}",
            "1:11: the key `x` stands here a second time (first on line 1) (keep one of the two)",
            id="a key that stands twice in braces",
        ),
        pytest.param("a: &x 1", f"1:4: {ANCHORS}", id="an anchor"),
        pytest.param("a: *x", f"1:4: {ALIASES}", id="an alias"),
        pytest.param("a: **gras**", f"1:4: {ALIASES}", id="bold text"),
        pytest.param("&x a: 1", f"1:1: {ANCHORS}", id="an anchor on a key"),
        pytest.param("<<: *x", f"1:5: {ALIASES}", id="a merge key"),
        pytest.param("a: !foo x", f"1:4: {TAGS}", id="a tag"),
        pytest.param("a: !!str x", f"1:4: {TAGS}", id="a standard tag"),
        pytest.param(
            "a: !!python/object/apply:os.system [x]",
            f"1:4: {TAGS}",
            id="a tag that would run code",
        ),
        pytest.param(
            "? [a, b]\n: c",
            "1:3: a key must be a text (write `key: value`; put a text with brackets in quotes)",
            id="a list as a key",
        ),
        pytest.param(
            "{a: b}: c",
            "1:1: a key must be a text (write `key: value`; put a text with brackets in quotes)",
            id="keys as a key",
        ),
        pytest.param('"": x', "1:1: a key is missing before `:` (write `key: value`)", id="an empty key"),
        pytest.param(": x", "1:1: a key is missing before `:` (write `key: value`)", id="no key at all"),
        pytest.param(
            "- a\n- b",
            "1:1: a list stands here instead of keys (write `key: value` lines, with a space after the `:`)",
            id="a list instead of keys",
        ),
        pytest.param(
            "title:Bonjour",
            "1:1: a text stands here instead of keys (write `key: value` lines, with a space after the `:`)",
            id="no space after the colon",
        ),
        pytest.param(
            "a: 1\n---\nb: 2",
            "2:1: a line `---` begins a second document (keep one document in a file)",
            id="a second document",
        ),
        pytest.param(
            "mask: {niche: e-sante, jeu-video}",
            "1:24: `jeu-video` stands alone among keys (several values need brackets, as in "
            "`{niche: [one, two]}`; a key needs a `:`)",
            id="two values without brackets in braces",
        ),
        pytest.param(
            "accent: #336699",
            '1:1: `#336699` is a comment to YAML: it begins with `#` (put it in quotes: "#336699")',
            id="a colour without quotes",
        ),
        pytest.param(
            'a: "x\\x1b[31m"',
            "1:4: an escape of this text writes a control character (U+001B) "
            "(take it away, or use single quotes)",
            id="a control character written as an escape",
        ),
        pytest.param(
            "a: b\u2028c",
            "1:5: an invisible line break (U+2028) stands here (delete it)",
            id="a line break that no editor shows",
        ),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused(text: str, problem: str) -> None:
    assert told(lambda: yaml(text)) == [f"a.yml:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            'a: 1\nb: "abc\nc: 3\n',
            "2:4: the quote opened here is never closed (close the quote)",
            id="an unclosed quote",
        ),
        pytest.param(
            "a: 'l'été'",
            "1:7: this follows the closing quote "
            "(put the whole text in quotes; write a quote inside `'…'` twice: `'l''été'`)",
            id="an apostrophe inside single quotes",
        ),
        pytest.param(
            'a: "Un" titre',
            "1:9: this follows the closing quote "
            "(put the whole text in quotes; write a quote inside `'…'` twice: `'l''été'`)",
            id="text behind a quoted text",
        ),
        pytest.param(
            "tags: [a, b\ndate: x",
            "1:7: the `[` opened here is never closed (add a `]`, or a `,` between two items)",
            id="an unclosed list",
        ),
        pytest.param(
            "mask: {a: b\nc: d",
            "1:7: the `{` opened here is never closed (add a `}`, or a `,` between two items)",
            id="unclosed braces",
        ),
        pytest.param(
            "tags: [",
            "1:8: a `[` or `{` opened before is never closed (close it with `]` or `}`)",
            id="a list opened at the very end",
        ),
        pytest.param(
            'tags: [a b, "c" d]',
            "1:17: a `,` or `]` is expected here (add a `]`, or a `,` between two items)",
            id="a list with a comma too few",
        ),
        pytest.param(
            "tags: [a, , b]",
            "1:11: a value is missing here (write it, or take away the `,` or the bracket too many)",
            id="a list with a comma too many",
        ),
        pytest.param(
            "tags: [a]]", "1:10: this `]` closes nothing (take it away, or put the text in quotes)",
            id="a bracket too many",
        ),
        pytest.param(
            "mask:\n\tniche: a", "2:1: a tab stands in the indentation (indent with spaces)", id="a tab"
        ),
        pytest.param(
            "\ta: b", "1:1: a tab stands in the indentation (indent with spaces)", id="a tab at first"
        ),
        pytest.param(
            "a: Un titre: le sous-titre",
            "1:12: a second `:` on this line (put the text in quotes)",
            id="a colon in a text",
        ),
        pytest.param(
            "a: b\n  c: d",
            "2:3: this key is indented more than the one above (begin both in the same column)",
            id="a key indented too far",
        ),
        pytest.param(
            "  a: b\n c: d",
            "2:2: this does not line up with the keys above (begin all keys of one level in the same column)",
            id="a key indented too little",
        ),
        pytest.param(
            "a:\n  - b\n - c",
            "3:2: this does not line up with the keys above (begin all keys in the same column)",
            id="an item that does not line up",
        ),
        pytest.param(
            "a: b\nUn paragraphe\n\nc: d",
            "2:1: a `key: value` is expected here "
            "(write a space behind the `:`; quote a text that runs over several lines)",
            id="a paragraph among keys",
        ),
        pytest.param(
            "titre\na: b",
            "1:1: a `key: value` is expected here (write `:` and a space behind the key)",
            id="a line that is no key",
        ),
        pytest.param("a: @b", "1:4: a text cannot begin with `@` (put the text in quotes)", id="an at sign"),
        pytest.param("a: %b", "1:4: a text cannot begin with `%` (put the text in quotes)", id="a percent"),
        pytest.param(
            "a: `b`", "1:4: a text cannot begin with a backtick (put the text in quotes)", id="a backtick"
        ),
        pytest.param(
            "a: !é b", f"1:4: {TAGS}", id="an exclamation mark"
        ),
        pytest.param(
            "a: ? b", "1:4: a text cannot begin with `?` and a space (put the text in quotes)",
            id="a question mark",
        ),
        pytest.param(
            "a: - b",
            "1:4: a list cannot begin on the line of its key "
            "(begin the list on the next line, or put a text that begins with `-` in quotes)",
            id="a dash",
        ),
        pytest.param(
            "a: |b",
            "1:4: after `|` or `>` the text begins on the next line "
            "(put a text that begins with `|` or `>` in quotes)",
            id="a bar",
        ),
        pytest.param(
            'a: "C:\\Users"',
            "1:9: a backslash in double quotes means something else (use single quotes)",
            id="a path of Windows",
        ),
        pytest.param(
            'a: "\\d"',
            "1:5: a backslash in double quotes means something else (use single quotes)",
            id="a backslash",
        ),
        pytest.param(
            "a: b\n%x", "2:3: a line cannot begin with `%` (put the text in quotes)", id="a directive"
        ),
        pytest.param(
            "- a\nb: c",
            "2:1: this does not line up with the list above "
            "(begin each item of a list with `-`, in the same column)",
            id="a key among items",
        ),
    ],
)  # fmt: skip
def test_what_yaml_cannot_parse_is_told_in_plain_words_where_its_cause_stands(
    text: str, problem: str
) -> None:
    assert told(lambda: yaml(text)) == [f"a.yml:{problem}"]


def test_all_repeated_keys_of_a_file_are_told_at_once() -> None:
    assert [line.split(" ")[0] for line in told(lambda: yaml("a: 1\na: 2\nb: 3\nb: 4\na: 5"))] == [
        "a.yml:2:1:", "a.yml:4:1:", "a.yml:5:1:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param(f"a: {'[' * 25_000}", 24, id="brackets never closed"),
        pytest.param(f"a: {'[' * 25_000}{']' * 25_000}", 24, id="brackets closed"),
        pytest.param(f"a: {'{a: ' * 12_000}", 84, id="braces"),
        pytest.param(f"a:\n{'- ' * 25_000}", 41, id="dashes"),
        pytest.param(f"{'? ' * 25_000}", 3, id="keys of keys"),
    ],
)
def test_deep_nesting_is_refused_at_once_and_does_not_end_the_process(text: str, column: int) -> None:
    [problem] = told(lambda: yaml(text))
    assert problem.split(": ")[0].endswith(f":{column}")
    assert (f"nested deeper than {MAX_DEPTH} levels (take away some of the" in problem) != text.startswith(
        "?"
    )


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    deep = "a: x"
    for _ in range(MAX_DEPTH - 1):
        deep = f"a: {{{deep}}}"
    assert yaml(deep).value
    assert told(lambda: yaml(f"a: {{{deep}}}")) == [
        f"a.yml:1:{4 * MAX_DEPTH + 4}: nested deeper than 20 levels "
        "(take away some of the `[`, `{`, `-` or of the indentation)"
    ]


def test_five_thousand_values_are_read_and_one_more_is_not() -> None:
    most = MAX_VALUES - 3  # the root, the key and the list count
    assert len(yaml(f"a: [{'x,' * most}]").value["a"]) == most
    assert told(lambda: yaml(f"a: [{'x,' * most}x]")) == [
        f"a.yml:1:{5 + 2 * most}: more than 5000 keys and values in one file (take some away)"
    ]


def test_sixty_four_kib_are_read_and_a_byte_more_is_not() -> None:
    fits = f"a: {'é' * ((MAX_BYTES - 4) // 2)}\n"
    assert len(fits.encode()) == MAX_BYTES
    assert yaml(fits).value
    assert told(lambda: yaml(f"{fits}\n")) == [
        "a.yml:1:1: the keys and values take more than 64 KiB "
        "(move long texts into the body of a post or a page)"
    ]


def test_a_bomb_of_merged_keys_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{f'*a{n - 1},' * 8}]}}\n" for n in range(1, 9))
    assert told(lambda: yaml(bomb)) == [f"a.yml:1:5: {ANCHORS}"]


def test_repeated_keys_before_a_fault_are_told_with_it() -> None:
    assert told(lambda: yaml("a: 1\na: 2\nb: @\n")) == [
        "a.yml:2:1: the key `a` stands here a second time (first on line 1) (keep one of the two)",
        "a.yml:3:4: a text cannot begin with `@` (put the text in quotes)",
    ]


# laws

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(
    lambda text: not CONTROL.search(text)
)
PIECES = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "\n  ", "\n\t", "[", "]", "{", "}", ", ", '"', "'", "#", " #", "&x", "*x",
     "!t ", "|", "|\n", ">-\n", "? ", "---", "\n---\n", "\n...\n", "%", "@", "`", "\\", "é", "😀", "\u2028",
     "\ufeff", "<<: "]
)  # fmt: skip


@given(TEXTS, TEXTS)
@example("\ud7ff\U0010ffff\u2028", '"')
@example("\\x1b", "\\")
def test_any_text_in_double_quotes_comes_back_as_it_was(text: str, key: str) -> None:
    written = f"{quoted(f'k{key}')}: [{quoted(text)}]\n"
    assert read_yaml(decode(written.encode(), "a.yml")).value == {f"k{key}": [text]}


def quoted(text: str) -> str:
    """Return a YAML scalar in double quotes; what is not ASCII is escaped."""
    escaped = (char if " " <= char <= "~" and char not in '\\"' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(escaped)}"'


@given(st.lists(PIECES, max_size=30).map("".join))
@example("%YAML 1.1\n")
@example("a: 'b\n")
@example("? a")
def test_any_yaml_gives_a_tree_or_problems_whose_places_lie_inside_the_file(text: str) -> None:
    lines = text.split("\n")
    for line, column in places(text):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


def places(text: str) -> list[tuple[int, int]]:
    """Return the places of all values of a YAML text, or of its problems."""
    try:
        return list(yaml(text).places.values())
    except ProblemsFound as found:
        return [(problem.place.line, problem.place.column) for problem in found.problems]
