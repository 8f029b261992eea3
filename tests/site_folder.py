"""Write a site, build it, read what came out, edit it, build again: tests that read as stories."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from cmsite.build import Published, build_or_stand, build_site
from cmsite.cli import cmsite
from cmsite.editions import Request

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

_CONFIG = """\
title: Carnet
url: https://example.org/carnet/
language: fr
timezone: Europe/Paris
author: {name: Camille Martin}
search: false
cards: false
legal: {reviewed: true}
"""
_MASK = """\
niche:
  e-sante: {label: {fr: e-santé, en: digital health}, aliases: [esante]}
  jeu-video: {label: {fr: jeu vidéo, en: video games}}
locality:
  france: {label: France, phrase: {fr: en France, en: in France}}
  paris: {label: Paris, within: france, phrase: {fr: à Paris, en: in Paris}}
  lyon: {label: Lyon, within: france, phrase: {fr: à Lyon, en: in Lyon}}
"""
_PROFILE = """\
headline: Community manager
mask: {niche: e-sante, locality: paris}
"""


class SiteFolder:
    """A site's folder in a test; every verb returns the folder itself or what was asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def started(self) -> SiteFolder:
        """Write a configuration, a vocabulary and one profile."""
        self.write("cmsite.yml", _CONFIG)
        self.write("mask.yml", _MASK)
        return self.write("profiles/sante.yml", _PROFILE)

    def write(self, path: str, text: str | bytes) -> SiteFolder:
        """Write a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def post(
        self, slug: str, head: str = "", body: str = "Un texte.", *, date: str = "2026-03-01"
    ) -> SiteFolder:
        """Write a post; `head` is more front matter, a `title` is given if it states none."""
        title = "" if "title:" in head else f"title: Titre de {slug}\n"
        dated = "" if "date:" in head or not date else f"date: {date}\n"
        head = head if not head or head.endswith("\n") else f"{head}\n"
        return self.write(f"content/posts/{slug}.md", f"---\n{title}{dated}{head}---\n\n{body}\n")

    def delete(self, path: str) -> SiteFolder:
        """Delete a file or a folder of the site."""
        target = self.root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        return self

    def build(self, profile: str = "", *, now: datetime = NOW, **wishes: bool | str | int) -> Published:
        """Build the site and return what was done."""
        return build_site(self.root, Request(now=now, profile=profile, **wishes))  # type: ignore[arg-type]

    def build_or_stand(self, profile: str = "", *, now: datetime = NOW) -> Published:
        """Build the site as the command does, which reads nothing when nothing has changed."""
        return build_or_stand(self.root, Request(now=now, profile=profile))

    def run(self, *arguments: str) -> Result:
        """Run `cmsite` on this site as a terminal would, at a fixed instant."""
        environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "COLUMNS": "200"}
        return CliRunner().invoke(cmsite, ["--site", str(self.root), *arguments], env=environment)

    def read(self, path: str) -> str:
        """Return a file of the output."""
        return (self.root / "public" / path).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        """Return whether the output holds a file."""
        return (self.root / "public" / path).exists()

    def outputs(self) -> dict[str, bytes]:
        """Return every file of the output."""
        public = self.root / "public"
        return {
            path.relative_to(public).as_posix(): path.read_bytes()
            for path in sorted(public.rglob("*"))
            if path.is_file()
        }

    def everything(self) -> bytes:
        """Return all bytes of the output, one after the other, with the paths."""
        return b"\n".join(os.fsencode(path) + b"\n" + data for path, data in self.outputs().items())
