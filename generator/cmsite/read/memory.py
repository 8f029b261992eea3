"""Remember what was read, so that nothing is parsed again whose bytes are known.

A text is known by its file's signature or, where that has moved, by its bytes; a head whose text alone was
edited is known too. A body is not kept: it stands in its file, and is read when somebody asks for it. What
the settings, the vocabulary, the profiles and the comments say is kept as one value: they are few and small.
So is a theme.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, replace

from cmsite.cache import Cache
from cmsite.digest import digest, digest_bytes
from cmsite.errors import MachineError, Problem, ProblemsFound
from cmsite.model import (
    Body,
    Kind,
    Place,
    Post,
    Profile,
    Settings,
    Theme,
    Thread,
    Vocabulary,
    mark_of,
)
from cmsite.read.front_matter import split_head
from cmsite.read.source import decode, plain
from cmsite.signatures import Signature, newest

LIMIT = 64_000_000  # bytes of texts of one kind that are remembered
_THEME, _THEMES_LIMIT = "worn", 8_000_000  # the kind of a theme's entry, and the bytes of all that are kept
_NEVER: Signature = (-1, 0, 0, 0)  # the signature of no file
_NO_BODY = Body("", Place(""))


class PostMemory(Struct, frozen=True):
    """What was read last time. `maker` stands for the program: what another one has read does not count.

    `since` is an instant of the file system's clock from before anything was read: the signature of a file
    that was changed then or later tells nothing. Who is `thorough` believes no signature at all.
    """

    cache: Cache
    maker: str
    since: int = 0
    thorough: bool = False


class Stated(Struct, frozen=True):
    """What the files say that are no texts, `warnings` included."""

    settings: Settings
    warnings: tuple[Problem, ...]
    vocabulary: Vocabulary
    profiles: tuple[Profile, ...]
    threads: tuple[Thread, ...]


class Known(Struct, frozen=True, array_like=True):
    """A text's file as it was read: digests of its `data`, its `head` and its body, and what came of it.

    The body has `length` characters from `start` on; `post` is without it.
    """

    signature: Signature
    data: str
    head: str
    mark: str
    start: int
    length: int
    line: int
    speaks: bool
    post: Post


class Remembered:
    """The texts of one kind that are remembered, and those to be."""

    def __init__(
        self,
        memory: PostMemory,
        root: Path,
        kind: Kind,
        settings: Settings,
        vocabulary: Vocabulary,
        files: Collection[str],
    ) -> None:
        self.memory, self.root, self.kind = memory, root, kind
        self.zone = ZoneInfo(settings.timezone)
        stated = (settings.timezone, settings.language)
        self.name = digest((memory.maker, kind, stated, vocabulary, tuple(sorted(files))))
        self.before: Mapping[str, Known] = _recall(memory.cache, kind, self.name, dict[str, Known]) or {}
        self.now: dict[str, Known] = {}
        self.is_new = False

    def unchanged(self, path: str, signature: Signature) -> Post | None:
        """Return the post of a file that has the signature it had, without a look at its bytes."""
        known = self.before.get(path)
        if known is None or self.memory.thorough or known.signature != signature:
            return None
        self.now[path] = known
        return self._post(known, path)

    def same(self, path: str, data: bytes, signature: Signature) -> Post | None:
        """Return the post that a file is known to hold, by all its bytes or by those of its head."""
        known = self.before.get(path)
        if known is None:
            return None
        if known.data == digest_bytes(data):
            self.is_new = True
            self.now[path] = replace(known, signature=self._trusted(signature))
            return self._post(known, path)
        try:
            head, body = split_head(decode(data, path))
        except ProblemsFound:  # which whoever parses it finds again
            return None
        if known.head != digest(head):
            return None
        post = replace(self._post(known, path), body=body)
        self.note(post, data, signature)
        return post

    def note(self, post: Post, data: bytes, signature: Signature) -> None:
        """Have a post remembered that was read of these bytes."""
        body, text = post.body, plain(data)
        start = len(text.rstrip()) - len(body.text)
        self.is_new = True
        known = self.now[post.source] = Known(
            self._trusted(signature),
            digest_bytes(data),
            digest(text[:start]),
            body.mark,
            start,
            len(body.text),
            body.place.line,
            body.speaks,
            replace(post, body=_NO_BODY),
        )
        body.read_again(lambda: self._body(known, post.source))

    def keep(self) -> None:
        """Keep what was read, unless it is what was kept already."""
        if self.is_new or len(self.now) < len(self.before):
            data = msgspec.msgpack.encode(self.now, enc_hook=_told)
            self.memory.cache.keep(self.kind, {self.name: data})
        self.memory.cache.forget(self.kind, but=[self.name], limit=LIMIT)

    def heads(self) -> str:
        """Return what stands for all that was read but the bodies."""
        return digest_bytes(
            "\n".join([self.name, *(f"{known.head} {path}" for path, known in self.now.items())]).encode()
        )

    def _post(self, known: Known, path: str) -> Post:
        post = known.post
        body = Body.unread(
            Place(path, known.line), known.mark, lambda: self._body(known, path), speaks=known.speaks
        )
        zoned = {
            name: moment.astimezone(self.zone)
            for name in ("date", "updated", "expires")
            if (moment := getattr(post, name))
        }
        return replace(post, body=body, **zoned)

    def _body(self, known: Known, path: str) -> str:
        text = plain((self.root / path).read_bytes())[known.start : known.start + known.length]
        if mark_of(text) != known.mark:
            raise MachineError(f"{path} was changed while it was read", "build again")
        return text

    def _trusted(self, signature: Signature) -> Signature:
        """Return a signature that a change to come cannot leave as it is, else that of no file."""
        return signature if newest([signature]) < self.memory.since else _NEVER


def recall_stated(memory: PostMemory, files: Mapping[str, bytes]) -> Stated | None:
    """Return what these files are known to say, None when that is not known."""
    stated: Stated | None = _recall(memory.cache, "stated", _name_of(memory, files), Stated)
    if stated is None:
        return None
    zone = ZoneInfo(stated.settings.timezone)
    return replace(stated, threads=tuple(_zoned(thread, zone) for thread in stated.threads))


def keep_stated(memory: PostMemory, files: Mapping[str, bytes], stated: Stated) -> None:
    """Keep what these files say."""
    name = _name_of(memory, files)
    memory.cache.keep("stated", {name: msgspec.msgpack.encode(stated, enc_hook=_told)})
    memory.cache.forget("stated", but=[name], limit=LIMIT)


def recall_theme(memory: PostMemory, name: str, files: Mapping[str, bytes]) -> Theme | None:
    """Return the theme of a name as these files are known to make it, None when that is not known."""
    theme: Theme | None = _recall(memory.cache, _THEME, _name_of(memory, {name: b"", **files}), Theme)
    return theme


def keep_theme(memory: PostMemory, name: str, files: Mapping[str, bytes], theme: Theme) -> None:
    """Keep the theme that these files make."""
    key = _name_of(memory, {name: b"", **files})
    memory.cache.keep(_THEME, {key: msgspec.msgpack.encode(theme)})
    memory.cache.forget(_THEME, but=[key], limit=_THEMES_LIMIT)


def has_agreed(memory: PostMemory, heads: str) -> bool:
    """Return whether the files of a site with these heads are known to agree with one another."""
    return bool(memory.cache.recall("agreed", [heads]))


def note_agreed(memory: PostMemory, heads: str) -> None:
    """Remember that the files of a site with these heads agree with one another."""
    memory.cache.keep("agreed", {heads: b"!"})
    memory.cache.forget("agreed", but=[heads], limit=100)


def _zoned(thread: Thread, zone: ZoneInfo) -> Thread:
    """Return a thread with its dates in a time zone: what is kept is their instants."""
    told = (replace(comment, date=comment.date.astimezone(zone)) for comment in thread.comments)
    return replace(thread, comments=tuple(told))


def _name_of(memory: PostMemory, files: Mapping[str, bytes]) -> str:
    return digest((memory.maker, tuple((path, digest_bytes(data)) for path, data in files.items())))


def _recall(cache: Cache, kind: str, name: str, wanted: Any) -> Any:
    """Return a value as it was kept, None for one that was not, or of another shape."""
    data = cache.recall(kind, [name]).get(name)
    try:
        return msgspec.msgpack.decode(data, type=wanted, dec_hook=_heard) if data else None
    except msgspec.ValidationError:
        return None


def _told(value: Any) -> Any:
    if isinstance(value, Body):
        return [value.text, *astuple(value.place)]
    raise TypeError(type(value))


def _heard(kind: type, told: Any) -> Any:
    if kind is Body:
        text, *place = told
        return Body(text, Place(*place))
    return told  # a value under `extra`
