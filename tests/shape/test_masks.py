"""Every row of the gate's table, the score, the tiers."""

from __future__ import annotations

from typing import Any

import pytest

from builders import PLACES, mask, vocabulary
from cmsite.model import POINTS, Point, Term, Vocabulary, Weights
from cmsite.shape.masks import (
    Fit,
    Outcome,
    Tier,
    admits,
    fit_masks,
    fit_point,
    matches,
    score,
    term_tree,
    tier,
)

EVEN = Weights(1, 1, 1, 1, 1, 1)


def fits(
    post: dict[str, Any],
    profile: dict[str, Any],
    *,
    barred: dict[str, Any] | None = None,
    words: Vocabulary = PLACES,
    weights: Weights = EVEN,
) -> tuple[Fit, ...]:
    return fit_masks(mask(**post), mask(**(barred or {})), mask(**profile), words, weights)


def fit(point: str, post: Any, profile: Any, *, barred: Any = ()) -> Fit:
    found = fits({point: post}, {point: profile}, barred={point: barred})
    return next(each for each in found if each.point.value == point)


@pytest.mark.parametrize(
    ("post", "profile", "outcome", "level"),
    [
        ((), (), Outcome.OPEN, 0),
        ((), "paris", Outcome.OPEN, 0),
        ("paris", (), Outcome.OPEN, 0),
        ("paris", "paris", Outcome.EXACT, 3),
        ("ile-de-france", "paris", Outcome.WIDER, 2),
        ("france", "paris", Outcome.WIDER, 2),
        ("lyon", "france", Outcome.NARROWER, 1),
        ("paris", "france", Outcome.NARROWER, 1),
        ("lyon", "paris", Outcome.CONFLICT, None),
        ("quebec", "france", Outcome.CONFLICT, None),
    ],
)
def test_a_row_of_the_gate(post: Any, profile: Any, outcome: Outcome, level: int | None) -> None:
    found = fit("locality", post, profile)
    assert (found.outcome, found.outcome.level) == (outcome, level)


@pytest.mark.parametrize(
    ("barred", "profile", "outcome"),
    [
        ("paris", "paris", Outcome.BARRED),
        ("ile-de-france", "paris", Outcome.BARRED),
        ("france", "paris", Outcome.BARRED),
        ("quebec", "paris", Outcome.OPEN),
        ("paris", "france", Outcome.OPEN),  # a term within the profile's bars only what is within it
        ("lyon", "paris", Outcome.OPEN),
        ("paris", (), Outcome.OPEN),
    ],
)
def test_a_post_is_barred_by_a_term_that_is_or_contains_the_profiles(
    barred: str, profile: Any, outcome: Outcome
) -> None:
    assert fit("locality", (), profile, barred=barred).outcome is outcome


def test_a_bar_wins_over_an_exact_term() -> None:
    found = fit("locality", "paris", "paris", barred="france")
    assert (found.outcome, found.term, found.share) == (Outcome.BARRED, "france", 0)


def test_one_barred_term_of_the_profile_is_enough() -> None:
    assert fit("locality", "quebec", ["quebec", "paris"], barred="france").outcome is Outcome.BARRED


def test_within_a_point_the_best_outcome_counts() -> None:
    found = fit("locality", ["lyon", "quebec", "france", "paris"], "paris")
    assert (found.outcome, found.term) == (Outcome.EXACT, "paris")


def test_a_conflict_written_first_does_not_hide_a_narrower_term() -> None:
    assert fit("locality", ["quebec", "lyon"], "france").outcome is Outcome.NARROWER


def test_any_of_the_profiles_terms_suffices() -> None:
    assert fit("locality", "quebec", ["paris", "quebec"]).outcome is Outcome.EXACT


def test_among_equal_terms_the_first_written_is_told() -> None:
    assert fit("locality", ["france", "ile-de-france"], "paris").term == "france"
    assert fit("locality", ["ile-de-france", "france"], "paris").term == "ile-de-france"


def test_an_open_point_names_no_term() -> None:
    assert fit("locality", "paris", ()).term is None


def test_outcomes_and_tiers_are_called_as_the_manual_does() -> None:
    assert [each.value for each in Outcome] == ["exact", "wider", "narrower", "open", "conflict", "barred"]
    assert [each.value for each in Tier] == ["strong", "good", "general"]


def test_the_six_fits_come_in_the_order_of_the_points() -> None:
    assert tuple(each.point for each in fits({}, {})) == POINTS


def test_across_points_one_conflict_leaves_the_post_out() -> None:
    post = {"niche": "e-sante", "service": "support", "locality": "lyon"}
    profile = {"niche": "e-sante", "service": "support", "locality": "paris"}
    assert not admits(fits(post, profile))
    assert admits(fits({**post, "locality": "france"}, profile))


def test_one_bar_leaves_the_post_out() -> None:
    assert not admits(fits({"niche": "e-sante"}, {"niche": "e-sante"}, barred={"niche": "e-sante"}))
    assert admits(fits({"niche": "e-sante"}, {"niche": "e-sante"}, barred={"niche": "finance"}))


def test_a_point_without_a_tree_knows_equal_and_different_only() -> None:
    assert fit("niche", "e-sante", "e-sante").outcome is Outcome.EXACT
    assert fit("niche", "e-sante", "finance").outcome is Outcome.CONFLICT


def test_a_tree_serves_its_own_point_only() -> None:
    assert fit("niche", "france", "paris").outcome is Outcome.CONFLICT


def test_a_share_is_weight_times_level() -> None:
    found = fits(
        {"niche": "x", "challenge": "y", "locality": "france", "service": "other"},
        {"niche": "x", "challenge": "y", "locality": "paris", "service": "support"},
        weights=Weights(niche=5, challenge=0, locality=4, service=7),
    )
    shares = {each.point.value: each.share for each in found}
    assert shares == {"niche": 15, "challenge": 0, "service": 0, "locality": 8, "scope": 0, "presence": 0}
    assert score(found) == 23


def test_the_default_weights_are_those_of_the_manual() -> None:
    assert [Weights()[point] for point in POINTS] == [3, 3, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("post", "profile", "expected"),
    [
        ({}, {"niche": "x"}, Tier.GENERAL),
        ({"niche": "x"}, {}, Tier.GENERAL),
        ({"niche": "x"}, {"niche": "x"}, Tier.STRONG),
        ({"niche": "x"}, {"niche": "x", "service": "y"}, Tier.STRONG),  # 3 of 6: exactly half
        ({"niche": "x"}, {"niche": "x", "service": "y", "scope": "internal"}, Tier.GOOD),  # 3 of 9
        ({"locality": "france"}, {"locality": "paris"}, Tier.STRONG),  # 2 of 3
        ({"locality": "paris"}, {"locality": "france"}, Tier.GOOD),  # 1 of 3
        ({"niche": "x", "locality": "paris"}, {"niche": "x", "locality": "france"}, Tier.STRONG),  # 4 of 6
    ],
)
def test_a_tier_says_how_much_of_what_could_be_had(
    post: dict[str, Any], profile: dict[str, Any], expected: Tier
) -> None:
    assert tier(fits(post, profile), mask(**profile)) is expected


def test_a_tier_counts_weights() -> None:
    profile = {"niche": "x", "service": "y"}
    heavy, light = Weights(niche=4, service=3), Weights(niche=3, service=4)
    assert tier(fits({"niche": "x"}, profile, weights=heavy), mask(**profile)) is Tier.STRONG
    assert tier(fits({"niche": "x"}, profile, weights=light), mask(**profile)) is Tier.GOOD


def test_a_weight_of_nothing_still_makes_no_fitting_post_general() -> None:
    found = fits({"niche": "x"}, {"niche": "x"}, weights=Weights(niche=0))
    assert (score(found), tier(found, mask(niche="x"))) == (0, Tier.STRONG)


@pytest.mark.parametrize(
    ("term", "stated", "expected"),
    [
        ("paris", "paris", True),
        ("france", "paris", True),
        ("paris", "france", False),  # the profile does not say Paris
        ("lyon", "paris", False),
        ("france", ["quebec", "lyon"], True),
        ("france", (), False),
    ],
)
def test_a_mask_matches_a_term_that_it_states_or_a_wider_one(term: str, stated: Any, expected: bool) -> None:
    assert matches(mask(locality=stated), Point.LOCALITY, Term(term), PLACES) is expected


def test_what_lies_above_a_term_is_told_from_the_nearest() -> None:
    tree = term_tree(PLACES, Point.LOCALITY)
    assert tree.above(Term("paris")) == ("paris", "ile-de-france", "france")
    assert tree.above(Term("unheard-of")) == ("unheard-of",)


def test_a_point_that_mask_yml_does_not_declare_has_no_tree() -> None:
    assert term_tree(vocabulary(), Point.LOCALITY).parents == ()


def test_a_fit_knows_its_weight_even_without_a_share() -> None:
    found = fit_point(Point.NICHE, (Term("a"),), (Term("b"),), term_tree(PLACES, Point.NICHE), weight=4)
    assert (found.weight, found.share) == (4, 0)
