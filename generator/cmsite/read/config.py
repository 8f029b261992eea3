"""Read cmsite.yml: the site and its author, what is true for every profile."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from cmsite.errors import Problem, ProblemsFound, Severity, suggest
from cmsite.model import Author, Experience, Feeds, Giscus, Link, Routes, Settings, Skill, Slug, Weights
from cmsite.read.fields import is_reserved, shown
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.schema import AuthorKeys, GiscusKeys, SiteKeys, SkillKeys
from cmsite.read.source import Key, Source
from cmsite.read.validate import salvage

_PLACEHOLDERS = ("year", "month", "day", "slug", "category")
_FOLDERS = re.compile(r"/?(?:(?:[a-z0-9-]|\{(?:year|month|day|slug|category)\})+/)+")
_NOT_OUTPUT = ("content", "themes", "profiles", ".cmsite", ".git", "private", "cmsite.yml", "mask.yml")
FIXED_ROUTES = ("for", "search", "feed", "assets", "files", "legal", "privacy")  # nobody can rename them


def read_config(
    source: Source, problems: list[Problem] | None = None
) -> tuple[Settings, Tree, tuple[Problem, ...]]:
    """Return the settings, the tree they came from and what deserves a warning.

    Raises ProblemsFound for what does not fit; where `problems` are gathered it is added to them instead,
    and the default stands in its place.
    """
    tree = read_yaml(source)
    found: list[Problem] = []
    keys = salvage(tree, SiteKeys, found)
    lost_zone = _check_zone(tree, keys.timezone)
    found += [*_check_output(tree, keys.output), *check_permalink(tree, ("permalink",), keys.permalink)]
    found += [*lost_zone, *_check_routes(tree, keys), *_check_experience(tree, keys.author)]
    if found and problems is None:
        raise ProblemsFound(found)
    if problems is not None:
        problems += found
    settings = Settings(
        title=keys.title,
        description=keys.description,
        url=keys.url or Settings().url,
        timezone=Settings().timezone if lost_zone else keys.timezone,
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
        largest_text=keys.markdown.max_kb * 1024,
        feeds=Feeds(keys.feeds.full_text, keys.feeds.limit),
        routes=Routes(**{name: str(getattr(keys.routes, name)) for name in Routes.__struct_fields__}),
        weights=Weights(**{name: getattr(keys.weights, name) for name in Weights.__struct_fields__}),
        menu=keys.menu,
        search=keys.search,
        legal_reviewed=keys.legal.reviewed,
        cards=keys.cards,
        giscus=_giscus(keys.comments.giscus),
        extra=keys.extra,
    )
    return settings, tree, () if keys.url or "url" in tree.value else (_no_url(tree),)


def _no_url(tree: Tree) -> Problem:
    what = f"no `url` is stated: the site is built for {Settings().url}"
    hint = "add `url: https://NAME.github.io/REPOSITORY/` to cmsite.yml"
    return tree.problem((), what, hint=hint, code="no-url", severity=Severity.WARNING)


def _giscus(keys: GiscusKeys | None) -> Giscus | None:
    return Giscus(keys.repo, keys.repo_id, keys.category, keys.category_id) if keys else None


def _author(keys: AuthorKeys) -> Author:
    skills: dict[str, SkillKeys | None] = asdict(keys.base)
    return Author(
        name=keys.name,
        email=keys.email,
        show_email=keys.show_email,
        photo=keys.photo,
        links=tuple(Link(link.label, link.url, link.me) for link in keys.links),
        base=tuple(
            Skill(name, skill.level, tuple(Slug(slug) for slug in skill.proof))
            for name, skill in skills.items()
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
    if unknown := [name for name in names if name not in _PLACEHOLDERS]:
        return [_unknown_placeholder(tree, key, name) for name in unknown]
    if "slug" not in names:
        what, hint = (
            "the pattern lacks `{slug}`",
            "two posts would share an address: add `{slug}/` at its end",
        )
    elif not _FOLDERS.fullmatch(permalink):
        what = f"{shown(permalink)} is not a pattern of folders"
        if _FOLDERS.fullmatch(f"{permalink}/"):
            hint = f"end it with a slash: `{permalink}/`"
        else:
            hint = "write lower-case words and placeholders between slashes, as in `{year}/{slug}/`"
    elif any(map(is_reserved, permalink.split("/"))):
        what, hint = f"{shown(permalink)} holds a name that some systems refuse", "choose another word"
    else:
        return []
    return [tree.problem(key, what, hint=hint, code="permalink")]


def _unknown_placeholder(tree: Tree, key: Key, name: str) -> Problem:
    hint = suggest(
        name, _PLACEHOLDERS, otherwise=f"the parts are {', '.join(f'{{{one}}}' for one in _PLACEHOLDERS)}"
    )
    return tree.problem(key, f"`{{{name}}}` is not a part of a post's address", hint=hint, code="permalink")


def _check_output(tree: Tree, output: str) -> list[Problem]:
    path = PurePosixPath(output)
    first = path.parts[0].casefold() if path.parts else ""
    if first in _NOT_OUTPUT:
        what, hint = (
            f"the output cannot be `{path.parts[0]}`",
            "choose another folder, as in `output: public`",
        )
        if len(path.parts) > 1:
            what = f"the output cannot lie in `{path.parts[0]}/`"
    elif not first or path.is_absolute() or not all(map(_is_plain, path.parts)):
        what = f"{shown(output)} cannot be the output"
        hint = "write a plain path under the site's folder, as in `output: public`"
    else:
        return []
    return [tree.problem(("output",), what, hint=hint, code="output")]


def _is_plain(name: str) -> bool:
    """Return whether every system takes the name as that of a folder, and no shell as something else."""
    if is_reserved(name.casefold()) or name.startswith(("~", " ")) or name.endswith((".", " ")):
        return False
    return ".." not in name and not re.search(r"[$\\:*?\"<>|\n\t]", name)


def _check_zone(tree: Tree, name: str) -> list[Problem]:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = _near_zone(name) or "write a name such as Europe/Paris"
        return [tree.problem(("timezone",), f"{shown(name)} is not a time zone", hint=hint, code="timezone")]
    return []


def _check_experience(tree: Tree, keys: AuthorKeys) -> list[Problem]:
    """Return the positions that end before they begin; a year and a month are compared by their years."""
    return [
        tree.problem(
            ("author", "experience", index, "to"),
            f"this ends ({held.end}) before it begins ({held.start})",
            hint="change `from` or `to`",
            code="date",
        )
        for index, held in enumerate(keys.experience)
        if held.end and held.end < held.start[: len(held.end)]
    ]


def _near_zone(name: str) -> str:
    """Return a hint that names the time zone of that city, or the one spelt nearest."""
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    city = next((zone for zone in zones if zone.casefold().endswith(f"/{name.casefold()}")), "")
    return f"did you mean `{city}`?" if city else suggest(name, [zone for zone in zones if "/" in zone])


def _check_routes(tree: Tree, keys: SiteKeys) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for name in Routes.__struct_fields__:
        word = getattr(keys.routes, name)
        if word in FIXED_ROUTES:
            what = f"the address `/{word}/` has another use"
            problems.append(tree.problem(("routes", name), what, hint="choose another word", code="routes"))
        if word in seen:
            what = f"`{seen[word]}` and `{name}` share the address `/{word}/`"
            problems.append(tree.problem(("routes", name), what, hint="choose another word", code="routes"))
        seen[word] = name
    return problems
