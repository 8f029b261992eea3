"""What pages are composed of: what they share is made once, and is what each would have made."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builders import post, profile, site
from cmsite.shape.outputs import PageRecipe
from cmsite.shape.structured import as_json_ld
from cmsite.shape.views import PostPage
from shape.sides import side

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def test_posts_that_are_chosen_for_one_reason_share_it() -> None:
    posts = (post("a", niche="x"), post("b", niche="x"), post("c", niche="x", scope="internal"))
    made = side(site(*posts), profile(niche="x", scope="internal"))
    recipes = (output.recipe for output in made.plan.outputs())
    views = (recipe.view for recipe in recipes if isinstance(recipe, PageRecipe))
    one, other, third = (view.post.reasons for view in views if isinstance(view, PostPage))
    assert [(reason.point, reason.outcome, reason.label) for reason in one] == [("niche", "exact", "x")]
    assert one[0] is other[0] is third[0]
    assert [(reason.point, reason.label) for reason in third[1:]] == [("scope", "internal")]


@given(
    st.dictionaries(TEXTS, TEXTS | st.integers(0, 9) | st.lists(st.dictionaries(TEXTS, TEXTS, max_size=2)))
)
def test_json_ld_is_json_that_no_script_element_ends_at(thing: dict[str, Any]) -> None:
    told = as_json_ld(thing)
    whole = {"@context": "https://schema.org", "@graph": [thing]}
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    assert told == plain.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    assert json.loads(told) == whole
