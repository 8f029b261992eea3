"""Say which of the author's files an edition refers to: only those are published."""

from __future__ import annotations

from collections.abc import Iterator

from cmsite.errors import Problem, Severity
from cmsite.model import Place
from cmsite.shape.cards import Desk
from cmsite.shape.gallery import IN_TEXT, PORTRAIT, Use


def used_files(desk: Desk) -> tuple[dict[str, set[Use]], set[str]]:
    """Return the places in which each picture is shown, and the files that links lead to."""
    uses: dict[str, set[Use]] = {}
    linked: set[str] = set()
    if photo := desk.edition.settings.author.photo:
        uses[photo] = {PORTRAIT}
    for chosen in (*desk.edition.chosen, *desk.edition.pages):
        gist, image = desk.texts.gists[chosen.slug], chosen.wording.image
        linked.update(gist.files)
        for path in (*gist.pictures, image) if image else gist.pictures:
            uses.setdefault(path, set()).add(IN_TEXT)
    return uses, linked


def losses(desk: Desk) -> Iterator[Problem]:
    """Yield what the edition's pictures lose, or keep, against what their author may think."""
    gallery = desk.texts.links.gallery
    uses, linked = used_files(desk)
    used = sorted(uses.keys() | linked)
    for path in used:
        picture = gallery.files[path].picture
        if picture and picture.has_html:
            what = "a part of this drawing is HTML, which is left out"
            hint = "save it as plain SVG, with its words as text or as paths"
            yield Problem(Place(f"content/{path}"), what, hint, "drawing-html", Severity.WARNING)
    if any(gallery.keeps_what_cameras_note(path) for path in used):
        what = (
            "pictures are published as they are, with the place and time that a camera notes in them: "
            "Pillow is not installed"
        )
        hint = "install it with `pip install 'cmsite[images]'`"
        yield Problem(Place("content/files"), what, hint, "no-pillow", Severity.WARNING)
