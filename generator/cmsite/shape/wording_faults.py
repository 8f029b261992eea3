"""Find what is wrong with the tags of a body, whatever the mask, and say it at the author's line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
from jinja2 import nodes
from msgspec.structs import replace

from cmsite.errors import Problem, suggest, there_are
from cmsite.model import POINTS, Body, Place, Point, Vocabulary
from cmsite.shape.code import blank_code
from cmsite.shape.speech import UnstatedPointError
from cmsite.shape.tags import Unpaired, find_unpaired
from cmsite.shape.wording_sandbox import environment

NAMES = ("mask", "profile", "author", "site", "target")  # what a body may speak of
_UNPAIRED = re.compile(r"Unexpected end of template|unknown tag '(?:end\w+|else|elif)'")


def tree_problems(tree: nodes.Template, body: Body, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield every name, point and term that is not known, in any branch, and what bodies are not offered."""
    yield from _unknown_names(tree, body)
    yield from _unknown_terms(tree, body, vocabulary)
    yield from _unoffered(tree, body)


def syntax_problems(error: jinja2.TemplateSyntaxError, body: Body) -> Iterator[Problem]:
    """Yield what the engine refused: a tag without its other half at its own line, else its first fault."""
    said = error.message or "it cannot be read"
    unpaired = _unpaired(blank_code(body.text)) if _UNPAIRED.search(said) else ()
    for tag in unpaired:
        problem = problem_at(body, tag.line, tag.what, tag.hint, "wording")
        yield replace(problem, place=replace(problem.place, column=tag.column))
    if not unpaired:
        hint = "if it is meant as text, put it in a code span, or state `templating: false`"
        yield problem_at(body, error.lineno, f"a tag is broken: {said.rstrip('.')}", hint, "wording")


def _unpaired(text: str) -> tuple[Unpaired, ...]:
    """Return the tags without their other half, none when the text cannot be taken apart to its end."""
    try:
        tokens = tuple(environment().lex(text))
    except jinja2.TemplateSyntaxError:
        return ()
    return find_unpaired(text, tokens)


def _unknown_names(tree: nodes.Template, body: Body) -> Iterator[Problem]:
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    assigned |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in (*NAMES, "range", "loop", *assigned):
            hint = suggest(name.name, NAMES, otherwise=there_are(NAMES))
            yield problem_at(
                body, name.lineno, f"`{name.name}` is not known here", hint, "unknown-name", name.name
            )


def _unknown_terms(tree: nodes.Template, body: Body, vocabulary: Vocabulary) -> Iterator[Problem]:
    accesses: list[nodes.Getattr | nodes.Getitem] = [
        *tree.find_all(nodes.Getattr),
        *tree.find_all(nodes.Getitem),
    ]
    for access in accesses:
        if _is_mask(access.node) and (name := _attribute(access)) not in (None, *POINTS):
            hint = suggest(str(name), POINTS, otherwise=f"the points are {', '.join(POINTS)}")
            yield problem_at(
                body, access.lineno, f"`{name}` is not a point of the mask", hint, "unknown-name", str(name)
            )
    for call in tree.find_all(nodes.Call):
        point = matched_point(call)
        if point is None or not vocabulary.declares(point):
            continue
        known = [word for entry in vocabulary.terms(point) for word in (entry.term, *entry.aliases)]
        for argument in call.args:
            if isinstance(argument, nodes.Const) and argument.value not in known:
                hint = suggest(
                    str(argument.value), known, otherwise=f"declare it in mask.yml under `{point}:`"
                )
                what = f"`{argument.value}` is not a term of {point}"
                yield problem_at(body, argument.lineno, what, hint, "unknown-term", str(argument.value))


def _unoffered(tree: nodes.Template, body: Body) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        what = "a body cannot bring in other files"
        yield problem_at(body, node.lineno, what, "write the text here, or put it in the theme", "wording")


def _is_mask(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "mask"


def _attribute(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return None


def matched_point(call: nodes.Call) -> Point | None:
    """Return the point of `mask.POINT.matches(…)`, None for any other call."""
    method = call.node
    if _attribute(method) != "matches" or not isinstance(method, (nodes.Getattr, nodes.Getitem)):
        return None
    owner = method.node
    if isinstance(owner, (nodes.Getattr, nodes.Getitem)) and _is_mask(owner.node):
        name = _attribute(owner)
        return Point(name) if name in list(POINTS) else None
    return None


def runtime_problem(error: BaseException, body: Body) -> Problem:
    """Return what went wrong while a body was worded for a mask, at its line."""
    line = _template_line(error)
    if isinstance(error, UnstatedPointError):
        point = str(error)
        what = f"this prints {point}, which the mask of this profile leaves unstated"
        return problem_at(
            body,
            line,
            what,
            f"guard it with `{{% if mask.{point} %}} … {{% endif %}}`",
            "unstated-point",
            f"mask.{point}",
        )
    if isinstance(error, jinja2.UndefinedError) and "'None' has no attribute" in (error.message or ""):
        what = "this speaks of the organisation aimed at, and this edition aims at none"
        hint = "guard it with `{% if target %} … {% endif %}`"
        return problem_at(body, line, what, hint, "no-target", "target")
    if isinstance(error, jinja2.UndefinedError):
        name = (re.findall(r"'([^']*)'", error.message or "") or ["this"])[-1]
        return problem_at(
            body, line, f"`{name}` is not known here", "check its spelling", "unknown-name", name
        )
    return problem_at(body, line, f"this cannot be worked out: {error}", "simplify it", "wording")


def _template_line(error: BaseException) -> int:
    """Return the line of the template that raised; Jinja rewrites the traceback to say it."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def problem_at(body: Body, line: int, what: str, hint: str, code: str, word: str = "") -> Problem:
    """Return a problem at a line of the body, at the first place where `word` stands in one of its tags."""
    lines = body.text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    if word:
        tags = min((at for mark in ("{{", "{%") if (at := excerpt.find(mark)) >= 0), default=0)
        found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(excerpt, tags)
        column = found.start() + 1 if found else 1
    place = Place(body.place.path, body.place.line + line - 1, column)
    return Problem(place, what, hint, code, excerpt=excerpt)
