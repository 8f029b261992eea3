"""The code that templates are compiled to: it says what Jinja's own says, and is refused the same."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import pytest
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from msgspec import Struct

from cmsite.errors import ProblemsFound
from cmsite.model import Extra, Language, Template, Theme
from cmsite.shape.compiling import HOLDERS
from cmsite.shape.templates import Templates
from cmsite.shape.views import EntryView, LinkView, RedirectPage
from shape.test_carnet import CARD, POST, SITE

FR = Language("fr")


class Stranger:
    """What is no view, though it has the names of one."""

    label: ClassVar[str] = "a <stranger>"
    title = staticmethod(str.title)


class Likeness(Struct, frozen=True):
    """A struct that is no view, with a field that no view has."""

    label: str
    secret: str = "kept"


def templates(texts: dict[str, str]) -> Templates:
    named = tuple(Template(name, text, name) for name, text in texts.items())
    words = tuple((Language(language), (("told", "{a} & {b}"),)) for language in ("fr", "en"))
    return Templates(Theme("tiny", named, (), words, ()), FR)


def said(text: str, title: Any, *, as_jinja_does: bool = False, **others: str) -> object:
    """Return what a template makes of a title, or the problem that it has."""
    made = templates({"page.html": text, **{f"{name}.html": other for name, other in others.items()}})
    if as_jinja_does:
        call = partial(ImmutableSandboxedEnvironment.call, made.environment)
        vars(made.environment).update(code_generator_class=CodeGenerator, call=call)
    try:
        return made.render("page.html", RedirectPage("fr", title, "/a/", "", indexed=True))
    except ProblemsFound as found:
        return found.problems


@pytest.mark.parametrize(
    "title",
    [
        "words <b>", Markup("<b>"), 3, True, None, (), ("a",), Stranger(), Stranger, Likeness("<x>"),
        LinkView("R&D", "/r/"), EntryView("<", "/", 0), CARD, SITE, POST.post, Extra(),
        Extra((("label", "<own>"), ("url", "/own/"))), {"label": "<own>"}, {"title": {"label": 1}},
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "text",
    [
        "{{ title.label }}", "{{ title.url }}|{{ title.label }}", "{{ title.label is defined }}",
        "{{ title.label.url }}", "{{ title.title.label }}", "{{ title.label or 'none' }}", "{{ title.nope }}",
        "{{ title.count }}", "{{ title.title }}", "{{ title.title() }}", "{{ title.secret }}",
        "{{ title.__class__ }}", "{{ title._label }}", "{{ title.__struct_fields__ }}",
        "{{ title.label.__len__ }}",
        "{{ title['label'] }}", "{{ title.label.format() }}", "{{ title.extra.label }}",
        "{% set title = title.label %}{{ title }}", "{% for one in title.menu %}{{ one.key }},{% endfor %}",
        "{{ [title] | map(attribute='label') | join }}",
        "{% autoescape false %}{{ title.label }}{% endautoescape %}",
        "{% if title.indexed %}{{ title.url }}{% else %}-{% endif %}",
        "{{ nope.label }}", "{{ nope.label is defined }}",
        "{{ 'a'.title }}", "{{ title.category.label }}", "{{ (title.label, title.url) }}",
    ],
)  # fmt: skip
def test_an_attribute_is_what_jinja_takes_it_for(text: str, title: Any) -> None:
    assert _without_places(said(text, title)) == _without_places(said(text, title, as_jinja_does=True))


def _without_places(told: object) -> object:
    """Return what was said without the addresses in memory that Python writes of methods."""
    return told.partition(" at 0x")[0] if isinstance(told, str) else told


@pytest.mark.parametrize(
    "text",
    [
        "{{ [].append(1) }}", "{{ {}.update(a=1) }}", "{{ title.__class__.__mro__ }}", "{{ t.__self__ }}",
        "{{ '{0.__class__}'.format(title) }}", "{{ title.label.format(title).__class__ }}",
        "{{ self.__init__ }}",
        "{% macro m() %}{% endmacro %}{{ m._func }}", "{{ t.__func__('told') }}", "{{ title | random }}",
        "{{ ().__class__.__base__ }}", "{{ range(9999999) }}", "{{ namespace(label=1).label }}",
    ],
)  # fmt: skip
def test_the_sandbox_still_refuses_what_it_refused(text: str) -> None:
    refused = said(text, LinkView("a", "/a/"))
    assert isinstance(refused, tuple)
    assert refused == said(text, LinkView("a", "/a/"), as_jinja_does=True)


def test_every_name_that_is_read_directly_is_a_public_field_of_a_frozen_view() -> None:
    assert not [name for name in HOLDERS if name.startswith("_")]
    for name, views in HOLDERS.items():
        assert all(view.__struct_config__.frozen and name in view.__struct_fields__ for view in views)


@pytest.mark.parametrize(
    "text",
    [
        "{{ super() }}",
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 3, 4, c=5) }}",
        "{% macro m() %}[{{ caller(1) }}]{% endmacro %}"
        "{% for x in 'ab' %}{% call(y) m() %}{{ x }}{{ y }}{% endcall %}{% endfor %}",
        "{% for x in [1, [2]] recursive %}{{ loop(x) if x is iterable else loop.cycle(1, 2) }}{% endfor %}",
        "{% for x in 'ab' %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}",
        "{% block a %}{{ title.upper() }}{% for x in 'ab' %}{{ self.b() }}{% endfor %}{% endblock %}"
        "{% block b %}<{% endblock %}",
        "{{ t('told', a=title, b=1) }}{{ t('told', a='<' | safe, b=title) }}{{ t('told', a='<' | safe) }}",
        "{{ t('nope') }}",
        "{{ tn('told', 1) }}",
        "{{ option('nope') }}",
        "{{ fit(title, 1, {1: 1}) }}",
        "{{ t() }}",
        "{{ t('told', 'more') }}",
        "{{ [1]() }}",
        "{{ title() }}",
        "{{ nope() }}",
        "{{ range(3) | list }}{{ title.split('&') }}",
        "{% from 'parts.html' import outer %}{{ outer(title) }}{{ outer(title) }}{{ outer(1) }}",
        "{% from 'parts.html' import failing %}{{ failing(title) }}",
    ],
)
def test_a_call_gives_what_jinja_makes_of_it(text: str) -> None:
    parts = (
        "{% macro inner(a) %}<{{ a }}>{% endmacro %}\n"
        "{% macro outer(a) %}{{ inner(a) }}{{ inner(b) if b is defined else '' }}{% endmacro %}\n"
        "{% macro failing(a) %}{{ inner(a) }}{{ a.nope }}{% endmacro %}"
    )
    assert said(text, "R&D", parts=parts) == said(text, "R&D", parts=parts, as_jinja_does=True)


@pytest.mark.parametrize("line", range(1, 7))
def test_a_fault_is_told_at_the_line_of_the_part_that_failed(line: int) -> None:
    lines = ["{{ title.label }}", "- {{ title.url }}", "{{ t('told', a=title.label, b=1) }}", "{{ 1 }}"] * 2
    lines[line - 1] = "{{ title.label }}{{ title.tier }}"
    problems = said("\n".join(lines), LinkView("a", "/a/"))
    assert isinstance(problems, tuple)
    assert [(problem.place.line, problem.what) for problem in problems] == [
        (line, "this template fails: there is no field 'tier' here")
    ]
