"""Compose the pages of the author's own texts: posts among their neighbours, and undated pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cmsite.digest import digest_field
from cmsite.model import Html, Kind
from cmsite.shape.cards import (
    Desk,
    card_views,
    link_view,
    picture_view,
    reason_views,
    summary_of,
    title_of,
    word_link,
)
from cmsite.shape.comments import comment_views
from cmsite.shape.feeds import post_id
from cmsite.shape.heads import head_view
from cmsite.shape.page import Page
from cmsite.shape.personalise import Chosen
from cmsite.shape.structured import as_json_ld, posting, trail
from cmsite.shape.typography import typeset
from cmsite.shape.views import (
    GiscusView,
    HeadingView,
    HeadView,
    LinkView,
    PagePage,
    PageView,
    PostPage,
    PostView,
    SeriesView,
    SiteView,
)

_CONTENTS = (2, 3)  # the levels of headings that a text's contents list


def compose_posts(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the page of each post of the edition, in the blog's order."""
    posts = desk.edition.chosen
    for newer, chosen, older in zip((None, *posts), posts, (*posts[1:], None), strict=False):
        compose = partial(_post_page, desk, site, chosen, newer, older)
        yield _text_page(desk, "post.html", compose, chosen)


def _post_page(
    desk: Desk, site: SiteView, chosen: Chosen, newer: Chosen | None, older: Chosen | None
) -> PostPage:
    return PostPage(
        site=site,
        head=_text_head(desk, "post", chosen),
        post=_post_view(desk, chosen),
        newer=link_view(desk, newer),
        older=link_view(desk, older),
        related=card_views(desk, desk.related[chosen.slug]),
        comments=comment_views(desk.threads.get(chosen.slug), chosen.post.language),
        giscus=_giscus(desk, chosen),
    )


def _giscus(desk: Desk, chosen: Chosen) -> GiscusView | None:
    """Return where readers may write; the discussion outlives a change of address, title and profile."""
    giscus = desk.edition.settings.giscus
    if giscus is None or desk.edition.target:
        return None
    return GiscusView(giscus.repo, giscus.repo_id, giscus.category, giscus.category_id, post_id(chosen.post))


def compose_undated(desk: Desk, site: SiteView) -> Iterator[Page]:
    """Yield the undated pages but the about page, which is made from the profile."""
    for chosen in desk.edition.pages:
        if chosen.slug != "about":
            yield _text_page(desk, "page.html", partial(_page_page, desk, site, chosen), chosen)


def _page_page(desk: Desk, site: SiteView, chosen: Chosen) -> PagePage:
    return PagePage(site, _text_head(desk, "page", chosen), _post_view(desk, chosen))


def _text_page(desk: Desk, template: str, compose: Callable[[], PageView], chosen: Chosen) -> Page:
    post = chosen.post
    return Page(
        path=desk.path(chosen),
        template=template,
        compose=compose,
        source=post.source,
        says=lambda: digest_field((chosen.wording.title, desk.texts.gists[chosen.slug].says)),
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
        chosen=chosen,
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
        minutes=text.gist.minutes,
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
    parts = desk.series.get(name, ())
    link = word_link(desk, "series", name)
    if link is None or chosen not in parts:
        return None
    links = tuple(LinkView(title_of(one), desk.url(one)) for one in parts)
    return SeriesView(name, link.url, links, parts.index(chosen) + 1)
