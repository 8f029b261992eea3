"""Remember posts as they were read, so that a file whose bytes are known is not parsed again.

A post is kept under a digest of its file's bytes and path and of all that reading it depends on. Its
text is not kept: it stands in the file, which is read anyway. Bytes decide, never a date of change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from cmsite.cache import Cache
from cmsite.digest import digest, digest_bytes
from cmsite.model import (
    POINTS,
    Body,
    CallToAction,
    Extra,
    Kind,
    Mask,
    Place,
    Post,
    RawHtml,
    Settings,
    Term,
    Variant,
    Vocabulary,
)
from cmsite.read.source import plain

LIMIT = 64_000_000  # bytes of texts of one kind that are remembered


class PostMemory(Struct, frozen=True):
    """What was read last time. `maker` stands for the program: what another one has read does not count."""

    cache: Cache
    maker: str


class Remembered(Struct):
    """The texts of one kind that are remembered, and those to be."""

    memory: PostMemory
    kind: Kind
    settings: Settings
    vocabulary: Vocabulary
    files: Collection[str]
    new: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    context: str = ""

    def __post_init__(self) -> None:
        stated = (self.settings.timezone, self.settings.language)
        depends = (self.memory.maker, self.kind, stated, self.vocabulary, tuple(sorted(self.files)))
        self.context = digest(depends)

    def recall(self, files: Mapping[str, bytes | None]) -> dict[str, Post]:
        """Return the posts that some files are known to hold, by path."""
        named = {self._name(path, data): (path, data) for path, data in files.items() if data is not None}
        self.names += named
        zone, found = ZoneInfo(self.settings.timezone), {}
        for name, kept in self.memory.cache.recall(self.kind, named).items():
            path, data = named[name]
            found[path] = heard(kept, self.kind, path, plain(data), zone)
        return found

    def note(self, post: Post, data: bytes) -> None:
        """Have a post kept that was read of these bytes."""
        self.new[self._name(post.source, data)] = told(post, plain(data))

    def keep(self) -> None:
        """Keep what was noted; when there is too much, what was not asked for goes."""
        self.memory.cache.keep(self.kind, self.new)
        self.memory.cache.forget(self.kind, but=self.names, limit=LIMIT)

    def _name(self, path: str, data: bytes) -> str:
        return digest((self.context, path, digest_bytes(data)))


def told(post: Post, text: str) -> bytes:
    """Return a post as it is kept; `text` is that of its file, in which its body stands."""
    start = len(text.rstrip()) - len(post.body.text)
    return json.dumps(
        [
            post.slug,
            post.title,
            post.language,
            [start, len(post.body.text), post.body.place.line],
            *(moment and moment.isoformat() for moment in (post.date, post.updated, post.expires)),
            post.summary,
            post.tags,
            post.category,
            post.id,
            post.aliases,
            post.translation,
            post.image,
            post.image_alt,
            post.series,
            post.pinned,
            post.draft,
            _told_mask(post.mask),
            _told_mask(post.barred),
            _told_call(post.call_to_action),
            [_told_variant(variant) for variant in post.variants],
            post.templating,
            post.raw_html,
            _told_extra(post.extra),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def heard(data: bytes, kind: Kind, path: str, text: str, zone: ZoneInfo) -> Post:
    """Return the post that was kept as these bytes; `text` is that of its file now, and was then."""
    (
        slug, title, language, (start, length, line), date, updated, expires, summary, tags, category, own_id,
        aliases, translation, image, image_alt, series, pinned, draft, mask, barred, call, variants,
        templating, raw_html, extra,
    ) = json.loads(data)  # fmt: skip
    return Post(
        kind=kind,
        slug=slug,
        title=title,
        language=language,
        body=Body(text[start : start + length], Place(path, line)),
        source=path,
        name=PurePosixPath(path).stem,
        date=_heard_moment(date, zone),
        updated=_heard_moment(updated, zone),
        expires=_heard_moment(expires, zone),
        summary=summary,
        tags=tuple(tags),
        category=category,
        id=own_id,
        aliases=tuple(aliases),
        translation=translation,
        image=image,
        image_alt=image_alt,
        series=series,
        pinned=pinned,
        draft=draft,
        mask=_heard_mask(mask),
        barred=_heard_mask(barred),
        call_to_action=CallToAction(*call) if call else None,
        variants=tuple(_heard_variant(variant, path) for variant in variants),
        templating=templating,
        raw_html=RawHtml(raw_html),
        extra=_heard_extra(extra),
    )


def _heard_moment(written: str | None, zone: ZoneInfo) -> datetime | None:
    return datetime.fromisoformat(written).astimezone(zone) if written else None


def _told_mask(mask: Mask) -> list[tuple[Term, ...]]:
    return [mask[point] for point in POINTS] if mask else []


def _heard_mask(told: list[list[Term]]) -> Mask:
    return Mask(*(tuple(terms) for terms in told))


def _told_call(call: CallToAction | None) -> tuple[str, str] | None:
    return (call.label, call.url) if call else None


def _told_variant(variant: Variant) -> list[Any]:
    body = variant.body
    return [
        _told_mask(variant.when),
        [variant.place.line, variant.place.column],
        variant.title,
        variant.summary,
        variant.image,
        variant.image_alt,
        _told_call(variant.call_to_action),
        [body.text, body.place.line, body.place.column] if body else None,
    ]


def _heard_variant(told: list[Any], path: str) -> Variant:
    when, place, title, summary, image, image_alt, call, body = told
    return Variant(
        when=_heard_mask(when),
        place=Place(path, *place),
        title=title,
        summary=summary,
        image=image,
        image_alt=image_alt,
        call_to_action=CallToAction(*call) if call else None,
        body=Body(body[0], Place(path, *body[1:])) if body else None,
    )


def _told_extra(value: object) -> object:
    if isinstance(value, Extra):
        return {name: _told_extra(each) for name, each in value.items}
    return [_told_extra(each) for each in value] if isinstance(value, tuple) else value


def _heard_extra(told: Any) -> Any:
    if isinstance(told, dict):
        return Extra(tuple((name, _heard_extra(each)) for name, each in told.items()))
    return tuple(_heard_extra(each) for each in told) if isinstance(told, list) else told
