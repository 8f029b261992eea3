"""Whatever happens to what cmsite keeps for itself, the site that is built is the site."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from cmsite.build import build_or_stand
from cmsite.editions import Request
from pictures import image, saved
from site_folder import NOW, SiteFolder

ROUNDS = int(os.environ.get("CMSITE_DAMAGES", "30"))  # the whole run, by hand, is of 1,000


@pytest.mark.parametrize("part", range(3))
def test_no_damage_of_what_is_kept_shows_in_the_site(site: SiteFolder, part: int) -> None:
    site.write("content/files/x.jpg", saved(image(), "JPEG"))
    for index in range(3):
        site.post(f"p{index}", "tags: [a]", f"Texte {index}. ![x](files/x.jpg)")
    chance = random.Random(part)
    whole = site_of(site)
    for turn in range(ROUNDS // 3):
        if turn % 3 == 0:  # then there is something to do, and the old generation is of use
            site.post("p0", "tags: [a]", f"Texte {chance.choice('abc')}.")
        damage(chance.choice(kept(site.root)), chance)
        build_or_stand(site.root, Request(now=NOW))
        found = site.outputs()
        if turn % 3 == 0:
            whole = site_of(site)
        assert found == whole


def site_of(site: SiteFolder) -> dict[str, bytes]:
    """Return the site as a clean build makes it."""
    site.build(clean=True)
    build_or_stand(site.root, Request(now=NOW))
    return site.outputs()


def kept(root: Path) -> list[Path]:
    return sorted(file for file in (root / ".cmsite").rglob("*") if file.is_file() and file.name != "lock")


def damage(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    if not data or chance.random() < 0.3:
        del data[chance.randrange(len(data) + 1) :]
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.unlink()  # what is kept may share its bytes with what is published
    file.write_bytes(data)
