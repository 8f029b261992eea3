"""Leaks: which files give a secret away, and by what."""

from __future__ import annotations

from builders import PLACE
from cmsite.digest import digest_bytes
from cmsite.shape.report.leaks import Secret
from shape.report.leaks.editions import leaks_in

RUN = "Trois semaines d'écoute avant le premier message"
POST = Secret(
    "the post `x`", PLACE, ("méthode", "Écouter d'abord", RUN), frozenset({"tableau", "colonnes", "rancunes"})
)
NAME = Secret("the target `Ovéa`", PLACE, ("Ovéa",), name=True)
PICTURE = Secret("the file `a.png`", PLACE, (), digest=digest_bytes(b"\x89PNG a"))


def given_away(files: dict[str, bytes], *, written: bool = True) -> list[tuple[str, str, str]]:
    leaks = leaks_in(files, (POST, NAME, PICTURE), written=written)
    return [(leak.secret.what, leak.path, leak.telltale) for leak in leaks]


def test_a_file_that_says_nothing_of_a_secret_gives_nothing_away() -> None:
    assert given_away({"index.html": b"<p>Une salle et son tableau.</p>", "a.png": b"\x89PNG b"}) == []


def test_a_file_is_told_once_for_each_secret_that_it_gives_away() -> None:
    page = f"<p>{RUN}, {RUN}. Méthode ! Ov&eacute;a".encode()
    assert [leak[:2] for leak in given_away({"a.html": page, "b.html": page})] == [
        ("the post `x`", "a.html"),
        ("the target `Ovéa`", "a.html"),
        ("the post `x`", "b.html"),
        ("the target `Ovéa`", "b.html"),
    ]


def test_a_files_name_gives_away_as_well() -> None:
    assert given_away({"tags/methode/index.html": b""}) == [
        ("the post `x`", "tags/methode/index.html", "méthode")
    ]


def test_a_few_words_of_a_secrets_own_give_it_away_together() -> None:
    assert given_away({"words.json": b'{"words": ["tableau", "rancunes"]}'}) == []
    assert given_away({"words.json": b'{"words": ["tableau", "rancunes", "COLONNES"]}'}) == [
        ("the post `x`", "words.json", "colonnes, rancunes, tableau")
    ]


def test_in_files_of_the_authors_short_words_give_nothing_away() -> None:
    note = "Écouter d'abord : la méthode. Un tableau, des colonnes, des rancunes.".encode()
    assert given_away({"a.txt": note}, written=False) == []
    assert given_away({"methode.txt": b""}, written=False) == []
    assert given_away({"ecouter-d-abord.txt": b""}, written=False) != []


def test_names_and_runs_give_away_in_any_file() -> None:
    assert given_away({"a.txt": f"{RUN} chez Ovéa".encode()}, written=False) == [
        ("the post `x`", "a.txt", RUN),
        ("the target `Ovéa`", "a.txt", "Ovéa"),
    ]


def test_the_same_bytes_give_a_file_away_under_any_name() -> None:
    for written in (True, False):
        assert given_away({"b/c.bin": b"\x89PNG a"}, written=written) == [
            ("the file `a.png`", "b/c.bin", PLACE.path)
        ]


def test_what_is_told_of_a_leak_is_what_is_written_first() -> None:
    runs = tuple(
        f"{word} entre ici sans que personne ne la voie" for word in ("une", "deux", "trois", "quatre")
    )
    secret = Secret("the post `y`", PLACE, runs)
    (leak,) = leaks_in({"a.html": ", ".join(reversed(runs)).encode()}, (secret,))
    assert leak.telltale == runs[0]
