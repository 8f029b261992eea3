"""What two editions show differently: laws over any vocabulary, masks and posts, and single cases."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import settings as examples
from msgspec.structs import replace

from builders import PLACE, mask, post, profile, site
from cmsite.model import (
    Language,
    Mask,
    Order,
    Overrides,
    Post,
    Profile,
    Select,
    Settings,
    Variant,
    Vocabulary,
)
from cmsite.shape.report.blocks import Row
from cmsite.shape.report.difference import Changed, Difference, Moved, differ
from cmsite.shape.report.fields import seen_from_home
from cmsite.shape.report.telling import sort_out
from cmsite.shape.report.values import Altered, Value
from cmsite.shape.report.whatif import what_if
from cmsite.shape.routes import routing
from cmsite.shape.views import LinkView
from shape.sides import made, side
from shape.strategies import sayable_masks, vocabularies, worded_blogs
from tiny_theme import tiny_theme

ALWAYS = post("toujours", "Un texte qui reste.")
BY_RELEVANCE = Select(order=Order.RELEVANCE)


def difference(a: Profile, b: Profile, *posts: Post, **settings: Any) -> Difference:
    """Return what two profiles' editions of some posts show differently."""
    of = site(*posts, **settings)
    return differ(side(of, a), side(of, b))


def changed(found: Difference, path: str) -> Changed:
    return next(each for each in found.changed if each.path == path)


def turned(found: Difference) -> Difference:
    """Return a difference as it is from the other side."""
    return Difference(
        a=found.b,
        b=found.a,
        only_a=found.only_b,
        only_b=found.only_a,
        changed=tuple(
            Changed(
                each.b,
                each.a,
                each.fields,
                tuple(map(_turned, each.values)),
                tuple(Row(row.b, row.a) for row in each.rows),
            )
            for each in found.changed
        ),
        moved=tuple(Moved(each.slug, each.list, each.b, each.a) for each in found.moved),
        site=tuple(map(_turned, found.site)),
        same=found.same,
    )


def _turned(value: Value) -> Value:
    altered = tuple(Altered(each.b, each.a, each.fields) for each in value.altered)
    return Value(value.field, value.b, value.a, value.only_b, value.only_a, altered)


# laws


@examples(max_examples=25)
@given(vocabularies(), sayable_masks(), sayable_masks(), worded_blogs())
def test_two_editions_differ_in_the_files_whose_bytes_differ_and_each_says_in_what(
    words: Vocabulary, one: Mask, other: Mask, posts: tuple[Post, ...]
) -> None:
    of = site(*posts, ALWAYS, words=words)
    a, b = side(of, profile("a", mask=one)), side(of, profile("b", mask=other, select=BY_RELEVANCE))
    found, mine, theirs = differ(a, b), made(a), made(b)
    both = mine.keys() & theirs.keys()
    assert {sheet.path for sheet in found.only_a} == mine.keys() - both
    assert {sheet.path for sheet in found.only_b} == theirs.keys() - both
    assert [each.path for each in found.changed] == sorted(
        path for path in both if mine[path] != theirs[path]
    )
    assert {sheet.path for sheet in found.same} == {path for path in both if mine[path] == theirs[path]}
    for each in found.changed:
        assert each.fields
        assert bool(each.blocks) == any(field in ("post.html", "html") for field in each.fields)
        assert all(value.a != value.b or value.altered for value in each.values)
        told = {value.field for value in each.values} | {"post.html", "html"}
        assert {field for field in each.fields if not field.startswith("site.")} <= told


@examples(max_examples=25)
@given(vocabularies(), sayable_masks(), sayable_masks(), worded_blogs())
def test_two_editions_the_other_way_round_differ_in_the_same_turned_round(
    words: Vocabulary, one: Mask, other: Mask, posts: tuple[Post, ...]
) -> None:
    of = site(*posts, ALWAYS, words=words)
    a, b = side(of, profile("a", mask=one)), side(of, profile("b", mask=other, select=BY_RELEVANCE))
    assert differ(b, a) == turned(differ(a, b))


@examples(max_examples=15)
@given(vocabularies(), sayable_masks(), worded_blogs())
def test_an_edition_against_itself_is_empty(words: Vocabulary, one: Mask, posts: tuple[Post, ...]) -> None:
    of = site(*posts, ALWAYS, words=words)
    a = side(of, profile("a", mask=one))
    found = differ(a, side(of, profile("a", mask=one)))
    assert (found.only_a, found.only_b, found.changed, found.moved, found.site) == ((), (), (), (), ())
    assert [sheet.path for sheet in found.same] == [output.path for output in a.plan.outputs()]


@examples(max_examples=25)
@given(vocabularies(), sayable_masks(), sayable_masks(), worded_blogs())
def test_what_has_moved_has_another_place_among_the_posts_of_both_lists(
    words: Vocabulary, one: Mask, other: Mask, posts: tuple[Post, ...]
) -> None:
    of = site(*posts, ALWAYS, words=words)
    a, b = side(of, profile("a", mask=one)), side(of, profile("b", mask=other, select=BY_RELEVANCE))
    mine, theirs = ([one.slug for one in each.edition.selection()] for each in (a, b))
    places = {
        slug: (
            [each for each in mine if each in theirs].index(slug) + 1,
            [each for each in theirs if each in mine].index(slug) + 1,
        )
        for slug in mine
        if slug in theirs
    }
    moved = {each.slug: (each.a, each.b) for each in differ(a, b).moved if each.list == "home"}
    assert moved == {slug: place for slug, place in places.items() if place[0] != place[1]}


@examples(max_examples=25)
@given(vocabularies(), sayable_masks(), sayable_masks(), worded_blogs())
def test_an_edit_lets_enter_and_leave_the_posts_that_the_two_editions_do_not_share(
    words: Vocabulary, today: Mask, then: Mask, posts: tuple[Post, ...]
) -> None:
    of = site(*posts, ALWAYS, words=words)
    before, after = side(of, profile(mask=today)), side(of, profile(mask=then))
    found, found_back = what_if(before, after), what_if(after, before)
    mine, theirs = ({one.slug for one in each.edition.chosen} for each in (before, after))
    assert {one.slug for one in found.enter} == theirs - mine
    assert {left.post.slug for left in found.leave} == mine - theirs
    assert {one.slug for one in found_back.enter} == mine - theirs


# single cases


def test_a_post_in_other_words_tells_its_fields_and_its_blocks() -> None:
    body = "Avant.\n\n{% if mask.locality.matches('paris') %}\nVenez.\n{% endif %}\n\nAprès."
    found = difference(profile("a", locality="paris"), profile("b", locality="lyon"), post("un", body))
    page = changed(found, "2026/03/un/index.html")
    assert page.fields == ("post.html",)
    assert page.blocks == (Row("Venez.", None),)
    assert [row.a for row in page.rows] == ["Avant.", "Venez.", "Après."]


def test_posts_in_another_order_have_moved() -> None:
    posts = post("un", locality="paris"), post("deux", locality="france"), post("trois")
    wanted = profile("b", locality="paris", select=BY_RELEVANCE)
    found = difference(profile("a", locality="paris"), wanted, *posts)
    assert [(each.slug, each.list, each.a, each.b) for each in found.moved] == [
        ("deux", "blog", 1, 2),
        ("un", "blog", 3, 1),
        ("trois", "blog", 2, 3),
    ]


def test_a_post_that_stands_higher_only_because_another_is_gone_has_not_moved() -> None:
    posts = post("a-paris", locality="paris"), post("b"), post("c")
    found = difference(profile("a", locality="paris"), profile("b", locality="lyon"), *posts)
    assert [sheet.title for sheet in found.only_a if sheet.kind == "post"] == ["Titre de a-paris"]
    assert found.moved == ()


def test_what_all_pages_show_is_told_once() -> None:
    other = profile("b", site=Overrides(title="Autre", url="https://autre.example/blog/"), headline="Là")
    found = difference(profile("a"), other, post(), title="Carnet", url="https://un.example/")
    assert [(value.field, value.a, value.b) for value in found.site] == [
        ("url", "https://un.example/", "https://autre.example/blog/"),
        ("title", "Carnet", "Autre"),
        ("headline", None, "Là"),
    ]
    assert not sort_out(found.changed, found.site).pages


def test_where_an_edition_stands_does_not_hide_what_it_shows() -> None:
    other = profile("b", site=Overrides(url="https://autre.example/blog/"))
    texts = post("un", "Lire [ceci](post:deux) et ![cela](/deux/a.png)."), post("deux")
    page = changed(difference(profile("a"), other, *texts), "2026/03/un/index.html")
    assert {"post.html", "head.canonical", "site.home"} <= set(page.fields)
    assert (page.values, page.blocks) == ((), ())


def test_addresses_are_seen_from_home_wherever_they_stand_in_a_value() -> None:
    there = routing(Settings(url="https://autre.example/blog/"))
    given: dict[str, object] = {
        "url": "/blog/un/",
        "canonical": "https://autre.example/blog/un/",
        "html": '<a href="/blog/un/">/blog/</a> <img srcset="/blog/a.png 480w, /blog/b.png 960w">',
        "data": '{"url":"https://autre.example/blog/un/","name":"/blog/"}',
        "links": (LinkView("/blogs/", "/blog/un/"), LinkView("Ailleurs", "https://example.org/blog/")),
    }
    assert seen_from_home(given, there) == {
        "url": "/un/",
        "canonical": "/un/",
        "html": '<a href="/un/">/blog/</a> <img srcset="/a.png 480w, /b.png 960w">',
        "data": '{"url":"/un/","name":"/blog/"}',
        "links": (LinkView("/blogs/", "/un/"), LinkView("Ailleurs", "https://example.org/blog/")),
    }


def test_a_page_that_is_a_post_here_and_an_old_address_there_is_told_either_way_round() -> None:
    here = profile("a", locality="paris")
    there = profile("b", locality="lyon", site=Overrides(permalink="{year}/{slug}/"))
    posts = post("un", locality="paris", aliases=("/2026/deux/",)), post("deux")
    found = difference(here, there, *posts)
    assert difference(there, here, *posts) == turned(found)
    assert (changed(found, "2026/deux/index.html").a.kind, changed(found, "2026/deux/index.html").b.kind) == (
        "redirect",
        "post",
    )


def test_a_page_in_another_template_or_language_says_so() -> None:
    texts = post(), post("en", language=Language("en"))
    found = difference(profile("a"), profile("b", language=Language("en")), *texts)
    assert "template" in changed(found, "blog/index.html").fields


def test_what_a_theme_does_not_print_changes_no_page() -> None:
    tiny = tiny_theme()
    silent = replace(tiny, templates=tuple(replace(each, text="Rien.") for each in tiny.templates))
    of = site(post("un", "{% if mask.locality %}Ici.{% else %}Partout.{% endif %}"))
    sides = (side(of, whose, silent) for whose in (profile("a"), profile("b", locality="paris")))
    found = differ(*sides)
    assert "feed.xml" in [changed.path for changed in found.changed]
    assert not [changed.path for changed in found.changed if changed.path.endswith(".html")]
    assert "2026/03/un/index.html" in [sheet.path for sheet in found.same]


def test_a_description_that_is_the_summary_is_told_once() -> None:
    other = Variant(mask(locality="lyon"), PLACE, summary="Deux.")
    told = post("un", summary="Un.", variants=(other,))
    found = difference(profile("a"), profile("b", locality="lyon"), told)
    page = changed(found, "2026/03/un/index.html")
    assert {"post.summary", "head.description"} <= set(page.fields)
    spoken = next(each for each in sort_out(found.changed, found.site).pages if each.changed == page)
    assert [value.field for value in spoken.own] == ["post.summary"]
