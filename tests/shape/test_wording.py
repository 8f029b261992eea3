"""What Jinja does in a body, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import mask, vocabulary
from cmsite.errors import ProblemsFound
from cmsite.model import Body, Place
from cmsite.shape.wording import check_body, pieces, speak
from shape.words import WORDS, speech, term, words

PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n{}%#`~ "), max_size=120)


def body(text: str) -> Body:
    return Body(text, Place("content/posts/a.md", 5))


def told(text: str, language: str = "fr", **points: str | tuple[str, ...]) -> str:
    stated = mask(**{"niche": "e-sante", **points})
    return speak(body(text), speech(stated, language=language), WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ mask.niche }}", "e-santé"),
        ("{{ mask.niche.label }}", "e-santé"),
        ("{{ mask['niche'] }}", "e-santé"),
        ("{{ mask.challenge }}", "fidélisation et confiance"),
        ("{{ mask.challenge.phrase }}", "fidéliser et gagner la confiance"),
        ("{{ mask.niche.phrase }}", "e-santé"),  # without a phrase, the label
        ("{{ mask.locality.phrase }}", "à Paris"),
        ("{{ mask.challenge.terms | join('+') }}", "fidelisation+confiance"),
        ("{{ mask.niche | upper }}", "E-SANTÉ"),
        ("{{ mask.niche.label.upper() }}", "E-SANTÉ"),
        ("{% for n in range(3) %}{{ n }}{% endfor %}", "012"),
        ("{{ mask.service or 'x' }}", "x"),
        ("{{ profile.headline }}", "Community manager"),
        ("{{ profile.extra['tone'] }}", "direct"),
        ("{{ author.name }}", "Camille Martin"),
        ("{{ site.title }}", "Carnet"),
        ("{{ 2 * 3 }}", "6"),
        ("{{ mask.challenge.terms | length }}", "2"),
        ("{% if target %}a{% else %}b{% endif %}", "b"),
        ("{% if mask.service %}a{% else %}b{% endif %}", "b"),
        ("{% set place = mask.locality %}{{ place.phrase }}", "à Paris"),
        (
            "{% for t in mask.challenge.terms %}{{ loop.index }}{{ t }} {% endfor %}",
            "1fidelisation 2confiance ",
        ),
        ("{% macro b(x) %}**{{ x }}**{% endmacro %}{{ b(mask.niche) }}", "**e-santé**"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{{ mask.service if mask.service }}", ""),
    ],
)
def test_a_body_speaks_of_the_mask(text: str, expected: str) -> None:
    assert told(text, challenge=("fidelisation", "confiance"), locality="paris") == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("mask.niche.matches('e-sante')", True),
        ("mask.niche.matches('esante')", True),
        ("mask.niche.matches('jeu-video')", False),
        ("mask.niche.matches('jeu-video', 'healthtech')", True),
        ("mask.locality.matches('france')", True),
        ("mask.locality.matches('paris')", True),
        ("mask.locality.matches('lyon')", False),
        ("mask.service.matches('achats')", False),  # the profile states nothing there
        ("mask['niche'].matches('e-sante')", True),
    ],
)
def test_a_mask_matches_terms_aliases_and_wider_terms(asked: str, expected: bool) -> None:
    assert told(f"{{% if {asked} %}}yes{{% else %}}no{{% endif %}}", locality="paris") == (
        "yes" if expected else "no"
    )


def test_a_narrower_term_does_not_match() -> None:
    assert told("{% if mask.locality.matches('paris') %}yes{% endif %}", locality="france") == ""


def test_an_alias_of_a_wider_term_matches() -> None:
    own = words(locality=(term("france", aliases=("hexagone",)), term("paris", within="france")))
    text = body("{% if mask.locality.matches('hexagone') %}yes{% endif %}")
    assert speak(text, speech(mask(locality="paris"), vocabulary=own), own) == "yes"


def test_a_point_that_mask_yml_does_not_declare_takes_any_term() -> None:
    free = vocabulary()
    text = body("{% if mask.niche.matches('anything') %}yes{% else %}no{% endif %} {{ mask.niche }}")
    assert speak(text, speech(mask(niche="permaculture"), vocabulary=free), free) == "no permaculture"


def test_words_are_those_of_the_language() -> None:
    assert told("{{ mask.niche }}, {{ mask.locality.phrase }}", "en", locality="paris") == (
        "digital health, in Paris"
    )


def test_a_phrase_in_another_language_gives_way_to_the_label() -> None:
    own = words(locality=(term("lyon", "Lyon", en="Lyons", phrase="à Lyon"),))
    text = body("{{ mask.locality.phrase }}")
    assert speak(text, speech(mask(locality="lyon"), vocabulary=own, language="en"), own) == "Lyons"


def test_what_a_false_condition_holds_is_nowhere() -> None:
    text = "a\n{% if mask.niche.matches('jeu-video') %}\nsecret\n{% endif %}\nb\n"
    assert told(text) == "a\nb\n"


def test_nothing_is_escaped_since_the_result_is_markdown() -> None:
    own = words(niche=(term("r-d", "R&D <3"),))
    assert speak(body("{{ mask.niche }}"), speech(mask(niche="r-d"), vocabulary=own), own) == "R&D <3"


@pytest.mark.parametrize("text", ["## Titre {#id}", "{# not a comment #}", "{: .lead }", "a } b %} c }}"])
def test_braces_that_are_no_tags_are_text(text: str) -> None:
    assert told(f"{text} {{{{ mask.niche }}}}") == f"{text} e-santé"


@given(PLAIN)
def test_a_body_without_tags_comes_back_unchanged(text: str) -> None:
    text = text.replace("{{", "{").replace("{%", "{")
    assert told(text) == text


@given(PLAIN)
def test_braces_but_no_tags_come_back_unchanged_beside_a_tag(text: str) -> None:
    text = text.replace("{", "").replace("`", "").replace("~", "")
    assert told(f"{text}\n\n{{{{ mask.niche }}}}{{#id}}\n\n{text}") == f"{text}\n\ne-santé{{#id}}\n\n{text}"


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{ x }}\n```",
        "```jinja\n{% if x %}\n\n{{ y }}\n```",
        "~~~\n{% broken\n~~~",
        "````\n```\n{{ x }}\n```\n{{ y }}\n````",
        "> ```\n> {{ x }}\n>\n> {{ y }}\n> ```",
        "1. a\n\n    ```\n    {{ x }}\n\n    {{ y }}\n    ```",
        "`{{ x }}`",
        "`` {{ x }} ` {% y ``",
        "`{{ x\n}}`",
        "```{{ x }}``` and ```{% y %}```",
        "\\\\`{{ x }}`",
        "a `{{ x }}` b `{% y` c",
    ],
)
def test_code_is_never_touched(text: str) -> None:
    assert told(f"{{{{ mask.niche }}}}\n\n{text}\n\n{{{{ mask.niche }}}}") == f"e-santé\n\n{text}\n\ne-santé"
    assert check_body(body(text), WORDS) == ()


@pytest.mark.parametrize(
    "text", ["```\n{{ mask.niche }}\n", "\\`{{ mask.niche }}\\`", "a ` {{ mask.niche }}"]
)
def test_what_only_looks_like_code_is_text(text: str) -> None:
    assert told(text) == text.replace("{{ mask.niche }}", "e-santé")


@given(
    st.lists(
        st.sampled_from(["{{ x }}", "{% if %}", "mot", "{#", "```", "`", "\\", "", "    a", "~~~", "\x85"]),
        max_size=6,
    ).map("\n".join),
    st.sampled_from(["", "> ", "    ", "> > "]),
)
def test_a_longer_fence_comes_back_unchanged_whatever_it_holds(inside: str, margin: str) -> None:
    fence = "\n".join(f"{margin}{line}" for line in f"````` {{.x}}\n{inside}\n`````".split("\n"))
    text = f"{{{{ mask.niche }}}}\n\n{fence}\n\n{{% if mask.niche %}}\n{fence}\n{{% endif %}}\n"
    assert told(text) == f"e-santé\n\n{fence}\n\n{fence}\n"


def test_code_in_a_loop_comes_once_a_turn_and_in_a_false_branch_never() -> None:
    assert told("{% for n in [1, 2] %}`{{ x }}` {% endfor %}") == "`{{ x }}` `{{ x }}` "
    assert told("{% if mask.service %}`{{ x }}`{% endif %}a `{{ y }}`") == "a `{{ y }}`"


@pytest.mark.parametrize(
    "text", ['{% filter replace("0", "7") %}`x`{% endfilter %}', '{{ "\\x000\\x00" }}', '{{ "\\x00a" }}']
)
def test_a_forged_mark_of_code_ends_in_no_error(text: str) -> None:
    assert "\x00" not in told(text)


def test_a_body_without_tags_has_nothing_wrong() -> None:
    assert check_body(body("{#id} } %}"), WORDS) == ()


def test_what_is_right_for_one_mask_is_checked_for_all() -> None:
    text = body("{% if mask.service %}{{ mask.service }}{% endif %}")
    assert check_body(text, WORDS) == ()
    assert speak(text, speech(), WORDS) == ""
    with pytest.raises(ProblemsFound):
        speak(body("{% if not mask.service %}{{ mask.service }}{% endif %}"), speech(), WORDS)


def test_every_text_that_a_body_may_print_is_told_with_its_line() -> None:
    text = (
        "Un début, `{{ code }}`.\n"
        '{% if mask.niche.matches("e-sante") %}\nSanté.\n{% else %}\nJeu.\n{% endif %}\n'
        "{{ 'Ici' if mask.locality == 'paris' else 'Ailleurs' ~ mask.niche }}"
        '{% set mot = "Posé" %}{{ ["un", mask.niche] | join(" et ") }}'
    )
    assert list(pieces(body(text))) == [
        (1, "Un début, `{{ code }}`.\n"),
        (3, "Santé.\n"),
        (5, "Jeu.\n"),
        (7, "Ici"),
        (7, "Ailleurs"),
        (7, "un"),
        (7, " et "),
        (7, "Posé"),
    ]
    assert list(pieces(body("Sans balise."))) == [(1, "Sans balise.")]
