"""Say what kinds of value a key may hold, and turn each from text into a value.

YAML arrives as text only; these kinds convert it. Each knows its JSON schema, for editors.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from slugify import slugify

from cmsite.errors import suggest
from cmsite.model import LANGUAGES, Extra, Language, Localised, Slug

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)  # names that some system refuses as a file's
_DATE_FORMS = "write 2026-03-01, 2026-03-01 10:00 or 2026-03-01 10:00:00 +0100"


def refuse(what: str, hint: str = "", code: str = "invalid-value") -> NoReturn:
    """Raise the error that validation turns into a problem at the value's place."""
    raise PydanticCustomError("cmsite", "{what}", {"what": what, "hint": hint, "code": code})


def slug_of(text: str) -> Slug:
    """Return the slug a text gives by default; empty when nothing of it can be kept."""
    return Slug(slugify(text))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        refuse(f"a text is expected here, not {_kind(value)}")
    return value.strip()


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        refuse(f"`true` or `false` is expected, not {_shown(value)}")
    return bool(value == "true")


def _number(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,9}", value.strip()):
        refuse(f"a whole number is expected, not {_shown(value)}")
    return int(value)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        if re.search(r",\s", value):
            items = ", ".join(part.strip() for part in value.split(","))
            refuse("several values on one line need brackets", f"write `[{items}]`", "list-without-brackets")
        value = [value]
    if not isinstance(value, list):
        refuse(f"a text or a list of texts is expected here, not {_kind(value)}")
    for item in value:
        if not isinstance(item, str):
            refuse(f"each item of this list is a text, not {_kind(item)}")
    return [item.strip() for item in value if item.strip()]


def _slug(value: Any) -> str:
    text = _text(value)
    if not _SLUG.fullmatch(text):
        near = slug_of(text)
        what = f"`{text}` is not a slug (lower-case letters, digits and single hyphens)"
        refuse(what, f"write `{near}`" if near else "", "slug")
    if text in _RESERVED:
        refuse(f"`{text}` cannot be a slug: some systems reserve this name", f"write `{text}-1`, say", "slug")
    return text


def _language(value: Any) -> Language:
    text = _text(value)
    if text not in LANGUAGES:
        refuse(f"`{text}` is not a language of cmsite", f"write one of {', '.join(LANGUAGES)}", "language")
    return Language(text)


def _localised(value: Any) -> Localised:
    if isinstance(value, str):
        return Localised((("", value.strip()),))
    if not isinstance(value, dict) or not value:
        refuse("a text, or one text a language, is expected", "write `{fr: …, en: …}`")
    for language, text in value.items():
        if language not in LANGUAGES:
            refuse(f"`{language}` is not a language of cmsite", suggest(language, LANGUAGES), "language")
        _text(text)
    return Localised(tuple((language, text.strip()) for language, text in value.items()))


def _url(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        refuse(f"`{text}` is not an address", "write https://example.org/", "url")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", text):
        refuse(f"`{text}` is not a web address", "write it whole: https://example.org/", "url")
    if parts.query or parts.fragment or parts.username:
        refuse(f"`{text}` holds more than a host and a path", "leave out `?…`, `#…` and `user@`", "url")
    return text if text.endswith("/") else f"{text}/"


def _moment(value: Any) -> datetime:
    match = _DATE.fullmatch(_text(value))
    if not match:
        refuse(f"`{value}` is not a date", _DATE_FORMS, "date")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime.combine(date(year, month, day), time(hour, minute, second), _zone(match[7]))
    except ValueError:
        refuse(f"`{value}` is not a date of the calendar", _DATE_FORMS, "date")


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
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
        refuse(f"`{text}` is not a year or a month", "write 2021 or 2021-03", "date")
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


def _nothing(value: Any) -> None:
    if value not in ("null", "~"):
        refuse("this is not offered yet", "write `null`", "not-offered")


def _kind(value: Any) -> str:
    return "keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


def _shown(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) else _kind(value)


_STRING = {"type": "string"}
Text = Annotated[str, PlainValidator(_text), WithJsonSchema(_STRING)]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Number = Annotated[int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 0})]
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_texts),
    WithJsonSchema({"oneOf": [_STRING, {"type": "array", "items": _STRING}]}),
]
SlugText = Annotated[
    Slug, PlainValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$"})
]
LanguageText = Annotated[Language, PlainValidator(_language), WithJsonSchema({"enum": list(LANGUAGES)})]
LocalText = Annotated[
    Localised,
    PlainValidator(_localised),
    WithJsonSchema({"oneOf": [_STRING, {"type": "object", "properties": dict.fromkeys(LANGUAGES, _STRING)}]}),
]
Url = Annotated[str, PlainValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Moment = Annotated[datetime, PlainValidator(_moment), WithJsonSchema(_STRING)]
Month = Annotated[
    str, PlainValidator(_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2})?$"})
]
Own = Annotated[Extra, PlainValidator(_extra), WithJsonSchema({"type": "object"})]
Nothing = Annotated[None, PlainValidator(_nothing), WithJsonSchema({"type": "null"})]
