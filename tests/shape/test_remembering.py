"""Macros that keep what they said: a page never tells that they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Macro
from markupsafe import Markup
from msgspec.structs import replace

from cmsite.errors import ProblemsFound
from cmsite.model import Language, Template, Theme
from cmsite.shape.remembering import RememberingMacro
from cmsite.shape.templates import Templates
from cmsite.shape.views import (
    BlogPage,
    CardView,
    LinkView,
    MenuView,
    NotFoundPage,
    PageView,
    Pagination,
    ReasonView,
    RedirectPage,
)
from shape.test_carnet import CARD, FR, HEAD, POST, SITE, TARGET, THEME

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAY = """
{% macro say(a, b='-') %}
[{{ a is boolean }} {{ a }} {{ a | string | e }} {{ b }} {{ varargs | length }} {{ kwargs }}]{% endmacro %}
"""
ASK = """
{% from 'macros.html' import say %}
{{ say(title) }}{{ say(title, url) }}{{ say(b=title, a=url) }}{{ say(title, c=url) }}
{{ say(title, c=1, b=2) }}{{ say(1) }}{{ say(true) }}
{{ say(title, 1, url) }}{{ say(title, true, url) }}{{ say((title, url)) }}
"""
PLAIN = st.sampled_from(
    ["1", "<b>", Markup("<b>"), Markup("1"), 0, False, 1, True, 1.0, None, "", "-", Markup("-")]
)
MOMENTS = st.sampled_from([NOON, NOON.astimezone(timezone(timedelta(hours=1))), NOON.replace(tzinfo=None)])
LINKS = st.builds(LinkView, PLAIN, PLAIN)  # of equal links, one may print otherwise
VALUES = (
    PLAIN
    | MOMENTS
    | LINKS
    | st.lists(PLAIN, max_size=2)
    | st.just(())
    | st.tuples(PLAIN | LINKS | st.tuples(PLAIN))
)


def tiny(macros: str, page: str) -> Templates:
    texts = {"macros.html": macros, "page.html": page}
    templates = tuple(Template(name, text, name) for name, text in texts.items())
    words = tuple((Language(language), ()) for language in ("fr", "en"))
    return Templates(Theme("tiny", templates, (), words, ()), FR)


def forgetful(templates: Templates) -> Templates:
    """Return the templates with Jinja's own macros, which are made anew whenever they are asked."""
    templates.environment.template_class = jinja2.Template
    return templates


def said(templates: Templates, *titles: Any, url: Any = "/a/") -> list[str]:
    views = (RedirectPage("fr", title, url, "", indexed=True) for title in titles)
    return [templates.render("page.html", view) for view in views]


def counted(macros: str, page: str) -> tuple[Templates, list[Any]]:
    """Return templates that may say `{{ made(…) }}`, and the list of what they said it of."""
    made: list[Any] = []
    templates = tiny(macros, page)
    templates.environment.globals["made"] = lambda given: made.append(given) or ""  # type: ignore[func-returns-value]
    return templates, made


@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_macros_that_remember_say_what_macros_say(asked: list[tuple[Any, Any]]) -> None:
    remembering, plain = tiny(SAY, ASK), forgetful(tiny(SAY, ASK))
    for title, url in [*asked, *asked]:
        assert said(remembering, title, url=url) == said(plain, title, url=url)


CARDS = st.builds(
    CardView,
    title=st.sampled_from(["Écouter", "R&D <b>"]),
    url=st.sampled_from(["/a/", "/b/"]),
    date=st.sampled_from([NOON, NOON - timedelta(days=40)]),
    summary=st.sampled_from(["", "Un résumé."]),
    category=st.none() | st.just(LinkView("Notes", "/notes/")),
    minutes=st.integers(1, 2),
    pinned=st.booleans(),
    tier=st.sampled_from(["strong", "good", "general"]),
    reasons=st.sampled_from([(), (ReasonView("niche", "exact", "jeu"),), (ReasonView("", "by-name", ""),)]),
)
SITES = st.builds(
    replace,
    st.just(SITE),
    title=st.sampled_from(["Carnet", "Carnet & Cie"]),
    author=st.sampled_from(["", "Camille Martin"]),
    menu=st.sampled_from([(), (MenuView("blog", "", "/blog/"), MenuView("post", "Post", "/post/"))]),
    search=st.sampled_from(["", "/search/"]),
    stylesheets=st.sampled_from([(), ("/carnet.css", "/print.css")]),
    scripts=st.sampled_from([(), ("/scheme.js", "/carnet.js")]),
    icon=st.sampled_from(["", "/icon.svg"]),
)
KINDS = st.sampled_from(["home", "blog", "post", "page", "tag"])
URLS = st.sampled_from(["/", "/blog/", "/post/", "/2026/03/a/"])


@st.composite
def pages(draw: st.DrawFn) -> list[tuple[str, PageView]]:
    """Return pages that share a site and cards, as those of an edition do."""
    site, cards = draw(SITES), draw(st.lists(CARDS, max_size=4))
    some = st.lists(st.sampled_from(cards), max_size=3).map(tuple) if cards else st.just(())

    def page() -> tuple[str, PageView]:
        head = replace(HEAD, kind=draw(KINDS), url=draw(URLS), indexed=draw(st.booleans()))
        made: list[tuple[str, PageView]] = [
            ("404.html", NotFoundPage(site, head, draw(some))),
            ("blog.html", BlogPage(site, head, draw(some), Pagination(1, 1, "", "", ()))),
            ("post.html", replace(POST, site=site, head=head, related=draw(some))),
            ("target.html", replace(TARGET, site=site, head=head)),
        ]
        return draw(st.sampled_from(made))

    return [page() for _ in range(draw(st.integers(1, 5)))]


WITH, WITHOUT = Templates(THEME, FR), forgetful(Templates(THEME, FR))


@given(pages())
def test_the_built_in_theme_says_the_same_whether_it_remembers_or_not(
    views: list[tuple[str, PageView]],
) -> None:
    for template, view in views:
        assert WITH.render(template, view) == WITHOUT.render(template, view)


def test_a_macro_is_asked_once_for_the_same_things() -> None:
    templates, made = counted(
        "{% macro card(post, level=2) %}{{ made(post.title) }}<h{{ level }}>{{ post.title }}{% endmacro %}",
        "{% from 'macros.html' import card %}{{ card(title) }}{{ card(title, 3) }}",
    )
    other = replace(CARD, title="Autre")
    assert said(templates, CARD, other, CARD)[::2] == [f"<h2>{CARD.title}<h3>{CARD.title}"] * 2
    assert made == [CARD.title, CARD.title, "Autre", "Autre"]


def test_a_macro_that_another_of_its_template_calls_is_asked_once_too() -> None:
    templates, made = counted(
        "{% macro mark(a) %}{{ made(a) }}[{{ a }}]{% endmacro %}"
        "{% macro marks(a, b) %}{{ mark(a) }}{{ b }}{% endmacro %}",
        "{% from 'macros.html' import marks %}{{ marks(title, 1) }}{{ marks(title, 2) }}",
    )
    assert said(templates, "a", "b", "a") == ["[a]1[a]2", "[b]1[b]2", "[a]1[a]2"]
    assert made == ["a", "b"]


def test_a_macro_is_asked_once_for_a_list_of_nothing() -> None:
    templates, made = counted(
        "{% macro all(words) %}{{ made(words) }}{{ words | length }}{% endmacro %}",
        "{% from 'macros.html' import all %}{{ all(()) }}{{ all([]) }}{{ all(title) }}",
    )
    assert said(templates, (), ()) == ["000", "000"]
    assert made == [(), [], []]


def test_what_a_macro_was_given_is_not_taken_for_something_that_came_to_lie_where_it_lay() -> None:
    templates = tiny(
        "{% macro word(link) %}{{ link.label }}{% endmacro %}",
        "{% from 'macros.html' import word %}{{ word(title) }}",
    )
    for number in range(300):
        assert said(templates, LinkView(str(number), "")) == [str(number)]


def test_what_may_change_between_two_calls_is_asked_about_each_time() -> None:
    templates = tiny(
        "{% macro all(words) %}{{ words | join(' ') }}{% endmacro %}",
        "{% from 'macros.html' import all %}{{ all(title) }}",
    )
    words = ["a"]
    within = (words,)
    assert said(templates, words, within) == ["a", "[&#39;a&#39;]"]
    words.append("b")
    assert said(templates, words, within) == ["a b", "[&#39;a&#39;, &#39;b&#39;]"]


@pytest.mark.parametrize(
    ("macro", "page", "expected"),
    [
        ("m(at) %}{{ at.index }}", "{% for one in title %}{{ m(loop) }}{% endfor %}", "123"),
        ("m(ats) %}{{ ats[0].index }}", "{% for one in title %}{{ m((loop,)) }}{% endfor %}", "123"),
        ("m(words) %}{{ words | join }}", "{% set w = title | map('upper') %}{{ m(w) }}|{{ m(w) }}", "ABC|"),
        ("m() %}{{ caller() }}", "{% for x in title %}{% call m() %}{{ x }}{% endcall %}{% endfor %}", "abc"),
        ("m() %}<b>", "{% autoescape false %}{{ m()|e }}{% endautoescape %}{{ m()|e }}", "&lt;b&gt;<b>"),
        ("m(a, b) %}{{ a }}{{ b }}", "{{ m(1, b=2) }}{{ m(b=1, a=2) }}{{ m(a=1, b=2) }}", "122112"),
        ("m() %}{{ kwargs | join }}", "{{ m(a=1, b=1) }}{{ m(b=1, a=1) }}", "abba"),
        ("m(a) %}{{ a is string }}", "{{ m(1) }}{{ m('1') }}", "FalseTrue"),
        ("m(a) %}{{ a }}", "{{ m(1) }}{{ m(true) }}{{ m((1,)) }}{{ m((true,)) }}", "1True(1,)(True,)"),
    ],
)  # fmt: skip
def test_a_macro_sees_what_it_is_given_now(macro: str, page: str, expected: str) -> None:
    macros = f"{{% macro {macro}{{% endmacro %}}"
    assert said(tiny(macros, f"{{% from 'macros.html' import m %}}{page}"), "abc") == [expected]


def test_a_macro_imported_with_context_sees_the_page_that_asks() -> None:
    macros = "{% macro here() %}{{ title }}{% endmacro %}"
    templates = tiny(macros, "{% from 'macros.html' import here with context %}{{ here() }}")
    assert said(templates, "a", "b") == ["a", "b"]
    own = tiny("", "{% macro here() %}{{ title }}{% endmacro %}{{ here() }}")
    assert said(own, "a", "b") == ["a", "b"]


def test_a_macro_that_failed_fails_again_at_its_line() -> None:
    templates = tiny(
        "\n{% macro m(a) %}{{ a.nope }}{% endmacro %}", "{% from 'macros.html' import m %}{{ m(title) }}"
    )
    for _ in range(2):
        with pytest.raises(ProblemsFound) as found:
            said(templates, CARD)
        (only,) = found.value.problems
        assert (only.place.path, only.place.line) == ("macros.html", 2)


def test_what_one_page_sets_is_unknown_to_the_next() -> None:
    templates = tiny("", "{{ mine is defined }}{% set mine = 1 %}")
    assert said(templates, "a", "b") == ["False", "False"]


def test_a_macro_that_remembers_still_tells_its_name_and_arguments() -> None:
    templates = tiny(
        "{% macro m(a, b) %}{% endmacro %}",
        "{% import 'macros.html' as of %}{{ of.m.name }} {{ of.m.arguments | join }}",
    )
    assert said(templates, "a") == ["m ab"]


def test_a_macro_forgets_before_it_keeps_too_much() -> None:
    templates, made = counted("{% macro long(a) %}{{ made(a) }}{{ 'x' * 400 }}{% endmacro %}", "")
    macro = templates.environment.get_template("macros.html").make_module({}).long  # type: ignore[attr-defined]
    assert type(macro) is Macro
    remembering = RememberingMacro(macro, room=1100)
    for word in ("a", "b", "a", "b", "c", "c", "a"):
        assert remembering(word) == "x" * 400
    assert made == ["a", "b", "c", "a"]
