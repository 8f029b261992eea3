"""Which wording of a post an edition takes, field by field."""

from __future__ import annotations

from typing import Any

from builders import PLACE, PLACES, mask, post
from cmsite.model import Body, CallToAction, Mask, Place, Variant
from cmsite.shape.personalise import Wording, word


def variant(when: dict[str, Any], **fields: Any) -> Variant:
    return Variant(mask(**when), PLACE, **fields)


def worded(*variants: Variant, by: Mask, **fields: Any) -> Wording:
    own = {
        "title": "Own",
        "summary": "Own summary",
        "image": "files/own.jpg",
        "image_alt": "Own alt",
        **fields,
    }
    return word(post("p", variants=variants, **own), by, PLACES)


def test_a_post_without_a_matching_variant_keeps_its_words() -> None:
    made = worded(variant({"niche": "finance"}, title="Other"), by=mask(niche="e-sante"))
    assert (made.title, made.summary, made.image) == ("Own", "Own summary", "files/own.jpg")
    assert {origin for _, origin in made.origins} == {None}


def test_a_matching_variant_gives_the_fields_that_it_states() -> None:
    made = worded(variant({"niche": "e-sante"}, title="Other"), by=mask(niche="e-sante"))
    assert (made.title, made.summary) == ("Other", "Own summary")
    assert dict(made.origins)["title"] == 0
    assert dict(made.origins)["summary"] is None


def test_the_variant_that_states_most_points_wins() -> None:
    loose = variant({"niche": "e-sante"}, title="Loose")
    tight = variant({"niche": "e-sante", "locality": "france"}, title="Tight")
    by = mask(niche="e-sante", locality="paris")
    assert worded(loose, tight, by=by).title == "Tight"
    assert worded(tight, loose, by=by).title == "Tight"


def test_many_terms_at_one_point_are_not_many_points() -> None:
    wide = variant({"niche": ["e-sante", "finance", "culture"]}, title="Wide")
    tight = variant({"niche": "e-sante", "service": "support"}, title="Tight")
    assert worded(wide, tight, by=mask(niche="e-sante", service="support")).title == "Tight"


def test_among_equally_specific_variants_the_first_written_wins() -> None:
    variants = [variant({"niche": "x"}, title="First"), variant({"service": "y"}, title="Second")]
    assert worded(*variants, by=mask(niche="x", service="y")).title == "First"
    assert worded(*variants[::-1], by=mask(niche="x", service="y")).title == "Second"


def test_each_field_comes_from_its_own_winner() -> None:
    tight = variant({"niche": "x", "service": "y"}, title="Tight")
    loose = variant({"niche": "x"}, title="Loose", summary="Loose summary")
    made = worded(tight, loose, by=mask(niche="x", service="y"))
    assert (made.title, made.summary) == ("Tight", "Loose summary")
    assert dict(made.origins) == {
        "title": 0, "summary": 1, "image": None, "call_to_action": None, "body": None,
    }  # fmt: skip


def test_a_picture_and_its_alternative_text_come_together() -> None:
    made = worded(variant({"niche": "x"}, image="files/other.jpg", image_alt="Other"), by=mask(niche="x"))
    assert (made.image, made.image_alt) == ("files/other.jpg", "Other")


def test_the_posts_alternative_text_never_describes_a_variants_picture() -> None:
    made = worded(variant({"niche": "x"}, image="files/other.jpg"), by=mask(niche="x"))
    assert (made.image, made.image_alt) == ("files/other.jpg", "")


def test_a_variants_alternative_text_never_describes_the_posts_picture() -> None:
    made = worded(variant({"niche": "x"}, title="Other", image_alt="Other"), by=mask(niche="x"))
    assert (made.image, made.image_alt) == ("files/own.jpg", "Own alt")


def test_a_summary_may_be_emptied_by_a_variant() -> None:
    assert worded(variant({"niche": "x"}, summary=""), by=mask(niche="x")).summary == ""


def test_a_body_and_a_call_to_action_may_be_another() -> None:
    body, call = Body("Autre.", Place("a.md", 9)), CallToAction("Écrivez", "/about/")
    made = worded(variant({"niche": "x"}, body=body, call_to_action=call), by=mask(niche="x"))
    assert (made.body, made.call_to_action) == (body, call)


def test_a_variant_matches_a_wider_term_and_not_a_narrower_one() -> None:
    assert worded(variant({"locality": "france"}, title="Other"), by=mask(locality="paris")).title == "Other"
    assert worded(variant({"locality": "paris"}, title="Other"), by=mask(locality="france")).title == "Own"


def test_any_term_of_a_point_suffices_and_every_point_must_match() -> None:
    either = variant({"niche": ["x", "z"], "service": "y"}, title="Other")
    assert worded(either, by=mask(niche="z", service="y")).title == "Other"
    assert worded(either, by=mask(niche="z")).title == "Own"
    assert worded(either, by=mask(service="y")).title == "Own"


def test_a_variant_never_matches_a_point_that_the_mask_leaves_unstated() -> None:
    assert worded(variant({"niche": "x"}, title="Other"), by=Mask()).title == "Own"


def test_a_variant_for_everyone_always_matches_and_loses_to_any_other() -> None:
    everyone, some = variant({}, title="Everyone"), variant({"niche": "x"}, title="Some")
    assert worded(everyone, some, by=mask(niche="x")).title == "Some"
    assert worded(everyone, some, by=Mask()).title == "Everyone"
