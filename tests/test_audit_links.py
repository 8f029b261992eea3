"""Every link that leads nowhere is told once, where its author wrote it; what is right is not told."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audited import CONFIG, check, place_of, sound, told, write
from cmsite.errors import Severity
from cmsite.read.theme import built_in_themes
from pictures import picture
from site_folder import SiteFolder

RIGHT = (
    "Un paragraphe.",
    "## Une suite\n\nUn texte.",
    "[Le blog](/blog/), [sans barre](/blog), [l'accueil](/), [le flux](/feed.xml), [tout](/archive/2026/).",
    "Voir [la fin](post:pour-tous#une-fin), [le fichier](../posts/pour-tous.md#un-debut) et [ceci](#).",
    "Voir [le haut](#top), [ailleurs](https://example.net/x#y), [un voisin](https://example.org/autre/).",
    "[Soi-même](https://example.org/carnet/), [écrire](mailto:a@example.org), [les mots](#:~:text=mots).",
    "![Une boucle](files/boucle.svg) <img src=\"files/boucle.svg\" alt=\"\"> [le dessin](files/boucle.svg#x)",
    "`[du code](/perdu/)` et `![](files/perdu.png)`\n\n```\n[du code](#perdu)\n```",
    "Une note[^1].\n\n[^1]: La note.",
    "<span id=\"ancre\">Ici</span>, et [là](#ancre).",
    "[Le nom](/caf%C3%A9.txt), [le nom](/café.txt) et [la page](/2026/03/pour-tous/index.html?a=b#une-fin).",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of Markdown that leads nowhere, where `check` is to point in it, and what it calls it."""

    text: str
    at: str
    code: str
    severity: Severity = Severity.WARNING


FAULTS = (
    Fault("Voir [là](/nulle-part/).", "/nulle-part/", "broken-link"),
    Fault("Voir [là](nulle-part/).", "nulle-part/", "broken-link"),
    Fault("Voir [là](../nulle-part/?a=b#c).", "../nulle", "broken-link"),
    Fault("Voir [là](/blog/page/99/).", "/blog/page/99/", "broken-link"),
    Fault("Voir [là](https://example.org/carnet/perdu.html).", "https://example.org/carnet/p", "broken-link"),
    Fault("Voir [là](../../../../dehors/).", "../../../../dehors/", "broken-link"),
    Fault("Voir [nulle part]().", ")", "broken-link"),
    Fault('Voir <a href="/perdu/">là</a>.', "/perdu/", "broken-link"),
    Fault("Voir [là][ref].\n\n[ref]: /perdu/", "/perdu/", "broken-link"),
    Fault("Voir [là](<#per du>).", "#per du", "broken-anchor"),
    Fault("Voir [là](#perdu).", "#perdu", "broken-anchor"),
    Fault("Voir [là](post:pour-tous#perdu).", "post:pour-tous#perdu", "broken-anchor"),
    Fault("Voir [là](/blog/#perdu).", "/blog/#perdu", "broken-anchor"),
    Fault("![Perdue](files/perdue.png)", "files/perdue.png", "no-image"),
    Fault("![](files/boucle.svg)", "files/boucle.svg)", "no-alt", Severity.ADVICE),
    Fault("![ ](<files/boucle.svg>)", "files/boucle.svg>", "no-alt", Severity.ADVICE),
    Fault("<img src='files/boucle.svg'>", "files/boucle.svg'", "no-alt", Severity.ADVICE),
)
TEXTS = (
    "content/posts/soin.md",
    "content/posts/jeu-ouvert.md",
    "content/posts/pour-tous.md",
    "content/pages/ici.md",
)


def with_bodies(site: SiteFolder, bodies: list[list[str]]) -> SiteFolder:
    """Give the sound site a page and some files, and its texts more to say."""
    sound(site).write("content/pages/ici.md", "---\ntitle: Ici\n---\n\nUn texte.\n")
    site.write("content/files/boucle.svg", "<svg/>").write("content/static/café.txt", "x")
    for path, pieces in zip(TEXTS, bodies, strict=True):
        add(site, path, *pieces)
    return add(site, TEXTS[0], "![Boucle](files/boucle.svg)")


def add(site: SiteFolder, path: str, *pieces: str) -> SiteFolder:
    before = (site.root / path).read_text(encoding="utf-8")
    return site.write(path, "\n\n".join([before, *pieces]) + "\n")


@given(
    bodies=st.lists(st.lists(st.sampled_from(RIGHT), max_size=3), min_size=4, max_size=4),
    fault=st.sampled_from(FAULTS),
    where=st.sampled_from(TEXTS),
    after=st.sampled_from(RIGHT),
)
@settings(max_examples=40)
def test_a_planted_fault_is_found_at_its_place_and_nothing_else(
    bodies: list[list[str]], fault: Fault, where: str, after: str
) -> None:
    with tempfile.TemporaryDirectory(prefix="cmsite-audit-") as folder:
        site = with_bodies(SiteFolder(Path(folder)).started(), bodies)
        assert told(site) == []
        before = (site.root / where).read_text(encoding="utf-8")
        add(site, where, fault.text, after)
        line = before.count("\n") + fault.text.partition(fault.at)[0].count("\n") + 3
        column = len(fault.text.partition(fault.at)[0].rpartition("\n")[2]) + 1
        assert [(str(one.place), one.code, one.severity, one.editions) for one in check(site)] == [
            (f"{where}:{line}:{column}", fault.code, fault.severity, ())
        ]


@pytest.mark.parametrize("right", RIGHT)
def test_what_is_right_is_not_told(site: SiteFolder, right: str) -> None:
    assert told(with_bodies(site, [[right]] * 4)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.text)
def test_every_fault_comes_with_its_line_and_a_hint(site: SiteFolder, fault: Fault) -> None:
    site = with_bodies(site, [[], [], [fault.text], []])
    (found,) = check(site)
    assert found.hint
    assert (
        found.excerpt == (site.root / TEXTS[2]).read_text(encoding="utf-8").split("\n")[found.place.line - 1]
    )


def test_a_picture_that_is_spelt_in_two_ways_is_told_where_it_has_no_words(site: SiteFolder) -> None:
    sound(site).write("content/files/b.png", picture(2000, 1500)).write("content/files/b.png.png", picture())
    body = "![Une](files/b.png)\n\n![](../files/b.png) et ![ ](files/b.png 'Deux')\n\n![x](files/b.png.png)"
    write(site, "a", body=body)
    assert [(one.place.line, one.place.column, one.code) for one in check(site)] == [
        (9, 5, "no-alt"), (9, 29, "no-alt"),
    ]  # fmt: skip


# where a link may be written besides


def test_a_lost_call_to_action_is_told_under_its_key(site: SiteFolder) -> None:
    write(sound(site), "a", "call_to_action: {label: Ici, url: /perdu/}")
    at = place_of(site, "content/posts/a.md", "/perdu/")
    assert told(site) == [f"{at}: warning: broken-link: nothing stands at `/perdu/`"]


def test_a_lost_call_to_action_of_a_variant_is_told_under_its_key(site: SiteFolder) -> None:
    head = "variants:\n  - when: {niche: jeu-video}\n    call_to_action: {label: Ici, url: '#perdu'}"
    write(sound(site), "a", head)
    (found,) = check(site)
    assert str(found.place) == place_of(site, "content/posts/a.md", "'#perdu'")
    assert (found.code, found.editions) == ("broken-anchor", ("jeu",))


def test_a_lost_address_of_the_author_is_told_in_the_configuration(site: SiteFolder) -> None:
    config = "author: {name: Camille, links: [{label: CV, url: /files/cv.pdf}]}"
    sound(site).write("cmsite.yml", f"{CONFIG}{config}\n")
    at = place_of(site, "cmsite.yml", "/files/cv.pdf")
    what = "`/files/cv.pdf` leads out of the site, whose addresses begin with `/carnet/`"
    assert told(site) == [f"{at}: warning: broken-link: {what}"]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ('<a href="/perdu/">x</a>', "broken-link"),
        ("<a href='/perdu/'>x</a>", "broken-link"),
        ('<a href="{{ site.home }}perdu/">x</a>', "broken-link"),
        ('<img src="{{ site.home }}perdu/" alt="x">', "broken-link"),
        ('<img srcset="{{ site.home }}perdu/ 2x" src="{{ site.icon }}" alt="x">', "broken-link"),
        ('<a href="#perdu/">x</a>', "broken-anchor"),
    ],
)
def test_a_lost_link_of_a_template_is_told_once_at_its_line(site: SiteFolder, link: str, code: str) -> None:
    base = (built_in_themes() / "carnet/templates/base.html").read_text(encoding="utf-8")
    path = "themes/carnet/templates/base.html"
    sound(site).write(path, base.replace("</body>", f"{link}</body>"))
    found = check(site)
    assert {(one.place.path, one.place.line, one.code, one.editions) for one in found} == {
        (path, base[: base.index("</body>")].count("\n") + 1, code, ())
    }
    assert len({str(one.place) for one in found}) == 1
    assert link in found[0].excerpt


def test_a_link_into_another_edition_published_beside_arrives(site: SiteFolder) -> None:
    sound(site)
    add(site, "content/posts/soin.md", "Voir [les joueurs](/jeu/2026/03/jeu-ouvert/).")
    assert told(site) == []
    site.write(
        "profiles/jeu.yml", "public: false\nheadline: CM jeu\nmask: {niche: jeu-video, locality: lyon}\n"
    )
    assert len(told(site)) == 1


def test_a_link_to_a_post_that_the_edition_leaves_out_is_told_how_to_be_mended(site: SiteFolder) -> None:
    add(sound(site), "content/posts/pour-tous.md", "Voir [le soin](/2026/03/soin/).")
    (found,) = check(site)
    assert found.hint == "this edition leaves that post out: `post:soin` becomes plain text there"
    assert found.editions == ("jeu",)


def test_a_fault_of_one_branch_says_in_which_edition_it_shows(site: SiteFolder) -> None:
    branch = "{% if mask.niche.matches('jeu-video') %}[x](/perdu/){% endif %}"
    add(sound(site), "content/posts/pour-tous.md", branch)
    (found,) = check(site)
    assert (found.code, found.editions) == ("broken-link", ("jeu",))


def test_a_targets_edition_is_walked_as_well(site: SiteFolder) -> None:
    target = "targets: [{name: Studio, slug: studio, mask: {locality: paris}}]\n"
    sound(site).write(
        "profiles/jeu.yml", f"headline: CM\nmask: {{niche: jeu-video, locality: lyon}}\n{target}"
    )
    branch = (
        "{% if mask.niche.matches('jeu-video') and mask.locality.matches('paris') %}[x](/perdu/){% endif %}"
    )
    add(site, "content/posts/pour-tous.md", branch)
    (found,) = check(site)
    assert found.editions == ("jeu/studio",)
