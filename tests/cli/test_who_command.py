"""`cmsite who`: six questions, and a profile that answers them."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from builders import mask
from cmsite.cli.who import command
from cmsite.errors import ProblemsFound, Refused, UsageError
from cmsite.model import Profile
from cmsite.read.site import read_site
from site_folder import SiteFolder
from terminal import Terminal

SCHEMA = Path(__file__).parents[2] / "docs/reference/schemas/who.json"
NOTHING = ("", "", "", "", "", "")  # at the six points


def asked(site: SiteFolder, *typed: str, options: Sequence[str] = ()) -> Result:
    """Run the command and type these lines."""
    runner = CliRunner(env={"COLUMNS": "100"})
    return runner.invoke(command, list(options), input="".join(f"{line}\n" for line in typed), obj=site.root)


def answered(site: SiteFolder, text: str, *options: str) -> Result:
    """Run the command with a file of answers."""
    file = site.root.parent / "me.yml"
    file.write_text(text, encoding="utf-8")
    runner = CliRunner(env={"COLUMNS": "100"})
    return runner.invoke(command, ["--answers", str(file), *options], obj=site.root)


def profile(site: SiteFolder, name: str) -> Profile:
    return next(each for each in read_site(site.root, lead_needed=False).site.profiles if each.name == name)


def files(site: SiteFolder) -> dict[str, bytes]:
    root = site.root
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def told(result: Result) -> str:
    """Return what stood on standard error, with plain spaces."""
    return unicodedata.normalize("NFKC", result.stderr)


# asked, question by question


def test_the_answers_become_a_profile(site: SiteFolder) -> None:
    result = asked(
        site, "moi", "Community manager", "en", "1, Jeu vidéo", "durer", "", "Île de Ré; 2", "les deux", "2"
    )
    assert result.exception is None
    made = profile(site, "moi")
    assert (made.language, made.headline) == ("en", "Community manager")
    assert made.mask == mask(
        niche=["e-sante", "jeu-video"],
        challenge="durer",
        locality=["ile-de-re", "paris"],
        scope=["internal", "external"],
        presence="online",
    )
    assert "ile-de-re: {label: Île de Ré}" in (site.root / "mask.yml").read_text(encoding="utf-8")


def test_enter_takes_what_is_suggested_and_states_nothing(site: SiteFolder) -> None:
    assert asked(site, "", "", "", *NOTHING).exception is None
    made = profile(site, "camille-martin")  # the author of the site
    assert (made.language, made.headline, made.mask) == ("fr", "", mask())


def test_the_questions_are_asked_in_the_language_of_the_site_or_another(site: SiteFolder) -> None:
    assert "Quel community manager êtes-vous ?" in told(asked(site, "a", "", "", *NOTHING))
    english = asked(site, "b", "", "", *NOTHING, options=["--language", "en"])
    assert "What kind of community manager are you?" in told(english)
    assert "digital health" in told(english)
    assert profile(site, "b").language == "en"


def test_what_was_asked_and_what_comes_next_stand_beside_the_statement(site: SiteFolder) -> None:
    result = asked(site, "moi", "", "", "1", "", "", "Île de Ré", "", "")
    assert unicodedata.normalize("NFKC", result.stdout).splitlines()[-2:] == [
        "fr Mon métier : animer des communautés (secteur : e-santé) (lieu : Île de Ré).".replace(
            "fr ", "fr  "
        ),
        "en  My work: look after communities, in digital health (place: Île de Ré).",
    ]
    assert "profiles/moi.yml est écrit.\nAjouté à mask.yml : ile-de-re (territoire).\n" in told(result)
    assert "cmsite build -p moi" in told(result)
    assert "cmsite coverage -p moi" in told(result)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["Lyno", "o"], "« Lyno » ressemble à « Lyon ». Est-ce bien ce dernier ? (o/n) [o]: "),
        (["Lyno", "peut-être", "oui"], "Répondez o (oui) ou n (non)."),
        (["9", "lyon"], "Il n’y a pas de numéro 9 : donnez-en un de 1 à 3, ou un mot."),
        (["0", "3"], "Il n’y a pas de numéro 0 : donnez-en un de 1 à 3, ou un mot."),
        (["!!", "lyon"], "« !! » n’a ni lettre ni chiffre : donnez un mot."),
        (["é" * 160, "lyon"], "est trop long : 150 caractères au plus."),
    ],
)
def test_a_slip_is_told_and_asked_again(site: SiteFolder, typed: list[str], said: str) -> None:
    result = asked(site, "moi", "", "", "", "", "", *typed, "", "")
    assert said in told(result).replace(" : [", ": [").replace("] :", "]:")
    assert profile(site, "moi").mask == mask(locality="lyon")


def test_a_word_like_a_term_may_be_one_of_its_own(site: SiteFolder) -> None:
    asked(site, "moi", "", "", "", "", "", "Laon", "n", "", "")
    assert profile(site, "moi").mask == mask(locality="laon")


def test_a_postal_code_is_a_word_though_it_is_a_number(site: SiteFolder) -> None:
    asked(site, "moi", "", "", "", "", "", "17410", "", "")
    assert profile(site, "moi").mask == mask(locality="17410")


def test_a_fixed_point_takes_its_own_terms_only(site: SiteFolder) -> None:
    result = asked(site, "moi", "", "", "", "", "", "", "partout", "1 2", "en lgne", "o")
    assert "« partout » n’est pas une réponse possible : interne ou externe." in told(result)
    assert profile(site, "moi").mask == mask(scope=["internal", "external"], presence="online")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Santé Île", "« Santé Île » ne peut pas nommer un fichier. Pourquoi pas sante-ile ?"),
        ("sante", "profiles/sante.yml existe déjà. Pourquoi pas sante-2 ?"),
        ("soins", "soins est déjà le dossier (`path`) de profiles/autre.yml. Pourquoi pas soins-2 ?"),
        ("con", "« con » ne peut pas nommer un fichier. Pourquoi pas con-2 ?"),
        ("!", "« ! » ne peut pas nommer un fichier. Pourquoi pas mon-profil ?"),
    ],
)
def test_a_name_that_cannot_be_is_answered_with_one_that_can(site: SiteFolder, typed: str, said: str) -> None:
    site.write("profiles/autre.yml", "path: soins\n").write("cmsite.yml", "language: fr\nprofile: sante\n")
    result = asked(site, typed, "", "", "", *NOTHING)
    assert said in told(result)
    assert profile(site, said.rpartition(" pas ")[2].removesuffix(" ?")).headline == ""


def test_a_language_that_is_none_is_asked_again(site: SiteFolder) -> None:
    result = asked(site, "moi", "", "deutsch", "Anglais", *NOTHING)
    assert "« deutsch » n’est pas une langue de cmsite : fr ou en ?" in told(result)
    assert profile(site, "moi").language == "en"


def test_a_label_with_a_comma_is_one_word(site: SiteFolder) -> None:
    site.write("mask.yml", "niche: {a: {label: 'lire, écrire'}, e-sante: {}}\n")
    site.write("profiles/sante.yml", "")
    asked(site, "moi", "", "", "Lire, écrire", "", "", "", "", "")
    assert profile(site, "moi").mask == mask(niche="a")


def test_a_tree_is_shown_as_one_and_numbered_as_it_is_shown(site: SiteFolder) -> None:
    places = "{lyon: {within: france}, quebec: {}, france: {}, paris: {within: france}}"
    site.write("mask.yml", f"locality: {places}\n")
    site.write("profiles/sante.yml", "")
    result = asked(site, "moi", "", "", "", "", "", "3", "", "")
    assert "  1  quebec\n  2  france\n  3    lyon\n  4    paris\n" in result.stderr
    assert profile(site, "moi").mask == mask(locality="lyon")


def test_keys_that_type_no_letter_leave_no_trace(site: SiteFolder) -> None:
    asked(site, "moi", "Commu\x1b[Dnity\x07 manager\u2028", "", *NOTHING)
    assert profile(site, "moi").headline == "Community manager"


def test_a_site_of_one_line_is_enough(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write("cmsite.yml", "language: fr\n")
    result = asked(site, "", "", "", "", "", "", "Île de Ré", "", "")
    assert "mask.yml" not in told(result)
    assert profile(site, "mon-profil").mask == mask(locality="Île de Ré")
    assert set(files(site)) == {"cmsite.yml", "profiles/mon-profil.yml"}
    result = asked(site, "autre", "", "", "", "", "", "ile de re", "", "")
    assert profile(site, "autre").mask == mask(locality="Île de Ré")  # spelt alike, or they would not meet
    assert "car il y en a plusieurs :\n  profile: mon-profil\n" in told(result)


def test_the_lead_profile_that_is_missing_is_the_name_to_suggest(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write("cmsite.yml", "profile: camille\nauthor: {name: Alex Doe}\n")
    assert "which names camille, a profile that does not exist:\n  profile: alex\n" in told(
        asked(site, "alex", "", "", *NOTHING)
    )
    assert "which names" not in told(asked(site, "", "", "", *NOTHING))
    assert profile(site, "camille").headline == ""


@pytest.mark.parametrize("lines", range(9))
def test_answers_that_end_early_write_nothing(site: SiteFolder, lines: int) -> None:
    before = files(site)
    error = asked(site, *["moi", "", "", *NOTHING][:lines]).exception
    assert isinstance(error, UsageError)
    assert error.hint == "write them into a file: `cmsite who --answers FILE`"
    assert files(site) == before


@examples(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=12), max_size=30))
def test_whatever_is_typed_ends_in_a_profile_or_in_nothing(
    tmp_path_factory: pytest.TempPathFactory, typed: list[str]
) -> None:
    site = SiteFolder(tmp_path_factory.mktemp("site")).started()
    before = files(site)
    error = asked(site, "moi", *(line.encode(errors="replace").decode() for line in typed)).exception
    if error is None:
        assert profile(site, "moi").place.path == "profiles/moi.yml"
    else:
        assert isinstance(error, UsageError)
        assert files(site) == before


# a terminal, and none


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("typed", "last", "code", "said"),
    [
        (b"moi\n\n\n\n\n\n\n\n\n", b"", 0, "profiles/moi.yml est écrit."),
        (b"moi\n", b"\x03", 130, "interrupted: the site is unchanged"),
        (b"moi\n", b"\x04", 130, "interrupted: the site is unchanged"),
        (b"\xff\xfe\nmoi\n\n\n\n\n\n\n\n\n", b"", 0, "Une lettre n’est pas arrivée entière"),
    ],
)
def test_at_a_terminal(site: SiteFolder, typed: bytes, last: bytes, code: int, said: str) -> None:
    before = files(site)
    left, screen = at_a_terminal(site, typed, last)
    assert left == code
    assert said in unicodedata.normalize("NFKC", screen)
    assert (files(site) == before) == (code != 0)


def at_a_terminal(site: SiteFolder, typed: bytes, last: bytes) -> tuple[int, str]:
    """Type into the program through a pseudo-terminal; return its exit code and what the screen showed.

    What is typed `last` waits until the second question has been asked and nothing more is said.
    """
    import pty

    child, terminal = pty.fork()
    if child == 0:
        signal.alarm(60)  # should it ask more than is answered
        os.chdir(site.root)
        os.execv(sys.executable, [sys.executable, "-m", "cmsite", "who"])
    os.write(terminal, typed)
    screen = b""
    while True:
        silent = not select.select([terminal], [], [], 1)[0]
        try:
            if silent and b"Titre\xc2\xa0: " in screen:
                os.write(terminal, last)  # and again: `input` swallows a Ctrl-C that comes with the prompt
            elif not silent:
                screen += os.read(terminal, 4096)
        except OSError:  # how the end of a pseudo-terminal is told
            break
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), screen.decode(errors="replace")


def test_without_standard_input_there_is_nobody_to_ask(site: SiteFolder) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m cmsite who <&-'],
        cwd=site.root, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2,
        "cmsite: there is nobody to answer the questions; nothing was written\n"
        "  hint: write them into a file: `cmsite who --answers FILE`\n",
    )


def test_a_site_with_mistakes_is_mended_before_anybody_is_asked(site: SiteFolder) -> None:
    site.post("faute", "mask: {niche: cuisine}")
    result = asked(site, "moi")
    assert isinstance(result.exception, ProblemsFound)
    assert result.stderr == ""


# a file of answers


def test_a_file_of_answers_asks_nothing(site: SiteFolder) -> None:
    result = answered(site, "profile: moi\nheadline: CM\nniche: [esante, Cuisine]\nscope: external\n")
    assert result.exception is None
    assert profile(site, "moi").mask == mask(niche=["e-sante", "cuisine"], scope="external")
    assert "êtes-vous" not in told(result)
    assert result.stdout.startswith("fr  Mon métier")


def test_the_answers_may_come_through_a_pipe(site: SiteFolder) -> None:
    result = CliRunner().invoke(command, ["--answers", "-"], input="profile: moi\n", obj=site.root)
    assert result.exception is None
    assert profile(site, "moi").mask == mask()


def test_mistakes_in_the_answers_are_located_and_nothing_is_written(
    site: SiteFolder, terminal: Terminal
) -> None:
    (site.root / "me.txt").write_text("profile: moi\nnich: x\nlocality: Lyno\n")
    before = files(site)
    said = terminal("who", "--answers", "me.txt")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "me.txt:2:1: error: unknown key `nich`\n    nich: x\n    ^\n  hint: did you mean `niche`?\n"
        "me.txt:3:11: error: `Lyno` is not a term of locality\n    locality: Lyno\n              ^\n"
        "  hint: did you mean `lyon`? A term spelt so much alike must stand in mask.yml first, "
        "under `locality:`\n"
        "2 errors; nothing was written\n"
    )
    assert files(site) == before


def test_3_when_the_profile_is_there_already(site: SiteFolder) -> None:
    before = files(site)
    error = answered(site, "profile: sante\n").exception
    assert isinstance(error, Refused)
    assert (error.code, error.message) == (3, "profiles/sante.yml is there already")
    assert files(site) == before


def test_the_profile_that_leads_is_asked_for_even_in_json(site: SiteFolder) -> None:
    assert "car il y en a plusieurs :\n  profile: sante\n" in told(answered(site, "profile: moi\n", "--json"))


def test_json_tells_the_profile_the_new_terms_and_the_statements(site: SiteFolder) -> None:
    said = json.loads(
        answered(site, "profile: moi\nlocality: [Île de Ré, paris]\nscope: external\n", "--json").stdout
    )
    jsonschema.validate(said, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert {name: value for name, value in said.items() if name != "statements"} == {
        "profile": "moi",
        "path": "profiles/moi.yml",
        "terms_added": {"locality": ["ile-de-re"]},  # a free point needs no entry
    }
    assert said["statements"]["en"] == (
        "My work: look after communities (place: Île de Ré and Paris), facing the public."
    )


def test_mistakes_in_json(site: SiteFolder) -> None:
    result = answered(site, "profile: moi\nscope: partout\n", "--json")
    said = json.loads(result.stdout)
    jsonschema.validate(said, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [problem["code"] for problem in said["problems"]] == ["unknown-term"]


def test_asked_in_json_the_object_is_alone_on_standard_output(site: SiteFolder) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "cmsite", "who", "--json"],
        input="moi\n" + "\n" * 8, cwd=site.root, env=environment,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["profile"] == "moi"
    assert done.stdout.startswith("{")


def test_a_new_profile_builds(site: SiteFolder) -> None:
    site.post("a")
    site.write("cmsite.yml", "language: fr\nprofile: sante\n")
    answered(site, "profile: moi\nlocality: Île de Ré\n")
    assert site.build("moi").editions[0].profile == "moi"
