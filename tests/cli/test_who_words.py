"""Each question and each word between the questions is there in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cmsite.cli.who_words import BOTH, LANGUAGE_NAMES, NO, WORDS, YES, Question, Words
from cmsite.model import LANGUAGES, POINTS


def texts(words: Words) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its name."""
    for name in words.__struct_fields__:
        value = getattr(words, name)
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Question):
            yield from questioned(name, value)
        else:
            for point, question in value.items():
                yield from questioned(point.value, question)


def questioned(name: str, question: Question) -> Iterator[tuple[str, str]]:
    yield from ((f"{name}.{item}", getattr(question, item)) for item in question.__struct_fields__)


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\d*\}", text))


def test_every_language_of_cmsite_is_spoken() -> None:
    assert set(WORDS) == set(LANGUAGES) == set(LANGUAGE_NAMES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_questions_are_asked_in_their_order(language: str) -> None:
    assert tuple(WORDS[language].points) == POINTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing_and_each_question_asks(language: str) -> None:
    told = dict(texts(WORDS[language]))
    assert [name for name, text in told.items() if not text.strip()] == []
    assert [name for name, text in told.items() if name.endswith(".asked") and not text.endswith("?")] == []
    assert [name for name, text in told.items() if "\n" in text] == []


def test_both_languages_leave_the_same_places_for_names() -> None:
    french, english = dict(texts(WORDS["fr"])), dict(texts(WORDS["en"]))
    assert {name: holes(text) for name, text in french.items()} == {
        name: holes(text) for name, text in english.items()
    }


def test_the_languages_are_not_the_same() -> None:
    french, english = dict(texts(WORDS["fr"])), dict(texts(WORDS["en"]))
    alike = {name for name in french if french[name] == english[name]}
    assert alike == {"understood"}  # an arrow


def test_yes_is_not_no() -> None:
    assert not set(YES) & set(NO)
    assert BOTH
