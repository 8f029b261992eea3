"""Write a site with nothing to mend, break it, and ask what `check` says of it."""

from __future__ import annotations

from cmsite.audit import check_site
from cmsite.errors import Problem
from site_folder import NOW, SiteFolder

SUMMARY = "Une phrase qui dit bien ce que le lecteur va trouver dans ce texte."
CONFIG = """\
title: Carnet
description: Des notes de terrain.
url: https://example.org/carnet/
language: fr
timezone: Europe/Paris
profile: sante
cards: false
legal: {reviewed: true}
"""


def sound(site: SiteFolder) -> SiteFolder:
    """Give the site two profiles and three posts that leave nothing to mend."""
    site.write("cmsite.yml", CONFIG)
    site.write("profiles/jeu.yml", "headline: CM jeu\nmask: {niche: jeu-video, locality: lyon}\n")
    write(site, "soin", "mask: {niche: e-sante, locality: paris}", "## Le soin\n\nUn texte.")
    write(site, "jeu-ouvert", "mask: {niche: jeu-video, locality: lyon}", "## Le jeu\n\nUn texte.")
    return write(site, "pour-tous", "", "## Un début\n\nUn texte.\n\n## Une fin\n\nUn autre.")


def write(site: SiteFolder, slug: str, head: str = "", body: str = "Un texte.", **fields: str) -> SiteFolder:
    """Write a post with a good summary."""
    return site.post(slug, f"summary: {SUMMARY}\n{head}", body, **fields)


def check(site: SiteFolder) -> tuple[Problem, ...]:
    """Return what `check` finds."""
    return check_site(site.root, NOW)


def told(site: SiteFolder) -> list[str]:
    """Return what `check` finds, a line each: place, severity, code and what is wrong."""
    return [f"{one.place}: {one.severity}: {one.code}: {one.what}" for one in check(site)]


def place_of(site: SiteFolder, path: str, words: str) -> str:
    """Return the place of the first words of a file that are these: "path:line:column"."""
    text = (site.root / path).read_text(encoding="utf-8")
    at = text.index(words)
    return f"{path}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
