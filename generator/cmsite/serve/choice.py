"""Name the editions that a preview can show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from cmsite.model import Site


class Choice(Struct, frozen=True):
    """An edition to show, of a profile or of one of its targets; `private` ones are for this machine."""

    profile: str
    target: str = ""
    private: bool = False

    @property
    def key(self) -> str:
        """The name that addresses and cookies know it by: `PROFILE`, or `PROFILE/TARGET`."""
        return f"{self.profile}/{self.target}" if self.target else self.profile

    @property
    def label(self) -> str:
        """What the author calls it."""
        return f"{self.target} (as {self.profile})" if self.target else self.profile

    @property
    def folder(self) -> PurePosixPath:
        """Where it is built, below the preview's folder: no profile's can be taken for a target's."""
        below = PurePosixPath(self.profile)
        return below / "for" / self.target if self.target else below / "site"


def choices_of(site: Site, *, exposed: bool) -> tuple[Choice, ...]:
    """Return every edition of a site, the lead profile's first; without the private ones if `exposed`."""
    return tuple(choice for choice in _all(site) if not (exposed and choice.private))


def _all(site: Site) -> Iterator[Choice]:
    lead = site.settings.profile
    for profile in sorted(site.profiles, key=lambda one: (one.name != lead, one.name)):
        yield Choice(profile.name)
        for target in profile.targets:
            yield Choice(profile.name, target.slug, private=not target.public)
