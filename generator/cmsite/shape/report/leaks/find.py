"""Look for everything that must not be told in the files of an edition, in every form it may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from cmsite.digest import digest_bytes
from cmsite.shape.report.leaks.inside import texts_in
from cmsite.shape.report.leaks.plain import Plain, plain
from cmsite.shape.report.leaks.secrets import Secret
from cmsite.shape.report.leaks.telltales import RUN, SURE, Search, search_for

_TOGETHER = 3  # words of a secret's own that do not come together by accident


class Opened(Struct, frozen=True):
    """A file of an edition, opened: every text in its bytes in the plain form, and their digest."""

    path: str
    texts: tuple[Plain, ...]
    digest: str


class Leak(Struct, frozen=True):
    """A secret told: the file that tells it, and by which words."""

    secret: Secret
    path: str
    telltale: str


def opened(path: str, data: bytes) -> Opened:
    """Return a file with all that can be read in it."""
    return Opened(path, tuple(plain(text) for text in texts_in(data)), digest_bytes(data))


def find_leaks(
    files: Iterable[Opened], secrets: Iterable[Secret], *, written: bool = True
) -> tuple[Leak, ...]:
    """Return every secret that a file tells, by its path or in its bytes, once for each file.

    `written` says that the program wrote the files: then every word in them can be accounted for. In the
    author's own, short words come together by accident, and only names and long tell-tales count.
    """
    looking = _look_for(tuple(secrets))
    return tuple(leak for file in files for leak in _leaks_of(file, looking, written=written))


class _Looking(Struct, frozen=True):
    """What is looked for, and which secrets each mark would betray."""

    all: Search
    names: Search
    of_telltale: Mapping[str, list[Secret]]
    of_word: Mapping[str, list[Secret]]
    of_digest: Mapping[str, list[Secret]]


def _look_for(secrets: tuple[Secret, ...]) -> _Looking:
    of_telltale = _by_mark((telltale, secret) for secret in secrets for telltale in secret.telltales)
    return _Looking(
        search_for(of_telltale),
        search_for(telltale for secret in secrets if secret.name for telltale in secret.telltales),
        of_telltale,
        _by_mark((word, secret) for secret in secrets for word in secret.words),
        _by_mark((secret.digest, secret) for secret in secrets if secret.digest),
    )


def _by_mark(marks: Iterable[tuple[str, Secret]]) -> dict[str, list[Secret]]:
    found: dict[str, list[Secret]] = {}
    for mark, secret in marks:
        found.setdefault(mark, []).append(secret)
    return found


def _leaks_of(file: Opened, looking: _Looking, *, written: bool) -> Iterator[Leak]:
    """Yield the secrets that a file tells, each once, with the first mark that betrays it."""
    betrayed: dict[Secret, str] = {}
    for secret, mark in _marks(file, looking, written=written):
        betrayed.setdefault(secret, mark)
    yield from (Leak(secret, file.path, mark) for secret, mark in betrayed.items())


def _marks(file: Opened, looking: _Looking, *, written: bool) -> Iterator[tuple[Secret, str]]:
    yield from _by_telltale(plain(file.path), looking, least=0 if written else SURE)
    for secret in looking.of_digest.get(file.digest, ()):
        yield secret, secret.place.path
    for text in file.texts:
        yield from _by_telltale(text, looking, least=0 if written else RUN)
        if written:
            yield from _by_words(text, looking)


def _by_telltale(text: Plain, looking: _Looking, *, least: int) -> Iterator[tuple[Secret, str]]:
    found = set(looking.all.found_in(text, least=least))
    names = set(looking.names.found_in(text)) - found if least else set[str]()
    if found or names:
        for telltale in (each for each in looking.of_telltale if each in found or each in names):
            secrets = looking.of_telltale[telltale]
            yield from ((secret, telltale) for secret in secrets if telltale in found or secret.name)


def _by_words(text: Plain, looking: _Looking) -> Iterator[tuple[Secret, str]]:
    """Yield the secrets of whose own words several stand in one text."""
    present = looking.of_word.keys() & set(text.words.split())
    for secret in dict.fromkeys(secret for word in sorted(present) for secret in looking.of_word[word]):
        if len(common := sorted(secret.words & present)) >= _TOGETHER:
            yield secret, ", ".join(common[:_TOGETHER])
