"""Every text of an edition worded, converted and linked; every mistake told at its line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from builders import mask, post, profile, site, workshop
from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.model import Body, Kind, Mask, Place, Post, RawHtml, Site, Slug, Variant
from cmsite.shape.personalise import personalise
from cmsite.shape.routes import routing
from cmsite.shape.texts import Texts, tell_texts, wording_problems
from shape.words import WORDS

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FIRST = 5  # the line on which the bodies of builders begin
E_SANTE = mask(niche="e-sante")


def texts(*posts: Post, of: Mask = E_SANTE, pages: tuple[Post, ...] = ()) -> Texts:
    whole = replace(site(*posts, words=WORDS), pages=pages)
    edition = personalise(whole, profile(mask=of), now=NOW)
    return tell_texts(edition, whole, routing(edition.settings), workshop(), "")


def html(text: str) -> str:
    return texts(post("a", text)).by_slug(Slug("a")).html


def problems(*posts: Post) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        texts(*posts)
    return found.value.problems


def variant(text: str, line: int) -> Variant:
    return Variant(mask(niche="jeu-video"), Place("a.md"), body=Body(text, Place("content/posts/a.md", line)))


def test_a_body_is_worded_before_it_is_converted() -> None:
    text = (
        "{% if mask.niche %}\n## {{ mask.niche }}\n{% endif %}\n{% if mask.service %}\n## Non\n{% endif %}\n"
    )
    told = texts(post("a", text)).by_slug(Slug("a"))
    assert [heading.text for heading in told.headings] == ["e-santé"]
    assert "Non" not in told.html


def test_a_body_that_is_not_to_be_read_is_taken_as_it_is() -> None:
    told = texts(post("a", "{{ zzz }}", templating=False)).by_slug(Slug("a"))
    assert told.html == "<p>{{ zzz }}</p>"


def test_a_label_cannot_bring_script_into_a_page() -> None:
    assert "<script" not in html("{{ '<script>x</script>' }} a")


def test_trusted_html_is_kept_and_its_links_resolved() -> None:
    trusted = post("a", "<video controls></video> <a href=post:b>b</a>", raw_html=RawHtml.TRUSTED)
    made = texts(trusted, post("b")).by_slug(Slug("a")).html
    assert "<video controls>" in made
    assert 'href="/2026/03/b/"' in made


def test_texts_of_posts_and_pages_link_to_each_other() -> None:
    page = post("contact", "[a](post:a)", kind=Kind.PAGE, date=None, source="content/pages/contact.md")
    told = texts(post("a", "[contact](../pages/contact.md)"), pages=(page,)).by_slug
    assert 'href="/contact/"' in told(Slug("a")).html
    assert 'href="/2026/03/a/"' in told(Slug("contact")).html


def test_the_free_part_of_the_about_page_stands_where_the_about_page_does() -> None:
    page = post("about", kind=Kind.PAGE, date=None, source="content/pages/about.md")
    links = texts(post("a"), pages=(page,)).links
    assert links.paths[Slug("about")] == links.routing.about()


def test_a_link_to_a_draft_is_a_warning_and_no_error() -> None:
    told = texts(post("a", "[b](post:b)"), post("b", draft=True))
    assert told.by_slug(Slug("a")).html == "<p>b</p>"
    assert [(each.code, each.severity) for each in told.warnings] == [("left-out-link", Severity.WARNING)]


def test_the_mistakes_of_all_texts_are_told_at_once() -> None:
    found = problems(
        post("a", "[b](post:zzzz)"),
        post("b", "un\n\n{{ mask.service }}"),
        post("c", "un\n\n<div markdown='1'>\nx"),
    )
    assert [(str(each.place), each.code) for each in found] == [
        ("content/posts/a.md:5:5", "unknown-post"),
        ("content/posts/b.md:7:4", "unstated-point"),
        ("content/posts/c.md:7:1", "markup"),
    ]


def test_a_mistake_of_markdown_is_told_at_its_line_though_conditions_above_are_false() -> None:
    text = "{% if mask.service %}\na\nb\n{% endif %}\nc\n\n<div markdown='1'>\nx"
    (found,) = problems(post("a", text))
    assert (found.place.line - FIRST, found.excerpt) == (6, "<div markdown='1'>")
    (found,) = problems(post("a", "<div markdown='1'>\nx"))
    assert (found.place.line, found.place.column) == (FIRST, 1)
    (found,) = problems(post("a", "a\nb\n\n<div class='{{ mask.niche }}' markdown='1'>\nx"))
    assert found.place.line - FIRST == 3


def test_an_edition_that_leaves_a_body_out_does_not_read_it() -> None:
    told = texts(post("a"), post("b", "{{ mask.service }}", niche="jeu-video"))
    assert set(told.gists) == {"a"}


def test_the_wording_of_every_body_and_variant_is_checked_whatever_the_mask() -> None:
    whole: Site = site(
        post("a", "{{ zzz }}", niche="finance", variants=(variant("x\n\n{{ yyy }}", 12),)),
        post("b", "{{ xxx }}", draft=True),
        post("c", "{{ www }}", templating=False, variants=(variant("{{ vvv }}", 9),)),
        words=WORDS,
    )
    assert [str(each.place) for each in wording_problems(whole)] == [
        "content/posts/a.md:5:4", "content/posts/a.md:14:4", "content/posts/b.md:5:4",
    ]  # fmt: skip


def test_a_site_whose_wording_is_right_passes() -> None:
    right = site(post("a", "{{ mask.niche }}", variants=(variant("{{ mask.niche }}", 9),)), words=WORDS)
    assert not list(wording_problems(right))


def test_a_text_is_converted_once_though_two_posts_share_it() -> None:
    whole = site(post("a", "Même texte."), post("b", "Même texte."), words=WORDS)
    edition = personalise(whole, profile(), now=NOW)
    converter = workshop()
    tell_texts(edition, whole, routing(edition.settings), converter, "")
    assert converter.converted == 1
