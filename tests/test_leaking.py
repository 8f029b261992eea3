"""What an edition leaves out, searched for in what would be built and in what stands published."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import jsonschema
import pytest

from cmsite.leaking import Audit, search_for_leaks
from pictures import picture
from site_folder import NOW, SiteFolder
from terminal import Terminal

SCHEMA = Path(__file__).parents[1] / "docs" / "reference" / "schemas" / "check.json"
SECRET = "Les abonnés qui ne répondent plus depuis l'automne ont reçu une lettre écrite à la main."
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text>{}</text></svg>"
PROFILE = """\
headline: Community manager
mask: {niche: e-sante, locality: paris}
targets:
  - name: Clinique Exemple
    slug: clinique
    greeting: Bonjour à toute l'équipe de nuit.
    note: Vues en janvier, rappeler avant l'été la personne de l'accueil.
"""


@pytest.fixture
def keeping(site: SiteFolder) -> SiteFolder:
    """A site that leaves out a draft, a variant, a passage and a private target, and tells none of them."""
    site.write("profiles/sante.yml", PROFILE)
    site.post("ouvert", "tags: [accueil]\n", "Un texte pour tout le monde.")
    return site.post("brouillon", "draft: true\ntags: [abonnement]\nimage: files/lettre.png\n", SECRET).write(
        "content/files/lettre.png", picture()
    )


def audited(site: SiteFolder) -> Audit:
    return search_for_leaks(site.root, NOW)


def told(site: SiteFolder) -> list[tuple[str, tuple[str, ...]]]:
    """Return each secret that is given away, and by which files."""
    return [(one.secret.what, one.outputs) for each in audited(site).searched for one in each.betrayals]


def test_a_site_that_keeps_its_secrets_says_so(keeping: SiteFolder, terminal: Terminal) -> None:
    said = terminal("check", "--leaks")
    assert (said.code, said.out) == (0, "")
    lines = said.err.splitlines()
    assert [line.split(" given away by ")[0] for line in lines[:2]] == [
        "sante: 4 secrets, none",
        "sante/clinique: 3 secrets, none",
    ]
    assert lines[-1].startswith("nothing to mend")


def test_what_stands_published_as_it_would_be_built_is_not_searched_twice(keeping: SiteFolder) -> None:
    keeping.build()
    keeping.build(target="clinique")
    searched = audited(keeping).searched
    assert [(each.profile, each.target, each.output) for each in searched] == [
        ("sante", "", ""),
        ("sante", "clinique", ""),
        ("sante", "", "public"),
        ("sante", "clinique", "private/clinique"),
    ]
    assert [each.files for each in searched[2:]] == [1, 1]  # the marker alone
    assert not any(each.betrayals for each in searched)


def test_a_post_that_became_a_draft_after_the_build_is_still_published(
    keeping: SiteFolder, terminal: Terminal
) -> None:
    keeping.post("brouillon", "", SECRET).build()
    keeping.post("brouillon", "draft: true\n", SECRET)
    said = terminal("check", "--leaks")
    assert said.code == 1
    assert "content/posts/brouillon.md:7:1: error: a leak in the edition of `sante`: " in said.err
    assert "\n    Les abonnés qui ne répondent plus" in said.err
    assert "  hint: what stands in public/ is older than your files: build it again\n" in said.err
    ((_, outputs),) = told(keeping)
    assert "public/2026/03/brouillon/index.html" in outputs
    keeping.build()
    assert terminal("check", "--leaks").code == 0


def test_a_file_that_was_carried_over_is_searched_too(keeping: SiteFolder) -> None:
    keeping.build()
    keeping.write("public/old/index.html", f"<p>{SECRET}</p>").write(
        "public/old.gz", gzip.compress(SECRET.encode())
    )
    keeping.build()
    assert told(keeping) == [
        ("the post `brouillon`, which is a draft", ("public/old.gz", "public/old/index.html"))
    ]
    (found,) = audited(keeping).problems()
    assert found.hint == "cmsite did not make this file: delete it, or take it out of public/"


def test_a_static_file_that_holds_a_draft_is_told_at_the_draft(keeping: SiteFolder) -> None:
    keeping.write("content/static/tout.txt", f"Mon carnet entier.\n{SECRET}\n")
    assert told(keeping) == [("the post `brouillon`, which is a draft", ("tout.txt",))] * 2
    hints = {problem.hint for problem in audited(keeping).problems()}
    assert hints == {"content/static/tout.txt holds these words: edit that file, or take it out of the site"}


def test_words_of_a_draft_in_a_drawing_are_no_leak_but_its_sentences_are(keeping: SiteFolder) -> None:
    keeping.write("content/files/plan.svg", DRAWING.format("abonnement"))
    keeping.post("ouvert", "", "![Un plan](files/plan.svg)")
    assert told(keeping) == []
    keeping.write("content/files/plan.svg", DRAWING.format(SECRET))
    assert told(keeping) == [("the post `brouillon`, which is a draft", ("files/plan.svg",))] * 2


def test_words_of_a_draft_in_a_static_file_are_no_leak(keeping: SiteFolder) -> None:
    keeping.write("content/static/tout.txt", "L'abonnement : une lettre écrite à la main, un brouillon.")
    assert told(keeping) == []


def test_the_bytes_of_a_file_are_known_under_another_name(keeping: SiteFolder) -> None:
    keeping.build()
    letter = (keeping.root / "content/files/lettre.png").read_bytes()
    keeping.write("public/x.bin", letter).build()
    assert told(keeping) == [
        ("the file `content/files/lettre.png`, which nothing here refers to", ("public/x.bin",))
    ]


def test_a_link_to_a_post_that_is_left_out_gives_nothing_away(keeping: SiteFolder) -> None:
    keeping.post("lien", "", "Un texte avec [un lien](post:brouillon) et [un autre](brouillon.md).").build()
    assert told(keeping) == []
    keeping.write("public/liste.html", "<a href='/2026/03/brouillon/'>un lien</a>")
    page = keeping.root / "public/2026/03/lien/index.html"
    page.write_text(page.read_text("utf-8").replace("<p>", f'<p data-x="{SECRET}">'), "utf-8")
    assert told(keeping) == [("the post `brouillon`, which is a draft", ("public/2026/03/lien/index.html",))]


def test_a_theme_that_cannot_show_a_post_without_a_picture_is_no_hindrance(keeping: SiteFolder) -> None:
    keeping.write("content/files/a.svg", DRAWING).post("ouvert", "image: files/a.svg\nimage_alt: Un plan\n")
    template = '{% extends "base.html" %}{% block content %}{{ post.image.url }}{% endblock %}'
    keeping.write("themes/carnet/templates/post.html", template)
    assert told(keeping) == []


def test_a_leak_is_told_in_json_with_what_was_searched(keeping: SiteFolder, terminal: Terminal) -> None:
    keeping.build()
    keeping.write("public/old.html", SECRET)
    said = terminal("check", "--leaks", "--json")
    answer = json.loads(said.out)
    jsonschema.validate(answer, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert (said.code, said.err) == (1, "")
    assert [(one["code"], one["path"], one["line"]) for one in answer["problems"]] == [
        ("leak", "content/posts/brouillon.md", 9),
        ("foreign-file", "public/old.html", 1),
    ]
    built, target, published = answer["leaks"]
    assert (built["profile"], built["target"], built["output"]) == ("sante", None, None)
    assert (target["target"], published["output"]) == ("clinique", "public")
    assert (built["secrets"], built["silent"], built["found"]) == (4, [], [])
    assert published["found"] == [
        {
            "what": "the post `brouillon`, which is a draft",
            "telltale": "Les abonnés qui ne répondent",
            "path": "content/posts/brouillon.md",
            "line": 9,
            "column": 1,
            "outputs": ["public/old.html"],
        }
    ]


def test_without_leaks_nothing_is_said_of_them(keeping: SiteFolder, terminal: Terminal) -> None:
    assert json.loads(terminal("check", "--json").out).keys() == {"problems"}


def test_mistakes_come_first(keeping: SiteFolder, terminal: Terminal) -> None:
    keeping.post("faux", "tilte: x")
    said = terminal("check", "--leaks", "--json")
    answer = json.loads(said.out)
    assert (said.code, answer["leaks"]) == (1, [])
    assert [problem["code"] for problem in answer["problems"]] == ["unknown-key"]


def test_an_edition_that_the_site_does_not_have_any_more_is_told(
    keeping: SiteFolder, terminal: Terminal
) -> None:
    keeping.write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    keeping.write("cmsite.yml", f"{(keeping.root / 'cmsite.yml').read_text('utf-8')}profile: sante\n")
    keeping.build("jeu")
    keeping.delete("profiles/jeu.yml")
    said = terminal("check", "--leaks")
    assert said.code == 1
    assert "public:1:1: warning: what stands here was built for `jeu`, " in said.err


def test_editions_that_stand_together_are_searched_each_for_its_own(keeping: SiteFolder) -> None:
    keeping.write("profiles/jeu.yml", "mask: {niche: jeu-video}\npath: jeu\n")
    keeping.write("profiles/english.yml", "language: en\nmask: {niche: e-sante}\npath: health\n")
    keeping.write("cmsite.yml", f"{(keeping.root / 'cmsite.yml').read_text('utf-8')}profile: sante\n")
    body = "Un texte pour les joueurs, et pour personne d'autre que les joueurs du samedi soir."
    keeping.post("joueurs", "mask: {niche: jeu-video}\n", body)
    keeping.post("partage", "translation: un\n").post(
        "shared-with-everybody", "language: en\ntranslation: un\n", "A text that both languages have."
    )
    keeping.build(every=True)
    assert told(keeping) == []
    stray = f"<p>{body}</p>"
    keeping.write("public/stray.html", stray).write("public/jeu/stray.html", stray)
    assert told(keeping) == [("the post `joueurs`, which does not fit the mask", ("public/stray.html",))]
