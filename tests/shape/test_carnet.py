"""The built-in theme's templates, given views made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import mask
from cmsite.model import Extra, Html, Language, Vocabulary
from cmsite.read.theme import read_theme
from cmsite.shape.picture import draw_mask
from cmsite.shape.templates import Templates
from cmsite.shape.views import (
    AlternateView,
    CardView,
    HeadView,
    HomePage,
    LinkView,
    MenuView,
    NeedView,
    NotFoundPage,
    PageView,
    RedirectPage,
    SiteView,
    TargetPage,
)

FR, EN = Language("fr"), Language("en")
SITE = SiteView(
    title="Carnet",
    description="Écouter.",
    language="fr",
    author="Camille Martin",
    headline="Community manager",
    home="/carnet/",
    menu=(),
    feed="/carnet/feed.xml",
    rss="/carnet/rss.xml",
    json_feed="/carnet/feed.json",
    archive="/carnet/archive/",
    tags="",
    search="",
    legal="/carnet/legal/",
    privacy="/carnet/privacy/",
    stylesheets=(),
    scripts=(),
    icon="",
    links=(),
    fediverse="",
    extra=Extra(),
)
HEAD = HeadView(
    kind="target",
    title="",
    description="",
    url="/carnet/for/studio-exemple/",
    canonical="https://example.org/carnet/for/studio-exemple/",
    alternates=(),
    image="",
    image_alt="",
    indexed=True,
    data=Html(""),
)
CARD = CardView(
    title="Une note de version se lit à voix haute",
    url="/carnet/2026/06/une-note/",
    date=datetime(2026, 6, 23, tzinfo=UTC),
    summary="Ce que l’on corrige s’entend.",
    category=None,
    minutes=4,
    pinned=False,
    tier="strong",
    reasons=(),
)
PICTURE = draw_mask(mask(niche="jeu-video"), Vocabulary(), "fr")
TARGET = TargetPage(
    site=SITE,
    head=HEAD,
    name="Studio <Exemple>",
    greeting="Bonjour à l’équipe.",
    statement="Mon travail\u00a0: réussir un lancement.",
    picture=PICTURE,
    needs=(
        NeedView("challenge", "lancement", (CARD,)),
        NeedView("service", "développement produit", (CARD,)),
    ),
)
HOME = HomePage(
    site=SITE,
    head=replace(HEAD, kind="home"),
    statement="",
    picture=Html(""),
    points=(),
    selected=(),
    latest=(CARD,),
    photo=None,
    about="/carnet/about/",
    blog="/carnet/blog/",
    target=None,
)


def rendered(template: str, view: PageView, language: Language = FR) -> str:
    return Templates(read_theme(Path("nowhere"), "carnet"), language).render(template, view)


def test_a_target_s_page_greets_says_who_writes_and_answers_each_need() -> None:
    page = rendered("target.html", TARGET)
    assert "<title>Pour Studio &lt;Exemple&gt; · Carnet</title>" in page
    told = [page.index(text) for text in (TARGET.greeting, TARGET.statement, PICTURE, "lancement</h2>")]
    assert told == sorted(told)
    assert page.count(CARD.title) == len(TARGET.needs)


@pytest.mark.parametrize("language", [FR, EN])
def test_a_target_s_page_needs_nothing_but_a_name(language: Language) -> None:
    bare = replace(TARGET, greeting="", statement="", picture=Html(""), needs=())
    page = rendered("target.html", bare, language)
    assert "<figure" not in page
    assert "Studio &lt;Exemple&gt;</h1>" in page


def test_a_page_that_is_not_indexed_states_no_canonical_address() -> None:
    shown = rendered("target.html", TARGET)
    hidden = rendered("target.html", replace(TARGET, head=replace(HEAD, indexed=False)))
    assert f'<link rel="canonical" href="{HEAD.canonical}">' in shown
    assert f'<meta property="og:url" content="{HEAD.canonical}">' in shown
    assert "noindex" not in shown
    assert 'rel="canonical"' not in hidden
    assert "og:url" not in hidden
    assert '<meta name="robots" content="noindex">' in hidden


def test_a_page_names_its_translations() -> None:
    others = (
        AlternateView("en", "https://example.org/en/"),
        AlternateView("x-default", "https://example.org/"),
    )
    page = rendered("home.html", replace(HOME, head=replace(HEAD, kind="home", alternates=others)))
    assert '<link rel="alternate" hreflang="en" href="https://example.org/en/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="https://example.org/">' in page


def test_the_home_page_of_a_private_edition_leads_to_its_target_s_page() -> None:
    link = LinkView("Studio Exemple", "/carnet/for/studio-secret/")
    assert link.url in rendered("home.html", replace(HOME, target=link))
    assert link.url not in rendered("home.html", HOME)


def test_the_menu_marks_the_page_where_the_reader_is() -> None:
    menu = (MenuView("blog", "", "/carnet/blog/"), MenuView("contact", "Contact", "/carnet/contact/"))
    head = replace(HEAD, kind="404", url="/carnet/contact/", canonical="https://example.org/other/contact/")
    page = rendered("404.html", NotFoundPage(replace(SITE, menu=menu), head, ()))
    assert page.count('aria-current="page"') == 1
    assert '<a href="/carnet/contact/" aria-current="page">Contact</a>' in page


def test_a_redirect_of_a_private_edition_is_not_indexed() -> None:
    view = RedirectPage("fr", "Une note", "/carnet/note/", "https://example.org/carnet/note/", indexed=True)
    canonical = f'<link rel="canonical" href="{view.canonical}">'
    noindex = '<meta name="robots" content="noindex">'
    shown, hidden = (
        rendered("redirect.html", view),
        rendered("redirect.html", replace(view, indexed=False)),
    )
    assert (canonical in shown, noindex in shown) == (True, False)
    assert (canonical in hidden, noindex in hidden) == (False, True)
