"""Say a mask in one sentence, per language: the positioning statement.

A term's `phrase` is used as it is written; a term with an `article` is put into the sentence with the
contractions and elisions of the language; a term with neither stands in brackets, which need none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cmsite.model import Mask, Point, Term, Vocabulary, VocabularyTerm
from cmsite.shape.language import joined

_VOWELS = "aàâäeéèêëiîïoôöuùûüœæ"
_DE = {"le": "du ", "la": "de la ", "les": "des ", "l'": "de l'"}
_THE = {"le": "le ", "la": "la ", "les": "les ", "l'": "l'"}
_WORDS = {
    "fr": {
        "opening": "Mon métier : ",
        "nothing": "animer des communautés",
        "challenge": "répondre à un défi ({})",
        "niche": "(secteur : {})",
        "service": "(service : {})",
        "locality": "(lieu : {})",
        "internal": "en interne",
        "external": "vers l'extérieur",
        "both-scope": "en interne comme vers l'extérieur",
        "offline": "sur le terrain",
        "online": "en ligne",
        "both-presence": "en ligne comme sur le terrain",
    },
    "en": {
        "opening": "My work: ",
        "nothing": "look after communities",
        "challenge": "meet a challenge ({})",
        "niche": "(field: {})",
        "service": "(department: {})",
        "locality": "(place: {})",
        "internal": "inside the organisation",
        "external": "facing the public",
        "both-scope": "inside the organisation and facing the public",
        "offline": "in person",
        "online": "online",
        "both-presence": "online and in person",
    },
}


def statement(mask: Mask, vocabulary: Vocabulary, language: str) -> str:
    """Return the sentence that says what this mask stands for. A point that states nothing is not told."""
    words = _WORDS[language]
    parts = [_challenge(mask, vocabulary, language)]
    for point, tell in ((Point.NICHE, _niche), (Point.SERVICE, _service), (Point.LOCALITY, _locality)):
        if entries := _entries(mask, vocabulary, point):
            parts.append(tell(entries, language))
    parts += [_choice(mask, point, words) for point in (Point.SCOPE, Point.PRESENCE) if mask[point]]
    sentence = ", ".join(parts).replace(", (", " (")
    return f"{words['opening']}{sentence}."


def with_article(label: str, article: str) -> str:
    """Return a French label behind its article: "la fidélisation", "l'éducation", "les associations"."""
    return f"{_THE[_elided(label, article)]}{label}"


def with_de(label: str, article: str) -> str:
    """Return a French label behind "de" and its article: "du service client", "des associations"."""
    return f"{_DE[_elided(label, article)]}{label}"


def _elided(label: str, article: str) -> str:
    """Return the article, elided before a vowel. A mute h is elided when the article is written `l'`."""
    if article in ("le", "la") and label[:1].casefold() in _VOWELS:
        return "l'"
    return article.replace("’", "'")


def _entries(mask: Mask, vocabulary: Vocabulary, point: Point) -> list[VocabularyTerm | Term]:
    known = {entry.term: entry for entry in vocabulary.terms(point)}
    return [known.get(term, term) for term in mask[point]]


def _label(entry: VocabularyTerm | Term, language: str) -> str:
    return entry.label.told_in(language) if isinstance(entry, VocabularyTerm) else entry


def _phrase(entry: VocabularyTerm | Term, language: str) -> str:
    if not isinstance(entry, VocabularyTerm) or not entry.phrase or not entry.phrase.has(language):
        return ""
    return entry.phrase.told_in(language)


def _article(entry: VocabularyTerm | Term, language: str) -> str:
    if not isinstance(entry, VocabularyTerm) or not entry.article or not entry.article.has(language):
        return ""
    article = entry.article.told_in(language).replace("’", "'")
    return article if article in _THE else ""


def _challenge(mask: Mask, vocabulary: Vocabulary, language: str) -> str:
    words = _WORDS[language]
    entries = _entries(mask, vocabulary, Point.CHALLENGE)
    if not entries:
        return words["nothing"]
    told = [
        _phrase(entry, language) or words["challenge"].format(_label(entry, language)) for entry in entries
    ]
    return joined(told, language)


def _niche(entries: Sequence[VocabularyTerm | Term], language: str) -> str:
    return _among(entries, language, "niche", {"fr": "dans ", "en": "in "}[language], with_article)


def _service(entries: Sequence[VocabularyTerm | Term], language: str) -> str:
    lead = {"fr": "auprès ", "en": "with the people in "}[language]
    return _among(entries, language, "service", lead, with_de)


def _among(
    entries: Sequence[VocabularyTerm | Term],
    language: str,
    slot: str,
    lead: str,
    inflect: Callable[[str, str], str],
) -> str:
    """Return the terms of a point behind their lead-in, or in brackets where an article is missing."""
    if all(_phrase(entry, language) for entry in entries):
        return joined([_phrase(entry, language) for entry in entries], language)
    if language == "en":
        return lead + joined([_label(entry, language) for entry in entries], language)
    if not all(_article(entry, language) for entry in entries):
        labels = joined([_label(entry, language) for entry in entries], language)
        return _WORDS[language][slot].format(labels)
    return lead + joined(
        [inflect(_label(entry, language), _article(entry, language)) for entry in entries], language
    )


def _locality(entries: Sequence[VocabularyTerm | Term], language: str) -> str:
    if all(_phrase(entry, language) for entry in entries):
        return joined([_phrase(entry, language) for entry in entries], language)
    labels = joined([_label(entry, language) for entry in entries], language)
    return _WORDS[language]["locality"].format(labels)


def _choice(mask: Mask, point: Point, words: dict[str, str]) -> str:
    terms = mask[point]
    return words[f"both-{point.value}"] if len(terms) > 1 else words[terms[0]]
