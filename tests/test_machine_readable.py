"""What programs read of a site: JSON-LD, the résumé, the business card, names elsewhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from site_folder import SiteFolder

AUTHOR = """\
author:
  name: Camille Martin
  email: camille@example.org
  photo: files/moi.svg
  links:
    - {label: Réseau, url: "https://social.example/@camille", me: true}
    - {label: Ailleurs, url: "https://example.net/camille"}
  experience:
    - {role: "Médiation; écoute", organisation: "Ici, là", from: 2021-03, summary: Beaucoup}
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'


@pytest.fixture
def told(site: SiteFolder) -> SiteFolder:
    """Return a built site whose author tells much."""
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    config = config.replace("author: {name: Camille Martin}\n", AUTHOR)
    site.write("cmsite.yml", config).write("content/files/moi.svg", SVG).write("content/files/b.svg", SVG)
    head = "title: Un </script> & autre\ntags: [écoute]\ncategory: Méthode\n"
    head += "image: files/b.svg\nimage_alt: Rien\n"
    site.post("un", f"{head}updated: 2026-04-01\n").build()
    return site


def things(site: SiteFolder, path: str) -> dict[str, dict[str, Any]]:
    """Return what a page holds in JSON-LD, by type."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.read(path), re.DOTALL)
    told = json.loads(text)
    assert told["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in told["@graph"]}


def test_a_post_is_a_posting_with_the_way_to_it(told: SiteFolder) -> None:
    found = things(told, "2026/03/un/index.html")
    posting, trail = found["BlogPosting"], found["BreadcrumbList"]
    assert posting["headline"] == "Un </script> & autre"
    assert posting["url"] == "https://example.org/carnet/2026/03/un/"
    assert posting["datePublished"] == "2026-03-01T00:00:00+01:00"
    assert posting["dateModified"] == "2026-04-01T00:00:00+02:00"
    assert posting["author"]["name"] == "Camille Martin"
    assert (posting["articleSection"], posting["keywords"]) == ("Méthode", ["écoute"])
    assert posting["image"] == "https://example.org/carnet/files/b.svg"
    steps = [(item["position"], item["name"], item["item"]) for item in trail["itemListElement"]]
    assert steps == [
        (1, "Carnet", "https://example.org/carnet/"),
        (2, "Blog", "https://example.org/carnet/blog/"),
        (3, "Un </script> & autre", "https://example.org/carnet/2026/03/un/"),
    ]


def test_the_about_page_is_a_profile_page(told: SiteFolder) -> None:
    person = things(told, "about/index.html")["ProfilePage"]["mainEntity"]
    assert (person["name"], person["jobTitle"]) == ("Camille Martin", "Community manager")
    assert person["knowsAbout"] == ["e-santé"]
    assert person["sameAs"] == ["https://social.example/@camille"]
    assert "email" not in person


def test_home_and_blog_are_a_blog(told: SiteFolder) -> None:
    for path in ("index.html", "blog/index.html"):
        assert things(told, path)["Blog"]["inLanguage"] == "fr"
    [entry] = things(told, "blog/index.html")["Blog"]["blogPost"]
    assert entry["url"] == "https://example.org/carnet/2026/03/un/"


def test_the_name_in_the_fediverse_is_read_from_a_link_of_ones_own(told: SiteFolder) -> None:
    assert '<meta name="fediverse:creator" content="@camille@social.example">' in told.read("index.html")


def test_a_picture_is_shared_with_its_words(told: SiteFolder) -> None:
    assert '<meta property="og:image:alt" content="Rien">' in told.read("2026/03/un/index.html")


def test_the_resume_tells_facts_and_the_mask_and_hides_the_address(told: SiteFolder) -> None:
    resume = json.loads(told.read("resume.json"))
    assert (resume["basics"]["name"], resume["basics"]["label"]) == ("Camille Martin", "Community manager")
    assert "email" not in resume["basics"]
    assert resume["work"] == [
        {"name": "Ici, là", "position": "Médiation; écoute", "startDate": "2021-03", "summary": "Beaucoup"}
    ]
    assert resume["interests"][0] == {"name": "niche", "keywords": ["e-santé"]}


def test_an_address_that_is_shown_is_told_to_programs_too(told: SiteFolder) -> None:
    config = (told.root / "cmsite.yml").read_text(encoding="utf-8")
    told.write("cmsite.yml", config.replace("  photo:", "  show_email: true\n  photo:")).build()
    assert json.loads(told.read("resume.json"))["basics"]["email"] == "camille@example.org"
    assert "EMAIL:camille@example.org\r\n" in told.outputs()["card.vcf"].decode()


def test_the_card_is_folded_and_escaped(told: SiteFolder) -> None:
    card = told.outputs()["card.vcf"].decode()
    lines = card.split("\r\n")
    assert (lines[0], lines[1], lines[-2:]) == ("BEGIN:VCARD", "VERSION:4.0", ["END:VCARD", ""])
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = card.replace("\r\n ", "")
    assert "FN:Camille Martin\r\n" in unfolded
    assert "EMAIL" not in unfolded
    [note] = re.findall(r"NOTE:(.*?)\r\n", unfolded)
    assert note.replace("\\,", "").count(",") == 0
    assert note.startswith("Mon métier")


def test_the_notices_name_the_author(told: SiteFolder) -> None:
    assert "Camille Martin" in told.read("legal/index.html")
    assert "cookie" in told.read("privacy/index.html")
    assert '/carnet/legal/"' in told.read("index.html")
