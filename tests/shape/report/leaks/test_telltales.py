"""Tell-tales: how a text is cut into them, and how many are looked for at once."""

from __future__ import annotations

import pytest

from cmsite.shape.report.leaks.plain import plain
from cmsite.shape.report.leaks.telltales import RUN, SURE, pieces_of, rare_words, runs_of, search_for

SENTENCE = "Trois semaines d'écoute avant le premier message, et un carnet pour tout noter au fil des jours."


def test_the_runs_of_a_paragraph_are_the_whole_of_it() -> None:
    assert " ".join(runs_of(SENTENCE)) == SENTENCE
    assert all(len(plain(run).letters) >= RUN for run in runs_of(SENTENCE))


@pytest.mark.parametrize(
    "body",
    [
        f"{SENTENCE}\n\n{SENTENCE}",
        f"- {SENTENCE}\n- {SENTENCE}",
        f"{SENTENCE} [{SENTENCE}](https://example.org/a_(b))",
        f"{SENTENCE}\n{{% if mask.niche %}}\n{SENTENCE}\n{{% endif %}}",
        f"{SENTENCE} {{{{ mask.niche }}}} {SENTENCE}",
        f"| {SENTENCE} | {SENTENCE} |",
        f"{SENTENCE} <span class='a'>{SENTENCE}</span>",
        f"## {SENTENCE} {{: .lead }}\n{SENTENCE}",
    ],
)
def test_a_run_never_goes_over_what_a_page_sets_apart(body: str) -> None:
    whole = plain(SENTENCE).letters
    assert [run for run in runs_of(body) if plain(run).letters not in whole] in (
        [],
        ["(https://example.org/a_(b))"],
    )
    assert "".join(plain(run).letters for run in runs_of(body)).count(whole) == 2


def test_a_body_too_short_for_a_run_is_one_tell_tale() -> None:
    assert runs_of("Un **texte**.\n") == ("Un **texte**.",)
    assert runs_of("{% if mask.niche %}\n") == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("  Le grand   bal ", ("Le grand bal",)),
        ("Un <b>titre</b> gras", ("titre", "gras")),
        ("RH", ()),
        ("2026", ()),
        ("01 23 45 67 89", ("01 23 45 67 89",)),
        ("", ()),
    ],
)
def test_a_line_is_one_tell_tale_when_it_says_enough(text: str, pieces: tuple[str, ...]) -> None:
    assert pieces_of(text) == pieces


def test_rare_words_are_long_and_have_no_digits() -> None:
    assert rare_words("Une modération [x](https://example.org/abcdefgh) 123456789 **attentive**") == {
        "moderation",
        "attentive",
    }


def found(telltales: list[str], text: str, *, least: int = 0) -> list[str]:
    return sorted(search_for(telltales).found_in(plain(text), least=least))


def test_a_long_tell_tale_is_found_letter_by_letter() -> None:
    assert found(["avant de parler"], "écouter-avant-d'e<b>xx") == []
    assert found(["avant de parler"], "ecouteravantdeparlerxx") == ["avant de parler"]
    assert found(["avant de parler"], "Avant,\n1. de 3. par<em>ler") == ["avant de parler"]


def test_a_short_tell_tale_is_found_as_whole_words() -> None:
    assert found(["le bal", "art"], "Le bal de l'art") == ["art", "le bal"]
    assert found(["le bal", "art"], "Le balcon de l'artisan") == []


def test_tell_tales_that_begin_alike_are_told_apart() -> None:
    alike = ["les abonnés du matin", "les abonnés du soir"]
    assert found(alike, "pour les abonnés du soir") == ["les abonnés du soir"]


def test_only_those_of_a_length_can_be_asked_for() -> None:
    alike = ["art", "avant de parler", SENTENCE]
    assert found(alike, f"art {SENTENCE} avant de parler", least=SURE) == [SENTENCE, "avant de parler"]
    assert found(alike, f"art {SENTENCE} avant de parler", least=RUN) == [SENTENCE]
