"""Hold the Jinja environment that bodies are worded in: a sandbox without files, clock, chance or padding."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cmsite.shape.speech import PointWords

_MAX_BITS = 64
_PADDING = {"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"}  # of any width
_UNOFFERED_FILTERS = (
    "batch", "center", "format", "indent", "pprint", "random", "round", "slice", "tojson"
)  # fmt: skip


@cache
def environment() -> _Environment:
    """Return the environment, made once."""
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
def compiled(text: str) -> tuple[nodes.Template, jinja2.Template]:
    """Return a text as a tree and as a template. Raises TemplateSyntaxError."""
    return environment().parse(text), environment().from_string(text)


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
