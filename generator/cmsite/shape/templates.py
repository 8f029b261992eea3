"""Hold the one Jinja environment of a theme, and each template's closure and digest.

Nothing reaches a template except its view and pure functions of language: no clock, no chance, no file.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from datetime import datetime
from types import CodeType, MethodType
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cmsite.digest import digest
from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.model import SOCIAL_CARD, CardSheet, Language, Option, Place, Theme, below
from cmsite.shape.compiling import Compiling
from cmsite.shape.folding import Folding
from cmsite.shape.language import joined, long_date, month_name, month_year, plural
from cmsite.shape.lettering import Setting, fit
from cmsite.shape.printing import filled
from cmsite.shape.remembering import RememberingMacro, RememberingTemplate
from cmsite.shape.views import PageView, SocialCardView

_FAULTS = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
    SyntaxError,
)  # fmt: skip
_NO_FIELD = re.compile(r"'[\w. ]+ object' has no attribute ('.*')", re.DOTALL)  # as Jinja says it


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox of templates: one that extends its own name extends the one that it overrides."""

    template_class = RememberingTemplate
    code_generator_class = Compiling
    own: frozenset[Any] = frozenset()  # the functions that the program gives to templates
    found: dict[tuple[str | jinja2.Template, str | None], jinja2.Template]

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a call in a template gives; what is known to be harmless is asked without a detour."""
        kind = type(called)
        if kind is RememberingMacro or kind is Macro:
            return called(context.eval_ctx, *args, **kwargs)
        if kind is BlockReference or (kind is MethodType and called in self.own):
            return called(*args, **kwargs)
        return super().call(context, called, *args, **kwargs)

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """Return a template, searched once by each that asks for it: all are there from the start."""
        known = self.found.get((name, parent)) if globals is None else None
        if known is None:
            known = super().get_template(name, parent, globals)
            self.found[name, parent] = known
        return known

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template sees besides its view; without names of its own no chain is searched."""
        return super().make_globals(own) if own else self.globals

    def join_path(self, template: str, parent: str) -> str:
        return below(parent) if template == parent.partition("^")[0] else template


class _Loader(jinja2.BaseLoader):
    """Makes templates of their code, under their own names: a fault's traceback says where it arose."""

    def __init__(self, code: Callable[[str], CodeType]) -> None:
        self.code = code

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        known = globals if globals is not None else {}
        return environment.template_class.from_code(environment, self.code(name), known)


class Templates:
    """A theme's templates in one language, ready to render views."""

    def __init__(self, theme: Theme, language: Language, digests: Mapping[str, str] | None = None) -> None:
        """Take a theme in a language; the `digests` of one that was found in order need not be made again."""
        self.theme, self.language = theme, language
        self.strings = dict(dict(theme.strings)[language])
        self.sources = {template.name: template for template in theme.templates}
        self.options = dict(theme.options)
        self.environment = _Environment(
            loader=_Loader(self._code),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[Folding],
        )
        self.environment.extend(strings=self.strings, found={})
        bounded_range = self.environment.globals["range"]
        self.environment.globals = {
            "t": self._tell,
            "tn": self._tell_count,
            "option": self._option,
            "fit": self._fit,
            "range": bounded_range,
        }
        self.environment.own = frozenset((self._tell, self._tell_count, self._option, self._fit))
        del self.environment.filters["random"]
        self.environment.filters |= {
            "longdate": self._long_date,
            "month": self._month,
            "monthyear": self._month_year,
            "joined": self._joined,
            "isodate": datetime.isoformat,
        }
        self.trees: dict[str, nodes.Template] = {}
        self.digests = dict(digests or {})
        self.references: dict[str, tuple[str | None, ...]] = {}
        self._codes: dict[str, CodeType] = {}
        self._coming: Callable[[], bytes | None] = _nothing

    def compiled(self, names: Iterable[str]) -> bytes:
        """Return the code of some templates and of all that they bring in, for `expect` in another process.

        Raises jinja2.TemplateError for one that is broken.
        """
        wanted = set[str]().union(*map(self._closure, names))
        return marshal.dumps({name: self._compile(name) for name in sorted(wanted)})

    @property
    def in_use(self) -> bool:
        """Whether a page was rendered already."""
        return bool(self.environment.found)

    def expect(self, coming: Callable[[], bytes | None]) -> None:
        """Note where the code that `compiled` gives will come from; None is no loss."""
        self._coming = coming

    def take_in(self) -> None:
        """Wait for the code that is expected: before this process is forked, as it comes but once."""
        coming, self._coming = self._coming, _nothing
        if data := coming():
            self._codes |= marshal.loads(data)  # noqa: S302 of a process of our own

    def render(self, name: str, view: PageView | SocialCardView) -> str:
        """Return the page that a template makes of a view. Raises ProblemsFound at the template's line."""
        try:
            template = self.environment.get_template(name)
            return template.render({name: getattr(view, name) for name in view.__struct_fields__})
        except _FAULTS as error:
            raise ProblemsFound([self._problem(name, error)]) from error

    def card(self, view: SocialCardView) -> CardSheet:
        """Return the social card of a view, to be drawn. Raises ProblemsFound at the template's line."""
        assert self.theme.font
        return CardSheet(self.render(SOCIAL_CARD, view), self.theme.font, self.sources[SOCIAL_CARD].path)

    def digest(self, name: str) -> str:
        """Return the digest of all that a template's output depends on besides its view."""
        if name not in self.digests:
            closure = tuple((each, self.sources[each].text) for each in sorted(self._closure(name)))
            self.digests[name] = digest(
                (closure, tuple(sorted(self.strings.items())), self.theme.options, self.language)
            )
        return self.digests[name]

    def all_digests(self) -> dict[str, str]:
        """Return the digest of each template."""
        return {name: self.digest(name) for name in self.sources}

    def check(self) -> tuple[Problem, ...]:
        """Return what is wrong with the templates before anything is rendered: their syntax."""
        problems = []
        for name in self.sources:
            try:
                self._references(name)
            except jinja2.TemplateError as error:
                problems.append(self._problem(name, error))
        return tuple(problems)

    def extends_itself(self, name: str) -> bool:
        """Return whether a template extends the one that it overrides."""
        return below(name) in self._references(name)

    def blocks_below(self, name: str) -> frozenset[str]:
        """Return every block that a template which extends the one it overrides may fill."""
        trees = map(self._tree, self._closure(below(name)))
        return frozenset(block.name for tree in trees for block in tree.find_all(nodes.Block))

    def _references(self, name: str) -> tuple[str | None, ...]:
        """Return the templates that one names; None stands for a name computed at run time."""
        if name not in self.references:
            named = meta.find_referenced_templates(self._tree(name))
            self.references[name] = tuple(each and self.environment.join_path(each, name) for each in named)
        return self.references[name]

    def _tree(self, name: str) -> nodes.Template:
        """Return a template as it was parsed, once for all that look at it."""
        if name not in self.sources:
            raise jinja2.TemplateNotFound(name)
        if name not in self.trees:
            self.trees[name] = self.environment.parse(self.sources[name].text, name=name)
        return self.trees[name]

    def _code(self, name: str) -> CodeType:
        """Return a template's code: as it was taken in, or else made here."""
        return self._codes.pop(name, None) or self._compile(name)

    def _compile(self, name: str) -> CodeType:
        return self.environment.compile(self._spend(name), name, name)

    def _spend(self, name: str) -> nodes.Template:
        """Return a template's tree to be compiled, which changes it: nobody looks at it again."""
        tree = self._tree(name)
        del self.trees[name]
        return tree

    def _closure(self, name: str) -> set[str]:
        """Return a template and all it may bring in; a name computed at run time may bring in any."""
        found, waiting = set[str](), [name]
        while waiting:
            each = waiting.pop()
            if each not in found and each in self.sources:
                found.add(each)
                for referred in self._references(each):
                    waiting += list(self.sources) if referred is None else [referred]
        return found

    def _tell(self, key: str, **values: Any) -> str:
        text = self.strings.get(key)
        if text is None:
            near = suggest(key, list(self.strings), otherwise=f"add it to strings/{self.language}.yml")
            raise jinja2.TemplateRuntimeError(f"there is no string `{key}`; {near}")
        try:
            return filled(text, values) if Markup in map(type, values.values()) else text.format(**values)
        except (LookupError, ValueError) as error:
            lost = f"nothing fills {{{error.args[0]}}}" if isinstance(error, LookupError) else str(error)
            what = f"the string `{key}` in strings/{self.language}.yml cannot be told: {lost}"
            raise jinja2.TemplateRuntimeError(what) from error

    def _option(self, name: str) -> Option:
        if name not in self.options:
            near = suggest(name, list(self.options), otherwise="declare it in theme.yml under `options:`")
            raise jinja2.TemplateRuntimeError(f"the theme has no option `{name}`; {near}")
        return self.options[name]

    def _fit(self, text: str, room: int, sizes: Mapping[int, int]) -> Setting:
        """Return a text in the theme's font, in the first of some sizes at which it fits so many lines."""
        if not self.theme.font:
            raise jinja2.TemplateRuntimeError("the theme has no font to set words in")
        if not sizes or any(type(one) is not int or one < 1 for one in (room, *sizes, *sizes.values())):
            raise jinja2.TemplateRuntimeError(
                "fit(TEXT, WIDTH, {SIZE: LINES, …}) takes whole numbers from 1 on"
            )
        return fit(self.theme.font, str(text), room, sizes)

    def _tell_count(self, key: str, n: int, **values: Any) -> str:
        return self._tell(f"{key}.{plural(n, self.language)}", n=n, **values)

    def _long_date(self, moment: datetime) -> Markup:
        return long_date(moment, self.language)

    def _month(self, moment: datetime) -> str:
        return month_name(moment, self.language)

    def _month_year(self, text: str) -> str:
        return month_year(text, self.language)

    def _joined(self, words: Sequence[str]) -> str:
        return joined(words, self.language)

    def _problem(self, name: str, error: BaseException) -> Problem:
        """Return a template's fault at the template and line where it arose."""
        where, line = name, 1
        if isinstance(error, jinja2.TemplateSyntaxError):
            where, line = error.name or name, error.lineno
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in self.sources and not isinstance(error, jinja2.TemplateSyntaxError):
                where, line = file, trace.tb_lineno
            trace = trace.tb_next
        source = self.sources.get(where)
        if source is None:
            return Problem(
                Place(f"themes/{self.theme.name}/templates/{where}"), "this template is missing", "", "theme"
            )
        lines = source.text.split("\n")
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        lost = isinstance(error, jinja2.TemplateNotFound)
        what = f"there is no template `{error}`" if lost else f"this template fails: {_in_words(error)}"
        if lost and "^" in str(error):
            what = "this template extends its own name, and it overrides none"
        hint = "a template sees its view's fields only: docs/reference/views.md lists them"
        return Problem(Place(source.path, line), what, hint, "theme", excerpt=excerpt)


def _nothing() -> None:
    """Return that no code is coming."""


def _in_words(error: BaseException) -> str:
    """Return what Jinja says without the types that only the program knows."""
    return _NO_FIELD.sub(r"there is no field \1 here", str(error))
