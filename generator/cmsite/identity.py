"""Tell sites, their editions and their times apart: by what is written beside and into what was built."""

from __future__ import annotations

from datetime import datetime

from cmsite.digest import digest
from cmsite.model import Profile, Settings, Site, Target


def identity_of(site: Site) -> str:
    """Return what tells one site's output from another's: marks of its title and of its address.

    One of the two may change without the output becoming a stranger's.
    """
    settings, unstated = site.settings, Settings()
    told = [settings.title, settings.url] if settings.url != unstated.url else [settings.title]
    return " ".join(digest(text) for text in told)


def edition_name(profile: Profile, target: Target | None) -> str:
    """Return the name that a marker knows an edition by: `PROFILE`, or `PROFILE/TARGET`."""
    return f"{profile.name}/{target.slug}" if target else profile.name


def digest_to_come(site: Site, now: datetime) -> str:
    """Return the digest of the texts that time alone would bring in, or take out, after an instant."""
    return digest(
        tuple(
            text
            for text in site.texts()
            if not text.draft and any(moment and moment > now for moment in (text.date, text.expires))
        )
    )
