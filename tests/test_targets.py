"""Aim at organisations: an edition of their own for private ones, a page in the profile's for public ones."""

from __future__ import annotations

import re

import pytest

from cmsite.errors import ProblemsFound
from site_folder import SiteFolder
from terminal import Terminal

PROFILE = """\
headline: Community manager
mask: {niche: e-sante, locality: france}
targets:
  - name: Clinique Exemple
    slug: clinique
    mask: {locality: paris}
    needs: {niche: [e-sante, jeu-video]}
    greeting: Bonjour à toute l'équipe.
    note: vue en janvier
  - name: Hôpital Témoin
    slug: hopital
    public: true
    needs: {niche: e-sante}
    greeting: Bonjour l'hôpital.
"""


@pytest.fixture
def aiming(site: SiteFolder) -> SiteFolder:
    """Return a site whose profile aims at a private and at a public target."""
    site.started().write("profiles/sante.yml", PROFILE)
    site.post("patients", "mask: {niche: e-sante}\naliases: [/ancien/]\n").post(
        "lyon", "mask: {locality: lyon}\n"
    )
    return site.post("anime", "", "{% if target %}Pour {{ target.name }}.{% else %}Pour tous.{% endif %}")


def private(site: SiteFolder, path: str) -> str:
    return (site.root / "private/clinique" / path).read_text(encoding="utf-8")


def test_a_private_target_is_built_into_a_folder_of_its_own(aiming: SiteFolder) -> None:
    aiming.build()
    before = aiming.outputs()
    built = aiming.build(target="clinique")
    assert [(one.profile, one.target, one.output) for one in built.editions] == [
        ("sante", "clinique", "private/clinique")
    ]
    assert aiming.outputs() == before


def test_its_mask_takes_the_place_of_the_profiles_point_by_point(aiming: SiteFolder) -> None:
    aiming.build(target="clinique")
    folder = aiming.root / "private/clinique/2026/03"
    assert (folder / "patients").is_dir()
    assert not (folder / "lyon").exists()
    aiming.build()
    assert aiming.has("2026/03/lyon/index.html")


def test_every_page_of_it_asks_search_engines_to_pass_and_names_no_canonical(aiming: SiteFolder) -> None:
    aiming.build(target="clinique")
    pages = list((aiming.root / "private/clinique").rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in text, page
        assert "canonical" not in text, page
    assert not (aiming.root / "private/clinique/sitemap.xml").exists()
    assert "Sitemap" not in private(aiming, "robots.txt")


def test_its_page_greets_and_shows_the_needs_that_posts_answer(aiming: SiteFolder) -> None:
    built = aiming.build(target="clinique")
    page = private(aiming, "for/clinique/index.html")
    assert "Clinique Exemple" in page
    assert "Bonjour à toute l'équipe." in page.replace("&#39;", "'")
    assert "Titre de patients" in page
    assert "jeu vidéo" not in page
    assert [(each.code, str(each.place)) for each in built.warnings] == [
        ("unmet-need", "profiles/sante.yml:4:5")
    ]
    assert "for/clinique/" in private(aiming, "index.html")


def test_a_body_may_speak_of_the_target_in_its_edition_alone(aiming: SiteFolder) -> None:
    aiming.build(target="clinique")
    assert "Pour Clinique Exemple." in private(aiming, "2026/03/anime/index.html")
    aiming.build()
    assert "Pour tous." in aiming.read("2026/03/anime/index.html")


def test_a_body_that_names_the_target_unguarded_is_told_to_guard_it(aiming: SiteFolder) -> None:
    aiming.post("anime", "", "Un texte.\n\nPour {{ target.name }}.")
    with pytest.raises(ProblemsFound) as found:
        aiming.build()
    [problem] = found.value.problems
    assert (problem.code, problem.place.line) == ("no-target", 8)
    assert "{% if target %}" in problem.hint
    aiming.build(target="clinique")


def test_a_public_target_has_its_page_in_the_profiles_edition(aiming: SiteFolder) -> None:
    aiming.build()
    page = aiming.read("for/hopital/index.html")
    assert "Hôpital Témoin" in page
    assert "Titre de patients" in page
    assert "noindex" not in page
    assert "/for/hopital/" in aiming.read("sitemap.xml")


def test_nothing_of_a_private_target_is_in_the_public_output(aiming: SiteFolder) -> None:
    aiming.build(every=True)
    for word in ("Clinique", "clinique", "toute l", "janvier"):
        assert word.encode() not in aiming.everything()


def test_a_targets_edition_names_no_other_target_and_no_note(aiming: SiteFolder) -> None:
    aiming.build(target="clinique")
    whole = b"".join(
        path.as_posix().encode() + path.read_bytes()
        for path in (aiming.root / "private/clinique").rglob("*")
        if path.is_file() and path.name != ".cmsite-generation"
    )
    for word in ("Témoin", "hopital", "janvier"):
        assert word.encode() not in whole


def test_the_second_build_of_a_target_writes_nothing_and_spares_the_memory_of_the_site(
    aiming: SiteFolder,
) -> None:
    aiming.build()
    aiming.build(target="clinique")
    assert aiming.build(target="clinique").rendered == 0
    assert aiming.build().rendered == 0


def test_an_interrupted_private_edition_is_not_taken_for_the_site(aiming: SiteFolder) -> None:
    aiming.build(target="clinique")
    staging = aiming.root / ".cmsite/staging/private/clinique"
    staging.mkdir(parents=True, exist_ok=True)
    (aiming.root / "private/clinique").rename(staging / "old")
    aiming.build()
    assert b"Clinique" not in aiming.everything()


def test_a_private_output_that_is_not_ours_is_refused(aiming: SiteFolder, terminal: Terminal) -> None:
    aiming.write("private/clinique/notes.txt", "à garder")
    assert terminal("build", "--target", "clinique").code == 3


def test_an_unknown_target_is_told_with_a_suggestion(aiming: SiteFolder, terminal: Terminal) -> None:
    told = terminal("build", "--target", "clinqiue")
    assert told.code == 2
    assert "no profile aims at `clinqiue`" in told.err
    assert "did you mean `clinique`?" in told.err


def test_a_target_is_found_in_whichever_profile_aims_at_it(aiming: SiteFolder, terminal: Terminal) -> None:
    aiming.write("profiles/jeux.yml", "mask: {niche: jeu-video}\n")
    config = (aiming.root / "cmsite.yml").read_text(encoding="utf-8")
    aiming.write("cmsite.yml", f"{config}profile: jeux\n")
    assert terminal("list", "--target", "clinique").code == 0
    assert terminal("list", "--target", "clinique", "-p", "jeux").code == 2
    aiming.write("profiles/autre.yml", "targets: [{name: Elle, slug: clinique}]\n")
    told = terminal("list", "--target", "clinique")
    assert told.code == 2
    assert "autre, sante" in told.err


def test_a_target_named_like_a_page_is_refused_at_its_line(aiming: SiteFolder, terminal: Terminal) -> None:
    aiming.write("content/pages/clinique.md", "---\ntitle: La clinique\n---\nTexte.\n")
    told = terminal("build")
    assert told.code == 1
    assert "profiles/sante.yml:5:11: error: the target's slug `clinique` is that of" in told.err


def test_a_target_that_empties_its_edition_is_told_at_its_place(
    aiming: SiteFolder, terminal: Terminal
) -> None:
    aiming.write(
        "profiles/sante.yml",
        "select: {general: leave-out}\ntargets:\n  - {name: X, slug: x, mask: {niche: jeu-video}}\n",
    )
    told = terminal("build", "--target", "x")
    assert told.code == 1
    assert re.search(r"profiles/sante.yml:3:\d+: error: the edition of `x` has no post", told.err)


def test_explain_speaks_of_the_targets_edition(aiming: SiteFolder, terminal: Terminal) -> None:
    assert "in the edition of sante" in terminal("explain", "lyon").out
    told = terminal("explain", "lyon", "--target", "clinique").out
    assert "out of the edition of sante for clinique" in told
    assert "in profiles/sante.yml, the target `clinique`:" in told
