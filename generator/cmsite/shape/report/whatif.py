"""Say what another mask would do to an edition: which posts enter, leave and move, which files change."""

from __future__ import annotations

from msgspec import Struct

from cmsite.shape.personalise import Chosen, LeftOut
from cmsite.shape.report.difference import Changed, Moved, Sheet, Side, differ, sheets


class WhatIf(Struct, frozen=True):
    """What an edit would do: posts and pages that enter and leave, posts that move; files that change.

    `add` and `remove` are the files that only the edition then and only today's has; `keep` stay as they are.
    `empty`: no post is in the edition today, and it cannot be built.
    """

    enter: tuple[Chosen, ...]
    leave: tuple[LeftOut, ...]
    move: tuple[Moved, ...]
    change: tuple[Changed, ...]
    add: tuple[Sheet, ...]
    remove: tuple[Sheet, ...]
    keep: tuple[Sheet, ...]
    empty: bool


def what_if(before: Side | None, after: Side) -> WhatIf:
    """Return what the edit between two editions of a profile does; `before` is None for an empty one."""
    then = (*after.edition.chosen, *after.edition.pages)
    if before is None:
        return WhatIf(then, (), (), (), sheets(after.plan), (), (), empty=True)
    today = {one.slug for one in (*before.edition.chosen, *before.edition.pages)}
    difference = differ(before, after)
    return WhatIf(
        enter=tuple(one for one in then if one.slug not in today),
        leave=tuple(one for one in after.edition.left_out if one.post.slug in today),
        move=difference.moved,
        change=difference.changed,
        add=difference.only_b,
        remove=difference.only_a,
        keep=difference.same,
        empty=False,
    )
