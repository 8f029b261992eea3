"""Read the dates that other generators write, and write them as cmsite does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[Tt ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)


class Moment(Struct, frozen=True):
    """A date as it was written: the wall clock, whether an hour was given, the zone's own text."""

    wall: datetime
    timed: bool
    zone: str = ""

    def written(self) -> str | date:
        """Return what stands in a head: a date alone, or a date and time with the zone as it was."""
        if not self.timed:
            return self.wall.date()
        form = "minutes" if not self.wall.second and not self.zone else "seconds"
        return f"{self.wall.isoformat(' ', form)} {self.zone}".strip()

    def day(self) -> date:
        """Return the day on the wall clock."""
        return self.wall.date()

    def seen_in(self, place: ZoneInfo | None) -> datetime:
        """Return the wall clock of another place; without a zone of its own the date stays as it is."""
        if not self.zone or place is None:
            return self.wall
        try:
            return self.wall.replace(tzinfo=_offset(self.zone)).astimezone(place).replace(tzinfo=None)
        except OverflowError:  # a day at the edge of the calendar
            return self.wall


def read_moment(text: str) -> Moment | None:
    """Return the moment a text names, None when it names none or one the calendar does not have."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    clock = time() if match["hour"] is None else None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        clock = clock or time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
        zone = "UTC" if match["zone"] == "GMT" else match["zone"] or ""
        _offset(zone)
    except ValueError:
        return None
    return Moment(datetime.combine(day, clock), match["hour"] is not None, zone)


def _offset(zone: str) -> timezone:
    if zone in ("", "Z", "UTC"):
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if zone[0] == "-" else offset)
