"""The built-in theme's templates, given views made by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import mask
from cmsite.colour import READABLE, contrast, lighten
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
    PointView,
    PostPage,
    PostView,
    RedirectPage,
    SiteView,
    TargetPage,
    TermView,
)

FR, EN = Language("fr"), Language("en")
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "theme.md"
THEME = read_theme(Path("nowhere"), "carnet")
STYLE = next(asset.data.decode() for asset in THEME.assets if asset.path == "carnet.css")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)
}
_COLOUR = r"`(#\w{6})` \| ([\d.]+) \| ([\d.]+) \|"
SITE = SiteView(
    title="Carnet",
    description="Écouter.",
    language="fr",
    author="Camille Martin",
    headline="Community manager",
    home="/carnet/",
    blog="/carnet/blog/",
    about="/carnet/about/",
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
    address="https://example.org/carnet/for/studio-exemple/",
    canonical="https://example.org/carnet/for/studio-exemple/",
    alternates=(),
    image="",
    image_alt="",
    image_width=0,
    image_height=0,
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
POST = PostPage(
    site=replace(SITE, title="Carnet & Cie"),
    head=replace(
        HEAD,
        kind="post",
        url="/carnet/2026/06/une-note/",
        address="https://example.org/carnet/2026/06/une-note/",
        canonical="https://example.org/carnet/2026/06/une-note/",
    ),
    post=PostView(
        title="Une note & des joueurs",
        summary="",
        html=Html("<p>Un texte.</p>"),
        contents=(),
        date=CARD.date,
        updated=None,
        minutes=4,
        category=None,
        tags=(),
        series=None,
        image=None,
        call_to_action=None,
        reasons=(),
        tier="general",
        extra=Extra(),
    ),
    newer=None,
    older=None,
    related=(),
    comments=(),
    giscus=None,
)


def rendered(template: str, view: PageView, language: Language = FR) -> str:
    return Templates(THEME, language).render(template, view)


def test_a_target_s_page_greets_says_who_writes_and_answers_each_need() -> None:
    page = rendered("target.html", TARGET)
    assert "<title>Pour Studio &lt;Exemple&gt; · Carnet</title>" in page
    told = [page.index(text) for text in (TARGET.greeting, TARGET.statement, PICTURE, "lancement</h3>")]
    assert told == sorted(told)


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
    assert page.count("https://example.org/en/") == 1  # the text of a page does not depend on other editions


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


def test_a_post_can_be_shared_and_cited_without_another_host() -> None:
    page = rendered("post.html", POST)
    address = "https://example.org/carnet/2026/06/une-note/"
    mail = "mailto:?subject=Une%20note%20%26%20des%20joueurs&amp;body=https%3A//example.org/"
    assert mail in page
    assert f'id="carnet-address">{address}</span>' in page
    assert (
        f"Camille Martin, «\u00a0Une note &amp; des joueurs\u00a0», <cite>Carnet &amp; Cie</cite>, "
        f"23 juin 2026. {address}</span>"
    ) in page


def test_a_post_without_an_author_is_cited_by_its_title() -> None:
    page = rendered("post.html", replace(POST, site=replace(POST.site, author="", language="en")), EN)
    assert '<span class="copied" id="carnet-citation">“Une note &amp; des joueurs”, ' in page


def test_a_post_says_where_it_stands() -> None:
    method = LinkView("méthode", "/carnet/categories/methode/")
    page = rendered("post.html", replace(POST, post=replace(POST.post, category=method)))
    crumbs = page[page.index('<nav class="crumbs"') :].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)">([^<]+)<', crumbs) == [
        ("/carnet/blog/", "Blog"),
        (method.url, "méthode"),
    ]


def test_a_post_that_answers_two_needs_is_told_once_and_named_again() -> None:
    page = rendered("target.html", TARGET)
    assert page.count(CARD.title) == len(TARGET.needs)
    assert page.count(CARD.summary) == 1


def test_the_picture_stands_above_the_points_it_names() -> None:
    points = (PointView("niche", (TermView("jeu vidéo", "/carnet/topics/niche/jeu-video/"),), ()),)
    page = rendered("home.html", replace(HOME, picture=PICTURE, points=points))
    assert page.index(PICTURE) < page.index('<dl class="points">') < page.index("carnet-latest")
    assert "<figure" not in rendered("home.html", HOME)


def test_the_weights_are_within_their_budgets() -> None:
    weights = {asset.path: len(asset.data) for asset in THEME.assets}
    assert weights["carnet.css"] < 20_000
    assert sum(size for path, size in weights.items() if path.endswith(".js")) < 10_000


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("palette", [palette.name for palette in THEME.palettes])
def test_every_colour_can_be_read_on_the_paper_and_on_the_shade(palette: str, scheme: int) -> None:
    accent = next((each.light, each.dark)[scheme] for each in THEME.palettes if each.name == palette)
    paper, ink = COLOURS["paper"][scheme], COLOURS["ink"][scheme]
    shade, ruled = mixed(accent, paper, 0.05), mixed(accent, paper, 0.22)
    for ground in (paper, shade):
        assert contrast(accent, ground) >= READABLE
        for name in ("ink", "soft", "green", "ochre", "red", "plum", "blue"):
            assert contrast(COLOURS[name][scheme], ground) >= READABLE, name
        assert contrast(COLOURS["edge"][scheme], ground) >= 3
    assert contrast(ink, ruled) >= READABLE


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"), st.sampled_from([0, 1]))
def test_a_link_on_the_shade_can_be_read_whatever_the_accent(colour: str, scheme: int) -> None:
    paper, ink = COLOURS["paper"][scheme], COLOURS["ink"][scheme]
    accent = lighten(colour, paper) if scheme else colour
    assume(contrast(accent, paper) >= READABLE)
    shade = mixed(accent, paper, 0.05)
    assert contrast(mixed(accent, ink, 0.85), shade) >= READABLE
    assert contrast(COLOURS["soft"][scheme], shade) >= READABLE


def test_the_paper_that_accents_are_held_against_is_the_stylesheet_s() -> None:
    assert (THEME.paper.light, THEME.paper.dark) == COLOURS["paper"]
    assert COLOURS["accent"] in {(palette.light, palette.dark) for palette in THEME.palettes}


def test_the_contrasts_that_the_page_on_the_theme_tells_are_those_that_are_computed() -> None:
    told = re.findall(rf"\| (\w+) \|(?: [^|`]+ \|)? {_COLOUR} {_COLOUR}", PAGE.read_text("utf-8"))
    palettes = {palette.name: (palette.light, palette.dark) for palette in THEME.palettes}
    assert len(told) == len(palettes) + 9
    for index, (name, *cells) in enumerate(told):
        own = index < len(palettes)
        colours = palettes[name] if own else COLOURS[name]
        for scheme in (0, 1):
            colour, on_paper, on_shade = cells[3 * scheme : 3 * scheme + 3]
            paper = COLOURS["paper"][scheme]
            accents = [colours] if own else list(palettes.values())
            least = min(contrast(colour, mixed(accent[scheme], paper, 0.05)) for accent in accents)
            assert (colour, float(on_paper)) == (colours[scheme], round(contrast(colour, paper), 1))
            assert float(on_shade) == round(least, 1), name


def mixed(one: str, other: str, share: float) -> str:
    """Return what the stylesheet's `color-mix(in srgb, ONE share, OTHER)` gives."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
