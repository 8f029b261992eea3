"""Tags that lack their other half are told where they stand, whatever stands around them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cmsite.model import Body, Place
from cmsite.shape.wording import check_body
from shape.words import WORDS

PIECES = (
    "{% if mask.niche %}", "{%- if mask.scope -%}", "{% endif %}", "{% else %}", "{% elif mask.niche %}",
    "{% for t in [1] %}", "{%endfor%}", "{% set x = 1 %}", "{% set x %}", "{% endset %}", "{% raw %}",
    "{% endraw %}", "{{ mask.niche }}", "{{ ", " }}", "`{% if a %}`",
    "```\n{% endif %}\n```", "\n", "\n\n  ", "mot", "'",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["`{% if a %}`", "{% if mask.niche %}", "\n", "mot"])
@example(["{% raw %}", "{% if mask.niche %}", "{% endraw %}", "{% if mask.niche %}"])
@example(["{% else %}", "{% raw %}"])
@example(["{% raw %}", "{{ ", "\n", "{% else %}", "{% endraw %}", "{{ mask.niche }}", "{% if mask.niche %}"])
def test_any_body_is_right_or_told_at_places_of_it(pieces: list[str]) -> None:
    lines = "".join(pieces).split("\n")
    for problem in check_body(Body("".join(pieces), Place("content/posts/a.md")), WORDS):
        line = lines[problem.place.line - 1]
        assert 1 <= problem.place.column <= len(line) + 1
        if "never closed" in problem.what or "closes nothing" in problem.what:
            assert line[problem.place.column - 1 :].startswith("{%")
        assert "Jinja" not in problem.what or "tag is broken" in problem.what


@given(
    st.lists(st.sampled_from(["{% if mask.niche %}a{% endif %}", "mot", "\n", "`{% if b %}`"]), max_size=6),
    st.lists(st.sampled_from(["mot", "\n", "{% if mask.scope %}b{% endif %}"]), max_size=6),
)
def test_a_planted_tag_that_is_never_closed_is_found(before: list[str], after: list[str]) -> None:
    start = "".join(before)
    text = f"{start} {{% if mask.niche %}}{''.join(after)}"
    (found,) = check_body(Body(text, Place("content/posts/a.md")), WORDS)
    planted = len(start) + 1
    line, column = text.count("\n", 0, planted) + 1, planted - text.rfind("\n", 0, planted)
    assert (found.place.line, found.place.column) == (line, column)
    assert found.what == "`{% if … %}` is opened here and never closed"
