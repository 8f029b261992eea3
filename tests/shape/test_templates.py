"""The Jinja environment of a theme: what templates see, how they fail, and what their digest covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Asset, Language, Template, Theme
from cmsite.shape.templates import Templates
from cmsite.shape.views import RedirectPage

VIEW = RedirectPage(
    language="fr", title="R&D <b>", url="/a/", canonical="https://example.org/a/", indexed=True
)
FR, EN = Language("fr"), Language("en")
Texts = Mapping[str, str]
Strings = Mapping[str, Texts]
NO_OTHERS: Texts = {}
STRINGS: Strings = {
    "fr": {
        "hello": "Bonjour",
        "named": "Nom\u00a0: {name}",
        "posts.one": "{n} article",
        "posts.other": "{n} articles",
    },
    "en": {"hello": "Hello", "named": "Name: {name}", "posts.one": "{n} post", "posts.other": "{n} posts"},
}


def theme(texts: Texts, strings: Strings = STRINGS) -> Theme:
    """Return a theme of these templates: `page` is `page.html`."""
    return Theme(
        name="tiny",
        templates=tuple(
            Template(f"{name}.html", text, f"themes/tiny/templates/{name}.html")
            for name, text in texts.items()
        ),
        assets=(),
        strings=tuple((language, tuple(strings[language].items())) for language in (FR, EN)),
        palettes=(),
    )


def rendered(text: str, others: Texts = NO_OTHERS, *, language: Language = FR) -> str:
    return Templates(theme({"page": text, **others}), language).render("page.html", VIEW)


def problem(text: str, others: Texts = NO_OTHERS) -> Problem:
    with pytest.raises(ProblemsFound) as found:
        rendered(text, others)
    (only,) = found.value.problems
    return only


def test_a_template_sees_the_fields_of_its_view() -> None:
    assert rendered("{{ language }} {{ url }} {{ canonical }}") == "fr /a/ https://example.org/a/"


def test_everything_is_escaped() -> None:
    assert rendered("{{ title }}") == "R&amp;D &lt;b&gt;"
    assert rendered("{{ t('named', name=title) }}") == "Nom\u00a0: R&amp;D &lt;b&gt;"
    assert rendered("{% include 'feed.html' %}", {"feed": "{{ title }}"}) == "R&amp;D &lt;b&gt;"


def test_words_of_the_program_are_not_escaped_twice() -> None:
    assert rendered("{{ t('named', name=title|e) }}") == "Nom\u00a0: R&amp;D &lt;b&gt;"


@pytest.mark.parametrize(
    ("language", "expected"),
    [(FR, "Bonjour|0 article|1 article|2 articles"), (EN, "Hello|0 posts|1 post|2 posts")],
)
def test_strings_speak_the_language(language: Language, expected: str) -> None:
    counts = "|".join(f"{{{{ tn('posts', n={n}) }}}}" for n in (0, 1, 2))
    assert rendered(f"{{{{ t('hello') }}}}|{counts}", language=language) == expected


def test_dates_and_lists_speak_the_language() -> None:
    dated = RedirectPage("fr", datetime(2026, 3, 1, tzinfo=UTC), "", "", indexed=True)  # type: ignore[arg-type]
    dates = "{{ title|longdate }} {{ title|month }} {{ title|isodate }} {{ '2021-03'|monthyear }}"
    text = f"{dates} {{{{ 'abc'|list|joined }}}}"
    assert Templates(theme({"page": text}), FR).render("page.html", dated) == (
        "1<sup>er</sup> mars 2026 mars 2026-03-01T00:00:00+00:00 mars 2021 a, b et c"
    )
    assert Templates(theme({"page": text}), EN).render("page.html", dated) == (
        "March 1, 2026 March 2026-03-01T00:00:00+00:00 March 2021 a, b and c"
    )


def test_a_block_may_be_overridden_and_its_lines_leave_no_space() -> None:
    base = "<main>\n{% block main %}\n{% endblock %}\n</main>\n"
    made = rendered(
        "{% extends 'base.html' %}\n{% block main %}\n  {% if url %}\n{{ url }}\n  {% endif %}{% endblock %}",
        {"base": base},
    )
    assert made == "<main>\n/a/\n</main>"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n{{ nope }}", 2, "'nope' is undefined"),
        ("a\n\n{% if title.x.y %}{% endif %}", 3, "this template fails: there is no field 'x' here"),
        ("a\n{{ head.titel }}", 2, "'head' is undefined"),
        ("a\n{% if nope %}{% endif %}", 2, "'nope' is undefined"),
        ("a\n\n{{ t('helo') }}", 3, "there is no string `helo`; did you mean `hello`?"),
        ("{{ t('zzzzzz') }}", 1, "there is no string `zzzzzz`; add it to strings/fr.yml"),
        (
            "a\n{{ t('named') }}",
            2,
            "the string `named` in strings/fr.yml cannot be told: nothing fills {name}",
        ),
        ("a\n{{ tn('post', n=1) }}", 2, "there is no string `post.one`; did you mean `posts.one`?"),
        ("a\nb\n{% include 'lost.html' %}", 3, "there is no template `lost.html`"),
        ("a\n{% extends 'lost.html' %}", 2, "there is no template `lost.html`"),
        ("a\n{{ 1 // 0 }}", 2, "zero"),
        ("a\n\n{{ title | random }}", 3, "No filter named 'random'"),
        ("a\n{% for x in url %}", 2, "end of template"),
        ("a\nb {% shout %}", 2, "unknown tag 'shout'"),
    ],
)
def test_a_fault_is_told_at_the_templates_line(text: str, line: int, what: str) -> None:
    found = problem(text)
    assert (found.place.path, found.place.line) == ("themes/tiny/templates/page.html", line)
    assert what in found.what
    assert found.code == "theme"
    assert found.excerpt == text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a\n{% include 'other.html' %}", "b\n\n{{ nope }}"),
        ("{% from 'other.html' import m %}\n{{ m() }}", "{% macro m() %}\nb\n{{ nope }}{% endmacro %}"),
        ("{% extends 'other.html' %}", "b\n\n{{ nope }}"),
    ],
)
def test_a_fault_of_another_template_is_told_there(text: str, other: str) -> None:
    found = problem(text, {"other": other})
    assert (found.place.path, found.place.line) == ("themes/tiny/templates/other.html", 3)


def test_a_theme_without_a_template_says_which() -> None:
    with pytest.raises(ProblemsFound) as found:
        Templates(theme({"page": ""}), FR).render("lost.html", VIEW)
    assert found.value.problems[0].place.path == "themes/tiny/templates/lost.html"


def test_broken_templates_are_found_before_anything_is_rendered() -> None:
    made = Templates(theme({"page": "{{ url }}", "one": "a\n{% if %}", "two": "{{ url"}), FR)
    assert [str(each.place) for each in made.check()] == [
        "themes/tiny/templates/one.html:2:1", "themes/tiny/templates/two.html:1:1",
    ]  # fmt: skip
    assert Templates(theme({"page": "{{ url }}"}), FR).check() == ()


@pytest.mark.parametrize(
    "text",
    [
        "{{ title | random }}",
        "{{ now() }}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
        "{{ cycler(1) }}",
        "{{ ''.__class__ }}",
        "{{ t.__globals__ }}",
        "{{ t.__self__ }}",
        "{{ range(1000000000) | list }}",
        "{% set a = [] %}{{ a.append(1) }}",
    ],
)
def test_a_template_has_no_chance_no_clock_and_no_way_out(text: str) -> None:
    assert problem(text)


@pytest.mark.parametrize(
    "text", ["{% for a in [1] %}" * 25 + "{% endfor %}" * 25, "{{ " + "(" * 400 + ")" * 400 + " }}"]
)
def test_templates_that_nest_too_deep_are_a_problem_and_no_crash(text: str) -> None:
    assert problem(text)


CLOSURE: dict[str, str] = {
    "page": "{% extends 'base.html' %}{% include 'part.html' %}",
    "base": "{% from 'macros.html' import m %}",
    "macros": "{% macro m() %}{% endmacro %}",
    "part": "part",
    "stranger": "stranger",
}


def page_digest(texts: Texts = NO_OTHERS, *, strings: Strings = STRINGS, language: Language = FR) -> str:
    return Templates(theme({**CLOSURE, **texts}, strings), language).digest("page.html")


@pytest.mark.parametrize("name", ["page", "base", "macros", "part"])
def test_the_digest_changes_with_every_template_of_the_closure(name: str) -> None:
    assert page_digest({name: CLOSURE[name] + " "}) != page_digest()


def test_the_digest_does_not_change_with_another_template() -> None:
    assert page_digest({"stranger": "changed"}) == page_digest()


def test_the_digest_changes_with_a_string_of_its_language_only() -> None:
    def with_string(language: str, key: str, text: str) -> str:
        strings = {**STRINGS, language: {**STRINGS[language], key: text}}
        return page_digest(strings=strings, language=FR)

    assert with_string("fr", "hello", "Salut") != page_digest()
    assert with_string("fr", "more", "Plus") != page_digest()
    assert with_string("en", "hello", "Hi") == page_digest()


def test_the_digest_tells_languages_apart_though_their_strings_are_the_same() -> None:
    same = {"fr": STRINGS["fr"], "en": STRINGS["fr"]}
    assert page_digest(strings=same, language=FR) != page_digest(strings=same, language=EN)


def test_a_name_computed_at_run_time_may_bring_in_the_whole_theme() -> None:
    computed = "{% include language ~ '.html' ignore missing %}"
    assert page_digest({"part": computed, "stranger": "changed"}) != page_digest({"part": computed})


def test_templates_that_bring_in_each_other_have_a_digest() -> None:
    assert page_digest({"part": "{% include 'page.html' %}"}) != page_digest()


def test_assets_and_the_order_of_templates_are_no_part_of_a_digest() -> None:
    plain = theme(CLOSURE)
    turned: dict[str, Any] = {"templates": plain.templates[::-1], "assets": (Asset("a.css", b"a"),)}
    other = Theme(name="tiny", strings=plain.strings, palettes=(), **turned)
    assert Templates(other, FR).digest("page.html") == Templates(plain, FR).digest("page.html")
