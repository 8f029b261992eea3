"""Social cards of a site: where they stand, which pages name them, and when they are drawn."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError

import pytest

from cmsite.craft import cards
from cmsite.errors import ProblemsFound
from cmsite.leaking import search_for_leaks
from cmsite.read.theme import built_in_themes
from pictures import picture
from site_folder import NOW, SiteFolder
from terminal import Terminal

SMALL = """\
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
<rect width="9" height="9" fill="{{ accent }}"/>
<text>{{ fit(title, 900, {20: 1}).lines | first }} {{ author }} {{ site }} {{ kind }}</text></svg>
"""


@pytest.fixture
def carded(site: SiteFolder) -> SiteFolder:
    """Return a site with cards: one post without a picture, one with one, one for other profiles."""
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", config.replace("cards: false\n", ""))
    site.write("content/files/a.png", picture(20, 10)).write("content/files/d.svg", DRAWING)
    site.post("nu", "title: 'Où aller ?'\n").post("orne", "image: files/a.png\nimage_alt: Une image\n")
    site.write("themes/carnet/templates/card.svg", SMALL)
    return site.post("jeu", "mask: {niche: jeu-video}\n")


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


def drawn(site: SiteFolder) -> dict[str, bytes]:
    return {path: data for path, data in site.outputs().items() if path.endswith("card.png")}


def named(site: SiteFolder, page: str) -> dict[str, str]:
    """Return what a page says of the picture that stands for it."""
    html = site.read(page)
    return dict(re.findall(r'<meta (?:property="og:|name="twitter:)([\w:]+)" content="([^"]*)">', html))


def test_each_post_without_a_picture_has_a_card_and_the_profile_has_one(carded: SiteFolder) -> None:
    carded.build()
    assert set(drawn(carded)) == {"card.png", "2026/03/nu/card.png"}
    assert all(data.startswith(b"\x89PNG") for data in drawn(carded).values())


def test_a_page_names_its_own_picture_or_its_card_or_the_profiles(carded: SiteFolder) -> None:
    carded.build()
    post = named(carded, "2026/03/nu/index.html")
    assert post["image"] == "https://example.org/carnet/2026/03/nu/card.png"
    assert (post["image:width"], post["image:height"], post["card"]) == ("1200", "630", "summary_large_image")
    assert post["image:alt"] == "Où aller\u202f? · Camille Martin"
    assert '"image":"https://example.org/carnet/2026/03/nu/card.png"' in carded.read("2026/03/nu/index.html")
    assert named(carded, "2026/03/orne/index.html")["image"] == "https://example.org/carnet/files/a.png"
    for page in ("index.html", "blog/index.html", "about/index.html", "archive/index.html"):
        assert named(carded, page)["image"] == "https://example.org/carnet/card.png"
        assert named(carded, page)["image:alt"] == "Camille Martin"


def test_a_drawing_that_nobody_shows_elsewhere_gives_way_to_a_card(carded: SiteFolder) -> None:
    carded.post("dessin", "image: files/d.svg\nimage_alt: Un dessin\n").build()
    page = carded.read("2026/03/dessin/index.html")
    assert named(carded, "2026/03/dessin/index.html")["image"].endswith("/2026/03/dessin/card.png")
    assert 'src="/carnet/files/d.svg"' in page


def test_a_post_whose_title_the_font_cannot_write_is_stood_for_by_the_profile(carded: SiteFolder) -> None:
    carded.post("loin", "title: 日本語のタイトル\n").post("fete", "title: Une fête 🎉\n").build()
    assert set(drawn(carded)) == {"card.png", "2026/03/nu/card.png", "2026/03/fete/card.png"}
    assert named(carded, "2026/03/loin/index.html")["image"] == "https://example.org/carnet/card.png"


def test_a_card_is_drawn_anew_exactly_when_what_it_shows_changes(carded: SiteFolder) -> None:
    carded.build()
    assert carded.build().rendered == 0
    carded.post("nu", "title: 'Où aller ?'\ntags: [voyage]\n", "Un autre texte.")
    assert not any(each.path.endswith("card.png") for each in carded.build().stale)
    carded.post("nu", "title: Ici\n")
    stale = {each.path: each.reasons for each in carded.build().stale}
    assert stale["2026/03/nu/card.png"] == ("title changed",)
    assert "card.png" not in stale
    carded.write("themes/carnet/templates/card.svg", SMALL.replace('"9"', '"90"'))
    stale = {each.path: each.reasons for each in carded.build().stale}
    assert stale == dict.fromkeys(("2026/03/nu/card.png", "card.png"), ("template changed",))


def test_an_incremental_build_gives_the_cards_of_a_clean_one(carded: SiteFolder) -> None:
    carded.build()
    carded.post("nu", "title: Ici\n").write("profiles/sante.yml", "mask: {niche: e-sante}\n").build()
    before = carded.outputs()
    carded.delete(".cmsite").build(clean=True)
    assert carded.outputs() == before


def test_a_font_of_ones_own_is_a_reason_to_draw_anew_and_is_not_published(carded: SiteFolder) -> None:
    carded.build()
    data = (built_in_themes() / "carnet/fonts/Vollkorn-Medium.ttf").read_bytes()
    carded.write("themes/carnet/fonts/own.ttf", data + b"\0\0\0\0")
    stale = {each.path: each.reasons for each in carded.build().stale}
    assert stale == dict.fromkeys(("2026/03/nu/card.png", "card.png"), ("font changed",))
    assert not any(path.endswith((".ttf", "OFL.txt")) for path in carded.outputs())


def test_cards_differ_between_editions_and_stand_in_each_ones_folder(carded: SiteFolder) -> None:
    carded.write("profiles/jeu.yml", "headline: Jeux\nmask: {niche: jeu-video}\nsite: {accent: plum}\n")
    config = (carded.root / "cmsite.yml").read_text(encoding="utf-8")
    carded.write("cmsite.yml", f"{config}profile: sante\n").build(every=True)
    assert drawn(carded)["jeu/card.png"] != drawn(carded)["card.png"]
    whole = {path: data for path, data in drawn(carded).items() if path.startswith("jeu/")}
    assert "jeu/2026/03/jeu/card.png" in whole
    assert named(carded, "jeu/index.html")["image"] == "https://example.org/carnet/jeu/card.png"
    carded.build("jeu", base_url="https://example.org/carnet/jeu/")
    assert {f"jeu/{path}": data for path, data in drawn(carded).items()} == whole


def test_a_targets_cards_stay_in_its_own_output(carded: SiteFolder) -> None:
    profile = "mask: {niche: e-sante}\ntargets:\n  - {name: Clinique Exemple, slug: clinique}\n"
    carded.write("profiles/sante.yml", profile).build()
    before = carded.outputs()
    carded.build(target="clinique")
    assert carded.outputs() == before
    assert (carded.root / "private/clinique/card.png").is_file()


def test_a_card_that_says_what_its_edition_must_not_is_a_leak(carded: SiteFolder) -> None:
    carded.post("jeu", "title: Les lucioles du mardi\nmask: {niche: jeu-video}\n")
    carded.build()
    assert list(search_for_leaks(carded.root, NOW).problems()) == []


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_card_template_that_draws_nothing_is_told_and_nothing_is_published(
    carded: SiteFolder, terminal: Terminal, command: str
) -> None:
    carded.write("themes/carnet/templates/card.svg", '<svg width="1200">')
    said = terminal(command)
    assert said.code == 1
    assert (
        "themes/carnet/templates/card.svg:1:1: error: the card that this template makes"
        in said.out + said.err
    )
    assert not (carded.root / "public").exists()


def test_a_fault_in_a_card_template_is_told_at_its_line(carded: SiteFolder) -> None:
    carded.write("themes/carnet/templates/card.svg", f"{SMALL}\n{{{{ fit(title, 0, {{20: 1}}) }}}}")
    with pytest.raises(ProblemsFound) as found:
        carded.build()
    [problem] = found.value.problems
    assert (problem.place.line, problem.code) == (5, "theme")


def test_without_the_extra_there_are_no_cards_and_pages_are_as_before(
    carded: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    carded.build()
    config = (carded.root / "cmsite.yml").read_text(encoding="utf-8")
    carded.write("cmsite.yml", f"{config}cards: false\n").build()
    refused = carded.outputs()

    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(cards, "version", version)
    cards.card_maker.cache_clear()
    carded.write("cmsite.yml", config)
    published = carded.build()
    cards.card_maker.cache_clear()
    assert drawn(carded) == {}
    assert published.warnings == ()
    assert "og:image" not in carded.read("index.html")
    assert "og:image" in carded.read("2026/03/orne/index.html")
    assert {**carded.outputs(), ".cmsite-generation": b""} == {**refused, ".cmsite-generation": b""}
