"""Say what kinds of value a key may hold, and turn each from text into a value.

YAML arrives as text only; these kinds convert it. Each knows its JSON schema, for editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from urllib.parse import urlsplit

from msgspec import Struct

from cmsite.errors import suggest
from cmsite.model import LANGUAGES, Extra, Language, Localised, Slug
from cmsite.read.source import KEY
from cmsite.slugs import SLUG, slug_for

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.ASCII,
)
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)  # names that some system refuses as a file's
_SHOWN = 80  # characters of a value that a message quotes
SLUG_LENGTH = 150  # file systems take names of 255 bytes
_FARTHEST_ZONE = timedelta(hours=15)
_YES, _NO = ("yes", "on", "1", "y", "true", "oui", "vrai"), ("no", "off", "0", "n", "false", "non", "faux")
_DATE_FORMS = "write 2026-03-01, 2026-03-01 10:00 or 2026-03-01 10:00:00 +0100"


class Conversion(Struct, frozen=True, eq=False):
    """How what is written under a key becomes its value, and its JSON schema; pydantic asks for both.

    A whole number has its bounds; what has no schema is converted first, and read as its type then.
    """

    convert: Callable[[Any], Any]
    schema: dict[str, Any] | None = None
    bounds: tuple[int, int | None] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        if self.bounds:
            least, most = self.bounds
            number = core_schema.int_schema(ge=least, le=most)
            return core_schema.no_info_before_validator_function(self.convert, number)
        if self.schema:
            return core_schema.no_info_plain_validator_function(self.convert)
        return core_schema.no_info_before_validator_function(self.convert, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema) if self.schema else handler(core)


def refuse(what: str, hint: str, code: str = "invalid-value", *, at: tuple[str | int, ...] = ()) -> NoReturn:
    """Raise the error that validation turns into a problem at the value's place, or `at` a part of it."""
    from pydantic_core import PydanticCustomError

    raise PydanticCustomError("cmsite", "{what}", {"what": what, "hint": hint, "code": code, "at": at})


def shown(value: object) -> str:
    """Return a value as a message quotes it: in backticks, a long one shortened."""
    if not isinstance(value, str):
        return _kind(value)
    text = " ".join(value.split())
    return f"`{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}`" if text else "an empty text"


def slug_of(text: str) -> Slug:
    """Return the slug a text gives by default; empty when nothing of it can be kept."""
    return Slug(slug_for(text))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        refuse("a text is expected here, not keys and values", "put the text in quotes")
    if not isinstance(value, str):
        refuse("a text is expected here, not a list", "write one text; one that begins with `[` needs quotes")
    return value.strip()


def _filled(value: Any) -> str:
    text = _text(value)
    if not text:
        refuse("nothing stands between the quotes", "write a text there")
    return text


def _flag(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    word = value.casefold() if isinstance(value, str) else ""
    meant = "`true`" if word in _YES else "`false`" if word in _NO else "`true` or `false`"
    refuse(f"`true` or `false` is expected, not {shown(value)}", f"write {meant}")


def _number(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        refuse(f"a whole number is expected, not {shown(value)}", "write digits, as in `10`")
    return int(value)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        if re.search(r",\s|\s,", value):
            items = ", ".join(part.strip() for part in value.split(",") if part.strip())
            refuse("several values on one line need brackets", f"write `[{items}]`", "list-without-brackets")
        value = [value]
    if not isinstance(value, list):
        refuse("a text or a list of texts is expected here, not keys and values", "write `[one, two]`")
    for index, item in enumerate(value):
        if not isinstance(item, str):
            refuse(f"each item of this list is a text, not {shown(item)}", "write `[one, two]`", at=(index,))
    return tuple(filter(None, map(str.strip, value)))


def _slug(value: Any) -> str:
    text = _text(value)
    if not SLUG.fullmatch(text):
        near = slug_of(text)
        what = f"{shown(text)} is not a slug (lower-case letters, digits and single hyphens)"
        refuse(
            what, f"write `{_unreserved(near)}`" if near else "write a word or two: `my-first-post`", "slug"
        )
    if is_reserved(text):
        what = f"`{text}` cannot be a slug: some systems reserve this name"
        refuse(what, f"write `{_unreserved(text)}`, say", "slug")
    if len(text) > SLUG_LENGTH:
        refuse(f"this slug has {len(text)} characters", f"keep it to {SLUG_LENGTH} at most", "slug")
    return text


@lru_cache(maxsize=8192)
def fault_of_word(word: str) -> tuple[str, str] | None:
    """Return what keeps a word from having an address, and what to do; None when nothing does."""
    slug = slug_of(word)
    if not slug:
        return f"{shown(word)} has no letter or digit", "choose a word"
    if is_reserved(slug):
        return f"{shown(word)} would make a folder `{slug}`, which some systems refuse", "choose another word"
    if len(slug) > SLUG_LENGTH:
        return f"{shown(word)} is too long for an address", f"keep it to {SLUG_LENGTH} characters at most"
    return None


def is_reserved(name: str) -> bool:
    """Return whether some system reserves a name for itself, whatever its ending."""
    return name.partition(".")[0].casefold() in _RESERVED


def _unreserved(slug: str) -> str:
    return f"{slug}-1" if is_reserved(slug) else slug


def _language(value: Any) -> Language:
    text = _text(value)
    if text not in LANGUAGES:
        hint = suggest(text, LANGUAGES, otherwise=f"write {' or '.join(f'`{one}`' for one in LANGUAGES)}")
        refuse(f"{shown(text)} is not a language of cmsite", hint, "language")
    return Language(text)


def _localised(value: Any) -> Localised:
    if isinstance(value, str):
        return Localised((("", _filled(value)),))
    if not isinstance(value, dict) or not value:
        refuse("a text, or one text for each language, is expected", "write `{fr: …, en: …}`")
    for language, text in value.items():
        if language not in LANGUAGES:
            hint = f"the languages are {', '.join(LANGUAGES)}"
            refuse(f"`{language}` is not a language of cmsite", hint, "language", at=(language, KEY))
        if not isinstance(text, str):
            refuse(f"a text is expected here, not {shown(text)}", "write one text", at=(language,))
        if not text.strip():
            refuse("nothing stands between the quotes", "write a text there", at=(language,))
    return Localised(tuple((language, text.strip()) for language, text in value.items()))


def _url(value: Any) -> str:
    text = _text(value)
    if fault := fault_of_url(text):
        refuse(*fault, "url")
    return text if text.endswith("/") else f"{text}/"


def fault_of_url(text: str) -> tuple[str, str] | None:
    """Return what keeps a text from being a site's address, and what to do; None when nothing does."""
    no_address = f"{shown(text)} is not a web address", "write it whole: https://example.org/"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return no_address
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", text):
        return no_address
    if parts.query or parts.fragment or parts.username or re.search(r"/\.{0,2}/|/\.{1,2}$", parts.path):
        what = f"{shown(text)} holds more than a host and a path"
        return what, "leave out `?…`, `#…`, `user@`, `//` and `..`"
    return None


def _moment(value: Any) -> datetime:
    match = _DATE.fullmatch(_text(value))
    if not match:
        refuse(f"{shown(value)} is not a date", _DATE_FORMS, "date")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return calendar_day(year, month, day, time(hour, minute, second, tzinfo=_zone(match[7])))
    except ValueError:
        refuse(f"{shown(value)} is not a date of the calendar", _DATE_FORMS, "date")


def calendar_day(year: int, month: int, day: int, at: time = time()) -> datetime:
    """Return the moment `at` on a day, which every time zone can tell.

    Raises ValueError for a day that no calendar has, or of a year without four digits.
    """
    moment = datetime.combine(date(year, month, day), at, at.tzinfo)
    if 1000 < year < MAXYEAR:
        return moment
    try:
        told = moment.astimezone(UTC) if at.tzinfo else moment
        earliest, _ = told - _FARTHEST_ZONE, told + _FARTHEST_ZONE
    except OverflowError as error:
        raise ValueError(moment) from error
    if earliest.year < 1000:
        raise ValueError(moment)
    return moment


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in ("Z", "UTC"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _month(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", text):
        refuse(f"{shown(text)} is not a year or a month", "write 2021 or 2021-03", "date")
    return text


def _extra(value: Any) -> Extra:
    if not isinstance(value, dict):
        refuse(f"keys are expected under this one, not {_kind(value)}", "write `key: value` lines")
    return Extra(tuple((key, _frozen(item)) for key, item in value.items()))


def _frozen(value: Any) -> object:
    if isinstance(value, dict):
        return Extra(tuple((key, _frozen(item)) for key, item in value.items()))
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return str(value)


def nothing(value: Any) -> Any:
    """Return None for what stands for nothing in YAML; anything else stays as it is."""
    return None if value in ("null", "~") else value


def _address(value: Any) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"https?://[^\s<>\"]+", text):
        refuse(f"{shown(text)} is not a web address", "write it whole: https://example.org/", "url")
    return text


def _kind(value: Any) -> str:
    return "keys and values" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


def whole_number(least: int, most: int | None = None) -> Conversion:
    """Return the conversion to a whole number between two bounds, in quotes or not."""
    bounds = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    schema = {"type": ["integer", "string"], "pattern": "^[0-9]{1,9}$", **bounds}
    return Conversion(_number, schema, (least, most))


_PLAIN = {
    "type": ["string", "number", "boolean"]
}  # what an editor's YAML makes of `2026`, cmsite reads as text
_LOCALISED = {
    "type": "object",
    "properties": dict.fromkeys(LANGUAGES, _PLAIN),
    "additionalProperties": False,
}
Text = Annotated[str, Conversion(_text, _PLAIN)]
Filled = Annotated[str, Conversion(_filled, {**_PLAIN, "minLength": 1})]
Flag = Annotated[bool, Conversion(_flag, {"type": "boolean"})]
Number = Annotated[int, whole_number(0)]
Texts = Annotated[
    tuple[str, ...], Conversion(_texts, {"oneOf": [_PLAIN, {"type": "array", "items": _PLAIN}]})
]
SlugText = Annotated[Slug, Conversion(_slug, {"type": ["string", "integer"], "pattern": f"^{SLUG.pattern}$"})]
LanguageText = Annotated[Language, Conversion(_language, {"enum": list(LANGUAGES)})]
LocalText = Annotated[Localised, Conversion(_localised, {"oneOf": [_PLAIN, _LOCALISED]})]
Url = Annotated[str, Conversion(_url, {"type": "string", "format": "uri"})]
Moment = Annotated[datetime, Conversion(_moment, {"type": "string"})]
Month = Annotated[
    str, Conversion(_month, {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{2})?$"})
]
Own = Annotated[Extra, Conversion(_extra, {"type": "object"})]
Address = Annotated[str, Conversion(_address, {"type": "string"})]
