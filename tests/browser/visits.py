"""Visit pages as a reader does, and note all that a browser complains of or asks of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, Request, Response

Scheme = Literal["light", "dark"]
NARROW, WIDE = 320, 1280
PATIENCE = 30_000  # milliseconds: a machine may be busy
_HEIGHT = 800
_KIND = re.compile(r'<html lang="(\w+)">.*<body class="(\S+)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site that is being served: where it stands on this machine, and its pages, as "index.html"."""

    address: str
    public: Path

    def pages(self) -> list[str]:
        """Return every page, old addresses that only lead on left out."""
        files = (
            file for file in sorted(self.public.rglob("*.html")) if _KIND.search(file.read_text("utf-8"))
        )
        return [file.relative_to(self.public).as_posix() for file in files]

    def longest(self, language: str) -> dict[str, str]:
        """Return the longest page of each kind in a language."""
        found: dict[str, tuple[int, str]] = {}
        for page in self.pages():
            text = (self.public / page).read_text("utf-8")
            match = _KIND.search(text)
            if match and match[1] == language:
                found[match[2]] = max(found.get(match[2], (0, "")), (len(text), page))
        return {kind: page for kind, (_, page) in found.items()}

    def url(self, page: str) -> str:
        """Return the address of a page on this machine."""
        return urljoin(self.address, page.removesuffix("index.html"))


@dataclass(slots=True)
class Visit:
    """A page that is open, and what went wrong or abroad while it was."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    def listen(self, home: str) -> None:
        """Note every complaint, refusal and request to another host from now on."""

        def asked(request: Request) -> None:
            if not request.url.startswith((home, "data:")):
                self.abroad.append(request.url)

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.complaints.append(f"{response.status} {response.url}")

        self.page.on("request", asked)
        self.page.on("response", answered)
        self.page.on("pageerror", lambda error: self.complaints.append(f"fault: {error}"))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )


@contextmanager
def visiting(
    browser: Browser,
    site: BuiltSite,
    page: str,
    *,
    width: int = WIDE,
    scheme: Scheme = "light",
    scripts: bool = True,
) -> Iterator[Visit]:
    """Open a page in a browser that has never been here."""
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",  # so that a page that scrolls has scrolled
    )
    context.set_default_timeout(PATIENCE)
    try:
        visit = Visit(context.new_page())
        visit.listen(site.address)
        visit.page.goto(site.url(page))
        yield visit
    finally:
        context.close()
