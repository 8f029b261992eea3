"""Work out the address a text had under Jekyll, and the one it has now."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from cmsite.importing.jekyll.config import Config
from cmsite.importing.jekyll.heads import Told
from cmsite.importing.jekyll.sources import Sort, Source
from cmsite.importing.settings import zone
from cmsite.importing.slugs import make_slug

_PLACEHOLDER = re.compile(r":([a-z][a-z_]*)")
_NOT_PRETTY = re.compile(r"[^\w.~!$&'()+,;=@]+")
_NOT_PLAIN = re.compile(r"[\W_]+")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def old_address(source: Source, told: Told, config: Config) -> str | None:
    """Return the path a text had under the blog's base, None when it never had one.

    A placeholder that Jekyll knows and this does not makes the address unknown, which is None too.
    """
    if source.sort is Sort.DRAFT:
        return None
    pattern = told.address or (
        config.permalink if source.sort is Sort.POST else _page_pattern(source, config)
    )
    values = dict(_file_values(source, told))
    if told.date is not None:
        values |= _date_values(told.date.seen_in(zone(config.timezone)))
    return _filled(pattern, values)


def _filled(pattern: str, values: dict[str, str]) -> str | None:
    """Return the pattern with its placeholders replaced, None when one of them has no value.

    `:output_ext` may stand right after another, and `:title_x` is no placeholder but `:title` is.
    """
    known = sorted(values, key=len, reverse=True)
    named = re.compile(f":({'|'.join(known)})")
    path = named.sub(lambda match: values[match[1]], pattern)
    if _PLACEHOLDER.search(named.sub("", pattern)):
        return None
    return clean_path(path)


def clean_path(path: str) -> str:
    """Return the path with one slash at its start and none doubled."""
    return re.sub(r"/{2,}", "/", f"/{path}")


def _page_pattern(source: Source, config: Config) -> str:
    pure = PurePosixPath(source.path)
    if pure.stem.lower() == "index":
        return "/:path/"
    if pure.parts[0] == "_pages" and "pages" in config.collections:
        return f"/pages/:basename{config.page_ending}"
    return f"/:path/:basename{config.page_ending}"


def _file_values(source: Source, told: Told) -> list[tuple[str, str]]:
    pure = PurePosixPath(source.path)
    parent = pure.parent.as_posix()
    title = told.slug or source.name
    categories = "/".join(slug for name in told.categories if (slug := _plain(name)))
    return [
        ("title", _NOT_PRETTY.sub("-", title).strip("-")),
        ("slug", _plain(title)),
        ("name", _plain(title)),
        ("categories", categories if source.sort is Sort.POST else ""),
        ("collection", "posts" if source.sort is Sort.POST else "pages"),
        ("path", "" if parent == "." else parent),
        ("basename", pure.stem),
        ("output_ext", ".html"),
    ]


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub("-", text).strip("-").lower()


def _date_values(moment: datetime) -> dict[str, str]:
    """Return what Jekyll's placeholders of dates stand for."""
    return {
        "year": f"{moment.year:04}",
        "short_year": f"{moment.year % 100:02}",
        "month": f"{moment.month:02}",
        "i_month": str(moment.month),
        "short_month": _MONTHS[moment.month - 1],
        "day": f"{moment.day:02}",
        "i_day": str(moment.day),
        "y_day": f"{moment.timetuple().tm_yday:03}",
        "week": f"{moment.isocalendar().week:02}",
        "short_day": _DAYS[moment.weekday()],
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
    }


def new_address(pattern: str, slug: str, told: Told, place: ZoneInfo | None) -> str:
    """Return the path of a text under cmsite's pattern; what has no date stands at its slug.

    The day is the one that the clocks of `place`, the site's own zone, showed.
    """
    if told.date is None:
        return f"/{slug}/"
    day = told.date.seen_in(place)
    category = make_slug(told.category, "")
    path = pattern
    for name, value in (
        ("year", f"{day.year:04}"),
        ("month", f"{day.month:02}"),
        ("day", f"{day.day:02}"),
        ("category", category),
        ("slug", slug),
    ):
        path = path.replace(f"{{{name}}}", value)
    return clean_path(path)


def same_page(one: str, other: str) -> bool:
    """Return whether two paths lead to the same page, however they are written."""
    return lookup_form(one) == lookup_form(other)


def lookup_form(path: str) -> str:
    """Return the form in which paths are compared: decoded, without `index.html` or last slash."""
    return clean_path(unquote(path).removesuffix("index.html")).rstrip("/") or "/"
