"""Build an edition: read, personalise, plan, find what is stale, render it, publish."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from cmsite.digest import digest, digest_bytes
from cmsite.errors import Problem, ProblemsFound, Severity, UsageError, sort_problems, suggest
from cmsite.model import BuiltOutput, Manifest, Place, Profile, Settings, Site
from cmsite.read.site import Reading, read_site
from cmsite.shape.markup import Converter
from cmsite.shape.outdated import Stale, find_stale
from cmsite.shape.personalise import Edition, personalise
from cmsite.shape.plan import CopyRecipe, PageRecipe, Plan, plan_edition
from cmsite.shape.python_markdown import is_extension
from cmsite.shape.render import render
from cmsite.shape.templates import Templates
from cmsite.shape.texts import check_wording
from cmsite.write.publish import Existing, Made, damaged, examine, publish, working

_MADE_WITH = ("babel", "jinja2", "markdown", "nh3", "pygments", "pymdown-extensions", "python-slugify")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a build. `now` decides what is published; `profile` "" is the lead one."""

    now: datetime
    profile: str = ""
    base_url: str = ""
    strict: bool = False
    verify: bool = False
    clean: bool = False
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did. `pages` counts the HTML pages, `rendered` and `kept` all files of the site."""

    profile: str
    output: str
    pages: int
    rendered: int
    kept: int
    removed: int
    converted: int
    stale: tuple[Stale, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition with its plan, ready to be rendered."""

    edition: Edition
    plan: Plan
    templates: Templates
    converted: int


def build_site(root: Path, request: Request) -> Published:
    """Build one profile's edition of the site at `root` into its output, and return what was done.

    Raises ProblemsFound, with the old site untouched, for mistakes in the author's files (and for
    warnings under `strict`), Refused for an output that is not ours.
    """
    root = root.resolve()
    with working(root):
        reading = read_site(root)
        output = root / reading.site.settings.output
        whose = _identity(reading.site)
        existing = examine(root, output, whose, adopt=request.adopt)
        prepared = prepare(reading, find_profile(reading.site, request.profile), request)
        warnings = sort_problems(
            [*reading.warnings, *prepared.plan.warnings, *_foreign(root, output, existing)]
        )
        if request.strict and warnings:
            raise ProblemsFound(warnings)
        return _publish(root, output, existing, prepared, whose, request, warnings)


def check_site(root: Path, now: datetime) -> tuple[Problem, ...]:
    """Return everything that a strict build of any profile would refuse; nothing is written."""
    try:
        reading = read_site(root.resolve())
        check_wording(reading.site)
    except ProblemsFound as found:
        return found.problems
    problems = list(reading.warnings)
    for profile in reading.site.profiles:
        try:
            prepared = prepare(reading, profile, Request(now))
            problems += prepared.plan.warnings
            for output in prepared.plan.outputs:
                render(output, prepared.templates)
        except ProblemsFound as found:
            problems += found.problems
    return sort_problems(problems)


def prepare(reading: Reading, profile: Profile, request: Request) -> Prepared:
    """Return a profile's edition and its plan. Raises ProblemsFound for mistakes in wording and themes."""
    _check_extensions(reading)
    check_wording(reading.site)
    edition = personalise(reading.site, profile, now=request.now)
    if request.base_url:
        edition = replace(edition, settings=replace(edition.settings, url=request.base_url))
    theme = reading.theme(edition.settings.theme)
    templates = Templates(theme, edition.language)
    if problems := templates.check():
        raise ProblemsFound(problems)
    converter = Converter(edition.settings.markdown_extensions)
    plan = plan_edition(edition, reading.site, theme, templates, converter, generator_digest())
    return Prepared(edition, plan, templates, converter.converted)


def _check_extensions(reading: Reading) -> None:
    """Raise ProblemsFound, at their places in cmsite.yml, for extensions that Markdown cannot load."""
    named = enumerate(reading.site.settings.markdown_extensions)
    unknown = [(index, name) for index, name in named if not is_extension(name)]
    if unknown:
        hint = "check its spelling, install it beside cmsite, or take it out"
        raise ProblemsFound(
            reading.config.problem(
                ("markdown", "extensions", index),
                f"`{name}` is not a Markdown extension that is installed here",
                hint=hint,
                code="extension",
            )
            for index, name in unknown
        )


def find_profile(site: Site, name: str) -> Profile:
    """Return the profile of that name, the lead one for "". Raises UsageError with a suggestion."""
    wanted = name or site.settings.profile
    for profile in site.profiles:
        if profile.name == wanted:
            return profile
    names = [profile.name for profile in site.profiles]
    raise UsageError(
        f"there is no profile `{wanted}`", suggest(wanted, names, otherwise=f"there are {', '.join(names)}")
    )


def _publish(
    root: Path,
    output: Path,
    existing: Existing,
    prepared: Prepared,
    whose: str,
    request: Request,
    warnings: tuple[Problem, ...],
) -> Published:
    plan, known = prepared.plan, None if request.clean else existing.manifest
    missing = damaged(output, known, thoroughly=request.verify) if known else frozenset[str]()
    stale = tuple(find_stale(plan, known, missing))
    paths = frozenset(each.path for each in plan.outputs)
    removed = len(existing.ours - paths)

    def describe(outputs: tuple[BuiltOutput, ...]) -> Manifest:
        until = prepared.edition.until
        return Manifest(whose, prepared.edition.profile.name, until.isoformat() if until else "", outputs)

    unchanged = known is not None and not stale and not removed and describe(known.outputs) == known
    if not unchanged:
        publish(root, output, existing, _make(root, prepared, stale), describe)
    return Published(
        profile=prepared.edition.profile.name,
        output=output.relative_to(root).as_posix(),
        pages=sum(isinstance(each.recipe, PageRecipe) for each in plan.outputs),
        rendered=len(stale),
        kept=len(plan.outputs) - len(stale),
        removed=removed,
        converted=prepared.converted,
        stale=stale,
        warnings=warnings,
    )


def _make(root: Path, prepared: Prepared, stale: tuple[Stale, ...]) -> Iterator[Made]:
    """Yield every file of the new generation, rendering only the stale ones, one at a time."""
    wanted = {each.output.path for each in stale}
    for output in prepared.plan.outputs:
        if output.path not in wanted:
            yield Made(output.path, output.inputs)
        elif isinstance(output.recipe, CopyRecipe):
            yield Made(output.path, output.inputs, copy_of=root / output.recipe.source)
        else:
            yield Made(output.path, output.inputs, data=render(output, prepared.templates))


def _identity(site: Site) -> str:
    """Return what tells one site's output from another's: marks of its title and of its address.

    One of the two may change without the output becoming a stranger's.
    """
    settings, unstated = site.settings, Settings()
    told = [settings.title, settings.url] if settings.url != unstated.url else [settings.title]
    return " ".join(digest(text) for text in told)


def _foreign(root: Path, output: Path, existing: Existing) -> Iterator[Problem]:
    for path in existing.foreign:
        what = "this file of the output is not cmsite's; it is carried over and published with the site"
        place = Place((output / path).relative_to(root).as_posix())
        yield Problem(
            place, what, "move it to content/static/, or delete it", "foreign-file", Severity.WARNING
        )


@cache
def generator_digest() -> str:
    """Return the digest of the program: its own sources and what it renders with."""
    folder = Path(__file__).parent
    sources = [digest_bytes(file.read_bytes()) for file in sorted(folder.rglob("*.py"))]
    return digest((*sources, platform.python_version(), *(version(name) for name in _MADE_WITH)))
