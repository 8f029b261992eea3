"""Let Jinja in a body speak of the mask, before Markdown is parsed.

Fenced code and code spans are taken out first and put back afterwards, so that code is never touched;
what stands for them keeps their number of lines, so that Jinja's line numbers are the file's. Every
branch is checked for unknown names and terms, also those that this mask does not take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import jinja2
from jinja2 import nodes

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, Point, Vocabulary
from cmsite.shape.code import find_code
from cmsite.shape.speech import Speech
from cmsite.shape.wording_faults import (
    NAMES,
    matched_point,
    problem_at,
    runtime_problem,
    syntax_problems,
    tree_problems,
)
from cmsite.shape.wording_sandbox import compiled, environment

_HELD = re.compile("\x00([0-9]{1,6})\n*\x00")
_FAULTS = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
    MemoryError,
)  # fmt: skip


def speak(body: Body, speech: Speech, vocabulary: Vocabulary) -> str:
    """Return the body's Markdown with its conditions resolved for one mask.

    Raises ProblemsFound, each problem at its line of the author's file, for broken tags, unknown names
    and terms in any branch, and for a point that is printed though the mask does not state it.
    """
    if not body.speaks:
        return body.text
    held, text = _hold_code(body.text)
    template = _parse(text, body, vocabulary)
    try:
        told = template.render({name: getattr(speech, name) for name in NAMES})
    except _FAULTS as error:
        raise ProblemsFound([runtime_problem(error, body)]) from error
    return _put_back(told, held)


def without_conditions(body: Body, speech: Speech) -> Iterator[tuple[int, str]]:
    """Yield, for each `{% if %}` that lies in no other, its line and the body's Markdown without it.

    The body has no mistakes. A condition that the rest of the body needs, to set a name, is passed over.
    """
    if not body.speaks:
        return
    held, text = _hold_code(body.text)
    for index in range(len(tuple(_outermost(environment().parse(text))))):
        tree = environment().parse(text)
        siblings, condition = tuple(_outermost(tree))[index]
        siblings.remove(condition)
        try:
            told = environment().from_string(tree).render({name: getattr(speech, name) for name in NAMES})
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
    if not body.speaks:
        return ()
    try:
        _parse(_hold_code(body.text)[1], body, vocabulary)
    except ProblemsFound as found:
        return found.problems
    return ()


def named_terms(body: Body) -> frozenset[tuple[Point, str]]:
    """Return the words that the conditions of a body which is right hold against the mask, by point."""
    if not body.speaks:
        return frozenset()
    tree, _ = compiled(_hold_code(body.text)[1])
    return frozenset(
        (point, str(argument.value))
        for call in tree.find_all(nodes.Call)
        if (point := matched_point(call))
        for argument in call.args
        if isinstance(argument, nodes.Const)
    )


def pieces(body: Body) -> Iterator[tuple[int, str]]:
    """Yield every text that the body may print for some mask, with its line, from 1 in the body.

    Those are the texts between its tags, and those in quotes inside them. The body has no mistakes.
    """
    if not body.speaks:
        yield 1, body.text
        return
    held, text = _hold_code(body.text)
    tree = compiled(text)[0]
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


def _parse(text: str, body: Body, vocabulary: Vocabulary) -> jinja2.Template:
    try:
        tree, template = compiled(text)
    except jinja2.TemplateSyntaxError as error:
        raise ProblemsFound(syntax_problems(error, body)) from error
    except (RecursionError, MemoryError, OverflowError, SyntaxError) as error:
        raise ProblemsFound(
            [problem_at(body, 1, "the tags of this body are nested too deep", "simplify them", "wording")]
        ) from error
    if problems := [*tree_problems(tree, body, vocabulary)]:
        raise ProblemsFound(problems)
    return template
