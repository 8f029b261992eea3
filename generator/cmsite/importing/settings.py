"""Write a first cmsite.yml for an imported blog, and read of an existing one what an import must know."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from cmsite.importing.languages import known_language
from cmsite.importing.yaml_text import Unreadable, read_keys, write_keys
from cmsite.model import Language, Settings

_DEFAULTS = Settings()


class SiteFacts(Struct, frozen=True):
    """What an import must know of the site it writes into."""

    permalink: str = _DEFAULTS.permalink
    language: Language = _DEFAULTS.language
    timezone: str = _DEFAULTS.timezone
    about: str = _DEFAULTS.routes.about
    routes: tuple[str, ...] = ()


class Blog(Struct, frozen=True):
    """What the old blog says of itself, in plain text; what it does not say is empty."""

    title: str = ""
    description: str = ""
    url: str = ""
    timezone: str = ""
    language: Language | None = None
    author: str = ""


def read_facts(text: str) -> SiteFacts:
    """Return the facts that a cmsite.yml states, the defaults for those it does not.

    Whether the file is right is for `cmsite build` to say.
    """
    keys = read_keys(text)
    if isinstance(keys, Unreadable):
        return SiteFacts()
    routes = keys.keys("routes")
    return SiteFacts(
        permalink=keys.text("permalink") or _DEFAULTS.permalink,
        language=known_language(keys.text("language")) or _DEFAULTS.language,
        timezone=keys.text("timezone") or _DEFAULTS.timezone,
        about=routes.text("about") or _DEFAULTS.routes.about,
        routes=tuple(entry.value for entry in routes.entries if isinstance(entry.value, str)),
    )


def zone(name: str) -> ZoneInfo | None:
    """Return the time zone of this name, None when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return None


def write_settings(blog: Blog) -> str:
    """Return the text of a cmsite.yml that says what the old blog said, with comments that teach."""
    language = blog.language or _DEFAULTS.language
    return _FILE.format(
        title=_line("title", blog.title or _DEFAULTS.title),
        description=_line("description", blog.description) if blog.description else "# description: …\n",
        url=_line("url", blog.url) if blog.url else "# url: https://example.org/\n",
        language=_line("language", str(language)),
        timezone=_line("timezone", blog.timezone or _DEFAULTS.timezone),
        permalink=_line("permalink", _DEFAULTS.permalink),
        author=_author(blog.author),
    )


def _line(key: str, value: str) -> str:
    return write_keys(((key, value),))


def _author(name: str) -> str:
    return f"author:\n  {_line('name', name)}" if name else "# author:\n#   name: …\n"


_FILE = """\
# What is true for every reader: the site, and the person who writes. Made by `cmsite import`
# from the old blog's own settings; it is yours now, and no import touches it again.
# Every key has a default; what you do not need may be deleted.

# The site. `url` is where it will stand, sub-path included.
{title}{description}{url}
# The language of every post that states none (fr or en), and the zone of every date without one.
{language}{timezone}
# The addresses of posts; {{day}} and {{category}} exist too. Where an old address differs from the
# new one, the imported post keeps it under `aliases`, and old links still arrive.
{permalink}
# The person. Facts stand here once, whatever the profile. `links`, `base` (the skills you show)
# and `experience` belong here too.
{author}
# To write for several audiences, put a mask into profiles/NAME.yml and name the lead profile here.
# profile: NAME
"""
