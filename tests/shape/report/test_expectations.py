"""Hold an edition against what its profile expects."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import post, profile, site
from cmsite.errors import ProblemsFound
from cmsite.model import Expect, Mask, Place, Post, Select, Slug, Target, Vocabulary
from cmsite.shape.personalise import personalise
from cmsite.shape.report.expectations import broken_expectations
from shape.strategies import blogs, masks, vocabularies

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WHOLE = site(post("sante", niche="e-sante"), post("jeux", niche="jeu-video"), post("tous"))


def broken(select: Select | None = None, **rules: object) -> list[tuple[tuple[str | int, ...], str]]:
    own = replace(profile(niche="e-sante"), expect=Expect(**rules), select=select or Select())  # type: ignore[arg-type]
    return [(one.key, one.what) for one in broken_expectations(personalise(WHOLE, own, now=NOW))]


def test_what_is_kept_is_not_told() -> None:
    assert broken(includes=("sante",), excludes=("jeux",), leads="sante", at_least=2) == []


def test_a_post_that_was_to_be_in_is_told_with_what_left_it_out() -> None:
    [(key, what)] = broken(includes=("tous", "jeux"))
    assert key == ("includes", 1)
    assert what == ("the edition was to include `jeux`, and leaves it out: the mask does not fit at niche")


def test_a_post_that_was_to_be_out_is_told_with_what_brought_it_in() -> None:
    assert broken(excludes=("tous",)) == [
        (("excludes", 0), "the edition was to leave out `tous`, and includes it: its tier is general")
    ]
    [(_, what)] = broken(Select(include=(Slug("jeux"),)), excludes=("jeux",))
    assert what.endswith("the profile's `include` names it")


def test_a_post_that_does_not_lead_is_told_with_the_one_that_does() -> None:
    assert broken(leads="tous") == [
        (("leads",), "`tous` was to lead the home page's selection, and `sante` does")
    ]


def test_too_few_posts_are_counted() -> None:
    assert broken(at_least=3) == [(("at_least",), "the edition was to hold at least 3 posts, and holds 2")]


def test_a_targets_edition_promises_nothing() -> None:
    target = Target("X", Slug("x"), Place("profiles/sante.yml"))
    own = replace(profile(niche="e-sante"), expect=Expect(at_least=9), targets=(target,))
    assert broken_expectations(personalise(WHOLE, own, now=NOW, target=target)) == ()


@given(blogs(), masks(), vocabularies(), st.data())
def test_rules_taken_from_an_edition_hold_in_it_and_their_opposites_do_not(
    posts: tuple[Post, ...], of: Mask, words: Vocabulary, data: st.DataObject
) -> None:
    whole, own = site(*posts, words=words), profile(mask=of)
    try:
        edition = personalise(whole, own, now=NOW)
    except ProblemsFound:
        assume(False)
        raise
    chosen = tuple(one.slug for one in edition.chosen)
    out = tuple(one.post.slug for one in edition.left_out)
    leads = edition.selection()[0].slug if edition.selection() else None

    def breaks(expect: Expect) -> int:
        return len(broken_expectations(personalise(whole, replace(own, expect=expect), now=NOW)))

    assert breaks(Expect(chosen, out, leads, len(chosen))) == 0
    assert breaks(Expect(out, chosen, None, len(chosen) + 1)) == len(posts) + 1
    other = data.draw(st.sampled_from([*chosen, *out]))
    assert breaks(Expect(leads=other)) == (other != leads)
