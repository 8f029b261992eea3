"""Make every file of an edition in memory, and what it must not tell."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from builders import workshop
from cmsite.model import Language, Site, Target, Theme
from cmsite.read.theme import read_theme
from cmsite.shape.personalise import Edition, personalise
from cmsite.shape.plan import compose_edition, plan_edition
from cmsite.shape.render import render
from cmsite.shape.report.leaks import Leak, Secret, bare_site, find_leaks, opened, secrets_of
from cmsite.shape.templates import Templates
from site_folder import SiteFolder
from tiny_theme import wear_tiny_theme

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@cache
def theme_named(name: str) -> Theme:
    """Return the built-in theme, or `tiny`, which prints whole views: whatever reaches a template is seen."""
    with tempfile.TemporaryDirectory() as folder:
        return read_theme(wear_tiny_theme(SiteFolder(Path(folder)).started()).root, name)


@cache
def templates_of(theme: str, language: Language) -> Templates:
    return Templates(theme_named(theme), language)


def edition_of(site: Site, target: Target | None = None) -> Edition:
    """Return the edition of the site's first profile."""
    return personalise(site, site.profiles[0], now=NOW, target=target)


def files_of(edition: Edition, site: Site, theme: str = "tiny") -> dict[str, bytes]:
    """Return every file of an edition; one of the author's has its own path for its bytes."""
    templates = templates_of(theme, edition.language)
    composed = compose_edition(edition, site, templates.theme, workshop(), pictures="")
    plan = plan_edition(composed, site, templates, "")
    files = {output.path: render(output, templates) for output in plan.outputs()}
    return {path: path.encode() if data is None else data for path, data in files.items()}


def secrets_in(edition: Edition, site: Site, theme: str = "tiny") -> tuple[Secret, ...]:
    """Return what the edition must not tell."""
    bare = bare_site(site, edition.profile, edition.target)
    said = files_of(personalise(bare, bare.profiles[0], now=NOW, target=edition.target), bare, theme)
    words = [f"{path} {data.decode()}" for path, data in said.items()]
    worn = theme_named(theme)
    strings = (text for _, texts in worn.strings for _, text in texts)
    return secrets_of(site, edition, [*words, *strings, *(each.text for each in worn.templates)])


def leaks_in(
    files: dict[str, bytes], secrets: tuple[Secret, ...], *, written: bool = True
) -> tuple[Leak, ...]:
    """Return what some files give away."""
    return find_leaks((opened(path, data) for path, data in files.items()), secrets, written=written)


def leaks_of(site: Site, target: Target | None = None) -> tuple[Leak, ...]:
    """Return what the edition of the site's first profile gives away."""
    edition = edition_of(site, target)
    return leaks_in(files_of(edition, site), secrets_in(edition, site))
