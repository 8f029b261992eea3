"""A file would be composed as it was when its edition is the same, and the texts that it asked for are."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from cmsite.model import Slug
from cmsite.shape.basis import Basis, EditionBasis, FileBasis, TextBasis, Unmoved, numbered
from cmsite.shape.texts import Gist

GIST = Gist(2, "Un texte.", (), (), "says", ())
BEFORE = EditionBasis("context", tuple(TextBasis(Slug(slug), f"mark-{slug}", GIST) for slug in "abc"))
FILE = FileBasis(0, "", (2, 5))  # the gist of b, the whole of c


def edited(slug: str, **gist: Any) -> EditionBasis:
    texts = (
        replace(text, mark="other", gist=replace(GIST, **gist)) if text.slug == slug else text
        for text in BEFORE.texts
    )
    return replace(BEFORE, texts=tuple(texts))


def would_be(now: EditionBasis, *, file: FileBasis = FILE, tie: str = "") -> bool:
    return Unmoved(Basis((BEFORE,), {"x.html": file}), now).would_be("x.html", tie) is not None


def test_a_file_of_an_edition_that_is_the_same_would_be_the_same() -> None:
    assert would_be(BEFORE)


def test_a_text_that_was_not_asked_for_moves_nothing() -> None:
    assert would_be(edited("a", minutes=9))


def test_of_a_text_whose_gist_was_asked_for_only_that_counts() -> None:
    assert would_be(edited("b"))
    assert would_be(edited("b", says="other", files=("files/a.pdf",)))
    assert not would_be(edited("b", minutes=3))
    assert not would_be(edited("b", excerpt="Autre."))


def test_of_a_text_that_was_asked_for_whole_every_word_counts() -> None:
    assert not would_be(edited("c"))


def test_in_another_edition_nothing_is_known() -> None:
    assert not would_be(replace(BEFORE, context="other"))
    assert not would_be(replace(BEFORE, context=""))
    assert not Unmoved(
        Basis((replace(BEFORE, context=""),), {"x": FILE}), replace(BEFORE, context="")
    ).would_be("x", "")


def test_a_file_of_another_edition_of_the_same_name_is_not_known() -> None:
    assert not would_be(BEFORE, file=replace(FILE, edition=1))


def test_what_a_page_says_of_other_editions_counts() -> None:
    assert not would_be(BEFORE, tie="canonical elsewhere")


def test_a_file_that_was_not_there_is_not_known() -> None:
    assert Unmoved(Basis((BEFORE,), {}), BEFORE).would_be("x.html", "") is None


def test_texts_are_numbered_in_their_order() -> None:
    numbers = {Slug("a"): 0, Slug("b"): 1, Slug("c"): 2}
    assert numbered([(Slug("c"), True), (Slug("b"), False)], numbers) == FILE.asked
