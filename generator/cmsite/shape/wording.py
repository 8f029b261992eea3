"""Let Jinja in a body speak of the mask, before Markdown is parsed.

Fenced code and code spans are taken out first and put back afterwards, so that code is never touched;
what stands for them keeps their number of lines, so that Jinja's line numbers are the file's. Every
branch is checked for unknown names and terms, also those that this mask does not take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cmsite.errors import Problem, ProblemsFound, suggest, there_are
from cmsite.model import POINTS, Body, Place, Point, Vocabulary
from cmsite.shape.code import blank_code, find_code
from cmsite.shape.speech import PointWords, Speech, UnstatedPointError
from cmsite.shape.tags import Unpaired, find_unpaired

_NAMES = ("mask", "profile", "author", "site", "target")
_HELD = re.compile("\x00([0-9]{1,6})\n*\x00")
_UNPAIRED = re.compile(r"Unexpected end of template|unknown tag '(?:end\w+|else|elif)'")
_MAX_BITS = 64
_PADDING = {"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"}  # of any width
_UNOFFERED_FILTERS = (
    "batch", "center", "format", "indent", "pprint", "random", "round", "slice", "tojson"
)  # fmt: skip
_FAULTS = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
    MemoryError,
)  # fmt: skip


def speak(body: Body, speech: Speech, vocabulary: Vocabulary) -> str:
    """Return the body's Markdown with its conditions resolved for one mask.

    Raises ProblemsFound, each problem at its line of the author's file, for broken tags, unknown names
    and terms in any branch, and for a point that is printed though the mask does not state it.
    """
    if "{{" not in body.text and "{%" not in body.text:
        return body.text
    held, text = _hold_code(body.text)
    template = _parse(text, body, vocabulary)
    try:
        told = template.render({name: getattr(speech, name) for name in _NAMES})
    except _FAULTS as error:
        raise ProblemsFound([_runtime_problem(error, body)]) from error
    return _put_back(told, held)


def without_conditions(body: Body, speech: Speech) -> Iterator[tuple[int, str]]:
    """Yield, for each `{% if %}` that lies in no other, its line and the body's Markdown without it.

    The body has no mistakes. A condition that the rest of the body needs, to set a name, is passed over.
    """
    if "{%" not in body.text:
        return
    held, text = _hold_code(body.text)
    for index in range(len(tuple(_outermost(_environment().parse(text))))):
        tree = _environment().parse(text)
        siblings, condition = tuple(_outermost(tree))[index]
        siblings.remove(condition)
        try:
            told = _environment().from_string(tree).render({name: getattr(speech, name) for name in _NAMES})
        except _FAULTS:
            continue
        yield body.place.line + condition.lineno - 1, _put_back(told, held)


def _outermost(node: nodes.Node) -> Iterator[tuple[list[nodes.Node], nodes.If]]:
    """Yield every condition that lies in no other, with the list of nodes that it stands in."""
    siblings: list[nodes.Node] = getattr(node, "body", [])
    for child in siblings:
        if isinstance(child, nodes.If):
            yield siblings, child
        else:
            yield from _outermost(child)


def check_body(body: Body, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return what is wrong with a body whatever the mask: broken tags, unknown names and terms."""
    if "{{" not in body.text and "{%" not in body.text:
        return ()
    try:
        _parse(_hold_code(body.text)[1], body, vocabulary)
    except ProblemsFound as found:
        return found.problems
    return ()


def named_terms(body: Body) -> frozenset[tuple[Point, str]]:
    """Return the words that the conditions of a body which is right hold against the mask, by point."""
    if "{{" not in body.text and "{%" not in body.text:
        return frozenset()
    tree, _ = _compiled(_hold_code(body.text)[1])
    return frozenset(
        (point, str(argument.value))
        for call in tree.find_all(nodes.Call)
        if (point := _matched_point(call))
        for argument in call.args
        if isinstance(argument, nodes.Const)
    )


def pieces(body: Body) -> Iterator[tuple[int, str]]:
    """Yield every text that the body may print for some mask, with its line, from 1 in the body.

    Those are the texts between its tags, and those in quotes inside them. The body has no mistakes.
    """
    if "{{" not in body.text and "{%" not in body.text:
        yield 1, body.text
        return
    held, text = _hold_code(body.text)
    tree = _compiled(text)[0]
    expressions: list[nodes.Node] = [each for node in tree.find_all(nodes.Output) for each in node.nodes]
    expressions += [node.node for node in tree.find_all(nodes.Assign)]
    for printed in _printed(expressions):
        yield printed.lineno, _put_back(str(_text_of(printed)), held)


def _printed(expressions: Iterable[nodes.Node]) -> Iterator[nodes.TemplateData | nodes.Const]:
    """Yield the texts that some expressions may come to; what a condition only asks for is none."""
    for node in expressions:
        match node:
            case nodes.TemplateData() | nodes.Const():
                yield node
            case nodes.CondExpr():
                yield from _printed(side for side in (node.expr1, node.expr2) if side)
            case nodes.BinExpr():
                yield from _printed((node.left, node.right))
            case nodes.Concat():
                yield from _printed(node.nodes)
            case nodes.List() | nodes.Tuple():
                yield from _printed(node.items)
            case nodes.Filter():
                yield from _printed([*filter(None, [node.node]), *node.args])


def _text_of(node: nodes.TemplateData | nodes.Const) -> object:
    return node.data if isinstance(node, nodes.TemplateData) else node.value


def _hold_code(text: str) -> tuple[list[str], str]:
    """Return the pieces of code and the text with a mark of as many lines in the place of each."""
    held: list[str] = []
    pieces, end = [], 0
    for start, stop in find_code(text):
        newlines = "\n" * text.count("\n", start, stop)
        pieces += [text[end:start], f"\x00{len(held)}{newlines}\x00"]
        held.append(text[start:stop])
        end = stop
    return held, "".join([*pieces, text[end:]])


def _put_back(told: str, held: list[str]) -> str:
    """Return the text with the code in its place. A mark that a filter has damaged stands for nothing."""

    def piece(match: re.Match[str]) -> str:
        number = int(match[1])
        return held[number] if number < len(held) else ""

    return _HELD.sub(piece, told).replace("\x00", "")


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox of bodies: what makes a text of any length out of a number is refused as well."""

    intercepted_binops = frozenset(["*", "**"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        whole = isinstance(left, int) and isinstance(right, int)
        if operator == "*" and whole and left.bit_length() + right.bit_length() <= _MAX_BITS:
            return left * right
        raise jinja2.TemplateRuntimeError(f"`{operator}` is for small whole numbers")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str) and attr in _PADDING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Return no `format` of Jinja's own in the place of the one that is refused above."""


def _printable(value: Any) -> Any:
    """Return a value that has words of its own; anything else would print as Python writes it."""
    if isinstance(value, (str, int, float, PointWords, jinja2.Undefined)):
        return value
    if isinstance(value, (tuple, list, frozenset, Iterator)):
        raise jinja2.TemplateRuntimeError('a list is printed with `| join(", ")` behind it')
    if value is None:
        raise jinja2.TemplateRuntimeError("there is nothing to print here")
    raise jinja2.TemplateRuntimeError("print one of its parts, as in `mask.niche` or `author.name`")


@cache
def _environment() -> _Environment:
    environment = _Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="\x01#",  # off: control characters cannot stand in a source, `{#id}` is text
        comment_end_string="#\x01",
        finalize=_printable,
        autoescape=False,  # what comes out is Markdown; its HTML is sanitised afterwards
    )
    environment.globals = {"range": environment.globals["range"]}
    for name in _UNOFFERED_FILTERS:
        del environment.filters[name]
    return environment


@cache
def _compiled(text: str) -> tuple[nodes.Template, jinja2.Template]:
    return _environment().parse(text), _environment().from_string(text)


def _parse(text: str, body: Body, vocabulary: Vocabulary) -> jinja2.Template:
    try:
        tree, template = _compiled(text)
    except jinja2.TemplateSyntaxError as error:
        raise ProblemsFound(_syntax_problems(error, body)) from error
    except (RecursionError, MemoryError, OverflowError, SyntaxError) as error:
        raise ProblemsFound(
            [_at(body, 1, "the tags of this body are nested too deep", "simplify them", "wording")]
        ) from error
    if problems := [
        *_unknown_names(tree, body),
        *_unknown_terms(tree, body, vocabulary),
        *_unoffered(tree, body),
    ]:
        raise ProblemsFound(problems)
    return template


def _syntax_problems(error: jinja2.TemplateSyntaxError, body: Body) -> Iterator[Problem]:
    """Yield what the engine refused: a tag without its other half at its own line, else its first fault."""
    said = error.message or "it cannot be read"
    unpaired = _unpaired(blank_code(body.text)) if _UNPAIRED.search(said) else ()
    for tag in unpaired:
        problem = _at(body, tag.line, tag.what, tag.hint, "wording")
        yield replace(problem, place=replace(problem.place, column=tag.column))
    if not unpaired:
        hint = "if it is meant as text, put it in a code span, or state `templating: false`"
        yield _at(body, error.lineno, f"a tag is broken: {said.rstrip('.')}", hint, "wording")


def _unpaired(text: str) -> tuple[Unpaired, ...]:
    """Return the tags without their other half, none when the text cannot be taken apart to its end."""
    try:
        tokens = tuple(_environment().lex(text))
    except jinja2.TemplateSyntaxError:
        return ()
    return find_unpaired(text, tokens)


def _unknown_names(tree: nodes.Template, body: Body) -> Iterator[Problem]:
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    assigned |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in (*_NAMES, "range", "loop", *assigned):
            hint = suggest(name.name, _NAMES, otherwise=there_are(_NAMES))
            yield _at(body, name.lineno, f"`{name.name}` is not known here", hint, "unknown-name", name.name)


def _unknown_terms(tree: nodes.Template, body: Body, vocabulary: Vocabulary) -> Iterator[Problem]:
    accesses: list[nodes.Getattr | nodes.Getitem] = [
        *tree.find_all(nodes.Getattr),
        *tree.find_all(nodes.Getitem),
    ]
    for access in accesses:
        if _is_mask(access.node) and (name := _attribute(access)) not in (None, *POINTS):
            hint = suggest(str(name), POINTS, otherwise=f"the points are {', '.join(POINTS)}")
            yield _at(
                body, access.lineno, f"`{name}` is not a point of the mask", hint, "unknown-name", str(name)
            )
    for call in tree.find_all(nodes.Call):
        point = _matched_point(call)
        if point is None or not vocabulary.declares(point):
            continue
        known = [word for entry in vocabulary.terms(point) for word in (entry.term, *entry.aliases)]
        for argument in call.args:
            if isinstance(argument, nodes.Const) and argument.value not in known:
                hint = suggest(
                    str(argument.value), known, otherwise=f"declare it in mask.yml under `{point}:`"
                )
                what = f"`{argument.value}` is not a term of {point}"
                yield _at(body, argument.lineno, what, hint, "unknown-term", str(argument.value))


def _unoffered(tree: nodes.Template, body: Body) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        what = "a body cannot bring in other files"
        yield _at(body, node.lineno, what, "write the text here, or put it in the theme", "wording")


def _is_mask(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "mask"


def _attribute(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return None


def _matched_point(call: nodes.Call) -> Point | None:
    """Return the point of `mask.POINT.matches(…)`, None for any other call."""
    method = call.node
    if _attribute(method) != "matches" or not isinstance(method, (nodes.Getattr, nodes.Getitem)):
        return None
    owner = method.node
    if isinstance(owner, (nodes.Getattr, nodes.Getitem)) and _is_mask(owner.node):
        name = _attribute(owner)
        return Point(name) if name in list(POINTS) else None
    return None


def _runtime_problem(error: BaseException, body: Body) -> Problem:
    line = _template_line(error)
    if isinstance(error, UnstatedPointError):
        point = str(error)
        what = f"this prints {point}, which the mask of this profile leaves unstated"
        return _at(
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
        return _at(body, line, what, hint, "no-target", "target")
    if isinstance(error, jinja2.UndefinedError):
        name = (re.findall(r"'([^']*)'", error.message or "") or ["this"])[-1]
        return _at(body, line, f"`{name}` is not known here", "check its spelling", "unknown-name", name)
    return _at(body, line, f"this cannot be worked out: {error}", "simplify it", "wording")


def _template_line(error: BaseException) -> int:
    """Return the line of the template that raised; Jinja rewrites the traceback to say it."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _at(body: Body, line: int, what: str, hint: str, code: str, word: str = "") -> Problem:
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
