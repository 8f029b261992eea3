"""Let what is not published yet stand in a site."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from builders import post
from cmsite.model import Settings, Site, Vocabulary
from cmsite.shape.drafts import pending, with_drafts
from site_folder import NOW

PAST, TO_COME = NOW - timedelta(days=9), NOW + timedelta(days=9)


def test_drafts_and_what_is_to_come_stand_in_the_site_and_what_has_expired_does_not() -> None:
    given = (
        replace(post("brouillon"), draft=True, date=None),
        replace(post("demain"), date=TO_COME),
        replace(post("perime"), date=PAST, expires=PAST),
        replace(post("bientot-perime"), date=PAST, expires=NOW + timedelta(days=1)),
    )
    site, now = with_drafts(Site(Settings(), Vocabulary(), (), given), NOW)
    shown = {
        one.slug: one.date
        for one in site.posts
        if not one.draft and one.date and one.date <= now and not (one.expires and one.expires <= now)
    }
    assert shown == {"brouillon": NOW, "demain": TO_COME, "bientot-perime": PAST}


def test_what_is_not_published_says_so() -> None:
    assert pending(replace(post("a"), draft=True), NOW) == "a draft"
    assert pending(replace(post("a"), date=TO_COME), NOW).startswith("to come on 2026-06-10")
    assert pending(replace(post("a"), date=PAST), NOW) == ""
