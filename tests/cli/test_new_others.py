"""`cmsite new page`, `new profile` and `new target`: read as they were meant, and nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cmsite.errors import CmsiteError, Refused, UsageError
from cmsite.model import Mask, Profile, Term
from cmsite.read.site import read_site
from site_folder import SiteFolder

SCHEMAS = Path(__file__).parents[2] / "docs/reference/schemas"
SANTE = "profiles/sante.yml"


def told(site: SiteFolder, kind: str, *words: str) -> dict[str, Any]:
    """Return what `cmsite new KIND … --json` says, held to its schema."""
    said = site.run("new", kind, *words, "--json")
    answer: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(answer, json.loads((SCHEMAS / f"new-{kind}.json").read_text(encoding="utf-8")))
    return answer


def fails(site: SiteFolder, *words: str) -> CmsiteError:
    error = site.run("new", *words).exception
    assert isinstance(error, CmsiteError), error
    return error


def text(site: SiteFolder, path: str) -> str:
    return (site.root / path).read_bytes().decode()


def profile(site: SiteFolder, name: str = "sante") -> Profile:
    return next(each for each in read_site(site.root, lead_needed=False).site.profiles if each.name == name)


# pages


def test_a_page_is_named_by_its_slug_and_is_a_draft(site: SiteFolder) -> None:
    assert told(site, "page", "Me contacter") == {
        "path": "content/pages/me-contacter.md",
        "slug": "me-contacter",
        "title": "Me contacter",
        "language": "fr",
    }
    [page] = read_site(site.root).site.pages
    assert (page.title, page.slug, page.draft) == ("Me contacter", "me-contacter", True)


def test_a_page_in_another_language_says_so(site: SiteFolder) -> None:
    site.run("new", "page", "Contact", "--language", "en")
    assert read_site(site.root).site.pages[0].language == "en"


def test_about_is_the_free_part_of_the_about_page_and_there_is_one(site: SiteFolder) -> None:
    assert told(site, "page", "About")["path"] == "content/pages/about.md"
    error = fails(site, "page", "about")
    assert (error.code, "about.md is there already" in error.message) == (3, True)


@pytest.mark.parametrize("title", ["Blog", "Sante", "Un"])
def test_a_page_never_takes_the_address_of_something_else(site: SiteFolder, title: str) -> None:
    site.post("un")
    assert told(site, "page", title)["slug"] == f"{title.lower()}-2"


def test_a_page_without_a_title_is_refused(site: SiteFolder) -> None:
    assert isinstance(fails(site, "page", " "), UsageError)


def test_a_site_with_mistakes_gets_no_page(site: SiteFolder) -> None:
    site.write("cmsite.yml", "titel: x\n")
    assert told(site, "page", "Contact")["problems"]
    assert not (site.root / "content").exists()


# profiles


def test_a_profile_states_what_was_said_of_it(site: SiteFolder) -> None:
    site.write("cmsite.yml", "profile: sante\nlanguage: fr\n")
    words = ("jeu", "--for", "niche=jeu-video,locality=lyon", "--headline", "Médiatrice", "--language", "en")
    assert told(site, "profile", *words)["mask"] == {"niche": ["jeu-video"], "locality": ["lyon"]}
    made = profile(site, "jeu")
    assert (made.headline, made.language) == ("Médiatrice", "en")
    assert made.mask == Mask(niche=(Term("jeu-video"),), locality=(Term("lyon"),))


def test_a_profile_that_states_nothing_explains_every_point(site: SiteFolder) -> None:
    said = site.run("new", "profile", "libre")
    assert said.stdout == "profiles/libre.yml\n"
    assert "states nothing yet" in said.stderr
    for point in ("niche", "challenge", "service", "locality", "scope", "presence"):
        assert f"  # {point}:  (" in text(site, "profiles/libre.yml")


def test_that_a_lead_profile_is_needed_now_is_told(site: SiteFolder) -> None:
    said = site.run("new", "profile", "jeu")
    assert "write `profile: sante` into cmsite.yml" in said.stderr


def test_a_profile_that_is_there_is_never_overwritten(site: SiteFolder) -> None:
    before = text(site, SANTE)
    assert fails(site, "profile", "sante").code == 3
    assert text(site, SANTE) == before


@pytest.mark.parametrize(
    ("name", "hint"), [("Jeu Vidéo", "write `jeu-video`"), ("con", "write a word"), ("../x", "write `x`")]
)
def test_a_name_that_no_profile_can_have_is_told_with_one_that_it_can(
    site: SiteFolder, name: str, hint: str
) -> None:
    error = fails(site, "profile", name)
    assert isinstance(error, UsageError)
    assert error.hint.startswith(hint)


# targets


def test_a_target_joins_its_profile_and_can_be_built(site: SiteFolder) -> None:
    before = text(site, SANTE)
    answer = told(
        site.post("un"), "target", "Clinique Exemple", "--for", "locality=lyon", "--needs", "niche=esante"
    )
    assert (answer["path"], answer["slug"]) == (SANTE, "clinique-exemple")
    assert (answer["mask"], answer["needs"]) == ({"locality": ["lyon"]}, {"niche": ["e-sante"]})
    [target] = profile(site).targets
    assert (target.name, target.public, target.needs.niche) == ("Clinique Exemple", False, ("e-sante",))
    assert text(site, SANTE).startswith(before)
    assert site.run("build", "--target", "clinique-exemple").exit_code == 0


@pytest.mark.parametrize(
    "targets",
    [
        "targets:\n  - name: Un\n    slug: un\n",
        "targets:\n- name: Un\n  slug: un  # le premier\n\nextra: {a: b}\n",
        "targets:\n    - {name: Un, slug: un}\n# la fin",
        "targets:\n  - name: Un\n    slug: un\n    greeting: |\n      Bonjour\n      à vous\nextra: {a: b}\n",
        "# sans fin de ligne",
        "",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_of_a_profile_moves_when_a_target_joins_it(site: SiteFolder, targets: str, end: str) -> None:
    before = f"\ufeffheadline: Community manager\n# le masque\nmask: {{niche: e-sante}}\n{targets}"
    site.write(SANTE, before.replace("\n", end))
    names = [each.name for each in profile(site).targets]
    site.run("new", "target", "Studio : deux", "--public")
    assert [each.name for each in profile(site).targets] == [*names, "Studio : deux"]
    after = text(site, SANTE)
    assert after.count("\n") == after.count(end)
    lines = iter(after.replace(end, "\n").splitlines())
    assert all(line in lines for line in before.splitlines())


@pytest.mark.parametrize(
    "text_of_it",
    [
        "targets: [{name: Un, slug: un}]\n",
        "targets: []\n",
        "targets:\n",
        "{headline: x}\n",
        "headline: x\n...\n",
    ],
)
def test_a_profile_that_cannot_be_extended_safely_is_told_what_to_add(
    site: SiteFolder, text_of_it: str
) -> None:
    site.write(SANTE, text_of_it)
    error = fails(site, "target", "Deux")
    assert isinstance(error, Refused)
    assert "- name: Deux\n" in error.hint
    assert text(site, SANTE) == text_of_it


@pytest.mark.parametrize("name", ["Deux", "deux", "DEUX"])
def test_a_target_is_not_added_twice(site: SiteFolder, name: str) -> None:
    site.run("new", "target", "Deux")
    before = text(site, SANTE)
    assert "among the targets" in fails(site, "target", name).message
    assert text(site, SANTE) == before


def test_a_target_of_a_post_s_name_has_a_slug_of_its_own(site: SiteFolder) -> None:
    assert told(site.post("deux"), "target", "Deux")["slug"] == "deux-2"


def test_a_site_without_profiles_has_nobody_who_aims(site: SiteFolder) -> None:
    site.delete("profiles")
    error = fails(site, "target", "Deux")
    assert (error.code, "no profile yet" in error.message) == (2, True)
