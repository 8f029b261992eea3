"""Compose the view of every page of an edition, each with its path and its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cmsite.model import Html, Slug
from cmsite.shape.aims import Aim, aims_of
from cmsite.shape.cards import (
    SEARCH_SCRIPT,
    Desk,
    card_views,
    label_of,
    link_view,
    mask_picture,
    picture_view,
    point_views,
    site_view,
    statement_of,
    title_of,
)
from cmsite.shape.gallery import PORTRAIT
from cmsite.shape.heads import head_view
from cmsite.shape.lists import compose_archive, compose_topics, compose_words, says
from cmsite.shape.page import Page
from cmsite.shape.personalise import Chosen, pinned_first
from cmsite.shape.routes import redirect_path
from cmsite.shape.search import filter_views
from cmsite.shape.structured import as_json_ld, blog, person, profile_page, trail
from cmsite.shape.text_pages import compose_posts, compose_undated
from cmsite.shape.typography import typeset
from cmsite.shape.views import (
    AboutPage,
    BlogPage,
    ExperienceView,
    HomePage,
    LinkView,
    NeedView,
    NotFoundPage,
    NoticePage,
    OwnLinkView,
    Pagination,
    RedirectPage,
    SearchPage,
    SiteView,
    SkillView,
    StepView,
    TargetPage,
)

_LATEST = 5
_PROOFS = 4


def compose_pages(desk: Desk) -> Iterator[Page]:
    """Yield every page of the edition but the redirects."""
    site = site_view(desk)
    yield Page(desk.routing.home(), "home.html", partial(_home_view, desk, site), kin="home")
    yield from _blog(desk, site)
    yield from compose_posts(desk, site)
    yield from compose_undated(desk, site)
    yield _about(desk, site)
    for kind, one in (("tags", "tag"), ("categories", "category"), ("series", "series")):
        yield from compose_words(desk, site, kind, one)
    yield from compose_archive(desk, site)
    yield from compose_topics(desk, site)
    yield from _targets(desk, site)
    yield from _notices(desk, site)
    yield from _search(desk, site)
    yield Page("/404.html", "404.html", partial(_not_found_view, desk, site), indexed=False)


def compose_redirects(desk: Desk) -> Iterator[Page]:
    """Yield a page for every old address of a post or page of the edition."""
    for chosen in (*desk.edition.chosen, *desk.edition.pages):
        for alias in chosen.post.aliases:
            yield Page(
                path=redirect_path(alias),
                template="redirect.html",
                compose=partial(_redirect_view, desk, chosen),
                source=chosen.post.source,
                leads_to=desk.routing.absolute(desk.path(chosen)),
            )


def _redirect_view(desk: Desk, chosen: Chosen) -> RedirectPage:
    return RedirectPage(
        language=desk.edition.language,
        title=title_of(chosen),
        url=desk.url(chosen),
        canonical=desk.routing.absolute(desk.path(chosen)),
        indexed=not desk.edition.target,
    )


def _home_view(desk: Desk, site: SiteView) -> HomePage:
    edition, routing = desk.edition, desk.routing
    author, selection = edition.settings.author, edition.selection()
    return HomePage(
        site=site,
        head=head_view(desk, "home", routing.home(), data=as_json_ld(blog(desk, selection), person(desk))),
        statement=statement_of(desk, edition.mask),
        picture=mask_picture(desk, edition.mask),
        points=point_views(desk) if edition.mask else (),
        selected=card_views(desk, selection),
        latest=card_views(desk, pinned_first(edition.dated)[:_LATEST]),
        photo=picture_view(desk, author.photo, author.name, PORTRAIT),
        about=routing.link(routing.about()),
        blog=routing.link(routing.blog()),
        target=_own_target(desk),
    )


def _own_target(desk: Desk) -> LinkView | None:
    """Return the way to the page of the organisation that the edition is made for, if it is."""
    target = desk.edition.target
    return LinkView(target.name, desk.routing.link(desk.routing.target(target.slug))) if target else None


def _blog(desk: Desk, site: SiteView) -> Iterator[Page]:
    posts, size = pinned_first(desk.edition.chosen), desk.edition.settings.posts_per_page
    count = -(-len(posts) // size)
    for number in range(1, count + 1):
        shown = posts[(number - 1) * size : number * size]
        yield Page(
            path=desk.routing.blog(number),
            template="blog.html",
            compose=partial(_blog_view, desk, site, shown, number, count),
            says=partial(says, desk, "blog", str(number), shown),
            kin="blog" if number == 1 else "",
        )


def _blog_view(desk: Desk, site: SiteView, shown: Sequence[Chosen], number: int, count: int) -> BlogPage:
    routing = desk.routing
    return BlogPage(
        site=site,
        head=head_view(desk, "blog", routing.blog(number), data=as_json_ld(blog(desk, shown))),
        posts=card_views(desk, shown),
        pagination=Pagination(
            number=number,
            count=count,
            newer=routing.link(routing.blog(number - 1)) if number > 1 else "",
            older=routing.link(routing.blog(number + 1)) if number < count else "",
            steps=tuple(_steps(desk, number, count)),
        ),
    )


def _steps(desk: Desk, number: int, count: int) -> Iterator[StepView]:
    """Yield the pages of the blog that its page `number` leads to, itself among them."""
    near = {1, number - 1, number, number + 1, count}
    shown = [each for each in sorted(near) if 1 <= each <= count]
    for before, each in zip([0, *shown], shown, strict=False):
        yield StepView(each, desk.routing.link(desk.routing.blog(each)), gap=each > before + 1)


def _about(desk: Desk, site: SiteView) -> Page:
    own = next((page for page in desk.edition.pages if page.slug == "about"), None)
    return Page(
        path=desk.routing.about(),
        template="about.html",
        compose=partial(_about_view, desk, site, own),
        source=own.post.source if own else "",
        kin="about",
    )


def _about_view(desk: Desk, site: SiteView, own: Chosen | None) -> AboutPage:
    edition = desk.edition
    author, path = edition.settings.author, desk.routing.about()
    told = statement_of(desk, edition.mask)
    photo = picture_view(desk, author.photo, author.name, PORTRAIT)
    return AboutPage(
        site=site,
        head=head_view(
            desk,
            "about",
            path,
            description=own.wording.summary if own else told,
            image=photo,
            data=as_json_ld(profile_page(desk, told), trail(desk, (desk.word("title.about"), path))),
        ),
        name=author.name,
        statement=told,
        picture=mask_picture(desk, edition.mask),
        photo=photo,
        email=author.email if author.show_email else "",
        links=tuple(OwnLinkView(link.label, link.url, link.me) for link in author.links),
        html=desk.text(own).html if own else Html(""),
        points=point_views(desk, proofs=_PROOFS) if edition.mask else (),
        skills=tuple(
            SkillView(skill.name, skill.level, tuple(_proofs(desk, skill.proof))) for skill in author.base
        ),
        experience=tuple(
            ExperienceView(held.role, held.organisation, held.start, held.end, held.summary)
            for held in author.experience
        ),
        resume=desk.routing.link("/resume.json"),
        card=desk.routing.link("/card.vcf"),
    )


def _targets(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the page of each organisation that the edition speaks to."""
    for aim in aims_of(desk):
        path = desk.routing.target(aim.target.slug)
        yield Page(path, "target.html", partial(_target_view, desk, site, aim))


def _target_view(desk: Desk, site: SiteView, aim: Aim) -> TargetPage:
    """Return what an organisation is shown: its needs that posts answer."""
    edition, target = desk.edition, aim.target
    path = desk.routing.target(target.slug)
    return TargetPage(
        site=site,
        head=head_view(desk, "target", path, title=target.name, description=target.greeting),
        name=target.name,
        greeting=typeset(target.greeting, edition.language),
        statement=statement_of(desk, aim.mask),
        picture=mask_picture(desk, aim.mask),
        needs=tuple(
            NeedView(need.point, label_of(edition, need.point, need.term), card_views(desk, need.posts))
            for need in aim.needs
            if need.posts
        ),
    )


def _proofs(desk: Desk, slugs: Iterable[Slug]) -> Iterator[LinkView]:
    """Yield the proofs that stand in this edition; one that it leaves out is not named."""
    by_slug = {one.slug: one for one in desk.edition.chosen}
    for slug in slugs:
        if link := link_view(desk, by_slug.get(slug)):
            yield link


def _search(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the search page, where the edition can be searched."""
    if desk.searchable:
        yield Page("/search/", "search.html", partial(_search_view, desk, site))


def _search_view(desk: Desk, site: SiteView) -> SearchPage:
    script = next((path for name, path in desk.assets if name == SEARCH_SCRIPT), "")
    return SearchPage(
        site=site,
        head=head_view(desk, "search", "/search/"),
        bundle=desk.routing.link("/pagefind/pagefind.js"),
        script=desk.routing.link(script) if script else "",
        filters=filter_views(desk),
    )


def _notices(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the legal notice and the privacy notice."""
    for kind in ("legal", "privacy"):
        compose = partial(_notice_view, desk, site, kind)
        yield Page(f"/{kind}/", "notice.html", compose, says=partial(str, kind))


def _notice_view(desk: Desk, site: SiteView, kind: str) -> NoticePage:
    author = desk.edition.settings.author
    return NoticePage(
        site=site,
        head=head_view(desk, kind, f"/{kind}/"),
        kind=kind,
        name=author.name or desk.edition.settings.title,
        email=author.email if author.show_email else "",
        contact=desk.routing.link(desk.routing.about()),
        url=desk.routing.absolute("/"),
    )


def _not_found_view(desk: Desk, site: SiteView) -> NotFoundPage:
    head = head_view(desk, "404", "/404.html", indexed=False)
    return NotFoundPage(site, head, card_views(desk, pinned_first(desk.edition.dated)[:_LATEST]))
