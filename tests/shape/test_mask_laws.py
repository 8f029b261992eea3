"""What holds for every vocabulary, mask and post."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cmsite.model import Mask, Point, Term, Terms, Vocabulary, Weights
from cmsite.shape.masks import Outcome, Tier, admits, fit_masks, matches, score, term_tree, tier
from shape.strategies import STRANGER, TERMS, masks, points, terms, vocabularies, weights

NO_BAR = Mask()
EVEN = Weights()


def setting(of: Mask, point: Point, terms: Terms) -> Mask:
    return replace(of, **{point.value: terms})


def is_in(post: Mask, barred: Mask, profile: Mask, words: Vocabulary) -> bool:
    return admits(fit_masks(post, barred, profile, words, EVEN))


def stays_in(post: Mask, profile: Terms, words: Vocabulary, *, was: Mask, barred: Terms) -> bool:
    """Return whether a post that was in, if it was, is in as it stands now."""
    bars, theirs = Mask(locality=barred), Mask(locality=profile)
    return is_in(post, bars, theirs, words) or not is_in(was, bars, theirs, words)


@given(masks(), masks(), masks(), vocabularies(), weights())
def test_the_shares_sum_to_the_score(
    post: Mask, barred: Mask, profile: Mask, words: Vocabulary, each: Weights
) -> None:
    fits = fit_masks(post, barred, profile, words, each)
    assert score(fits) == sum(each[fit.point] * (fit.outcome.level or 0) for fit in fits)
    assert 0 <= score(fits) <= 3 * sum(each[point] for point, _ in profile.stated())


@given(masks(), masks(), vocabularies(), weights())
def test_the_tier_is_general_exactly_when_nothing_is_better_than_open(
    post: Mask, profile: Mask, words: Vocabulary, each: Weights
) -> None:
    fits = fit_masks(post, NO_BAR, profile, words, each)
    better = any(fit.outcome in (Outcome.EXACT, Outcome.WIDER, Outcome.NARROWER) for fit in fits)
    assert (tier(fits, profile) is Tier.GENERAL) is not better


@given(st.sampled_from(TERMS), st.sampled_from(TERMS), points(), vocabularies())
def test_wider_and_narrower_are_the_same_thing_from_two_sides(
    one: Term, other: Term, point: Point, words: Vocabulary
) -> None:
    tree = term_tree(words, point)
    mirrored = {Outcome.WIDER: Outcome.NARROWER, Outcome.NARROWER: Outcome.WIDER}
    there, back = tree.outcome(one, other), tree.outcome(other, one)
    assert back is mirrored.get(there, there)
    assert (there is Outcome.EXACT) is (one == other)


@given(masks(), masks(), masks(), points(), vocabularies())
def test_a_conflicting_point_always_leaves_the_post_out(
    post: Mask, barred: Mask, profile: Mask, point: Point, words: Vocabulary
) -> None:
    assume(profile[point])
    assert not is_in(setting(post, point, (STRANGER,)), barred, profile, words)


@given(masks(), masks(), points(), st.data(), vocabularies())
def test_a_bar_wins_over_whatever_the_post_states(
    post: Mask, profile: Mask, point: Point, data: st.DataObject, words: Vocabulary
) -> None:
    assume(profile[point])
    theirs = data.draw(st.sampled_from(profile[point]))
    bar = data.draw(st.sampled_from(term_tree(words, point).above(theirs)))
    assert not is_in(post, setting(NO_BAR, point, (bar,)), profile, words)


@given(masks(), vocabularies())
def test_an_open_post_is_in_every_edition(profile: Mask, words: Vocabulary) -> None:
    assert is_in(Mask(), NO_BAR, profile, words)


@given(masks(), masks(), vocabularies())
def test_a_profile_that_states_nothing_leaves_nothing_out(
    post: Mask, barred: Mask, words: Vocabulary
) -> None:
    assert is_in(post, barred, Mask(), words)


@given(terms(at_least=1), terms(), terms(at_least=1), st.data(), vocabularies())
def test_widening_a_term_of_a_post_leaves_it_in(
    post: Terms, barred: Terms, profile: Terms, data: st.DataObject, words: Vocabulary
) -> None:
    index = data.draw(st.integers(0, len(post) - 1))
    wider = data.draw(st.sampled_from(term_tree(words, Point.LOCALITY).above(post[index])))
    widened = (*post[:index], wider, *post[index + 1 :])
    assert stays_in(Mask(locality=widened), profile, words, was=Mask(locality=post), barred=barred)


@given(terms(at_least=1), terms(), terms(at_least=1), st.sampled_from(TERMS), vocabularies())
def test_one_more_term_at_a_stated_point_of_a_post_leaves_it_in(
    post: Terms, barred: Terms, profile: Terms, more: Term, words: Vocabulary
) -> None:
    assert stays_in(Mask(locality=(*post, more)), profile, words, was=Mask(locality=post), barred=barred)


@given(terms(), terms(at_least=1), st.sampled_from(TERMS), vocabularies())
def test_one_more_term_at_a_stated_point_of_a_profile_loses_no_post_without_bars(
    post: Terms, profile: Terms, more: Term, words: Vocabulary
) -> None:
    before, after = Mask(locality=profile), Mask(locality=(*profile, more))
    here = Mask(locality=post)
    assert is_in(here, NO_BAR, after, words) or not is_in(here, NO_BAR, before, words)


@given(masks(), masks(), masks(), points(), vocabularies())
def test_a_profile_that_states_a_point_no_longer_keeps_what_that_point_let_pass(
    post: Mask, barred: Mask, profile: Mask, point: Point, words: Vocabulary
) -> None:
    silent = setting(profile, point, ())
    before = {fit.point: fit for fit in fit_masks(post, barred, profile, words, EVEN)}
    after = {fit.point: fit for fit in fit_masks(post, barred, silent, words, EVEN)}
    assert after.pop(point).outcome is Outcome.OPEN
    assert after == {other: fit for other, fit in before.items() if other is not point}


@given(masks(), masks(), points(), vocabularies())
def test_the_order_in_which_terms_are_written_changes_no_outcome(
    post: Mask, profile: Mask, point: Point, words: Vocabulary
) -> None:
    turned = setting(post, point, post[point][::-1]), setting(profile, point, profile[point][::-1])
    outcomes = [fit.outcome for fit in fit_masks(post, NO_BAR, profile, words, EVEN)]
    assert [fit.outcome for fit in fit_masks(turned[0], NO_BAR, turned[1], words, EVEN)] == outcomes


@given(masks(), points(), st.sampled_from(TERMS), vocabularies())
def test_a_mask_matches_what_would_be_exact_or_wider(
    profile: Mask, point: Point, term: Term, words: Vocabulary
) -> None:
    tree = term_tree(words, point)
    close = {tree.outcome(term, stated) for stated in profile[point]} & {Outcome.EXACT, Outcome.WIDER}
    assert matches(profile, point, term, words) is bool(close)
