"""The words that an author uses for terms mean what they say, whatever the accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import mask, post, profile
from cmsite.model import POINTS, Language, Point, Settings, Site, Slug, Vocabulary
from cmsite.read.meaning import Meaning, Sense, gather, known_terms, understand
from read.told import words

TEXT = """\
niche:
  e-sante: {label: {fr: e-santé, en: digital health}, aliases: [esante, Santé!]}
  jeu-video: {label: {fr: jeu vidéo, en: video games}}
  jeu: {label: {fr: le jeu, en: play}}
  jouer: {label: {fr: jouer, en: play}}
locality:
  ile-de-france: {label: Île-de-France}
  lyon: {label: Lyon}
"""


def site(*, vocabulary: Vocabulary | None = None) -> Site:
    """Return a site whose challenges are free, and used in one spelling."""
    used = post(challenge="Fidéliser les gens"), post("autre", barred=mask(challenge="durer"))
    return Site(Settings(), vocabulary or words(TEXT), (profile(),), posts=used)


def sense(word: str, point: str = "niche") -> tuple[Sense, tuple[str, ...]]:
    meaning = understand(word, Point(point), site())
    return meaning.sense, meaning.terms


@pytest.mark.parametrize(
    "word",
    ["e-sante", "esante", "e-santé", "E-Santé", "digital health", "Digital  Health", "Santé!", "sante"],
)
def test_a_term_is_known_by_each_of_its_names(word: str) -> None:
    assert sense(word) == (Sense.KNOWN, ("e-sante",))


def test_a_term_goes_before_the_label_of_another() -> None:
    assert sense("jeu") == (Sense.KNOWN, ("jeu",))


def test_the_label_of_several_terms_means_none_of_them_for_sure() -> None:
    assert sense("Play") == (Sense.SEVERAL, ("jeu", "jouer"))


@pytest.mark.parametrize(
    ("word", "point", "term"),
    [
        ("Lyno", "locality", "lyon"),
        ("lion", "locality", "lyon"),
        ("jeux vidéos", "niche", "jeu-video"),
        ("digitel health", "niche", "e-sante"),
        ("fideliser les gen", "challenge", "Fidéliser les gens"),
    ],
)
def test_a_slip_is_near_to_a_term(word: str, point: str, term: str) -> None:
    assert sense(word, point) == (Sense.NEAR, (term,))


@pytest.mark.parametrize("word", ["Île de Ré", "Rennes", "Lille"])
def test_a_word_of_its_own_is_new(word: str) -> None:
    assert sense(word, "locality") == (Sense.NEW, ())


def test_a_new_term_is_a_slug_where_terms_are_declared_and_the_word_itself_where_they_are_free() -> None:
    assert understand("Île de Ré", Point.LOCALITY, site()).new == "ile-de-re"
    assert understand("Île de Ré", Point.SERVICE, site()).new == "Île de Ré"


def test_a_free_point_knows_the_terms_that_the_site_uses_there() -> None:
    assert [entry.term for entry in known_terms(site(), Point.CHALLENGE)] == ["Fidéliser les gens", "durer"]
    assert sense("fidéliser LES gens", "challenge") == (Sense.KNOWN, ("Fidéliser les gens",))


def test_a_fixed_point_takes_its_own_terms_only() -> None:
    assert sense("interne", "scope") == (Sense.KNOWN, ("internal",))
    assert sense("externl", "scope") == (Sense.FIXED, ("external",))
    assert sense("partout", "scope") == (Sense.FIXED, ())


@pytest.mark.parametrize("word", ["", "!!", "…", "a" * 151])
def test_what_has_no_address_is_no_term(word: str) -> None:
    assert sense(word) == (Sense.UNTELLABLE, ())


def test_a_slip_of_a_word_that_says_nothing_for_sure_is_told_as_such() -> None:
    assert sense("Plaay") == (Sense.NEAR, ("jeu",))


def answers(**points: list[str]) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str, str]]]:
    """Return the mask that words give, and what mask.yml has to declare."""
    meanings = {
        Point(name): [understand(word, Point(name), site()) for word in said] for name, said in points.items()
    }
    told = gather(site(), meanings, profile=Slug("a"), headline="", language=Language("fr"))
    added = [(new.point.value, str(new.term), new.label) for new in told.added]
    return {point.value: terms for point, terms in told.mask.stated()}, added


def test_answers_are_a_mask_and_the_terms_that_mask_yml_lacks() -> None:
    stated, added = answers(niche=["esante", "Cuisine"], locality=["Île de Ré"], service=["La cave"])
    assert stated == {"niche": ("e-sante", "cuisine"), "service": ("La cave",), "locality": ("ile-de-re",)}
    assert added == [("niche", "cuisine", "Cuisine"), ("locality", "ile-de-re", "Île de Ré")]


def test_two_words_of_one_address_are_one_term_spelt_like_the_first() -> None:
    stated, added = answers(niche=["esante", "e-sante", "Cuisine", "cuisine!"], service=["Là", "la"])
    assert stated == {"niche": ("e-sante", "cuisine"), "service": ("Là",)}
    assert added == [("niche", "cuisine", "Cuisine")]


@given(st.text(), st.sampled_from(POINTS))
def test_every_word_means_something_that_can_be_told(word: str, point: Point) -> None:
    meaning = understand(word, point, site())
    known = {entry.term for entry in known_terms(site(), point)}
    assert set(meaning.terms) <= known
    assert bool(meaning.terms) or meaning.sense in (Sense.NEW, Sense.FIXED, Sense.UNTELLABLE)
    assert (meaning.new != "") == (meaning.sense in (Sense.NEW, Sense.NEAR))
    assert isinstance(meaning, Meaning)
    assert meaning.new not in known
