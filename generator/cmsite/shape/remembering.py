"""Keep what macros said: the card of a post stands on many pages, the foot of the site on all of them.

A macro that is imported without context sees its arguments and the environment's pure functions, nothing
of the page: of the same things it always says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jinja2 import Template, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup
from msgspec import Struct

from cmsite.shape import views

ROOM = 8_000_000  # characters that a macro keeps before it begins anew: the cards of 10,000 posts
_ENTRY = 100  # what a kept text takes besides its characters
_PLAIN = frozenset({str, Markup, int, bool, type(None)})
_VIEWS = (kind for kind in vars(views).values() if isinstance(kind, type) and issubclass(kind, Struct))
_FROZEN = frozenset({datetime, *_VIEWS})


class RememberingTemplate(Template):
    """A template whose macros, imported without context, are asked once for the same things."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """Return the template as others import it; with a context its macros see more than they are given."""
        module = super().make_module(vars, shared, locals)
        if vars is None and locals is None and not shared:
            for value in module.__dict__.values():
                if type(value) is Macro:
                    _remember(value)
        return module


class RememberingMacro(Macro):
    """A macro that keeps what it said; what it is given is kept beside, so that it stays itself."""

    def __init__(self, macro: Macro, room: int = ROOM) -> None:
        self.__dict__.update(macro.__dict__)
        self._said: dict[tuple[Any, ...], tuple[str, object]] = {}
        self._room = self._left = room

    @pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro says, as Jinja asks for it: with the eval context first."""
        key = _key(args, kwargs)
        if key is None:
            return super().__call__(*args, **kwargs)
        known = self._said.get(key)
        if known is not None:
            return known[0]
        text = super().__call__(*args, **kwargs)
        self._keep(key, text, (args, kwargs))
        return text

    def _keep(self, key: tuple[Any, ...], text: str, given: object) -> None:
        self._left -= len(text) + _ENTRY
        if self._left < 0:
            self._said.clear()
            self._left = self._room
        self._said[key] = text, given


def _remember(macro: Macro) -> None:
    """Make a macro remember, for all who hold it: the other macros of its template call it too."""
    macro.__dict__.update(RememberingMacro(macro).__dict__)
    macro.__class__ = RememberingMacro


def _key(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return what stands for the arguments of a call, None if one of them may change or is a page's own list.

    Words and numbers stand for themselves, each with its type, as 1 and true are equal and print otherwise.
    A view is the same only if it is the very same: a site's and each post's card are made once.
    """
    key: list[Any] = [tuple(kwargs)] if kwargs else []
    for value in (*args, *kwargs.values()) if kwargs else args:
        kind = type(value)
        if kind in _FROZEN:
            value = id(value)
        elif kind is EvalContext:
            value = value.autoescape
        elif kind not in _PLAIN and not (kind is tuple and not value):
            return None
        key.append(kind)
        key.append(value)
    return tuple(key)
