"""Tell where every value in force was written."""

from __future__ import annotations

import pytest

from cmsite.read.origins import Layer, Origin, origins
from cmsite.read.site import read_site
from site_folder import SiteFolder

PROFILE = """\
headline: Community manager
mask:
  niche: [esante, jeu-video]
  locality: paris
site:
  title: Carnet de santé
  menu: [about]
  extra: {b: deux, c: {d: trois}}
select: {at_most: 12, general: leave-out}
targets:
  - name: Clinique
    slug: clinique
    mask: {locality: lyon}
    needs: {niche: e-sante}
"""


@pytest.fixture
def layered(site: SiteFolder) -> SiteFolder:
    """Return a site, a profile and a target that each state something."""
    site.started().write("profiles/sante.yml", PROFILE).post("un")
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    return site.write("cmsite.yml", f"{config}posts_per_page: 5\nextra: {{a: un, b: un, c: {{e: un}}}}\n")


def found(site: SiteFolder, *, target: bool = False) -> dict[str, Origin]:
    reading = read_site(site.root)
    [profile] = reading.site.profiles
    told = origins(reading, profile, profile.targets[0] if target else None)
    return {origin.key: origin for origin in told}


def test_a_later_layer_takes_the_place_of_an_earlier_one(layered: SiteFolder) -> None:
    told = found(layered)
    assert (told["title"].value, told["title"].layer) == ("Carnet de santé", Layer.PROFILE)
    assert str(told["title"].place) == "profiles/sante.yml:6:10"
    assert (told["url"].layer, str(told["url"].place)) == (Layer.SITE, "cmsite.yml:2:6")


def test_values_are_as_they_were_read(layered: SiteFolder) -> None:
    told = {key: origin.value for key, origin in found(layered).items()}
    assert told["posts_per_page"] == 5
    assert told["mask.niche"] == ["e-sante", "jeu-video"]  # an alias is told as its term
    assert told["select.at_most"] == 12
    assert told["menu"] == ["about"]
    assert told["author.name"] == "Camille Martin"


def test_values_of_ones_own_are_merged_key_by_key(layered: SiteFolder) -> None:
    told = {key: (origin.value, origin.layer) for key, origin in found(layered).items()}
    assert told["extra.a"] == ("un", Layer.SITE)
    assert told["extra.b"] == ("deux", Layer.PROFILE)
    assert told["extra.c.e"] == ("un", Layer.SITE)
    assert told["extra.c.d"] == ("trois", Layer.PROFILE)


def test_a_target_overrides_the_points_that_it_states(layered: SiteFolder) -> None:
    told = found(layered, target=True)
    assert (told["mask.locality"].value, told["mask.locality"].layer) == (["lyon"], Layer.TARGET)
    assert told["mask.niche"].layer is Layer.PROFILE
    assert told["target.needs.niche"].value == ["e-sante"]
    assert "target.name" not in found(layered)


def test_every_origin_exists_and_holds_the_value(layered: SiteFolder) -> None:
    for origin in found(layered, target=True).values():
        lines = (layered.root / origin.place.path).read_text(encoding="utf-8").split("\n")
        written = lines[origin.place.line - 1][origin.place.column - 1 :]
        first = origin.value[0] if isinstance(origin.value, list) else origin.value
        wanted = str(first).lower()[:3]
        assert wanted in written.lower() or "esante" in written, origin


def test_a_site_without_profiles_states_its_own(site: SiteFolder) -> None:
    site.delete("profiles").write("cmsite.yml", "title: Seul\nlanguage: fr\n").post("un")
    told = found(site)
    assert {key: origin.layer for key, origin in told.items()} == {
        "title": Layer.SITE,
        "language": Layer.SITE,
    }
    assert told["title"].value == "Seul"
