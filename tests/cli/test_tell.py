"""A problem is pictured so that the caret stands below what it means, whatever the line holds."""

from __future__ import annotations

import errno

import pytest

from cmsite.cli.tell import counted, picture_problem, tell_error, tell_machine_error
from cmsite.errors import Problem, ProblemsFound, Severity, UsageError, sort_problems
from cmsite.model import Place


def picture(excerpt: str, column: int, what: str = "faux", hint: str = "") -> str:
    return picture_problem(Problem(Place("a.md", 1, column), what, hint, excerpt=excerpt)).plain


def below(told: str) -> str:
    """Return the character that the caret of a picture points at."""
    _, line, caret, *_ = told.split("\n")
    return line[caret.index("^")]


def test_a_problem_has_its_place_its_line_and_its_hint() -> None:
    assert picture("title: é", 8, hint="write e") == (
        "a.md:1:8: error: faux\n    title: é\n           ^\n  hint: write e"
    )


def test_without_a_line_or_a_hint_there_is_only_the_first_line() -> None:
    assert picture("", 1) == "a.md:1:1: error: faux"


@pytest.mark.parametrize("line", ["\tbc", "\u200bbc", "\x1bbc", "\u2028bc", "\ufeffbc", "\u202ebc"])
def test_what_cannot_be_seen_takes_a_column_and_is_not_obeyed(line: str) -> None:
    told = picture(line, 2)
    assert below(told) == "b"
    assert told.replace("\n", "").isprintable()


@pytest.mark.parametrize("column", [1, 2, 49, 50, 51, 99, 100, 101, 150, 249, 250])
def test_a_long_line_is_shown_in_part_around_the_caret(column: int) -> None:
    line = "".join(chr(0x4E00 + index) for index in range(250))
    told = picture(line, column)
    shown = told.split("\n")[1].removeprefix("    ")
    assert len(shown) == 100
    assert below(told) == line[column - 1]
    assert (shown[0] == "…", shown[-1] == "…") == (column > 50, column < 200)


def test_a_caret_behind_the_end_of_a_line_stands_there() -> None:
    assert picture("abc", 4).split("\n")[2] == "       ^"


def test_a_message_stays_on_its_line_whatever_it_quotes() -> None:
    assert picture("", 1, what="`a\nb\x1b[31m` faux") == "a.md:1:1: error: `a b [31m` faux"


def test_errors_and_warnings_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem(Place("a"), str(n)) for n in range(2)]
    problems += [Problem(Place("a"), "w", severity=Severity.WARNING)]
    assert tell_error(ProblemsFound(problems)) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "2 errors, 1 warning; nothing was written"


def test_the_worst_come_first_and_advice_last_whatever_their_places() -> None:
    problems = [
        Problem(Place("a"), "x", severity=Severity.ADVICE),
        Problem(Place("b"), "x", severity=Severity.WARNING),
        Problem(Place("c", 2), "x"),
        Problem(Place("c", 2), "x"),
        Problem(Place("c", 1), "y"),
    ]
    told = sort_problems(problems)
    assert [(str(one.place), one.severity.value) for one in told] == [
        ("c:1:1", "error"), ("c:2:1", "error"), ("b:1:1", "warning"), ("a:1:1", "advice"),
    ]  # fmt: skip
    assert counted(told) == "2 errors, 1 warning, 1 piece of advice"
    assert counted(told[:1]) == "1 error"
    assert counted([*told[3:], *told[3:]]) == "2 pieces of advice"


def test_a_problem_says_in_which_editions_it_shows() -> None:
    problem = Problem(Place("a"), "faux", editions=("sante", "jeu/studio"))
    assert picture_problem(problem).plain == "a:1:1: error: faux (in the editions of `sante`, `jeu/studio`)"


def test_an_error_is_told_with_its_hint_if_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_error(UsageError("non", "oui")) == 2
    assert capsys.readouterr().err == "cmsite: non\n  hint: oui\n"
    assert tell_error(UsageError("non [bold] :heart:")) == 2
    assert capsys.readouterr().err == "cmsite: non [bold] :heart:\n"


def test_what_the_system_refused_is_told_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_machine_error(OSError(errno.ENOSPC, "No space left on device", "/a/b")) == 4
    assert tell_machine_error(OSError(errno.EXDEV, "Invalid cross-device link")) == 4
    assert tell_machine_error(OSError("odd")) == 4
    told = capsys.readouterr().err.splitlines()
    assert told[::2] == [
        "cmsite: the disk is full: /a/b",
        "cmsite: Invalid cross-device link",
        "cmsite: the machine refused",
    ]
