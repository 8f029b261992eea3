"""A tree is held against the shape of its file, and every difference is told at its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.errors import Problem
from cmsite.read.schema import PageKeys, PostKeys, ProfileKeys, SiteKeys, ThemeKeys, VocabularyKeys
from cmsite.read.shapes import keys_at, reader
from cmsite.read.validate import adapter, salvage
from read.told import keys, told, yaml

OWN = "anything of your own goes under `extra:`"
POINTS = "the keys here are niche, challenge, service, locality, scope, presence"
SHAPES = (PageKeys, PostKeys, ProfileKeys, SiteKeys, ThemeKeys, VocabularyKeys)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tilte: x", "1:1: unknown key `tilte` (did you mean `title`?)"),
        ("Draft: true", "1:1: unknown key `Draft` (did you mean `draft`?)"),
        ("keywords: x", f"1:1: unknown key `keywords` ({OWN})"),
        ("tilte:", "1:1: unknown key `tilte` (did you mean `title`?)"),
        ("<<: {a: b}", f"1:1: unknown key `<<` ({OWN})"),
        ("1: b", f"1:1: unknown key `1` ({OWN})"),
        ("key: b", f"1:1: unknown key `key` ({OWN})"),
        ("mask: {nich: a}", "1:8: unknown key `nich` (did you mean `niche`?)"),
        ("mask: {ville: a}", f"1:8: unknown key `ville` ({POINTS})"),
        ("not:\n  ville:", f"2:3: unknown key `ville` ({POINTS})"),
        ("variants: [{when: {nich: a}}]", "1:20: unknown key `nich` (did you mean `niche`?)"),
        (
            "variants:\n- when: {niche: a}\n  titel: x",
            "3:3: unknown key `titel` (did you mean `title`?)",
        ),
        (
            "call_to_action: {label: a, url: b, x: c}",
            "1:36: unknown key `x` (the keys here are label, url)",
        ),
    ],
)
def test_an_unknown_key_is_told_with_a_suggestion(text: str, problem: str) -> None:
    title = "" if text.startswith("title") else "\ntitle: a"
    assert told(lambda: keys(f"{text}{title}", PostKeys)) == [f"a.yml:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("summary: x", "1:1: `title` is missing (add `title: …`)"),
        ("summary: x\ntitle:", "2:1: nothing stands after `title:` (add `title: …`)"),
        ("", "1:1: `title` is missing (add `title: …`)"),
    ],
)
def test_a_key_that_must_be_there_is_missed(text: str, problem: str) -> None:
    assert told(lambda: keys(text, PostKeys)) == [f"a.yml:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("call_to_action: {label: a}", "2:17: `url` is missing (add `url: …`)"),
        ("call_to_action: {label: a, url: }", "2:28: nothing stands after `url:` (add `url: …`)"),
        ("variants:\n  - title: x", "3:5: `when` is missing (add `when: …`)"),
        ("variants:\n  - when:\n    title: x", "3:5: nothing stands after `when:` (add `when: …`)"),
        ("mask: e-sante", "2:7: keys are expected under this one (write `key: value` lines)"),
        ("mask: [e-sante]", "2:7: keys are expected under this one (write `key: value` lines)"),
        (
            "variants: {when: {niche: a}}",
            "2:11: a list is expected here (begin each item with `-`, on a line of its own)",
        ),
        ("raw_html: trust", "2:11: `trust` cannot stand here (did you mean `trusted`?)"),
        ("raw_html: oui", "2:11: `oui` cannot stand here (write `sanitised` or `trusted`)"),
        ("raw_html: [a]", "2:11: a list cannot stand here (write `sanitised` or `trusted`)"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(text: str, problem: str) -> None:
    assert told(lambda: keys(f"title: a\n{text}", PostKeys)) == [f"a.yml:{problem}"]


def test_what_may_be_chosen_is_told() -> None:
    assert told(lambda: keys("markdown: {engine: pandoc}", SiteKeys)) == [
        "a.yml:1:20: `pandoc` cannot stand here (write `markdown` or `commonmark`)"
    ]


def test_what_fits_is_kept_while_the_rest_is_told() -> None:
    problems: list[Problem] = []
    variants = "variants:\n- when: {niche: x}\n  image: [y]\n"
    text = f"title: a\ndate: hier\ntags: [b]\n{variants}mask: {{locality: z, q: 1}}\n"
    kept = salvage(yaml(text), PostKeys, problems)
    assert (kept.date, kept.tags, kept.mask.locality) == (None, ("b",), ("z",))
    assert kept.variants[0].when.niche == ("x",)
    assert sorted(problem.place.line for problem in problems) == [2, 6, 7]


def test_an_item_that_does_not_fit_takes_its_whole_list_away_so_that_places_stay_right() -> None:
    problems: list[Problem] = []
    kept = salvage(yaml("title: a\nvariants:\n- a\n- when: {niche: x}\n"), PostKeys, problems)
    assert kept.variants == ()
    assert [str(problem.place) for problem in problems] == ["a.yml:3:3"]


def test_the_keys_of_each_part_of_a_file_are_known() -> None:
    assert keys_at(PostKeys, ("variants", 3, "when"))[0] == "niche"
    assert keys_at(PostKeys, ("extra",)) == []
    assert keys_at(VocabularyKeys, ("niche", "e-sante", "label")) == ["en", "fr"]
    assert keys_at(ProfileKeys, ("targets", 0))[:2] == ["name", "slug"]


KNOWN = sorted(
    {name for shape in SHAPES for name in keys_at(shape, ())} | {"niche", "when", "level", "label", "x"}
)
SCALARS = st.sampled_from(
    ["", "a", "[a]", "a, b", "{}", "[]", "true", "3", "2026-03-01", "'é'", "[[a]]", "{fr: a}"]
)


@given(
    st.sampled_from(SHAPES),
    st.lists(
        st.tuples(st.sampled_from(KNOWN), st.sampled_from(KNOWN), SCALARS),
        max_size=6,
        unique_by=lambda x: x[0],
    ),
)
def test_any_keys_are_a_value_or_problems_at_a_place_of_the_file(
    shape: type, written: list[tuple[str, str, str]]
) -> None:
    text = "".join(f"{key}:\n  - {{{inner}: {value}}}\n" if len(value) % 2 else f"{key}: {value}\n"
                   for key, inner, value in written)  # fmt: skip
    lines = text.split("\n")
    for problem in told(lambda: keys(text, shape)):
        _, line, column, *_ = problem.split(":")
        assert 1 <= int(line) <= len(lines)
        assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1


LINES = (
    "title: a", "title: b", "title: a", "name: a", "date: 2026-03-01", "not: {niche: a}", "raw_html: trusted",
    "extra: {a: [b, {c: d}]}", "variants: [{when: {}, body: a, call_to_action: {label: a, url: b}}]",
    "image: a", "pinned: true", "pinned: yes", "language: fr", "mask: {niche: [a, b], scope: c}",
    "author: {base: {content: {level: 5, proof: a}}, links: [{label: a, url: b, me: true}]}",
    "author: {experience: [{role: a, organisation: b, from: 2021, to: 2021-03}]}",
    "author: {experience: [{role: a, organisation: b, start: 2021}]}",
    "author: {base: {content: {level: 6}}}", "posts_per_page: 0", "feeds: {limit: 3}", "weights: {niche: 9}",
    "comments: {giscus: null}", "comments: {giscus: ~}", "comments: {giscus: {repo: a}}", "menu: [a]",
    "niche: {a: {label: {fr: b}, aliases: c}, b: {}}", "scope: {}", "api: 1", "api: 2", "paper: {light: a}",
    "palettes: {a: {light: b, dark: c}}", "options: {a: b}", "options: {a: [b]}", "extends: b",
    "targets: [{name: a, slug: b, mask: {niche: c}}]", "targets: {name: a}", "path: a", "select: a",
    "select: {order: relevance, at_most: 3}", "select: {order: up}", "expect: {at_least: 0, leads: a}",
)  # fmt: skip


def some_lines(shape: type) -> st.SearchStrategy[tuple[type, dict[str, str]]]:
    """Return a shape and some lines that a file of it may hold, most of them right, one for each key."""
    known = [line for line in LINES if line.partition(":")[0] in keys_at(shape, ())]
    other = st.tuples(st.sampled_from(KNOWN), SCALARS).map(": ".join)
    lines = st.tuples(st.lists(st.sampled_from(known), min_size=1, max_size=5), st.lists(other, max_size=1))
    by_key = lines.map(lambda two: {line.partition(":")[0]: line for line in (*two[0], *two[1])})
    return st.tuples(st.just(shape), by_key)


@given(st.sampled_from(SHAPES).flatmap(some_lines))
def test_what_is_read_without_pydantic_is_what_pydantic_reads(drawn: tuple[type, dict[str, str]]) -> None:
    shape, by_key = drawn
    needed = {key: f"{key}: a" for key in ("title", "name") if key in keys_at(shape, ())}
    value = yaml("\n".join((needed | by_key).values())).value
    assert attempt(lambda: reader(shape)(value)) == attempt(lambda: adapter(shape).validate_python(value))


def attempt(read: Callable[[], object]) -> str:
    """Return how a value is told, or that there is none."""
    try:
        return repr(read())
    except ValueError:
        return "unfit"
