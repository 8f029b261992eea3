"""Convert the texts of editions: each distinct one once, remembered from build to build, by all processors.

A text that takes too long or too much is refused and named; the others go on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct, field

from cmsite.cache import Cache
from cmsite.craft.bounds import OutOfBounds, bounded
from cmsite.crew import spread
from cmsite.digest import digest
from cmsite.model import Html
from cmsite.shape.engine import Heading, MarkupError
from cmsite.shape.markup import Converted, Source, convert

LIMIT = 256_000_000  # bytes of texts that are remembered
KIND = "text"  # of the cache's entries
_WORTH_SHARING = {"markdown": 150_000, "commonmark": 1_500_000}  # characters: a third of a second's work
_AT_ONCE = 16  # texts handed to a process
_GROWTH, _ALLOWED = 20, 1_000_000  # HTML of more than 20 times its text and a million characters is refused


class Workshop(Struct):
    """Converts the texts of a site. `maker` stands for the program, `jobs` for how many processes may work.

    `converted` counts what was really converted, `known` remembers what was asked for: all of it when the
    texts are `shared` by several editions, else what was asked for last, for a large site holds a lot of
    it; `names` are those of the cache's entries that this run has used.
    """

    engine: str
    extensions: tuple[str, ...]
    maker: str
    cache: Cache
    jobs: int = 0
    shared: bool = True
    converted: int = 0
    known: dict[Source, Converted | MarkupError] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def convert_all(self, sources: Sequence[Source]) -> list[Converted | MarkupError]:
        """Return the HTML of some texts in their order, or what keeps one from having any."""
        if not self.shared:
            self.known.clear()
        wanted = [source for source in dict.fromkeys(sources) if source not in self.known]
        self._recall(wanted)
        missing = [source for source in wanted if source not in self.known]
        if missing:
            self.converted += len(missing)
            self.known |= zip(missing, self._convert(missing), strict=True)
            made = ((source, self.known[source]) for source in missing)
            self.cache.keep(
                KIND, {self._name(source): _told(one) for source, one in made if isinstance(one, Converted)}
            )
        return [self.known[source] for source in sources]

    def forget_old(self) -> None:
        """Bring the cache of texts down to its limit, if it has grown beyond: the texts of this run stay."""
        self.cache.forget(KIND, but=self.names, limit=LIMIT)

    def _recall(self, wanted: Iterable[Source]) -> None:
        named = {self._name(source): source for source in wanted}
        self.names |= named.keys()
        for name, data in self.cache.recall(KIND, named).items():
            self.known[named[name]] = _heard(data)

    def _name(self, source: Source) -> str:
        return digest((self.maker, self.extensions, source))

    def _convert(self, sources: Sequence[Source]) -> Iterator[Converted | MarkupError]:
        work = partial(_convert_one, engine=self.engine, extensions=self.extensions)
        pays = sum(len(source.text) for source in sources) >= _WORTH_SHARING[self.engine]
        return spread(work, sources, jobs=self.jobs if pays else 1, at_once=_AT_ONCE, portable=True)


def _convert_one(source: Source, engine: str, extensions: tuple[str, ...]) -> Converted | MarkupError:
    try:
        with bounded():
            made = convert(source.text, source.language, source.raw_html, extensions, engine)
    except MarkupError as error:
        return error
    except OutOfBounds as error:
        return MarkupError(f"this text {error}", "shorten it, or take out what is nested or repeated")
    if len(made.html) > _GROWTH * len(source.text) + _ALLOWED:
        what = f"this text becomes {len(made.html) // 1000} KB of HTML"
        return MarkupError(what, "shorten its tables and lists")
    return made


def _told(one: Converted) -> bytes:
    headings = [(each.level, each.id, each.text) for each in one.headings]
    facts = json.dumps([headings, one.words, one.excerpt], ensure_ascii=False)
    return f"{facts}\n{one.html}".encode()


def _heard(data: bytes) -> Converted:
    facts, _, html = data.decode().partition("\n")
    headings, words, excerpt = json.loads(facts)
    return Converted(Html(html), tuple(Heading(*each) for each in headings), words, excerpt)
