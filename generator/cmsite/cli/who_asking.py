"""Ask the questions of `cmsite who`, one after the other, and ask again after a slip."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from itertools import count
from typing import TypeVar

import click
from rich.columns import Columns
from rich.text import Text

from cmsite.cli.options import one_line
from cmsite.cli.tell import WIDEST, console, say
from cmsite.cli.who_words import BOTH, LANGUAGE_NAMES, NO, WORDS, YES, Question, Words
from cmsite.errors import UsageError
from cmsite.model import FIXED_TERMS, LANGUAGES, POINTS, Answers, Language, Point, Site, Slug, VocabularyTerm
from cmsite.read.answers import path_holder
from cmsite.read.fields import SLUG_LENGTH, is_reserved, slug_of
from cmsite.read.meaning import Meaning, Sense, gather, known_terms, understand
from cmsite.shape.typography import typeset

Answer = TypeVar("Answer")

_GARBLED = "\N{REPLACEMENT CHARACTER}"
_LONGEST_NAME = 100  # characters of a name that is suggested
_SEVERAL_NUMBERS = re.compile(r"\d+(?: +\d+)+", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_LONGEST_NUMBER = 3  # digits; what is longer and in no list is a word: a year, a postal code
_DEEPEST = 8  # margins of a tree


class _Slip(Exception):
    """An answer that cannot be taken. What is suggested instead is taken by Enter."""

    def __init__(self, told: str, suggested: str = "") -> None:
        super().__init__(told)
        self.told = told
        self.suggested = suggested


def ask(site: Site, language: Language, is_taken: Callable[[str], bool]) -> Answers:
    """Return what the person at the terminal answers, asked in `language`.

    `is_taken` tells which names a profile cannot have. Raises click's Abort at Ctrl-C and Ctrl-D, UsageError
    when the answers come from elsewhere and end early.
    """
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    try:
        return _Interview(site, language, is_taken).answers()
    except click.Abort as abort:
        if isinstance(abort.__context__, EOFError) and not sys.stdin.isatty():
            click.echo(err=True)
            raise nobody_to_ask("the answers ended before the questions did") from abort
        raise


def nobody_to_ask(what: str) -> UsageError:
    """Return what to say when no person is there to answer."""
    return UsageError(f"{what}; nothing was written", "write them into a file: `cmsite who --answers FILE`")


class _Interview:
    """One round of questions: the site, the language and the words, which all of them need."""

    def __init__(self, site: Site, language: Language, is_taken: Callable[[str], bool]) -> None:
        self.site = site
        self.language = language
        self.words: Words = WORDS[language]
        self.is_taken = is_taken

    def answers(self) -> Answers:
        words = self.words
        self.say(words.title, style="bold")
        growing = any(self.site.vocabulary.declares(point) for point in POINTS if point not in FIXED_TERMS)
        self.say(f"{words.opening} {words.growing}" if growing else words.opening)
        self.put(words.name)
        name = self.ask(words.name.prompt, self.name, self.first_name())
        self.put(words.headline)
        headline = self.ask(words.headline.prompt, str)
        self.put(words.language)
        spoken = self.ask(words.language.prompt, self.spoken, self.language)
        meanings = {point: self.point(point) for point in POINTS}
        click.echo(err=True)
        return gather(self.site, meanings, profile=name, headline=headline, language=spoken)

    def put(self, question: Question, number: str = "") -> None:
        click.echo(err=True)
        self.say(f"{number}{question.name} · {question.asked}", style="bold")
        self.say(question.meaning)

    def ask(self, prompt: str, read: Callable[[str], Answer], suggested: str = "") -> Answer:
        """Return the first answer that can be read."""
        while True:
            typed = click.prompt(
                typeset(prompt, self.language),
                default=suggested,
                show_default=bool(suggested),
                prompt_suffix=typeset(self.words.suffix, self.language),
                err=True,
            )
            try:
                return read(self.line(typed))
            except _Slip as slip:
                self.say(slip.told)
                suggested = slip.suggested or suggested

    def line(self, typed: str) -> str:
        """Return what was typed in one line. A byte that the terminal's encoding lacks is a slip."""
        if _GARBLED in typed:
            raise _Slip(self.words.garbled)
        return one_line(click.unstyle(typed))

    # the profile

    def first_name(self) -> str:
        """Return the name to suggest: the lead profile that is missing, else the author's own."""
        settings = self.site.settings
        lost = settings.profile not in [profile.name for profile in self.site.profiles]
        return self.free_name(slug_of(settings.profile if lost else settings.author.name))

    def free_name(self, wanted: str) -> str:
        wanted = wanted[:_LONGEST_NAME].strip("-") or self.words.suggested_name
        names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        return next(name for name in names if self.is_free(name))

    def is_free(self, name: str) -> bool:
        return not (is_reserved(name) or self.is_taken(name) or path_holder(self.site, name))

    def name(self, typed: str) -> Slug:
        slug = slug_of(typed)
        free = self.free_name(slug)
        if typed != slug or not slug or len(slug) > SLUG_LENGTH or is_reserved(slug):
            raise _Slip(self.words.bad_name.format(self.quoted(typed), free), free)
        if self.is_taken(slug):
            raise _Slip(self.words.taken_name.format(slug, free), free)
        if holder := path_holder(self.site, slug):
            raise _Slip(self.words.shared_path.format(slug, holder.place.path, free), free)
        return slug

    def spoken(self, typed: str) -> Language:
        word = slug_of(typed)
        told = LANGUAGE_NAMES.get(word, word)
        if told not in LANGUAGES:
            raise _Slip(self.words.bad_language.format(self.quoted(typed)))
        return Language(told)

    # the six points

    def point(self, point: Point) -> list[Meaning]:
        words, question = self.words, self.words.points[point]
        choices = _in_tree_order(known_terms(self.site, point))
        self.put(question, f"{POINTS.index(point) + 1}/{len(POINTS)} ")
        _show([(depth, entry.label.told_in(self.language)) for depth, entry in choices])
        self.say(words.choose if choices else words.choose_free)
        free = not self.site.vocabulary.declares(point)
        entries = tuple(entry for _, entry in choices)
        meanings = self.ask(question.prompt, lambda typed: self.meanings(typed, point, entries))
        told = ", ".join(self.told(meaning, entries, free=free) for meaning in meanings)
        self.say(words.understood.format(told or words.unstated))
        return meanings

    def meanings(self, typed: str, point: Point, entries: Sequence[VocabularyTerm]) -> list[Meaning]:
        if point in FIXED_TERMS and typed.casefold() in BOTH:
            return [Meaning(typed, Sense.KNOWN, (entry.term,)) for entry in entries]
        whole = understand(typed, point, self.site)  # a label may have a comma
        if whole.sense is Sense.KNOWN:
            return [whole]
        return [self.meaning(part, point, entries) for part in _parts(typed)]

    def meaning(self, part: str, point: Point, entries: Sequence[VocabularyTerm]) -> Meaning:
        """Return what a part of an answer means: a number of the list, or a word."""
        if _NUMBER.fullmatch(part) and 1 <= int(part) <= len(entries):
            return Meaning(part, Sense.KNOWN, (entries[int(part) - 1].term,))
        meaning = understand(part, point, self.site)
        if meaning.sense is Sense.KNOWN:
            return meaning
        if _NUMBER.fullmatch(part) and len(part) <= _LONGEST_NUMBER and entries:
            raise _Slip(self.words.no_number.format(part, len(entries)))
        return self.settled(meaning, entries)

    def settled(self, meaning: Meaning, entries: Sequence[VocabularyTerm]) -> Meaning:
        """Return a meaning that is no known term's as one that can be taken."""
        words, word = self.words, self.quoted(meaning.word)
        near = [self.quoted(self.label(entry)) for entry in entries if entry.term in meaning.terms]
        if near and meaning.sense is not Sense.SEVERAL and self.agrees(words.near.format(word, near[0])):
            return Meaning(meaning.word, Sense.KNOWN, meaning.terms)
        match meaning.sense:
            case Sense.UNTELLABLE if slug_of(meaning.word):
                raise _Slip(words.too_long.format(word, SLUG_LENGTH))
            case Sense.UNTELLABLE:
                raise _Slip(words.no_letter.format(word))
            case Sense.SEVERAL:
                raise _Slip(words.several.format(word, ", ".join(meaning.terms)))
            case Sense.FIXED:
                raise _Slip(words.only.format(word, *(self.label(entry) for entry in entries)))
            case _:
                return meaning

    def agrees(self, question: str) -> bool:
        def read(typed: str) -> bool:
            if typed.casefold() not in (*YES, *NO):
                raise _Slip(self.words.yes_or_no)
            return typed.casefold() in YES

        return self.ask(question, read, YES[0] if self.language == "fr" else YES[2])

    # the words

    def say(self, text: str, *, style: str = "") -> None:
        say(text, language=self.language, style=style)

    def told(self, meaning: Meaning, entries: Sequence[VocabularyTerm], *, free: bool) -> str:
        if meaning.sense is Sense.KNOWN:
            return next(self.label(entry) for entry in entries if entry.term == meaning.terms[0])
        return meaning.word if free else self.words.new.format(meaning.word)

    def label(self, entry: VocabularyTerm) -> str:
        return entry.label.told_in(self.language)

    def quoted(self, word: str) -> str:
        return self.words.quote.format(word if len(word) <= 40 else f"{word[:39]}…")


def _show(choices: Sequence[tuple[int, str]]) -> None:
    """Print the numbered choices: a tree with its margins, others side by side."""
    lines = [
        Text(f"{number:>3}  {'  ' * min(depth, _DEEPEST)}{label}")
        for number, (depth, label) in enumerate(choices, start=1)
    ]
    if any(depth for depth, _ in choices):
        for line in lines:
            console().print(line)
    elif lines:
        console().print(Columns(lines, padding=(0, 2), column_first=True), soft_wrap=False, width=WIDEST)


def _in_tree_order(entries: Sequence[VocabularyTerm]) -> list[tuple[int, VocabularyTerm]]:
    """Return the terms and their depth, each followed by those within it."""
    below: dict[str | None, list[VocabularyTerm]] = {}
    for entry in reversed(entries):
        below.setdefault(entry.within, []).append(entry)
    waiting = [(0, entry) for entry in below.get(None, ())]
    placed = []
    while waiting:
        depth, entry = waiting.pop()
        placed.append((depth, entry))
        waiting += [(depth + 1, within) for within in below.get(entry.term, ())]
    return placed


def _parts(typed: str) -> list[str]:
    """Return the parts of an answer: between commas, or numbers with a space between them."""
    parts = [part.strip() for part in re.split("[,;]", typed) if part.strip()]
    return [
        each
        for part in parts
        for each in (part.split(" ") if _SEVERAL_NUMBERS.fullmatch(part) else [part])
        if each
    ]
