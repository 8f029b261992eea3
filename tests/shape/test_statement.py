"""The positioning sentence: right words in the right places, in French and in English."""

from __future__ import annotations

import re
from itertools import product

import pytest

from builders import mask, vocabulary
from cmsite.model import Mask
from cmsite.shape.statement import statement, with_article, with_de
from shape.words import WORDS, term, words

CHOICES: dict[str, tuple[tuple[str, ...], ...]] = {
    "niche": ((), ("e-sante",), ("hotellerie", "associations"), ("artisanat",), ("artisanat", "jeu-video")),
    "challenge": ((), ("fidelisation",), ("notoriete", "confiance")),
    "service": ((), ("service-client",), ("achats", "innovation", "communication"), ("terrain",)),
    "locality": ((), ("paris",), ("lyon", "paris")),
    "scope": ((), ("external",), ("internal", "external")),
    "presence": ((), ("online",), ("online", "offline")),
}
MASKS = tuple(
    mask(**dict(zip(CHOICES, combination, strict=True))) for combination in product(*CHOICES.values())
)
FAULTS = {  # what must not be found: a pattern
    "an empty slot": r"\(\W*\)|\{|\}|:\s*[,.)]",
    "two spaces": r"\s\s",
    "a space before a comma or full stop": r"\s[,.]",
    "a comma before a bracket": r", \(",
    "words without a space between": r",\S|\)\w",
    "an empty list": r"\b(?:et|and)\s*[,.)]|[(,]\s*(?:et|and)\b",
    "a list marker left open": r"None|\[|\]",
}


def french(**points: str | tuple[str, ...]) -> str:
    return told(mask(**points), "fr").removeprefix("Mon métier : ")


def told(wanted: Mask, language: str) -> str:
    """Return the statement with plain spaces, for tests that look at its words."""
    return statement(wanted, WORDS, language).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_combination_of_points_is_a_well_formed_sentence(language: str) -> None:
    assert len(MASKS) >= 64
    found = [
        (fault, sentence)
        for sentence in (told(each, language) for each in MASKS)
        for fault, pattern in FAULTS.items()
        if re.search(pattern, sentence)
        or sentence.count("(") != sentence.count(")")
        or not re.fullmatch(r"(?:Mon métier :|My work:) [^.]+\.", sentence)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_different_masks_are_told_differently(language: str) -> None:
    assert len({told(each, language) for each in MASKS}) == len(MASKS)


def test_no_french_article_meets_a_vowel_or_another_article() -> None:
    wrong = re.compile(
        r"\b(?:le|la|de|que) [aàâeéèêiîïoôuùyœ]|\b(?:à|de) les?\b|\bà l[ea] |l' ", re.IGNORECASE
    )
    assert [sentence for sentence in (told(each, "fr") for each in MASKS) if wrong.search(sentence)] == []


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({}, "animer des communautés."),
        ({"niche": "e-sante"}, "animer des communautés, dans l'e-santé."),
        ({"niche": "jeu-video"}, "animer des communautés, dans le jeu vidéo."),
        ({"niche": "associations"}, "animer des communautés, dans les associations."),
        ({"niche": "hotellerie"}, "animer des communautés, dans l'hôtellerie."),
        ({"niche": ("e-sante", "jeu-video")}, "animer des communautés, dans l'e-santé et le jeu vidéo."),
        ({"niche": "artisanat"}, "animer des communautés (secteur : artisanat)."),
        ({"service": "service-client"}, "animer des communautés, auprès du service client."),
        ({"service": "communication"}, "animer des communautés, auprès de la communication."),
        ({"service": "achats"}, "animer des communautés, auprès des achats."),
        ({"service": "innovation"}, "animer des communautés, auprès de l'innovation."),
        ({"service": "terrain"}, "animer des communautés (service : terrain)."),
        ({"locality": "paris"}, "animer des communautés, à Paris."),
        ({"locality": "lyon"}, "animer des communautés (lieu : Lyon)."),
        ({"challenge": "confiance"}, "gagner la confiance."),
        ({"challenge": ("fidelisation", "confiance")}, "fidéliser et gagner la confiance."),
        ({"challenge": "notoriete"}, "répondre à un défi (notoriété)."),
        ({"scope": "internal"}, "animer des communautés, en interne."),
        ({"presence": "offline"}, "animer des communautés, sur le terrain."),
        (
            {"scope": ("internal", "external"), "presence": ("offline", "online")},
            "animer des communautés, en interne comme vers l'extérieur, en ligne comme sur le terrain.",
        ),
    ],
)
def test_a_french_sentence(points: dict[str, str | tuple[str, ...]], expected: str) -> None:
    assert french(**points) == expected


def test_a_whole_mask_in_french_and_in_english() -> None:
    whole = mask(
        niche="e-sante",
        challenge=["fidelisation", "confiance"],
        service="service-client",
        locality="paris",
        scope="external",
        presence=["online", "offline"],
    )
    assert told(whole, "fr") == (
        "Mon métier : fidéliser et gagner la confiance, dans l'e-santé, auprès du service client, à Paris, "
        "vers l'extérieur, en ligne comme sur le terrain."
    )
    assert told(whole, "en") == (
        "My work: keep people and earn trust, in digital health, with the people in customer service, "
        "in Paris, facing the public, online and in person."
    )


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({}, "look after communities."),
        ({"challenge": "notoriete"}, "meet a challenge (awareness)."),
        ({"locality": "lyon"}, "look after communities (place: Lyon)."),
        ({"scope": "internal"}, "look after communities, inside the organisation."),
        ({"presence": "offline"}, "look after communities, in person."),
        ({"presence": "online"}, "look after communities, online."),
        (
            {"scope": ("external", "internal"), "presence": ("online", "offline")},
            "look after communities, inside the organisation and facing the public, online and in person.",
        ),
    ],
)
def test_an_english_sentence(points: dict[str, str | tuple[str, ...]], expected: str) -> None:
    assert told(mask(**points), "en") == f"My work: {expected}"


def test_a_french_colon_never_begins_a_line() -> None:
    sentence = statement(mask(niche="artisanat"), WORDS, "fr")
    assert re.findall(r"(.):", sentence) == ["\N{NO-BREAK SPACE}"] * 2


def test_a_free_term_stands_in_brackets_in_french() -> None:
    free = statement(mask(niche="permaculture"), vocabulary(), "fr")
    assert free.endswith("(secteur\N{NO-BREAK SPACE}: permaculture).")
    assert statement(mask(niche="permaculture"), vocabulary(), "en").endswith(", in permaculture.")


def test_one_term_without_an_article_puts_the_whole_point_in_brackets() -> None:
    assert french(niche=("jeu-video", "artisanat")) == (
        "animer des communautés (secteur : jeu vidéo et artisanat)."
    )


def test_a_phrase_takes_the_place_of_lead_and_article() -> None:
    own = words(niche=(term("x", "x", phrase="pour les musées", en_phrase="for museums", article="le"),))
    assert statement(mask(niche="x"), own, "fr").endswith(", pour les musées.")
    assert statement(mask(niche="x"), own, "en").endswith(", for museums.")


def test_a_phrase_of_another_language_is_not_used() -> None:
    own = words(locality=(term("lyon", "Lyon", en="Lyons", phrase="à Lyon"),))
    assert statement(mask(locality="lyon"), own, "en").endswith("(place: Lyons).")


@pytest.mark.parametrize(
    ("label", "article", "the", "of"),
    [
        ("fidélisation", "la", "la fidélisation", "de la fidélisation"),
        ("service client", "le", "le service client", "du service client"),
        ("associations", "les", "les associations", "des associations"),
        ("éducation", "la", "l'éducation", "de l'éducation"),
        ("Œuvre", "la", "l'Œuvre", "de l'Œuvre"),
        ("hôtellerie", "l'", "l'hôtellerie", "de l'hôtellerie"),
        ("hôtellerie", "l’", "l'hôtellerie", "de l'hôtellerie"),
        ("handicap", "le", "le handicap", "du handicap"),  # an aspirated h
        ("yoga", "le", "le yoga", "du yoga"),
        ("écoles", "les", "les écoles", "des écoles"),
    ],
)
def test_an_article_is_contracted_and_elided(label: str, article: str, the: str, of: str) -> None:
    assert (with_article(label, article), with_de(label, article)) == (the, of)


def test_an_article_that_is_none_counts_as_not_written() -> None:
    own = words(niche=(term("x", "musées", article="aux"),))
    assert "(secteur" in statement(mask(niche="x"), own, "fr")
