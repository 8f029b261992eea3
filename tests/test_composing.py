"""A build composes what an edited text stands in, and believes nothing that is not of what stands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from cmsite.cache import NAME, Cache
from cmsite.composing import recall_basis
from cmsite.shape.basis import Basis
from cmsite.write.publish import generation_name
from site_folder import SiteFolder


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    for number in range(30):
        site.post(f"p{number:02}", "summary: Un résumé.", "Un texte.", date=f"2026-01-{number + 1:02}")
    site.build()
    return site


def test_an_edited_body_has_its_page_and_the_feeds_that_carry_it_composed(blog: SiteFolder) -> None:
    late = blog.post("p29", "summary: Un résumé.", "Un autre texte.", date="2026-01-30").build()
    feeds = {"feed.json", "feed.xml", "rss.xml"}
    assert {each.path for each in late.stale} == {"2026/01/p29/index.html", *feeds}
    early = blog.post("p00", "summary: Un résumé.", "Encore un.", date="2026-01-01").build()
    assert {each.path for each in early.stale} == {"2026/01/p00/index.html"}
    assert late.looked_at - early.looked_at == len(feeds)
    assert early.looked_at < 15
    assert early.converted == 1


def test_a_text_that_takes_longer_to_read_has_every_list_composed_that_shows_it(blog: SiteFolder) -> None:
    done = blog.post("p05", "summary: Un résumé.", "mot " * 500, date="2026-01-06").build()
    assert "blog/page/3/index.html" in {each.path for each in done.stale}
    assert "blog/index.html" not in {each.path for each in done.stale}


def test_without_a_summary_the_first_words_are_shown_in_lists(blog: SiteFolder) -> None:
    blog.post("p05", "", "Des mots.", date="2026-01-06").build()
    blog.post("p05", "", "Autres mots.", date="2026-01-06").build()
    assert "Autres mots." in blog.read("blog/page/3/index.html")


def test_an_edited_head_has_everything_composed(blog: SiteFolder) -> None:
    done = blog.post("p05", "summary: Un autre.", "Un texte.", date="2026-01-06").build()
    assert done.looked_at == done.rendered + done.kept


@pytest.mark.parametrize(("verify", "clean"), [(True, False), (False, True)])
def test_who_wants_all_looked_at_has_it_looked_at(blog: SiteFolder, verify: bool, clean: bool) -> None:
    done = blog.build(verify=verify, clean=clean)
    assert done.looked_at == done.rendered + done.kept


def test_an_edited_template_or_string_has_everything_composed(blog: SiteFolder) -> None:
    for path, text in (
        (
            "themes/carnet/templates/post.html",
            '{% extends "post.html" %}{% block post_end %}Fin.{% endblock %}',
        ),
        ("themes/carnet/strings/fr.yml", "menu.blog: Journal\n"),
    ):
        done = blog.write(path, text).build()
        assert done.looked_at == done.rendered + done.kept
        assert done.rendered >= 30
    assert "Fin." in blog.read("2026/01/p07/index.html")
    assert "Journal" in blog.read("2026/01/p07/index.html")


def test_texts_that_part_in_one_of_several_editions_move_the_addresses_of_both(blog: SiteFolder) -> None:
    blog.write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    blog.write("cmsite.yml", (blog.root / "cmsite.yml").read_text("utf-8") + "profile: sante\n")
    blog.build(every=True)
    page = "jeu/2026/01/p07/index.html"
    assert 'rel="canonical" href="https://example.org/carnet/2026/01/p07/"' in blog.read(page)
    parting = "{% if mask.niche.matches('jeu-video') %}Pour jouer.{% endif %}"
    done = blog.post("p07", "summary: Un résumé.", f"Un texte. {parting}", date="2026-01-08").build(
        every=True
    )
    assert 'rel="canonical" href="https://example.org/carnet/jeu/2026/01/p07/"' in blog.read(page)
    assert done.looked_at < (done.rendered + done.kept) / 2
    left = blog.outputs()
    blog.delete("public").delete(".cmsite").build(every=True)
    assert left == blog.outputs()


def test_a_date_that_its_zone_tells_otherwise_has_everything_composed(
    blog: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = blog.read("2026/01/p07/index.html")
    monkeypatch.setattr("cmsite.read.memory.ZoneInfo", lambda _: ZoneInfo("Pacific/Kiritimati"))
    done = blog.post("p00", "summary: Un résumé.", "Encore.", date="2026-01-01").build()
    assert done.looked_at == done.rendered + done.kept
    assert blog.read("2026/01/p07/index.html") != before


def test_another_profile_and_back_again_is_composed_whole(blog: SiteFolder) -> None:
    blog.write("profiles/jeu.yml", "mask: {niche: jeu-video}\n")
    before = blog.outputs()
    blog.write("cmsite.yml", (blog.root / "cmsite.yml").read_text("utf-8") + "profile: sante\n").build("jeu")
    done = blog.build("sante")
    assert blog.outputs() == before
    assert done.looked_at == done.rendered + done.kept


def test_a_page_that_is_gone_is_made_again_though_nothing_moved(blog: SiteFolder) -> None:
    (blog.root / "public/2026/01/p07/index.html").unlink()
    assert [each.path for each in blog.build().stale] == ["2026/01/p07/index.html"]


def test_the_basis_is_that_of_the_generation_that_stands(blog: SiteFolder) -> None:
    output, cache = blog.root / "public", Cache(blog.root / ".cmsite" / NAME)
    name = generation_name(output)
    assert recall_basis(cache, blog.root, output, name).files
    assert recall_basis(cache, blog.root, output, "of-another") == Basis()
    assert recall_basis(cache, blog.root, output, "") == Basis()


def test_a_basis_of_another_shape_is_none(blog: SiteFolder) -> None:
    output, cache = blog.root / "public", Cache(blog.root / ".cmsite" / NAME, writable=True)
    cache.keep("basis", {"public": b"\x93\x01\x02\x03"})
    assert recall_basis(cache, blog.root, output, generation_name(output)) == Basis()
    done = blog.build()
    assert (done.rendered, done.looked_at) == (0, done.kept)


def test_a_large_site_is_mirrored_ahead_and_is_what_a_clean_build_makes(
    blog: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cmsite.build._WORTH_MIRRORING", 1)
    blog.write("public/others.txt", "d'un autre")
    for edit in ("Un.", "Deux."):
        blog.post("p03", "tags: [neuf]", edit, date="2026-01-04").build()
    blog.delete("content/posts/p04.md").build()
    (blog.root / "public/2026/01/p06/index.html").unlink()
    blog.post("p03", "", "Trois.", date="2026-01-04").build()
    left = blog.outputs()
    assert left.pop("others.txt") == b"d'un autre"
    blog.delete("public").delete(".cmsite").build()
    assert left == blog.outputs()


def test_a_mirror_that_cannot_be_made_is_done_without(
    blog: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cmsite.build._WORTH_MIRRORING", 1)
    monkeypatch.setattr("cmsite.build.mirror", lambda *_: 1 / 0)
    blog.post("p03", "", "Un.", date="2026-01-04").build()
    assert "Un." in blog.read("2026/01/p03/index.html")
