"""Compose the view of every page of an edition, each with its path and its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cmsite.model import Html, Slug
from cmsite.shape.aims import aims_of
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
from cmsite.shape.lists import Page, compose_archive, compose_topics, compose_words, says
from cmsite.shape.personalise import pinned_first
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
    yield _home(desk, site)
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
    yield _not_found(desk, site)


def compose_redirects(desk: Desk) -> Iterator[Page]:
    """Yield a page for every old address of a post or page of the edition."""
    for chosen in (*desk.edition.chosen, *desk.edition.pages):
        view = RedirectPage(
            language=desk.edition.language,
            title=title_of(chosen),
            url=desk.url(chosen),
            canonical=desk.routing.absolute(desk.path(chosen)),
            indexed=not desk.edition.target,
        )
        for alias in chosen.post.aliases:
            yield Page(redirect_path(alias), "redirect.html", view, chosen.post.source)


def _home(desk: Desk, site: SiteView) -> Page:
    edition, routing = desk.edition, desk.routing
    author = edition.settings.author
    view = HomePage(
        site=site,
        head=head_view(
            desk, "home", routing.home(), data=as_json_ld(blog(desk, edition.selection()), person(desk))
        ),
        statement=statement_of(desk, edition.mask),
        picture=mask_picture(desk, edition.mask),
        points=point_views(desk) if edition.mask else (),
        selected=card_views(desk, edition.selection()),
        latest=card_views(desk, pinned_first(edition.dated)[:_LATEST]),
        photo=picture_view(desk, author.photo, author.name, PORTRAIT),
        about=routing.link(routing.about()),
        blog=routing.link(routing.blog()),
        target=_own_target(desk),
    )
    return Page(routing.home(), "home.html", view, kin="home")


def _own_target(desk: Desk) -> LinkView | None:
    """Return the way to the page of the organisation that the edition is made for, if it is."""
    target = desk.edition.target
    return LinkView(target.name, desk.routing.link(desk.routing.target(target.slug))) if target else None


def _blog(desk: Desk, site: SiteView) -> Iterator[Page]:
    posts, size = pinned_first(desk.edition.chosen), desk.edition.settings.posts_per_page
    count = -(-len(posts) // size)
    for number in range(1, count + 1):
        path = desk.routing.blog(number)
        shown = posts[(number - 1) * size : number * size]
        view = BlogPage(
            site=site,
            head=head_view(desk, "blog", path, data=as_json_ld(blog(desk, shown))),
            posts=card_views(desk, shown),
            pagination=Pagination(
                number=number,
                count=count,
                newer=desk.routing.link(desk.routing.blog(number - 1)) if number > 1 else "",
                older=desk.routing.link(desk.routing.blog(number + 1)) if number < count else "",
                steps=tuple(_steps(desk, number, count)),
            ),
        )
        listed = says("blog", str(number), view.posts)
        yield Page(path, "blog.html", view, says=listed, kin="blog" if number == 1 else "")


def _steps(desk: Desk, number: int, count: int) -> Iterator[StepView]:
    """Yield the pages of the blog that its page `number` leads to, itself among them."""
    near = {1, number - 1, number, number + 1, count}
    shown = [each for each in sorted(near) if 1 <= each <= count]
    for before, each in zip([0, *shown], shown, strict=False):
        yield StepView(each, desk.routing.link(desk.routing.blog(each)), gap=each > before + 1)


def _about(desk: Desk, site: SiteView) -> Page:
    edition = desk.edition
    author, path = edition.settings.author, desk.routing.about()
    own = next((page for page in edition.pages if page.slug == "about"), None)
    told = statement_of(desk, edition.mask)
    photo = picture_view(desk, author.photo, author.name, PORTRAIT)
    view = AboutPage(
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
    return Page(path, "about.html", view, own.post.source if own else "", kin="about")


def _targets(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the page of each organisation that the edition speaks to, with the needs that posts answer."""
    edition = desk.edition
    for aim in aims_of(edition):
        path = desk.routing.target(aim.target.slug)
        view = TargetPage(
            site=site,
            head=head_view(desk, "target", path, title=aim.target.name, description=aim.target.greeting),
            name=aim.target.name,
            greeting=typeset(aim.target.greeting, edition.language),
            statement=statement_of(desk, aim.mask),
            picture=mask_picture(desk, aim.mask),
            needs=tuple(
                NeedView(need.point, label_of(edition, need.point, need.term), card_views(desk, need.posts))
                for need in aim.needs
                if need.posts
            ),
        )
        yield Page(path, "target.html", view)


def _proofs(desk: Desk, slugs: Iterable[Slug]) -> Iterator[LinkView]:
    """Yield the proofs that stand in this edition; one that it leaves out is not named."""
    by_slug = {one.slug: one for one in desk.edition.chosen}
    for slug in slugs:
        if link := link_view(desk, by_slug.get(slug)):
            yield link


def _search(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the search page, where the edition can be searched."""
    script = next((path for name, path in desk.assets if name == SEARCH_SCRIPT), "")
    if desk.searchable:
        view = SearchPage(
            site=site,
            head=head_view(desk, "search", "/search/"),
            bundle=desk.routing.link("/pagefind/pagefind.js"),
            script=desk.routing.link(script) if script else "",
            filters=filter_views(desk),
        )
        yield Page("/search/", "search.html", view)


def _notices(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the legal notice and the privacy notice."""
    author = desk.edition.settings.author
    for kind in ("legal", "privacy"):
        view = NoticePage(
            site=site,
            head=head_view(desk, kind, f"/{kind}/"),
            kind=kind,
            name=author.name or desk.edition.settings.title,
            email=author.email if author.show_email else "",
            contact=desk.routing.link(desk.routing.about()),
            url=desk.routing.absolute("/"),
        )
        yield Page(f"/{kind}/", "notice.html", view, says=kind)


def _not_found(desk: Desk, site: SiteView) -> Page:
    head = head_view(desk, "404", "/404.html", indexed=False)
    latest = card_views(desk, pinned_first(desk.edition.dated)[:_LATEST])
    return Page("/404.html", "404.html", NotFoundPage(site, head, latest))
