"""Make the posts of the benchmark: any number of them, from word lists, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from benchmarks import words

_T = TypeVar("_T")

LEAD = "tous"
_FIRST, _DAYS = date(2016, 1, 4), 3600  # the posts are spread over ten years, all of them past
_PICTURES = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """A post, before any program's own way to write it.

    The body links to another post as `post:SLUG` and shows pictures as `files/NAME`, as cmsite has it.
    """

    slug: str
    title: str
    date: date
    summary: str
    tags: tuple[str, ...]
    niches: tuple[str, ...]  # () suits every reader
    challenges: tuple[str, ...]
    body: str

    @property
    def address(self) -> str:
        """Where every program is told to put it."""
        return f"/{self.date:%Y}/{self.date:%m}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Reader:
    """A profile: the niches and the town it states."""

    name: str
    niches: tuple[str, ...]
    city: str

    def takes(self, post: Sample) -> bool:
        """Return whether the profile's edition has the post."""
        return not post.niches or bool(set(post.niches) & set(self.niches))


class Draws:
    """Chance that always falls alike: drawn from `random()` alone, which Python promises never to change."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to the limit, the limit left out."""
        return int(self._random.random() * limit)

    def one(self, of: Sequence[_T]) -> _T:
        """Return one of a few."""
        return of[self.below(len(of))]

    def some(self, count: int, of: Sequence[_T]) -> tuple[_T, ...]:
        """Return as many different ones, in the order drawn."""
        left = list(of)
        return tuple(left.pop(self.below(len(left))) for _ in range(count))


READERS = (
    Reader(LEAD, words.NICHES, words.CITIES[0]),
    *(Reader(niche, (niche,), city) for niche, city in zip(words.NICHES[1:], words.CITIES[1:], strict=True)),
)


def samples(count: int) -> Iterator[Sample]:
    """Yield that many posts, the oldest first; a shorter corpus is not the beginning of a longer one."""
    for number in range(count):
        yield _sample(number, count)


def slug_of(number: int) -> str:
    """Return the slug of a post by its number."""
    return f"note-{number:05}"


def drawings() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each picture: drawings, of which nobody makes smaller copies."""
    for number in range(_PICTURES):
        heights = [17 * ((at * 7 + number * 3) % 10) for at in range(10)]
        bars = "".join(
            f'<rect x="{20 + 45 * at}" y="{180 - height}" width="30" height="{height}" fill="#3d4fa3"/>'
            for at, height in enumerate(heights)
        )
        size = 'width="480" height="200" viewBox="0 0 480 200"'
        yield f"courbe-{number}.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{bars}</svg>\n'


def _sample(number: int, count: int) -> Sample:
    draw = Draws(f"post {number} of {count}")
    return Sample(
        slug=slug_of(number),
        title=f"{draw.one(words.TITLE_BEGINS)} {draw.one(words.TITLE_ENDS)}",
        date=_FIRST + timedelta(days=number * _DAYS // count),
        summary=_french(draw),
        tags=draw.some(2 + draw.below(3), words.TAGS),
        niches=draw.some(3, words.NICHES) if number % 2 else (),
        challenges=draw.some(2, words.CHALLENGES),
        body=_body(draw, number),
    )


def _body(draw: Draws, number: int) -> str:
    """Return some 590 words with headings, lists, a quotation, and now and then code, a table, a picture."""
    parts = [_paragraph(draw, 4)]
    for at, heading in enumerate(draw.some(4, words.HEADINGS)):
        parts += [f"## {heading}", _paragraph(draw, 4)]
        if at == 0:
            parts += [_linking(draw, number), "> " + " ".join(_english(draw) for _ in range(3))]
        elif at == 1:
            parts += ["\n".join(f"- {_french(draw)}" for _ in range(4)), *_extras(draw, number)]
        elif at == 2:
            parts += [f"### {draw.one(words.HEADINGS)} ?", _paragraph(draw, 4)]
        else:
            parts += [" ".join(_english(draw) for _ in range(3)), _paragraph(draw, 4)]
    if number % 3 == 1:
        parts[-1] += "[^1]"
        parts += [f"[^1]: {_french(draw)}"]
    return "\n\n".join(parts) + "\n"


def _extras(draw: Draws, number: int) -> Iterator[str]:
    if number % 3 == 0:
        language, code = draw.one(words.CODE)
        yield f"```{language}\n{code}```"
    if number % 4 == 1:
        rows = (f"| {draw.one(words.TAGS)} | {draw.below(90)} | {draw.below(90)} |" for _ in range(5))
        yield "\n".join(["| sujet | avant | après |", "|---|---:|---:|", *rows])
    if number % 3 == 2:
        yield f"![Une courbe en dix barres](files/courbe-{draw.below(_PICTURES)}.svg)"


def _linking(draw: Draws, number: int) -> str:
    """Return a sentence with two links: away, and to an older post that every reader has."""
    older = slug_of(2 * draw.below(max(1, number // 2)))
    return (
        f"{_french(draw)} À lire aussi : [une note plus ancienne](post:{older}), "
        f"et [un texte d'ailleurs](https://example.org/textes/{draw.below(500)})."
    )


def _paragraph(draw: Draws, sentences: int) -> str:
    told = [_french(draw) for _ in range(sentences)]
    at = draw.below(sentences)
    first, _, rest = told[at].partition(" ")
    told[at] = (
        f"{first} *{rest.split(' ')[0]}* **{' '.join(rest.split(' ')[1:3])}** {' '.join(rest.split(' ')[3:])}"
    )
    return " ".join(told)


def _french(draw: Draws) -> str:
    return _sentence(draw, words.SUBJECTS_FR, words.VERBS_FR, words.OBJECTS_FR, words.TAILS_FR)


def _english(draw: Draws) -> str:
    return _sentence(draw, words.SUBJECTS_EN, words.VERBS_EN, words.OBJECTS_EN, words.TAILS_EN)


def _sentence(draw: Draws, *lists: Sequence[str]) -> str:
    return " ".join(draw.one(each) for each in lists) + "."
