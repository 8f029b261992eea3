"""Read `_config.yml`: what a Jekyll blog says of itself and of its addresses."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from msgspec import Struct

from cmsite.importing.languages import known_language
from cmsite.importing.report import Note
from cmsite.importing.settings import Blog, zone
from cmsite.importing.yaml_text import NO_KEYS, Entry, Keys, Unreadable, read_keys
from cmsite.model import Language

NAME = "_config.yml"
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_LEFT_OUT = ("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/", "gemfiles/")


class Config(Struct, frozen=True):
    """The settings of a Jekyll blog. `url` has no last slash; `base` is `""` or `/path`."""

    keys: Keys = NO_KEYS
    url: str = ""
    base: str = ""
    permalink: str = _STYLES["date"]
    page_ending: str = ".html"
    timezone: str = ""
    language: Language | None = None
    excluded: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    def excludes(self, path: str) -> bool:
        """Return whether the blog itself leaves the file out."""
        return any(
            path == name or path.startswith(f"{name.rstrip('/')}/") or fnmatchcase(path, name)
            for name in (*self.excluded, *_LEFT_OUT)
        )


def read_config(text: str) -> tuple[Config, tuple[Note, ...]]:
    """Return the settings in a text, and notes on what of them could not be understood."""
    keys = read_keys(text)
    if isinstance(keys, Unreadable):
        what = f"the settings cannot be read: {keys.what}"
        return Config(), (Note(NAME, keys.line, what, "mend the line, and import again", True),)
    timezone = keys.text("timezone")
    notes: tuple[Note, ...] = ()
    if timezone and zone(timezone) is None:
        entry = keys.find("timezone")
        what = f"`{timezone}` is not a time zone known here; UTC is used"
        notes = (Note(NAME, entry.line if entry else 1, what, "write the zone into cmsite.yml", True),)
    style = keys.text("permalink") or "date"
    config = Config(
        keys=keys,
        url=keys.text("url").rstrip("/"),
        base=_base(keys.text("baseurl")),
        permalink=_STYLES.get(style, style),
        page_ending=_page_ending(style),
        timezone="" if notes else timezone,
        language=known_language(keys.text("lang", "language", "locale")),
        excluded=_names(keys.find("exclude")),
        collections=_collections(keys),
    )
    return config, notes


def describe_blog(config: Config, language: Language | None) -> Blog:
    """Return what the first cmsite.yml takes over from the old settings."""
    keys = config.keys
    author = keys.text("author") or keys.keys("author").text("name")
    title = keys.text("title", "name")
    return Blog(
        title=" ".join(title.split()),
        description=" ".join(keys.text("description").split()),
        url=f"{config.url}{config.base}/" if _is_web_address(config.url) else "",
        timezone=config.timezone,
        language=config.language or language,
        author=" ".join(author.split()),
    )


def _base(text: str) -> str:
    path = text.strip("/ ")
    return f"/{path}" if path else ""


def _is_web_address(url: str) -> bool:
    return re.fullmatch(r"https?://[\w.-]+(?::\d{1,4})?(?:/[^\s?#@<>\"]*)?", url) is not None


def _page_ending(style: str) -> str:
    """Return how the addresses of pages end: pages follow the style of posts in this alone."""
    if style == "pretty" or style.endswith("/"):
        return "/"
    return ".html" if style in _STYLES or style.endswith(":output_ext") else ""


def _names(entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    items = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    return tuple(name for item in items if isinstance(item, str) and (name := item.strip("/")))


def _collections(keys: Keys) -> tuple[str, ...]:
    entry = keys.find("collections")
    if entry is not None and isinstance(entry.value, Keys):
        return tuple(item.name for item in entry.value.entries)
    return _names(entry)
