"""profiles/NAME.yml: a mask and the choices that go with it."""

from __future__ import annotations

import pytest

from cmsite.model import Expect, Mask, Order, Overrides, Select
from cmsite.read.profiles import named_slugs
from read.told import profile, told


def test_an_empty_profile_states_nothing() -> None:
    read = profile("")
    assert (read.name, read.language, read.path, read.mask) == ("sante", "fr", "sante", Mask())
    assert (read.public, read.select, read.expect, read.site) == (True, Select(), Expect(), Overrides())
    assert str(read.place) == "profiles/sante.yml:1:1"


def test_every_key_of_the_file_has_its_place_in_the_profile() -> None:
    read = profile("""
language: en
headline: Community manager
mask: {niche: e-sante}
site: {title: Carnet, url: https://example.org/x, accent: teal, posts_per_page: 4, menu: blog, extra: {a: b}}
path: health
public: false
select: {order: relevance, general: leave-out, include: a, exclude: [b, c], at_most: 9}
expect: {includes: [a], excludes: b, leads: a, at_least: 0}
targets:
  - {name: Clinique, slug: clinique, mask: {locality: paris}, needs: {niche: jeu-video}, greeting: Bonjour,
     public: true, note: vue en janvier}
extra: {c: d}
""")
    assert (read.language, read.headline, read.path, read.public) == (
        "en",
        "Community manager",
        "health",
        False,
    )
    assert (read.mask.niche, read.extra["c"]) == (("e-sante",), "d")
    assert (read.site.title, read.site.url, read.site.menu) == ("Carnet", "https://example.org/x/", ("blog",))
    assert read.select == Select(Order.RELEVANCE, False, ("a",), ("b", "c"), 9)  # type: ignore[arg-type]
    assert read.expect == Expect(("a",), ("b",), "a", 0)  # type: ignore[arg-type]
    [target] = read.targets
    assert (target.mask.locality, target.needs.niche, target.public) == (("paris",), ("jeu-video",), True)
    assert (target.greeting, target.note, str(target.place)) == (
        "Bonjour", "vue en janvier", "profiles/sante.yml:11:5",
    )  # fmt: skip


def test_the_posts_a_profile_names_are_told_with_where() -> None:
    read = profile("select: {include: [a], exclude: b}\nexpect: {includes: c, excludes: d, leads: e}\n")
    assert named_slugs(read) == [
        (("select", "include", 0), "a"),
        (("select", "exclude", 0), "b"),
        (("expect", "includes", 0), "c"),
        (("expect", "excludes", 0), "d"),
        (("expect", "leads"), "e"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("maskk: {}", "1:1: unknown key `maskk` (did you mean `mask`?)"),
        ("mask: e-sante", "1:7: keys are expected under this one (write `key: value` lines)"),
        ("public: non", "1:9: `true` or `false` is expected, not `non` (write `false`)"),
        ("site: {output: x}", "1:8: unknown key `output` (anything of your own goes under `extra:`)"),
        (
            "site: {permalink: '{year}/'}",
            "1:19: the pattern lacks `{slug}` (two posts would share an address: add `{slug}/` at its end)",
        ),
        ("select: {order: random}", "1:17: `random` cannot stand here (write `date` or `relevance`)"),
        ("select: {general: leave_out}", "1:19: `leave_out` cannot stand here (did you mean `leave-out`?)"),
        ("select: {includes: a}", "1:10: unknown key `includes` (did you mean `include`?)"),
        ("select: {at_most: 0}", "1:19: the number must be at least 1 (write `1`, say)"),
        (
            "select: {include: a, exclude: [b, a]}",
            "1:35: `a` is both included and excluded (take it out of one of the two lists)",
        ),
        ("expect: {at_least: beaucoup}",
         "1:20: a whole number is expected, not `beaucoup` (write digits, as in `10`)"),
        ("targets: [{name: a}]", "1:11: `slug` is missing (add `slug: …`)"),
        (
            "targets: [{name: a, slug: x}, {name: b, slug: x}]",
            "1:47: two targets have the slug `x` (give one another slug)",
        ),
        (
            "path: Santé",
            "1:7: `Santé` is not a slug (lower-case letters, digits and single hyphens) (write `sante`)",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_profile_is_told_where_it_stands(text: str, problem: str) -> None:
    assert told(lambda: profile(text)) == [f"profiles/sante.yml:{problem}"]


def test_all_mistakes_of_a_profile_are_told_together() -> None:
    select, site = "select: {include: a, exclude: a, order: x}\n", "site: {permalink: '{slug}'}\n"
    text = f"maskk: {{}}\nmask: {{niche: zzz}}\n{select}{site}"
    assert [problem.split(": ")[0] for problem in told(lambda: profile(text))] == [
        "profiles/sante.yml:1:1", "profiles/sante.yml:2:15", "profiles/sante.yml:3:31",
        "profiles/sante.yml:3:41", "profiles/sante.yml:4:19",
    ]  # fmt: skip
