"""A profile made of answers reads as it was answered, whatever the vocabulary, and is all that changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import mask
from cmsite.errors import ProblemsFound, Refused
from cmsite.model import FIXED_TERMS, POINTS, Answers, Language, NewTerm, Place, Point, Slug, Term, Vocabulary
from cmsite.read.answers import read_answers
from cmsite.read.site import read_site
from cmsite.read.source import decode
from cmsite.who import Introduced, introduce, read_before
from site_folder import SiteFolder

FR = Language("fr")
RE = NewTerm(Point.LOCALITY, Term("ile-de-re"), "Île de Ré")


def me(*added: NewTerm, name: str = "moi", **points: str | list[str]) -> Answers:
    return Answers(Slug(name), FR, "Community manager", mask(**points), added)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


# what is written


def test_a_profile_is_written_as_its_author_would_have(site: SiteFolder) -> None:
    introduce(site.root, me(niche=["e-sante", "jeu-video"], locality="paris"), language=Language("en"))
    assert (site.root / "profiles/moi.yml").read_text(encoding="utf-8") == (
        "# One audience, in six points. cmsite wrote this file, and it is yours now.\n"
        "language: fr\n"
        "headline: Community manager\n"
        "\n"
        "# The mask: which community manager is this? A point left out states nothing and closes no door.\n"
        "mask:\n"
        "  niche: [e-sante, jeu-video]\n"
        "  # challenge:  (which problem, which goal)\n"
        "  # service:  (which place in the organisation)\n"
        "  locality: paris\n"
        "  # scope:  (internal, external or both)\n"
        "  # presence:  (offline, online or both)\n"
        "\n"
        "# What this profile words differently from cmsite.yml: take the `#` away.\n"
        "# site:\n"
        "#   title: a title for this audience\n"
        "#   description: a sentence for this audience\n"
    )


def test_a_mask_that_states_nothing_is_one(site: SiteFolder) -> None:
    introduce(site.root, Answers(Slug("moi"), FR, "", mask()), language=FR)
    profile = read_before(site.root).profiles[0]
    assert (profile.name, profile.mask, profile.headline) == ("moi", mask(), "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_commented_out_is_right_when_the_sign_is_taken_away(site: SiteFolder, language: str) -> None:
    introduce(site.root, me(niche="e-sante"), language=Language(language))
    file = site.root / "profiles/moi.yml"
    text, mark, commented = file.read_text(encoding="utf-8").partition("# site:\n")
    site.write("profiles/moi.yml", text + (mark + commented).replace("# ", "").replace("#  ", "  "))
    profile = read_before(site.root).profiles[0]
    assert profile.site.title
    assert profile.site.description


def test_the_schema_is_named_as_the_other_profiles_name_it(site: SiteFolder) -> None:
    line = "# yaml-language-server: $schema=../schemas/profile.json\n"
    site.write("profiles/sante.yml", f"{line}mask: {{niche: e-sante}}\n")
    introduce(site.root, me(niche="e-sante"), language=FR)
    assert (site.root / "profiles/moi.yml").read_text(encoding="utf-8").startswith(f"{line}\n# Un public")


def test_a_new_term_stands_in_mask_yml_with_the_words_of_its_author(site: SiteFolder) -> None:
    before = (site.root / "mask.yml").read_text(encoding="utf-8")
    told = introduce(site.root, me(RE, locality="ile-de-re"), language=FR)
    assert told.added == (RE,)
    assert told.site.vocabulary == read_before(site.root).vocabulary
    after = (site.root / "mask.yml").read_text(encoding="utf-8")
    assert after == before + "  ile-de-re: {label: Île de Ré}\n"


def test_a_term_that_somebody_has_declared_meanwhile_is_not_declared_twice(site: SiteFolder) -> None:
    introduce(site.root, me(RE, locality="ile-de-re"), language=FR)
    assert introduce(site.root, me(RE, name="autre", locality="ile-de-re"), language=FR).added == ()


def test_a_link_within_the_site_stays_one(site: SiteFolder) -> None:
    site.write("words/mask.yml", (site.root / "mask.yml").read_bytes()).delete("mask.yml")
    (site.root / "mask.yml").symlink_to("words/mask.yml")
    introduce(site.root, me(RE, locality="ile-de-re"), language=FR)
    assert (site.root / "mask.yml").is_symlink()
    assert b"Ile" not in (site.root / "words/mask.yml").read_bytes()
    assert "Île de Ré" in (site.root / "words/mask.yml").read_text(encoding="utf-8")


def test_the_permissions_of_mask_yml_stay(site: SiteFolder) -> None:
    (site.root / "mask.yml").chmod(0o640)
    introduce(site.root, me(RE, locality="ile-de-re"), language=FR)
    assert (site.root / "mask.yml").stat().st_mode & 0o777 == 0o640


# the lead profile


def lead(site: SiteFolder, name: str = "moi") -> str:
    problem = introduce(site.root, me(name=name), language=FR).lead
    return problem.what if problem else ""


def test_the_first_profile_of_a_site_leads(tmp_path: Path) -> None:
    assert lead(SiteFolder(tmp_path / "site").write("cmsite.yml", "")) == ""


def test_the_second_profile_makes_one_of_them_lead(site: SiteFolder) -> None:
    assert lead(site) == "no lead profile is named"


def test_a_site_that_names_its_lead_has_one(site: SiteFolder) -> None:
    site.write("cmsite.yml", "profile: sante\n")
    assert lead(site) == ""


def test_the_lead_profile_that_a_new_site_names_can_be_made(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write("cmsite.yml", "profile: camille\n")
    assert lead(site) == "there is no profile `camille`"
    assert lead(site, "camille") == ""


# what is refused, with nothing written


def refused(site: SiteFolder, answers: Answers) -> str:
    before = files(site.root)
    with pytest.raises(Refused) as caught:
        introduce(site.root, answers, language=FR)
    assert files(site.root) == before
    return f"{caught.value.message} ({caught.value.hint})"


def test_a_profile_is_never_overwritten(site: SiteFolder) -> None:
    assert refused(site, me(RE, name="sante", locality="ile-de-re")) == (
        "profiles/sante.yml is there already (give the profile another name, or move that file away first)"
    )
    (site.root / "profiles/moi.yml").symlink_to("nowhere")
    assert "moi.yml is there already" in refused(site, me())


def test_a_mask_yml_that_has_no_room_is_left_and_the_author_is_told_what_to_add(site: SiteFolder) -> None:
    text = (site.root / "mask.yml").read_bytes()
    site.write("mask.yml", text + b"#" * (64 * 1024 - len(text) - 8) + b"\n")
    assert refused(site, me(RE, locality="ile-de-re")) == (
        "mask.yml is written in a way that cmsite cannot extend safely "
        "(under `locality:` add `ile-de-re: {label: Île de Ré}`, and ask again)"
    )


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write("cmsite.yml", "").write("profiles", "x")
    assert "profiles is not a folder" in refused(site, me())


def test_a_site_that_the_answers_no_longer_suit_is_left(site: SiteFolder) -> None:
    before = files(site.root)
    with pytest.raises(ProblemsFound) as caught:
        introduce(site.root, me(niche="cuisine"), language=FR)
    assert [problem.code for problem in caught.value.problems] == ["unknown-term"]
    site.write("mask.yml", "niche: {soins: {aliases: [e-sante]}}\n")
    assert "just been changed" in refused_now(site, me(niche="e-sante"))
    assert set(files(site.root)) == set(before)


def refused_now(site: SiteFolder, answers: Answers) -> str:
    with pytest.raises(Refused) as caught:
        introduce(site.root, answers, language=FR)
    return caught.value.message


# the law

TERMS = ("e-sante", "no", "75001", "null", "1e3", "île", "a b", "Paris", "x.y", "jeu-video")
LABELS = ("e-santé", "l'été : ici", "Île-de-Ré # 2", "no", "« Oui » ?", "{x}", "日本", "à, b", "🎉 fête")
WORDS = st.sampled_from((*TERMS, *LABELS)) | st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12
)
FREE = tuple(point for point in POINTS if point not in FIXED_TERMS)


@st.composite
def vocabularies(draw: st.DrawFn) -> bytes:
    """Return a mask.yml as people write it: in lines, in braces, with comments, from any system."""
    pieces = []
    for point in draw(st.permutations(POINTS)):
        shape = draw(st.sampled_from(["absent", "empty", "braces", "lines", "short lines"]))
        terms = (
            FIXED_TERMS[point]
            if point in FIXED_TERMS
            else draw(st.lists(st.sampled_from(TERMS), unique=True))
        )
        if shape == "absent" or (shape != "empty" and not terms and point in FIXED_TERMS):
            continue
        words = {term: json.dumps(draw(st.sampled_from(LABELS)), ensure_ascii=False) for term in terms}
        margin = " " * draw(st.integers(1, 4))
        if shape == "empty" or (not terms and "lines" in shape):
            pieces.append(f"{point}:  # nothing yet\n")
        elif shape == "braces":
            inside = draw(st.sampled_from([", ", ",\n  ", " ,  # a comment\n  "])).join(
                f'"{term}": {{label: {label}}}' for term, label in words.items()
            )
            pieces.append(f"{point}: {{{inside}{draw(st.sampled_from(['', ' ', chr(10) + ' ']))}}}\n")
        else:
            lines = (
                f'{margin}"{term}": {{label: {label}}}  # {term}\n'
                if shape == "short lines"
                else f'{margin}"{term}":\n{margin}  # words\n{margin}  label: {label}\n'
                for term, label in words.items()
            )
            pieces.append(f"{point}:\n{''.join(lines)}")
        pieces.append(draw(st.sampled_from(["", "\n", "\n# the next one\n", "  # far in\n"])))
    text = "".join(pieces) if draw(st.booleans()) else "".join(pieces).rstrip()
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


@st.composite
def said(draw: st.DrawFn) -> str:
    """Return a file of answers."""
    points: dict[str, object] = {point.value: draw(st.lists(WORDS, max_size=3)) for point in FREE}
    for point, terms in FIXED_TERMS.items():
        points[point.value] = draw(st.lists(st.sampled_from(terms)))
    name = draw(st.sampled_from(["moi", "a-1", "2026"]))
    headline = draw(WORDS)
    return json.dumps({"profile": name, "headline": headline, **points}, ensure_ascii=False)


def attempted(site: SiteFolder, text: str) -> tuple[Answers, Introduced] | None:
    """Return what becomes of answers; None when they hold a mistake, which is told."""
    try:
        answers = read_answers(decode(text.encode(), "me.yml"), read_before(site.root), language=FR)
    except ProblemsFound:
        return None
    return answers, introduce(site.root, answers, language=FR)


@examples(max_examples=80)
@given(vocabularies(), said())
def test_whatever_is_answered_the_profile_reads_so_and_every_old_term_stays(
    tmp_path_factory: pytest.TempPathFactory, words: bytes, text: str
) -> None:
    site = SiteFolder(tmp_path_factory.mktemp("site")).write("cmsite.yml", "language: fr\n")
    try:
        read_before(site.write("mask.yml", words).root)
    except ProblemsFound:
        return
    before, old = files(site.root), read_before(site.root).vocabulary
    made = attempted(site, text)
    if made is None:
        assert files(site.root) == before
        return
    answers, told = made
    reading = read_site(site.root)  # which raises for any mistake
    (profile,) = reading.site.profiles
    assert (profile.mask, profile.headline) == (answers.mask, answers.headline)
    assert unplaced(reading.site.vocabulary, without=told.added) == unplaced(old)
    after = files(site.root)
    assert is_woven_into(words.decode(), after.pop("mask.yml").decode())
    assert {**after, "mask.yml": words} == {**before, told.path: after[told.path]}


def unplaced(words: Vocabulary, *, without: tuple[NewTerm, ...] = ()) -> Mapping[Point, object]:
    fresh = {(term.point, term.term) for term in without}
    return {
        point: [replace(term, place=Place("")) for term in terms if (point, term.term) not in fresh]
        for point, terms in words.points
    }


def is_woven_into(old: str, new: str) -> bool:
    """Return whether every sign of the old text stands in the new one, in its order."""
    signs = iter(new)
    return all(sign in signs for sign in old)
