"""Give the tests of the preview a site that two profiles and two targets read differently."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serve.browser import Browser, browsing
from site_folder import SiteFolder

_PROFILE = """\
headline: Community manager
mask: {niche: e-sante, locality: paris}
targets:
  - {name: Clinique Exemple, slug: clinique, mask: {locality: lyon}}
  - {name: Mutuelle Exemple, slug: mutuelle, public: true}
"""


@pytest.fixture
def two(site: SiteFolder) -> SiteFolder:
    """A site of two profiles: one post for all, one for each."""
    site.write("profiles/sante.yml", _PROFILE)
    site.write("profiles/jeu.yml", "headline: Autre\nmask: {niche: jeu-video}\n")
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", f"{config}profile: sante\n")
    site.post("pour-tous").post("patients", "mask: {niche: e-sante}")
    return site.post("joueurs", "mask: {niche: jeu-video}")


@pytest.fixture
def browser(two: SiteFolder) -> Iterator[Browser]:
    """A preview of that site."""
    with browsing(two) as opened:
        yield opened
