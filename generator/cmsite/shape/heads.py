"""Say what the <head> of a page tells of it: its name, its address, the picture that stands for it."""

from __future__ import annotations

from cmsite.model import Html
from cmsite.shape.cards import Desk
from cmsite.shape.personalise import Chosen
from cmsite.shape.social import shared_picture
from cmsite.shape.views import HeadView, PictureView

_NO_DATA = Html("")


def head_view(
    desk: Desk,
    kind: str,
    path: str,
    *,
    title: str = "",
    description: str = "",
    image: PictureView | None = None,
    chosen: Chosen | None = None,
    indexed: bool = True,
    data: Html = _NO_DATA,
) -> HeadView:
    """Return what the <head> of the page at `path` says; `image` is the page's own, `chosen` its text."""
    image = shared_picture(desk, image, chosen)
    return HeadView(
        kind=kind,
        title=title,
        description=description or desk.edition.settings.description,
        url=desk.routing.link(path),
        address=desk.routing.absolute(path),
        canonical=desk.routing.absolute(path),
        alternates=(),
        image=f"{desk.routing.origin}{image.url}" if image else "",
        image_alt=image.alt if image else "",
        image_width=image.width if image else 0,
        image_height=image.height if image else 0,
        indexed=indexed and not desk.edition.target,
        data=data,
    )
