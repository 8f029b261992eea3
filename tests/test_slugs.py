"""A word that is a slug is its own, told without the table of letters."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from cmsite.slugs import SLUG, slug_for


@given(st.from_regex(SLUG, fullmatch=True) | st.text("ab9-é A&;", max_size=12))
@example("a\n")
@example("x27")
def test_a_slug_is_what_the_table_of_letters_would_make_of_it(text: str) -> None:
    assert slug_for(text) == slugify(text, backend="text-unidecode")
