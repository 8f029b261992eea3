"""Write the same posts as a site of cmsite, of Hugo and of Pelican."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import LEAD, READERS, Reader, Sample, drawings, samples
from benchmarks.words import CHALLENGES, CITIES, NICHES

SMALL = "small"  # the theme of cmsite that shows what those of the others do

_PEERS = Path(__file__).parent / "peers"
_THEMES = Path(__file__).parent / "themes"
_LINK = re.compile(r"post:([\w-]+)")
_ABOUT = "Une page **à propos**, courte, la même pour tous.\n"

Head = Callable[[Sample], str]


def write_cmsite(folder: Path, count: int, engine: str, theme: str = SMALL) -> None:
    """Write a site of cmsite with ten profiles; the lead one takes every post."""
    _write(folder / "cmsite.yml", _config(engine, theme))
    if theme == SMALL:
        shutil.copytree(_THEMES, folder / "themes", dirs_exist_ok=True)
    _write(folder / "mask.yml", _vocabulary())
    for reader in READERS:
        _write(folder / "profiles" / f"{reader.name}.yml", _profile(reader))
    _write(folder / "content" / "pages" / "about.md", f"---\ntitle: À propos\n---\n\n{_ABOUT}")
    _draw(folder / "content" / "files")
    for post in samples(count):
        _write(folder / cmsite_source(post.slug), f"{_cmsite_head(post)}\n{post.body}")


def cmsite_source(slug: str) -> str:
    """Return the path of a post's file."""
    return f"content/posts/{slug}.md"


def write_hugo(folder: Path, count: int) -> None:
    """Write a site of Hugo: `content/` for the lead, one folder for each other profile, one for all roles.

    The folders of profiles hold links to the very files of `content/`; in `content-roles/` each post says
    in its head which profiles take it.
    """
    shutil.copytree(_PEERS / "hugo", folder, dirs_exist_ok=True)
    config = (_PEERS / "hugo" / "hugo.toml").read_text(encoding="utf-8")
    _write(folder / "hugo.toml", f'cacheDir = "{(folder / ".cache").resolve()}"\n{config}')
    _write(folder / "roles.toml", _roles())
    _draw(folder / "static" / "files")
    contents = [hugo_content(reader.name) for reader in READERS]
    for content in (*contents, "content-roles"):
        every = 'sites: {matrix: {roles: ["**"]}}\n' if content == "content-roles" else ""
        _write(folder / content / "about.md", f"---\ntitle: À propos\n{every}---\n\n{_ABOUT}")
        _write(folder / content / "archive.md", f"---\ntitle: Archives\nlayout: archive\n{every}---\n")
        _write(folder / content / "blog" / "_index.md", f"---\ntitle: Blog\n{every}---\n")
    where = {post.slug: post.address for post in samples(count)}
    for post in samples(count):
        body = _for_peers(post.body, where)
        source = folder / hugo_source(post.slug)
        _write(source, f"{_hugo_head(post)}\n{body}")
        taken = [reader.name for reader in READERS if reader.takes(post)]
        roles = f"sites: {{matrix: {{roles: [{', '.join(taken)}]}}}}\n"
        _write(folder / "content-roles" / "blog" / source.name, f"{_hugo_head(post, roles)}\n{body}")
        for name in taken[1:]:
            os.link(source, folder / hugo_content(name) / "blog" / source.name)


def hugo_source(slug: str) -> str:
    """Return the path of a post's file."""
    return f"content/blog/{slug}.md"


def hugo_content(profile: str) -> str:
    """Return the folder with the posts of a profile."""
    return "content" if profile == LEAD else f"content-{profile}"


def write_pelican(folder: Path, count: int) -> None:
    """Write a site of Pelican."""
    shutil.copytree(_PEERS / "pelican", folder, dirs_exist_ok=True)
    _draw(folder / "content" / "files")
    _write(folder / "content" / "pages" / "about.md", f"Title: À propos\nSlug: about\n\n{_ABOUT}")
    where = {post.slug: post.address for post in samples(count)}
    for post in samples(count):
        _write(folder / pelican_source(post.slug), f"{_pelican_head(post)}\n{_for_peers(post.body, where)}")


def pelican_source(slug: str) -> str:
    """Return the path of a post's file."""
    return f"content/blog/{slug}.md"


def _config(engine: str, theme: str) -> str:
    return f"""\
title: Carnet de mesure
description: Un corpus fait de listes de mots.
url: https://example.org/
language: fr
timezone: Europe/Paris
profile: {LEAD}
search: false
cards: false
menu: [blog, about, tags, archive]
author: {{name: Camille Martin}}
markdown: {{engine: {engine}}}
theme: {theme}
"""


def _vocabulary() -> str:
    lines = ["niche:", *(f"  {name}: {{label: {name}}}" for name in NICHES)]
    lines += ["challenge:", *(f"  {name}: {{label: {name}}}" for name in CHALLENGES)]
    lines += ["locality:", "  france: {label: France, phrase: en France}"]
    lines += [f"  {name}: {{label: {name.title()}, within: france}}" for name in CITIES]
    return "\n".join(lines) + "\n"


def _profile(reader: Reader) -> str:
    challenge = f"  challenge: [{', '.join(CHALLENGES)}]\n" if reader.name == LEAD else ""
    return (
        f"language: fr\nheadline: Community manager\npath: {reader.name}\nmask:\n"
        f"  niche: [{', '.join(reader.niches)}]\n{challenge}  locality: {reader.city}\n  presence: online\n"
    )


def _roles() -> str:
    roles = (f"[roles.{reader.name}]\nweight = {at}\n" for at, reader in enumerate(READERS, 1))
    return f'contentDir = "content-roles"\ndefaultContentRole = "{LEAD}"\n{"".join(roles)}'


def _cmsite_head(post: Sample) -> str:
    niche = f"  niche: [{', '.join(post.niches)}]\n" if post.niches else ""
    return (
        f"---\ntitle: {post.title}\ndate: {post.date}\nsummary: {post.summary}\n"
        f"tags: [{', '.join(post.tags)}]\n"
        f"mask:\n{niche}  challenge: [{', '.join(post.challenges)}]\n"
        "  locality: france\n  presence: online\n---\n"
    )


def _hugo_head(post: Sample, more: str = "") -> str:
    return (
        f"---\ntitle: {post.title}\ndate: {post.date}\nslug: {post.slug}\nsummary: {post.summary}\n"
        f"tags: [{', '.join(post.tags)}]\n{more}---\n"
    )


def _pelican_head(post: Sample) -> str:
    return (
        f"Title: {post.title}\nDate: {post.date}\nSlug: {post.slug}\nSummary: {post.summary}\n"
        f"Tags: {', '.join(post.tags)}\n"
    )


def _for_peers(body: str, where: dict[str, str]) -> str:
    """Return a body with the addresses that links and pictures have in the finished site."""
    return _LINK.sub(lambda found: where[found[1]], body).replace("](files/", "](/files/")


def _draw(folder: Path) -> None:
    for name, text in drawings():
        _write(folder / name, text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
