"""What an author reads when something is wrong, word for word.

The texts are in golden/errors/; `--update-golden` writes them anew, for review.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_folder import SiteFolder
from terminal import Terminal

GOLDEN = Path(__file__).parents[1] / "golden" / "errors"
CONFIG = "title: Carnet\nurl: https://example.org/carnet/\nlanguage: fr\ntimezone: Europe/Paris\n"


def first_post(site: SiteFolder) -> None:
    """The slips of somebody's first post."""
    site.post("bonjour", "tilte: Bonjour\ntags: écoute, méthode\ndate: 1er mars 2026\ndraft: oui")
    site.post("sans-date", date="")


def front_matter(site: SiteFolder) -> None:
    """Heads that another program would publish as text, their `draft: true` lost."""
    heads = {
        "jamais-ferme": "---\ntitle: a\ndraft: true\n\nUn texte.\n",
        "toml": "+++\ntitle = 'a'\ndraft = true\n+++\n",
        "points": "---\ntitle: a\ndraft: true\n...\n\nUn texte.\n",
        "invisible": "\u200b---\ntitle: a\n---\n",
        "lignes-vides": "\n\n---\ntitle: a\n---\n",
        "deux-fois": "---\ntitle: a\n---\n\n---\ntitle: a\ndraft: true\n---\n",
        "liste": "---\n- title: a\n---\n",
        "sans": "# Un titre\n\nUn texte.\n",
        "regle": "---\ntitle: a\n\nUn paragraphe.\n\n---\n\nUn autre.\n",
    }
    for name, text in heads.items():
        site.write(f"content/posts/2026-03-01-{name}.md", text)


def yaml_slips(site: SiteFolder) -> None:
    """The signs that YAML takes for something else."""
    slips = {
        "deux-points": "summary: Écouter : trois semaines: un récit",
        "apostrophe": "summary: 'l'écoute'",
        "guillemets": 'summary: "jamais fermé',
        "crochet": "tags: [a, b\nsummary: x",
        "accolades": "mask: {niche: e-sante, jeu-video}",
        "tabulation": "mask:\n\tniche: e-sante",
        "arobase": "summary: @camille a dit",
        "gras": "summary: **Important**",
        "retrait": "summary: a\n  tags: b",
        "doublon": "summary: a\nsummary: b",
        "chemin": 'image: "C:\\Users\\camille"',
        "colle": "summary:sans espace",
    }
    for name, head in slips.items():
        site.post(name, head)


def encodings(site: SiteFolder) -> None:
    """Files saved by programs of another time, and signs that no editor shows."""
    site.write("content/posts/latin.md", "---\ntitle: Été\n---\n\nÇa va.\n".encode("latin-1"))
    site.write("content/posts/utf-16.md", "---\ntitle: Été\n---\n".encode("utf-16"))
    site.post("son", body="Un son \x07 et \x1b[31mdu rouge.")
    site.post("ligne", "summary: coupé\u2028ici")
    site.post("echappe", 'summary: "a\\x1bb"')


def terms(site: SiteFolder) -> None:
    """Words that mask.yml does not know, everywhere a term may stand."""
    site.post("a", "mask: {niche: [e-sant, jeu-video], locality: marseille}\nnot: {niche: finance}")
    site.post(
        "b", "title: b\nvariants:\n  - when: {locality: pari}\n    title: b\n  - when: {}\n    title: c"
    )
    site.write("profiles/sante.yml", (
        "mask:\n  niche: e-sante\n  scope: interne\n  presence: irl\n  ville: paris\n"
        "targets:\n  - name: Clinique\n    slug: clinique\n"
        "    mask: {niche: jeu}\n    needs: {locality: lion}\n"
    ))  # fmt: skip


def vocabulary(site: SiteFolder) -> None:
    """A mask.yml that contradicts itself."""
    site.write(
        "mask.yml",
        """\
niche:
  e-sante: {aliases: [sante], article: {fr: un}}
  E-Santé: {labl: x}
  jeu-video: {aliases: [sante], label: {fr: jeu, de: Spiel}}
locality:
  france: {within: paris}
  paris: {within: france}
  lyon: {within: rhone}
scope:
  public: {label: public}
""",
    )


def configuration(site: SiteFolder) -> None:
    """A cmsite.yml with a mistake on every line."""
    site.write(
        "cmsite.yml",
        """\
titel: Carnet
url: example.org/carnet
timezone: Paris
language: français
profile: santé
theme: carne
permalink: "{annee}/{slug}/"
posts_per_page: dix
output: ~/public
author: {show_email: oui, base: {listening: {level: 7}}, photo: files/moi.jpg}
feeds: {limit: 0}
routes: {tags: blog, series: feed}
menu: blog, about
markdown: {engine: pandoc}
comments: {giscus: moi/mon-depot}
""",
    )


def looks(site: SiteFolder) -> None:
    """Accents that are not there, that cannot be read, that YAML took for a comment."""
    site.write("cmsite.yml", f"{CONFIG}profile: a\naccent: indgo\n")
    site.write("profiles/a.yml", "site: {accent: '#ffee88'}\n").write(
        "profiles/b.yml", "site:\n  accent: #336699\n"
    )
    site.write("profiles/c.yml", "site: {theme: own}\n")
    site.write("themes/own/theme.yml", "name: own\nextends: carnett\n")


def slugs(site: SiteFolder) -> None:
    """Addresses that two texts would share, or that cannot be one."""
    site.post("a").post("b", "slug: a").post("blog").post("con")
    site.post("c", "slug: Ça Va").post("d", "slug: aux").post("e", f"slug: {'e' * 151}")
    site.write("content/pages/a.md", "---\ntitle: a\n---\n")
    site.write("content/posts/2026-02-30-f.md", "---\ntitle: f\n---\n")


def words(site: SiteFolder) -> None:
    """Tags and categories that are spelt in two ways, and posts that are named wrongly."""
    site.post("a", "tags: [écoute]\ncategory: Méthode").post(
        "ecouter", "tags: [Ecoute, '…']\ncategory: methode"
    )
    site.post("c", "tags: [ecoute]\ncategory: methode\nid: a")
    site.write("profiles/sante.yml", (
        "select: {include: [a, ecoutr], exclude: [a]}\nexpect: {leads: zzz}\nsite: {menu: [blog, abot]}\n"
    ))  # fmt: skip


def names_of_posts(site: SiteFolder) -> None:
    """Posts and pages that are named and do not exist."""
    site.post("ecouter").write("profiles/sante.yml", (
        "select: {include: [ecoutr], exclude: [zzz]}\nexpect: {leads: ecoute}\n"
        "site: {menu: [blog, abot, contact]}\n"
    ))  # fmt: skip


def pictures(site: SiteFolder) -> None:
    """Pictures and old addresses that lead nowhere."""
    site.write("content/files/Salle.jpg", b"")
    site.post("a", "image: files/salle.jpg\naliases: [/2010/01/a.html, '/a b/', 'https://example.org/']")
    site.post("b", "image: https://example.org/b.jpg").post("c", "image: ../../../c.jpg")
    site.post("d", "variants:\n  - when: {niche: e-sante}\n    image: files/d.png")
    site.write("content/files/page.png", b"<!doctype html><title>404</title>")
    site.post("e", "image: files/page.png").write("content/files/scan.tif", b"II*\0")
    site.post("f", "variants:\n  - when: {niche: e-sante}\n    image: files/scan.tif")


def wording(site: SiteFolder) -> None:
    """The second round: what bodies say of the mask."""
    site.post(
        "a", body="Je travaille {{ mask.localty }}.\n\n{% if mask.niche.matches('e-sant') %}x{% endif %}\n"
    )
    site.post("b", body="Un texte.\n\n{% if mask.niche %}\n\nJamais fermé.\n")


def empty_edition(site: SiteFolder) -> None:
    """A mask that no post fits."""
    site.post("a", "mask: {niche: jeu-video}").post("b", "mask: {locality: lyon}")


SITES: list[Callable[[SiteFolder], None]] = [
    first_post, front_matter, yaml_slips, encodings, terms, vocabulary, configuration, looks, slugs, words,
    names_of_posts, pictures, wording, empty_edition,
]  # fmt: skip


@pytest.mark.parametrize("write", SITES, ids=lambda write: write.__name__)
def test_a_broken_site_is_told_in_these_words(
    write: Callable[[SiteFolder], None], site: SiteFolder, terminal: Terminal, update_golden: bool
) -> None:
    write(site)
    said = terminal("build")
    assert (said.code, said.out) == (3 if "cannot be the output" in said.err else 1, "")
    assert not (site.root / "public").exists()
    golden = GOLDEN / f"{write.__name__}.txt"
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said.err, encoding="utf-8")
    assert said.err == golden.read_text(encoding="utf-8")


def test_every_golden_text_is_that_of_a_site() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {write.__name__ for write in SITES}


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.txt")), ids=lambda golden: golden.stem)
def test_every_mistake_in_a_golden_text_comes_with_a_hint_and_no_python(golden: Path) -> None:
    lines = golden.read_text(encoding="utf-8").splitlines()
    assert sum(": error: " in line for line in lines) == sum(line.startswith("  hint: ") for line in lines)
    for word in ("Traceback", "None", "['", "<class", "dict", "tuple", " str", "pydantic", "\x1b"):
        assert not any(word in line for line in lines)
