"""The mask's picture says what the mask says, in words and in lines, and no two words meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import PLACE, mask
from cmsite.model import POINTS, Localised, Mask, Point, Term, Terms, Vocabulary, VocabularyTerm
from cmsite.shape.picture import draw_mask
from cmsite.shape.picture_face import mark_of
from cmsite.shape.picture_layout import ANCHORS
from cmsite.shape.picture_words import WORDS, printable
from shape.words import WORDS as VOCABULARY

SVG = "{http://www.w3.org/2000/svg}"
EM = 0.62  # a conservative width of a character
PROFILES = {
    "sante": mask(
        niche="e-sante",
        challenge=("fidelisation", "confiance"),
        service="service-client",
        locality="paris",
        scope="external",
        presence=("online", "offline"),
    ),
    "jeu": mask(
        niche="jeu-video",
        challenge=("retours des utilisateurs", "lancement"),
        service="développement produit",
        locality="lyon",
        scope=("internal", "external"),
        presence="online",
    ),
    "libre": mask(
        niche="logiciel libre",
        challenge=("modération", "notoriete"),
        service="communication",
        locality="Londres",
    ),
    "asso": mask(
        niche=("associations", "culture"),
        challenge=("entraide", "recrutement"),
        service="ressources humaines",
        locality="Rennes",
        scope="internal",
        presence="offline",
    ),
}
LABELS = st.text(st.sampled_from("aeéèçœßmwMWÎ 日-—'\"&<>;…0123"), min_size=1, max_size=60).filter(str.strip)
NAMES = tuple(Term(f"term-{number}") for number in range(8))


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a text may take."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def terms() -> st.SearchStrategy[Terms]:
    return st.lists(st.sampled_from(NAMES), max_size=8, unique=True).map(tuple)


def masks() -> st.SearchStrategy[Mask]:
    return st.builds(Mask, **{point.value: terms() for point in POINTS})


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Return vocabularies with any labels, in which some points are free."""
    declared = [point for point in POINTS if draw(st.booleans())]
    return Vocabulary(
        tuple((point, tuple(entry(name, draw(LABELS)) for name in NAMES)) for point in declared)
    )


def entry(name: str, label: str) -> VocabularyTerm:
    return VocabularyTerm(Term(name), Localised((("", label),)), None, None, (), None, PLACE)


def labels_of(mask_: Mask, point: Point, vocabulary: Vocabulary) -> list[str]:
    known = {each.term: each.label.told_in("fr") for each in vocabulary.terms(point)}
    return [known.get(term, term) for term in mask_[point]]


def svg(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def said(picture: str, name: str = "desc") -> str:
    text = svg(picture).findtext(f"{SVG}{name}")
    assert text
    return text


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in svg(picture).iter(f"{SVG}text")]


def boxes(picture: str) -> list[Box]:
    """Return the boxes of all texts, by the size and the anchor that they inherit."""
    found: list[Box] = []

    def visit(element: ET.Element, size: float, anchor: str, shift: float) -> None:
        size, anchor = float(element.get("font-size", size)), element.get("text-anchor", anchor)
        if element.tag == f"{SVG}text":
            x, y, width = shift + float(element.get("x", 0)), float(element.attrib["y"]), size * EM
            width *= len(element.text or "")
            left = x - width if anchor == "end" else x
            found.append(Box(element.text or "", left, y - 0.8 * size, left + width, y + 0.25 * size))
        moved = re.fullmatch(r"translate\((-?[\d.]+)\)", element.get("transform", ""))
        for child in element:
            visit(child, size, anchor, shift + (float(moved[1]) if moved else 0))

    visit(svg(picture), 16, "start", 0)
    return found


def assert_every_word_has_its_room(picture: str) -> None:
    _, _, width, height = map(float, svg(picture).attrib["viewBox"].split())
    found = boxes(picture)
    for box in found:
        assert box.left >= 0, box
        assert box.top >= 0, box
        assert box.right <= width, box
        assert box.bottom <= height, box
    for one, other in combinations(found, 2):
        assert not one.meets(other), (one, other)


@given(vocabularies(), masks())
@settings(max_examples=60, deadline=None)
def test_the_description_says_every_point_with_all_its_labels(vocabulary: Vocabulary, some: Mask) -> None:
    sentences = []
    for point, name in zip(POINTS, WORDS["fr"].points, strict=True):
        labels = ", ".join(printable(label) for label in labels_of(some, point, vocabulary))
        sentences.append(f"{name}\u00a0: {labels or 'non précisé'}.")
    assert said(draw_mask(some, vocabulary, "fr")) == " ".join(sentences)


@given(vocabularies(), masks(), masks())
@settings(max_examples=60, deadline=None)
def test_the_description_of_two_masks_says_whose_each_label_is(
    vocabulary: Vocabulary, one: Mask, other: Mask
) -> None:
    told = said(draw_mask(one, vocabulary, "en", other=other, names=("Ann", "Bob")))
    for point in POINTS:
        first, second = one[point], other[point]
        for terms_, words in (
            ([term for term in first if term in second], "shared"),
            ([term for term in first if term not in second], "only Ann"),
            ([term for term in second if term not in first], "only Bob"),
        ):
            labels = labels_of(replace(Mask(), **{point.value: tuple(terms_)}), point, vocabulary)
            if labels:
                assert f"{', '.join(printable(label) for label in labels)} ({words})" in told


@given(vocabularies(), masks(), st.none() | masks())
@settings(max_examples=100, deadline=None)
def test_no_word_leaves_the_picture_or_meets_another(
    vocabulary: Vocabulary, some: Mask, other: Mask | None
) -> None:
    assert_every_word_has_its_room(
        draw_mask(some, vocabulary, "fr", other=other, names=("un " * 60, "b" * 90))
    )


@given(vocabularies(), masks(), st.none() | masks())
@settings(max_examples=30, deadline=None)
def test_the_same_mask_gives_the_same_bytes(vocabulary: Vocabulary, some: Mask, other: Mask | None) -> None:
    assert draw_mask(some, vocabulary, "fr", other=other) == draw_mask(some, vocabulary, "fr", other=other)


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_s_picture_weighs_less_than_six_kilobytes(name: str) -> None:
    assert len(draw_mask(PROFILES[name], VOCABULARY, "fr", names=(name,)).encode()) < 6000


@pytest.mark.parametrize(("one", "other"), tuple(combinations(PROFILES, 2)))
def test_two_profiles_laid_one_on_the_other_weigh_less_than_six_kilobytes(one: str, other: str) -> None:
    picture = draw_mask(PROFILES[one], VOCABULARY, "fr", other=PROFILES[other], names=(one, other))
    assert len(picture.encode()) < 6000
    assert_every_word_has_its_room(picture)


@pytest.mark.parametrize("name", PROFILES)
def test_a_mask_against_itself_shares_everything(name: str) -> None:
    picture = draw_mask(PROFILES[name], VOCABULARY, "fr", other=PROFILES[name], names=(name, name))
    assert "en commun" in said(picture)
    assert "seulement" not in picture


def test_a_stated_point_is_drawn_with_a_line_for_each_term() -> None:
    def lines(**points: tuple[str, ...]) -> int:
        picture = svg(draw_mask(mask(**points), VOCABULARY, "fr"))
        group = next(each for each in picture.iter(f"{SVG}g") if each.get("class") == "mask-lines")
        solid = [path for path in group if not path.get("stroke-dasharray")]
        return sum(path.attrib["d"].count("M") for path in solid)

    assert lines() == 0
    assert lines(niche=("e-sante",)) == 1
    assert lines(niche=("e-sante", "jeu-video", "artisanat"), locality=("paris",)) == 4


def test_a_point_that_states_nothing_is_said_in_words_and_its_mark_is_empty() -> None:
    picture = draw_mask(Mask(), VOCABULARY, "en")
    assert texts(picture).count("not stated") == len(POINTS)
    marks = next(each for each in svg(picture).iter(f"{SVG}g") if each.get("class") == "mask-marks")
    assert all(path.get("fill") is None for path in marks.iter(f"{SVG}path"))


def test_terms_beyond_the_fourth_are_counted_and_still_described() -> None:
    picture = draw_mask(mask(niche=("a", "b", "c", "d", "e", "f")), Vocabulary(), "fr")
    assert "… +2" in texts(picture)
    assert "e" not in texts(picture)
    assert "a, b, c, d, e, f" in said(picture)


def test_a_long_label_is_folded_and_a_longer_one_cut() -> None:
    folded = draw_mask(mask(locality="Auvergne-Rhône-Alpes"), Vocabulary(), "fr")
    assert {"Auvergne-", "Rhône-Alpes"} <= set(texts(folded))
    cut = draw_mask(mask(locality="un territoire " * 9), Vocabulary(), "fr")
    assert any(text.endswith("…") for text in texts(cut))


def test_two_pictures_with_prefixes_of_their_own_share_no_id() -> None:
    def ids(prefix: str) -> set[str]:
        picture = draw_mask(PROFILES["sante"], VOCABULARY, "fr", prefix=prefix)
        found = [each.attrib["id"] for each in svg(picture).iter() if "id" in each.attrib]
        assert len(found) == len(set(found))
        named = {svg(picture).attrib[key] for key in ("aria-labelledby", "aria-describedby")}
        assert named | set(re.findall(r"url\(#([^)]+)\)", picture)) == set(found)
        return set(found)

    assert not ids("home") & ids("about")


def test_a_strict_page_may_carry_the_picture_and_both_colour_schemes_suit_it() -> None:
    picture = svg(draw_mask(PROFILES["sante"], VOCABULARY, "fr", other=PROFILES["libre"]))
    clearing = next(picture.iter(f"{SVG}mask"))
    cut = set(clearing.iter())
    for element in picture.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "mask", "path", "text"}
        assert not {"style", "width", "height", "href"} & set(element.attrib) or element is clearing
        if element not in cut:
            colours = {element.attrib.get("fill"), element.attrib.get("stroke")}
            assert colours <= {None, "none", "currentColor"}
    assert picture.attrib["role"] == "img"


def test_the_title_names_whose_masks_these_are() -> None:
    some = PROFILES["sante"]
    assert said(draw_mask(some, VOCABULARY, "fr"), "title") == "Le masque, en six points"
    named = draw_mask(some, VOCABULARY, "en", names=("Camille <Martin>",))
    assert said(named, "title") == "Camille <Martin>: the mask, in six points"
    laid = draw_mask(some, VOCABULARY, "fr", other=some, names=("sante", "jeu"))
    assert said(laid, "title") == "sante et jeu\u00a0: deux masques l’un sur l’autre"
    assert "A and B" in said(draw_mask(some, VOCABULARY, "en", other=some), "title")


def test_characters_that_xml_cannot_hold_leave_the_picture_valid() -> None:
    picture = draw_mask(mask(niche="a\x00b\x1f\n c\ufffe"), Vocabulary(), "fr", names=("x\x0by",))
    assert "Secteur\u00a0: a b c." in said(picture)


def test_the_rows_of_words_stand_where_the_mask_has_its_marks() -> None:
    assert tuple(mark_of(point)[1] for point in POINTS[::2]) == pytest.approx(ANCHORS, abs=0.05)
    for left, right in zip(POINTS[::2], POINTS[1::2], strict=True):
        assert mark_of(left) == pytest.approx((-mark_of(right)[0], mark_of(right)[1]))
