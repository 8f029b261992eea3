"""Compose the view of every page of an edition, each with its path and its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cmsite.digest import digest
from cmsite.model import Html, Kind, Slug
from cmsite.shape.aims import aims_of
from cmsite.shape.cards import (
    SEARCH_SCRIPT,
    Desk,
    card_views,
    head_view,
    label_of,
    link_view,
    mask_picture,
    picture_view,
    point_views,
    reason_views,
    related,
    site_view,
    summary_of,
    title_of,
    word_link,
)
from cmsite.shape.comments import comment_views
from cmsite.shape.feeds import post_id
from cmsite.shape.gallery import PORTRAIT
from cmsite.shape.lists import Page, compose_archive, compose_topics, compose_words, says
from cmsite.shape.personalise import Chosen, pinned_first
from cmsite.shape.routes import redirect_path
from cmsite.shape.search import filter_views
from cmsite.shape.statement import statement
from cmsite.shape.structured import as_json_ld, blog, person, posting, profile_page, trail
from cmsite.shape.typography import typeset
from cmsite.shape.views import (
    AboutPage,
    BlogPage,
    ExperienceView,
    GiscusView,
    HeadingView,
    HeadView,
    HomePage,
    LinkView,
    NeedView,
    NotFoundPage,
    NoticePage,
    OwnLinkView,
    PagePage,
    Pagination,
    PostPage,
    PostView,
    RedirectPage,
    SearchPage,
    SeriesView,
    SiteView,
    SkillView,
    TargetPage,
)

_LATEST = 5
_PROOFS = 4
_CONTENTS = (2, 3)  # the levels of headings that a text's contents list


def compose_pages(desk: Desk) -> Iterator[Page]:
    """Yield every page of the edition but the redirects."""
    site = site_view(desk)
    yield _home(desk, site)
    yield from _blog(desk, site)
    yield from _posts(desk, site)
    yield from _pages(desk, site)
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
        statement=statement(edition.mask, edition.vocabulary, edition.language) if edition.mask else "",
        picture=mask_picture(desk, edition.mask),
        points=point_views(desk) if edition.mask else (),
        selected=card_views(desk, edition.selection()),
        latest=card_views(desk, pinned_first(edition.by_date())[:_LATEST]),
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
    urls = tuple(desk.routing.link(desk.routing.blog(number)) for number in range(1, count + 1))
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
                newer=urls[number - 2] if number > 1 else "",
                older=urls[number] if number < count else "",
                urls=urls,
            ),
        )
        listed = says("blog", str(number), view.posts)
        yield Page(path, "blog.html", view, says=listed, kin="blog" if number == 1 else "")


def _posts(desk: Desk, site: SiteView) -> Iterator[Page]:
    posts = desk.edition.chosen
    for index, chosen in enumerate(posts):
        view = PostPage(
            site=site,
            head=_text_head(desk, "post", chosen),
            post=_post_view(desk, chosen),
            newer=link_view(desk, posts[index - 1] if index else None),
            older=link_view(desk, posts[index + 1] if index + 1 < len(posts) else None),
            related=card_views(desk, related(desk.edition, chosen)),
            comments=comment_views(desk.thread(chosen), chosen.post.language),
            giscus=_giscus(desk, chosen),
        )
        yield _text_page(desk, "post.html", view, chosen)


def _giscus(desk: Desk, chosen: Chosen) -> GiscusView | None:
    """Return where readers may write; the discussion outlives a change of address, title and profile."""
    giscus = desk.edition.settings.giscus
    if giscus is None or desk.edition.target:
        return None
    return GiscusView(giscus.repo, giscus.repo_id, giscus.category, giscus.category_id, post_id(chosen.post))


def _pages(desk: Desk, site: SiteView) -> Iterator[Page]:
    for chosen in desk.edition.pages:
        if chosen.slug != "about":
            view = PagePage(site, _text_head(desk, "page", chosen), _post_view(desk, chosen))
            yield _text_page(desk, "page.html", view, chosen)


def _text_page(desk: Desk, template: str, view: PostPage | PagePage, chosen: Chosen) -> Page:
    post = chosen.post
    return Page(
        path=desk.path(chosen),
        template=template,
        view=view,
        source=post.source,
        says=digest((chosen.wording.title, desk.text(chosen).says)),
        kin=f"{post.kind}:{post.translation}" if post.translation else "",
    )


def _text_head(desk: Desk, kind: str, chosen: Chosen) -> HeadView:
    return head_view(
        desk,
        kind,
        desk.path(chosen),
        title=title_of(chosen),
        description=summary_of(desk, chosen),
        image=picture_view(desk, chosen.wording.image, chosen.wording.image_alt),
        data=_text_data(desk, chosen),
    )


def _text_data(desk: Desk, chosen: Chosen) -> Html:
    """Return what a post or page is to search engines, and the way to it."""
    here = (title_of(chosen), desk.path(chosen))
    if chosen.post.kind is Kind.PAGE:
        return as_json_ld(trail(desk, here))
    return as_json_ld(posting(desk, chosen), trail(desk, (desk.word("menu.blog"), desk.routing.blog()), here))


def _post_view(desk: Desk, chosen: Chosen) -> PostView:
    post, wording, text = chosen.post, chosen.wording, desk.text(chosen)
    return PostView(
        title=title_of(chosen),
        summary=typeset(wording.summary, post.language),
        html=text.html,
        contents=tuple(
            HeadingView(heading.level, heading.id, heading.text)
            for heading in text.headings
            if heading.level in _CONTENTS
        ),
        date=post.date,
        updated=post.updated,
        minutes=text.minutes,
        category=word_link(desk, "categories", post.category),
        tags=tuple(link for tag in post.tags if (link := word_link(desk, "tags", tag))),
        series=_series_view(desk, chosen),
        image=picture_view(desk, wording.image, wording.image_alt),
        call_to_action=_call_to_action(desk, chosen),
        reasons=reason_views(desk, chosen),
        tier=chosen.tier.value,
        extra=post.extra,
    )


def _call_to_action(desk: Desk, chosen: Chosen) -> LinkView | None:
    wanted, url = chosen.wording.call_to_action, desk.text(chosen).action
    return LinkView(typeset(wanted.label, chosen.post.language), url) if wanted and url else None


def _series_view(desk: Desk, chosen: Chosen) -> SeriesView | None:
    name = chosen.post.series
    parts = [one for one in reversed(desk.edition.by_date()) if name and one.post.series == name]
    link = word_link(desk, "series", name)
    if link is None or chosen not in parts:
        return None
    links = tuple(LinkView(title_of(one), desk.url(one)) for one in parts)
    return SeriesView(name, link.url, links, parts.index(chosen) + 1)


def _about(desk: Desk, site: SiteView) -> Page:
    edition = desk.edition
    author, path = edition.settings.author, desk.routing.about()
    own = next((page for page in edition.pages if page.slug == "about"), None)
    told = statement(edition.mask, edition.vocabulary, edition.language) if edition.mask else ""
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
            statement=statement(aim.mask, edition.vocabulary, edition.language) if aim.mask else "",
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
    latest = card_views(desk, pinned_first(desk.edition.by_date())[:_LATEST])
    return Page("/404.html", "404.html", NotFoundPage(site, head, latest))
