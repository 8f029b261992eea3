"""What a body may not say, told at its own line; and what nobody gets out of the sandbox."""

from __future__ import annotations

import pytest

from builders import mask
from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, Place
from cmsite.shape.wording import check_body, speak
from shape.words import WORDS, speech
from site_folder import SiteFolder

FIRST = 5  # the line of the file on which the body begins


def body(text: str) -> Body:
    return Body(text, Place("content/posts/a.md", FIRST))


def problems(text: str, **points: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        speak(body(text), speech(mask(niche="e-sante", **points)), WORDS)
    return found.value.problems


def problem(text: str, **points: str) -> Problem:
    (only,) = problems(text, **points)
    return only


def place(text: str) -> tuple[int, int]:
    """Return the line, counted from the body's first, and the column of the one problem of a text."""
    found = problem(text)
    return found.place.line - FIRST, found.place.column


@pytest.mark.parametrize(
    ("text", "what", "hint", "code"),
    [
        ("{{ masc }}", "`masc` is not known here", "did you mean `mask`?", "unknown-name"),
        (
            "{{ zzz }}",
            "`zzz` is not known here",
            "`mask`, `profile`, `author`, `site`, `target`",
            "unknown-name",
        ),
        ("{{ mask.nich }}", "`nich` is not a point", "did you mean `niche`?", "unknown-name"),
        ("{{ mask['nich'] }}", "`nich` is not a point", "did you mean `niche`?", "unknown-name"),
        ("{{ mask.niche.labl }}", "`labl` is not known here", "check its spelling", "unknown-name"),
        ("{{ profile.nme }}", "`nme` is not known here", "check its spelling", "unknown-name"),
        (
            "{{ mask.niche.matches('e-sant') }}",
            "`e-sant` is not a term of niche",
            "`e-sante`",
            "unknown-term",
        ),
        ("{{ mask.scope.matches('inside') }}", "`inside` is not a term of scope", "mask.yml", "unknown-term"),
        ("{{ mask.niche.matches(1) }}", "`1` is not a term of niche", "mask.yml", "unknown-term"),
        ("{% if mask.niche %}", "`{% if … %}` is opened here and never closed", "`{% endif %}`", "wording"),
        ("{% endif %}", "`{% endif %}` closes nothing", "take it away", "wording"),
        ("{% else %}", "`{% else %}` stands outside of any `{% if … %}`", "take it away", "wording"),
        ("{% for t in [1] %}", "`{% for … %}` is opened here and never closed", "`{% endfor %}`", "wording"),
        (
            "{% for t in [1] %}{% endif %}",
            "`{% endif %}` closes nothing",
            "what is open here is a `{% for … %}`: write `{% endfor %}` first",
            "wording",
        ),
        ("{% for t in [1] %}{% elif 1 %}", "`{% elif %}` stands outside", "take it away", "wording"),
        ("{% set x %}a", "`{% set … %}` is opened here and never closed", "`{% endset %}`", "wording"),
        ("{{ mask.niche ", "a tag is broken", "templating: false", "wording"),
        ("{{ mask. }}", "a tag is broken", "code span", "wording"),
        ("{% shout %}", "unknown tag 'shout'", "templating: false", "wording"),
        ("{{ mask.niche | shout }}", "No filter named 'shout'", "", "wording"),
        ("{{ mask.niche | random }}", "No filter named 'random'", "", "wording"),
        ("{% include 'a.md' %}", "cannot bring in other files", "theme", "wording"),
        ("{% import 'a.md' as a %}", "cannot bring in other files", "theme", "wording"),
        ("{% extends 'a.md' %}", "cannot bring in other files", "theme", "wording"),
        ("{{ 1 / 0 }}", "cannot be worked out", "simplify", "wording"),
        ("{{ mask }}", "print one of its parts", "", "wording"),
        ("{{ author }}", "print one of its parts", "", "wording"),
        ("{{ target }}", "nothing to print", "", "wording"),
        ("{{ mask.niche.terms }}", "join", "", "wording"),
    ],
)
def test_a_mistake_is_told_in_words(text: str, what: str, hint: str, code: str) -> None:
    found = problem(text)
    assert what in found.what
    assert hint in found.hint
    assert found.code == code


def test_an_unstated_point_that_is_printed_says_how_to_guard_it() -> None:
    for text in ("{{ mask.service }}", "{{ mask.service.phrase }}", "{{ mask.service.label | upper }}"):
        found = problem(text)
        assert "prints service" in found.what
        assert found.hint == "guard it with `{% if mask.service %} … {% endif %}`"
        assert found.code == "unstated-point"


def test_a_private_address_is_never_printed_with_the_author() -> None:
    assert "camille@example.org" not in problem("{{ author }}").what


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{{ zzz }}", 0, 4),
        ("a\n\nb {{ zzz }}", 2, 6),
        ("```\nx\n\ny\n```\n{{ zzz }}", 5, 4),
        ("a `b\nc` d\n{{ zzz }}", 2, 4),
        ("~~~\n{{ no }}\n~~~\n\n> ```\n> {{ no }}\n> ```\n\n{{ zzz }}", 8, 4),
        ("{{\n mask.niche }}\n{{ zzz }}", 2, 4),
        ("{% if mask.niche %}\na\n{% endif %}\n{{ zzz }}", 3, 4),
        ("zzz zzzz {{ zzz }}", 0, 13),
        ("{{ mask.niche }} zzzz {{ zzz }}", 0, 26),
        ("a\n{{ mask.service }}\n", 1, 4),
        ("{{ mask.niche }}\n{{ mask.niche }}\n\n{{ mask.service }}", 3, 4),
        ("{% if mask.niche %}\n\n{{ mask.service }}\n{% endif %}", 2, 4),
        ("{% for t in [1] %}\n{{ t }}\n{{ 1 / 0 }}\n{% endfor %}", 2, 1),
        ("```\na\n```\n{{ mask.service }}", 3, 4),
        ("a\nb\n  {% if %}", 2, 3),
        ("```\na\n```\nb\n{% if %}", 4, 1),
        ("a\n{% set x = mask.niche.labl %}\n{{ x }}", 2, 1),
    ],
)
def test_a_mistake_is_told_at_its_line_and_column(text: str, line: int, column: int) -> None:
    assert place(text) == (line, column)


def test_the_line_itself_is_shown() -> None:
    assert problem("a\nsee {{ zzz }}\nb").excerpt == "see {{ zzz }}"


def test_branches_that_this_mask_does_not_take_are_checked_too() -> None:
    text = (
        "{% if mask.niche.matches('jeu-video') %}\n{{ zzz }}\n{{ mask.nich }}\n"
        "{% elif mask.locality.matches('pari') %}\n{% endif %}"
    )
    assert [(each.place.line - FIRST, each.code) for each in problems(text)] == [
        (1, "unknown-name"),
        (2, "unknown-name"),
        (3, "unknown-term"),
    ]
    assert check_body(body(text), WORDS) == problems(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Un texte.\n\n{% if mask.niche %}\n\nJamais fermé.\n", 2, 1),
        ("{% if mask.niche %}a{% endif %} et {% if mask.scope %}\nb", 0, 36),
        ("`{% if a %}` puis {% if mask.niche %}\nb", 0, 19),
        ("{{ mask.niche }} {% if mask.niche %}", 0, 18),
        ("```\n{% if a %}\n```\n{% if mask.niche %}\n", 3, 1),
        ("{% set x = 1 %}\n  {%- if mask.niche -%}\nb\n", 1, 3),
        ("{% if mask.niche %}\n{% else %}\n{% endif %}\n{% endif %}\n", 3, 1),
        ("{% if mask.niche %}\n{% if mask.scope %}\n{% endif %}\n", 0, 1),
    ],
)
def test_a_tag_without_its_other_half_is_told_where_it_stands(text: str, line: int, column: int) -> None:
    assert place(text) == (line, column)


def test_every_tag_that_is_never_closed_is_told() -> None:
    found = problems("{% if mask.niche %}\n{% for t in [1] %}\n{% if mask.scope %}x{% endif %}\n")
    assert [(one.place.line - FIRST, one.what[:10]) for one in found] == [
        (0, "`{% if … %"),
        (1, "`{% for … "),
    ]


@pytest.mark.parametrize("text", ["{{ zzz }}", "{% if zzz %}{% endif %}"])
def test_a_body_is_checked_for_the_one_kind_of_tag_and_for_the_other(text: str) -> None:
    assert [each.code for each in check_body(body(text), WORDS)] == ["unknown-name"]


def test_all_mistakes_of_a_body_are_told_at_once() -> None:
    assert len(problems("{{ a }} {{ b }}\n{{ mask.c }}")) == 3


ESCAPES = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ().__class__.__base__ }}",
    "{{ mask.__init__.__globals__ }}",
    "{{ mask.niche.matches.__globals__ }}",
    "{{ mask.niche.matches.__func__.__code__ }}",
    "{{ mask.niche.matches.__self__ }}",
    "{{ mask.niche._stated(()) }}",
    "{{ range.__globals__ }}",
    "{{ ['x']|map(attribute='__class__')|join }}",
    "{% set x = ''.__class__ %}{{ x.__name__ }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '{0.__class__}'|format(1) }}",
    "{{ '%s'.__mod__(1) }}",
    "{{ loop }}{{ ''.join.__self__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ namespace() }}",
    "{% set a = [] %}{{ a.append(1) }}",
    "{% set a = {} %}{{ a.update(b=1) }}",
    "{{ mask.niche.__setattr__('point', 'x') }}",
    "{{ author.__reduce__() }}",
    "{{ profile.extra.__struct_fields__ }}",
    "{{ mask.niche.matches.__wrapped__ }}",
    "{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}",
)


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_escapes_from_the_sandbox(text: str) -> None:
    assert problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ range(1000000000) | list }}",
        "{{ range(999999999999) | length }}",
        "{% for n in range(10000000) %}x{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 1000000000 * 'x' }}",
        "{{ [1] * 1000000000 }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ 'x'.zfill(1000000000) }}",
        "{{ '\\t'.expandtabs(1000000000) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'x' | indent(1000000000, true) }}",
        "{{ [1] | batch(1000000000, 'x') | list }}",
        "{{ 1 | round(1000000000, 'ceil') }}",
        "{% set x = 4294967296 %}" + "{% set x = x * x %}" * 40 + "{{ x }}",
    ],
)
def test_a_bomb_does_not_go_off(text: str) -> None:
    assert problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "-" * 5000 + "1 }}",
        "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
        "{% if 1 %}" * 150 + "{% endif %}" * 150,
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_tags_that_nest_too_deep_are_a_mistake_and_no_crash(text: str) -> None:
    assert problem(text).code == "wording"


def test_a_variants_mistake_is_told_at_the_files_own_line(site: SiteFolder) -> None:
    head = (
        "variants:\n"  # line 4
        "  - when: {niche: e-sante}\n"
        "    body: |\n"
        "      Un texte.\n"  # line 7
        "\n"
        "      ```\n"
        "      code {{ x }}\n"
        "      ```\n"
        "      Voir {{ zzz }}.\n"  # line 12
    )
    with pytest.raises(ProblemsFound) as found:
        site.post("a", head).post("b", body="x\n\n{{ masc }}").build()
    places = [str(each.place) for each in found.value.problems]
    assert places == ["content/posts/a.md:12:9", "content/posts/b.md:8:4"]


def test_a_body_that_is_not_to_be_read_is_published_as_it_is(site: SiteFolder) -> None:
    site.post("a", "templating: false", "{{ zzz }} {% if %}").build()
    assert "{{ zzz }} {% if %}" in site.read("2026/03/a/index.html")
