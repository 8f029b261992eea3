"""Compose the social cards of an edition: the picture that stands for a page where it is shared.

A post without a picture has its own beside its page; the profile has one at the root, for every other
page without a picture. A card holds nothing but what the pages of its edition say.
"""

from __future__ import annotations

from collections.abc import Iterator

from cmsite.digest import digest_bytes
from cmsite.model import Kind
from cmsite.shape.cards import Desk, statement_of, title_of
from cmsite.shape.lettering import can_write
from cmsite.shape.outputs import CardRecipe
from cmsite.shape.palette import palette_of
from cmsite.shape.personalise import Chosen
from cmsite.shape.picture import draw_signature
from cmsite.shape.views import PictureView, SocialCardView

WIDTH, HEIGHT = 1200, 630
_FILE = "card.png"
_NOT_SHOWN = ".svg"  # pictures that no place where pages are shared knows to show


def social_cards(desk: Desk) -> Iterator[tuple[str, Chosen | None]]:
    """Yield every card of the edition: its path, and the post that it stands for, None for the profile."""
    if not desk.drawn_by:
        return
    yield _path(desk, None), None
    for chosen in desk.edition.chosen:
        if _has_card(desk, chosen):
            yield _path(desk, chosen), chosen


def card_recipe(desk: Desk, chosen: Chosen | None) -> CardRecipe:
    """Return how a post's card is made, or the profile's."""
    assert desk.theme.font
    return CardRecipe(_view(desk, chosen), digest_bytes(desk.theme.font.data), desk.drawn_by)


def shared_picture(desk: Desk, own: PictureView | None, chosen: Chosen | None = None) -> PictureView | None:
    """Return the picture that stands for a page where it is shared: its own if it can be shown, or a card."""
    if not desk.drawn_by or (own and not own.url.lower().endswith(_NOT_SHOWN)):
        return own
    with_card = chosen if chosen and _has_card(desk, chosen) else None
    owner = desk.edition.settings.author.name or desk.edition.settings.title
    alt = f"{title_of(with_card)} · {owner}" if with_card else owner
    return PictureView(desk.routing.link(_path(desk, with_card)), alt, WIDTH, HEIGHT, "", "")


def _has_card(desk: Desk, chosen: Chosen) -> bool:
    """Return whether a post has a card of its own: it has no picture, and the font can write its title."""
    image, font = chosen.wording.image, desk.theme.font
    if font is None or chosen.post.kind is Kind.PAGE or (image and not image.lower().endswith(_NOT_SHOWN)):
        return False
    return can_write(font, title_of(chosen))


def _path(desk: Desk, chosen: Chosen | None) -> str:
    return f"{desk.path(chosen) if chosen else desk.routing.home()}{_FILE}"


def _title(desk: Desk, chosen: Chosen | None) -> str:
    """Return a post's title; for the profile what its owner is, or else the name, or the site's."""
    if chosen:
        return title_of(chosen)
    settings = desk.edition.settings
    return desk.edition.profile.headline or settings.author.name or settings.title


def _view(desk: Desk, chosen: Chosen | None) -> SocialCardView:
    edition, theme = desk.edition, desk.theme
    settings = edition.settings
    return SocialCardView(
        kind="post" if chosen else "profile",
        title=_title(desk, chosen),
        text="" if chosen else statement_of(desk, edition.mask),
        author=settings.author.name,
        site=settings.title,
        accent=palette_of(theme, settings.accent).light,
        paper=theme.paper.light,
        mask=draw_signature(edition.mask, edition.vocabulary, edition.language),
    )
