"""Give a vocabulary as an author writes one: labels, phrases, articles and aliases, in French and English."""

from __future__ import annotations

from builders import PLACE
from cmsite.model import (
    POINTS,
    Author,
    Extra,
    Language,
    Localised,
    Mask,
    Place,
    Term,
    Vocabulary,
    VocabularyTerm,
)
from cmsite.shape.speech import ProfileWords, SiteWords, Speech, mask_words


def term(
    name: str,
    label: str = "",
    *,
    en: str = "",
    phrase: str = "",
    en_phrase: str = "",
    article: str = "",
    aliases: tuple[str, ...] = (),
    within: str = "",
    place: Place = PLACE,
) -> VocabularyTerm:
    """Return a term; what is not given is not written in mask.yml either."""
    return VocabularyTerm(
        term=Term(name),
        label=_in_two(label, en) or Localised((("", name),)),
        phrase=_in_two(phrase, en_phrase),
        article=_in_two(article, ""),
        aliases=aliases,
        within=Term(within) if within else None,
        place=place,
    )


def _in_two(fr: str, en: str) -> Localised | None:
    texts = tuple((language, text) for language, text in (("fr", fr), ("en", en)) if text)
    return Localised(texts) if texts else None


def words(**points: tuple[VocabularyTerm, ...]) -> Vocabulary:
    """Return a vocabulary of these terms, point by point."""
    return Vocabulary(tuple((point, points[point.value]) for point in POINTS if point.value in points))


WORDS = words(
    niche=(
        term("e-sante", "e-santé", en="digital health", article="la", aliases=("esante", "healthtech")),
        term("jeu-video", "jeu vidéo", en="video games", article="le"),
        term("associations", "associations", en="non-profits", article="les"),
        term("hotellerie", "hôtellerie", en="hospitality", article="l'"),
        term("artisanat", "artisanat", en="crafts"),
    ),
    challenge=(
        term("fidelisation", "fidélisation", en="retention", phrase="fidéliser", en_phrase="keep people"),
        term("confiance", "confiance", en="trust", phrase="gagner la confiance", en_phrase="earn trust"),
        term("notoriete", "notoriété", en="awareness"),
    ),
    service=(
        term("service-client", "service client", en="customer service", article="le"),
        term("communication", "communication", en="communications", article="la"),
        term("achats", "achats", en="purchasing", article="les"),
        term("innovation", "innovation", en="innovation", article="la"),
        term("terrain", "terrain", en="field work"),
    ),
    locality=(
        term("france", "France", en="France", phrase="en France", en_phrase="in France"),
        term("paris", "Paris", en="Paris", phrase="à Paris", en_phrase="in Paris", within="france"),
        term("lyon", "Lyon", en="Lyon", within="france"),
    ),
    scope=(term("internal", "interne", en="internal"), term("external", "externe", en="external")),
    presence=(term("offline", "hors ligne", en="offline"), term("online", "en ligne", en="online")),
)


SILENT = Mask()


def speech(of: Mask = SILENT, *, vocabulary: Vocabulary = WORDS, language: str = "fr") -> Speech:
    """Return what a body may speak of under a mask."""
    return Speech(
        mask=mask_words(of, vocabulary, language),
        profile=ProfileWords("sante", "Community manager", language, Extra((("tone", "direct"),))),
        author=Author(name="Camille Martin", email="camille@example.org"),
        site=SiteWords("Carnet", "Notes", "https://example.org/", Language(language), Extra()),
    )
