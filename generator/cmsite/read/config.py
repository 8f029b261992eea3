"""Read cmsite.yml: the site and its author, what is true for every profile."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from cmsite.errors import Problem, ProblemsFound, Severity, suggest
from cmsite.model import Author, Experience, Feeds, Link, Routes, Settings, Skill, Slug, Weights
from cmsite.read.guarded_yaml import Key, Tree, read_yaml
from cmsite.read.schema import AuthorKeys, SiteKeys
from cmsite.read.source import Source
from cmsite.read.validate import validate

_PLACEHOLDERS = ("year", "month", "day", "slug", "category")
_NOT_OUTPUT = ("content", "themes", "profiles", ".cmsite", ".git", "private")


def read_config(source: Source) -> tuple[Settings, Tree, tuple[Problem, ...]]:
    """Return the settings, the tree they came from and what deserves a warning.

    Raises ProblemsFound for what does not fit.
    """
    tree = read_yaml(source)
    keys = validate(tree, SiteKeys)
    problems = [*_check_output(tree, keys.output), *check_permalink(tree, ("permalink",), keys.permalink)]
    problems += [*_check_zone(tree, keys.timezone), *_check_routes(tree, keys)]
    if problems:
        raise ProblemsFound(problems)
    settings = Settings(
        title=keys.title,
        description=keys.description,
        url=keys.url or Settings().url,
        timezone=keys.timezone,
        language=keys.language,
        profile=keys.profile,
        theme=keys.theme,
        accent=keys.accent,
        permalink=keys.permalink,
        posts_per_page=keys.posts_per_page,
        output=PurePosixPath(keys.output).as_posix(),
        author=_author(keys.author),
        engine=keys.markdown.engine,
        markdown_extensions=keys.markdown.extensions,
        feeds=Feeds(keys.feeds.full_text, keys.feeds.limit),
        routes=Routes(**{name: str(getattr(keys.routes, name)) for name in Routes.__slots__}),
        weights=Weights(**{name: getattr(keys.weights, name) for name in Weights.__slots__}),
        menu=keys.menu,
        extra=keys.extra,
    )
    return settings, tree, () if keys.url else (_no_url(tree),)


def _no_url(tree: Tree) -> Problem:
    what = f"no `url` is stated: the site is built for {Settings().url}"
    hint = "add `url: https://NAME.github.io/REPOSITORY/` to cmsite.yml"
    return tree.problem((), what, hint=hint, code="no-url", severity=Severity.WARNING)


def _author(keys: AuthorKeys) -> Author:
    skills = [(name, getattr(keys.base, name)) for name in type(keys.base).__slots__]
    return Author(
        name=keys.name,
        email=keys.email,
        show_email=keys.show_email,
        photo=keys.photo,
        links=tuple(Link(link.label, link.url, link.me) for link in keys.links),
        base=tuple(
            Skill(name, skill.level, tuple(Slug(slug) for slug in skill.proof))
            for name, skill in skills
            if skill
        ),
        experience=tuple(
            Experience(held.role, held.organisation, held.start, held.end, held.summary)
            for held in keys.experience
        ),
    )


def check_permalink(tree: Tree, key: Key, permalink: str | None) -> list[Problem]:
    """Return what is wrong with a pattern of post addresses."""
    if permalink is None:
        return []
    names = re.findall(r"\{([^{}]*)\}", permalink)
    problems = [
        tree.problem(
            key,
            f"`{{{name}}}` is not a part of a post's address",
            hint=suggest(name, _PLACEHOLDERS, otherwise=f"there are {', '.join(_PLACEHOLDERS)}"),
            code="permalink",
        )
        for name in names
        if name not in _PLACEHOLDERS
    ]
    if "slug" not in names:
        hint = "two posts would share an address: add `{slug}/` at its end"
        problems.append(tree.problem(key, "the pattern lacks `{slug}`", hint=hint, code="permalink"))
    plain = re.sub(r"\{\w+\}", "x", permalink)
    if not re.fullmatch(r"/?(?:[a-z0-9-]+/)*", plain):
        hint = "write lower-case words and placeholders between slashes, as in `{year}/{slug}/`"
        problems.append(
            tree.problem(key, f"`{permalink}` cannot be a folder's address", hint=hint, code="permalink")
        )
    return problems


def _check_output(tree: Tree, output: str) -> list[Problem]:
    parts = PurePosixPath(output).parts
    if not parts or re.search(r"[~$\\\0]|\.\.", output) or output.startswith("/"):
        hint = "write a plain path under the site's folder, as in `output: public`"
        return [tree.problem(("output",), f"`{output}` cannot be the output", hint=hint, code="output")]
    if parts[0] in _NOT_OUTPUT:
        hint = "choose another folder, as in `output: public`"
        return [
            tree.problem(("output",), f"the output cannot lie in `{parts[0]}/`", hint=hint, code="output")
        ]
    return []


def _check_zone(tree: Tree, name: str) -> list[Problem]:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        hint = suggest(name, sorted(available_timezones()), otherwise="write a name such as Europe/Paris")
        return [tree.problem(("timezone",), f"`{name}` is not a time zone", hint=hint, code="timezone")]
    return []


def _check_routes(tree: Tree, keys: SiteKeys) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for name in Routes.__slots__:
        word = getattr(keys.routes, name)
        if word in seen:
            what = f"`{seen[word]}` and `{name}` share the address `/{word}/`"
            problems.append(tree.problem(("routes", name), what, hint="choose another word", code="routes"))
        seen[word] = name
    return problems
