"""Build every public edition at once: each as if alone, tied to the others, its texts converted once."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from site_folder import SiteFolder
from terminal import Terminal

URL = "https://example.org/carnet/"
LEAD = "headline: Santé\nmask: {niche: e-sante, locality: paris}\n"
GAMES = "headline: Jeux\nmask: {niche: jeu-video, locality: lyon}\npath: jeu\n"
ENGLISH = "language: en\nheadline: Health\nmask: {niche: e-sante}\n"


@pytest.fixture
def three(site: SiteFolder) -> SiteFolder:
    """Return a site with two French profiles and an English one, posts that they share and a translation."""
    site.started().write("profiles/sante.yml", LEAD).write("profiles/games.yml", GAMES)
    site.write("profiles/health.yml", ENGLISH)
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", f"{config}profile: sante\n")
    site.post("commun", "translation: shared\n", "Le même texte pour tous, et [un autre](post:patients).")
    site.post("egal", "tags: [écoute]\n", "Rien n'y change.")
    site.post("accorde", "", "Du côté {{ mask.niche }}.")
    site.post("patients", "mask: {niche: e-sante}\n").post(
        "joueurs", "mask: {niche: jeu-video}\n", "Aux joueurs."
    )
    return site.post("shared", "language: en\ntranslation: shared\n", "The same in English.")


def canonical(site: SiteFolder, path: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]*)">', site.read(path))
    return found[1] if found else ""


def alternates(site: SiteFolder, path: str) -> dict[str, str]:
    links = re.findall(r"<link [^>]*hreflang[^>]*>", site.read(path))
    told = [(re.search(r'hreflang="([^"]*)"', link), re.search(r'href="([^"]*)"', link)) for link in links]
    return {language[1]: url[1] for language, url in told if language and url}


def locations(site: SiteFolder, path: str) -> list[str]:
    return [
        element.text or "" for element in ET.fromstring(site.read(path)).iter() if element.tag[-4:] == "}loc"
    ]


def without_ties(outputs: dict[str, bytes]) -> dict[str, bytes]:
    """Return the outputs without what speaks of other editions."""
    ties = re.compile(
        rb'<link rel="(?:canonical" |alternate" hreflang=)[^\n>]*>\n|<meta property="og:url"[^\n>]*>\n'
    )
    return {
        path: ties.sub(b"", data)
        for path, data in outputs.items()
        if not path.startswith(("sitemap", "robots.txt", ".cmsite"))
    }


def test_the_lead_stands_at_the_root_and_each_other_in_its_folder(three: SiteFolder) -> None:
    built = three.build(every=True)
    told = [(one.profile, one.output) for one in built.editions]
    assert told == [("sante", "public"), ("games", "public/jeu"), ("health", "public/health")]
    assert three.has("2026/03/patients/index.html")
    assert not three.has("jeu/2026/03/patients/index.html")
    assert three.has("jeu/2026/03/joueurs/index.html")
    assert not three.has("2026/03/joueurs/index.html")


def test_each_edition_is_what_its_own_build_gives(three: SiteFolder) -> None:
    three.build(every=True)
    together = three.outputs()
    for name, folder in (("sante", ""), ("games", "jeu/"), ("health", "health/")):
        mine = {
            path.removeprefix(folder): data
            for path, data in together.items()
            if path.startswith(folder) and (folder or not path.startswith(("jeu/", "health/")))
        }
        three.build(name, base_url=f"{URL}{folder}")
        assert without_ties(mine) == without_ties(three.outputs())


def test_each_distinct_text_is_converted_once(three: SiteFolder) -> None:
    # commun, egal, patients, joueurs and shared once, accorde once for each mask
    assert three.build(every=True).converted == 5 + 2
    alone = [three.build(name, clean=True).converted for name in ("sante", "games", "health")]
    assert alone == [4, 4, 1]


def test_a_second_build_writes_nothing_and_a_swap_takes_the_folders_away(three: SiteFolder) -> None:
    three.build(every=True)
    before = three.outputs()
    assert three.build(every=True).rendered == 0
    assert three.outputs() == before
    assert three.build("games").removed > 0
    assert not three.has("jeu/index.html")


def test_a_page_that_says_the_same_belongs_to_the_lead_most_edition(three: SiteFolder) -> None:
    three.build(every=True)
    assert canonical(three, "jeu/2026/03/egal/index.html") == f"{URL}2026/03/egal/"
    assert canonical(three, "2026/03/egal/index.html") == f"{URL}2026/03/egal/"


def test_a_page_that_says_something_else_stands_for_itself(three: SiteFolder) -> None:
    three.build(every=True)
    for path in ("2026/03/accorde/", "2026/03/joueurs/", "about/", ""):
        assert canonical(three, f"jeu/{path}index.html") == f"{URL}jeu/{path}"
    # its link to a post that the edition leaves out has become plain text
    assert canonical(three, "jeu/2026/03/commun/index.html") == f"{URL}jeu/2026/03/commun/"


def test_only_canonical_pages_stand_in_sitemaps(three: SiteFolder) -> None:
    three.build(every=True)
    for folder in ("", "jeu/", "health/"):
        listed = locations(three, f"{folder}sitemap.xml")
        assert listed
        for url in listed:
            assert canonical(three, f"{url.removeprefix(URL)}index.html") == url
    assert f"{URL}jeu/2026/03/egal/" not in locations(three, "jeu/sitemap.xml")


def test_one_index_lists_the_sitemaps_and_robots_names_it(three: SiteFolder) -> None:
    three.build(every=True)
    listed = [f"{URL}sitemap.xml", f"{URL}jeu/sitemap.xml", f"{URL}health/sitemap.xml"]
    assert locations(three, "sitemap-index.xml") == listed
    assert f"Sitemap: {URL}sitemap-index.xml" in three.read("robots.txt")
    three.build()
    assert not three.has("sitemap-index.xml")


def test_translations_name_each_other_and_themselves(three: SiteFolder) -> None:
    three.build(every=True)
    tied = {
        "fr": f"{URL}2026/03/commun/",
        "en": f"{URL}health/2026/03/shared/",
        "x-default": f"{URL}2026/03/commun/",
    }
    assert alternates(three, "2026/03/commun/index.html") == tied
    assert alternates(three, "health/2026/03/shared/index.html") == tied
    assert alternates(three, "jeu/2026/03/commun/index.html") == {}
    homes = {"fr": URL, "en": f"{URL}health/", "x-default": URL}
    assert alternates(three, "index.html") == alternates(three, "health/index.html") == homes
    assert alternates(three, "jeu/index.html") == {}


def test_an_edition_built_alone_names_no_other(three: SiteFolder) -> None:
    three.build()
    assert alternates(three, "2026/03/commun/index.html") == {}
    assert canonical(three, "2026/03/egal/index.html") == f"{URL}2026/03/egal/"


def test_an_address_of_ones_own_is_kept_and_base_url_moves_the_others(three: SiteFolder) -> None:
    three.write("profiles/games.yml", f"{GAMES}site: {{url: 'https://jeux.example/'}}\n")
    three.build(every=True, base_url="https://example.net/x/")
    assert canonical(three, "index.html") == "https://example.net/x/"
    assert canonical(three, "jeu/index.html") == "https://jeux.example/"
    assert canonical(three, "health/index.html") == "https://example.net/x/health/"
    assert locations(three, "sitemap-index.xml") == [
        "https://example.net/x/sitemap.xml",
        "https://example.net/x/health/sitemap.xml",
    ]


def test_a_profile_that_is_not_public_stays_out(three: SiteFolder) -> None:
    three.write("profiles/games.yml", f"{GAMES}public: false\n").build(every=True)
    assert not three.has("jeu/index.html")
    assert b"joueurs" not in three.everything()


def test_a_lead_that_is_not_public_is_told_at_its_line(three: SiteFolder, terminal: Terminal) -> None:
    three.write("profiles/sante.yml", f"{LEAD}public: false\n")
    told = terminal("build", "--all")
    assert told.code == 1
    assert "profiles/sante.yml:3:9: error: the lead profile is `public: false`" in told.err


def test_a_folder_that_the_lead_has_a_page_in_is_refused(three: SiteFolder, terminal: Terminal) -> None:
    three.write("profiles/games.yml", GAMES.replace("path: jeu", "path: tags"))
    told = terminal("build", "--all")
    assert told.code == 1
    assert "the folder `tags/` of this edition holds `tags/" in told.err
    assert not (three.root / "public").exists()


def test_all_and_one_cannot_both_be_asked_for(three: SiteFolder, terminal: Terminal) -> None:
    assert terminal("build", "--all", "-p", "games").code == 2


def test_every_edition_is_told_in_json(three: SiteFolder, terminal: Terminal) -> None:
    told = json.loads(terminal("build", "--all", "--json").out)["editions"]
    assert [(one["profile"], one["target"], one["output"]) for one in told] == [
        ("sante", None, "public"),
        ("games", None, "public/jeu"),
        ("health", None, "public/health"),
    ]
    assert sum(one["converted"] for one in told) == 7
