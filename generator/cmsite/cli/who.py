"""Offer `cmsite who`: six questions, and the profile that answers them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cmsite.cli.ending import done
from cmsite.cli.options import json_option, print_json, problems_as_json, site_folder
from cmsite.model import LANGUAGES, POINTS, Language

if TYPE_CHECKING:
    from pathlib import Path

    from cmsite.model import Answers, Site
    from cmsite.who import Introduced


@click.command("who")
@click.option(
    "--answers",
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Take the answers from this YAML file, and ask nothing; - is standard input.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="The language of the questions; by default the site's.",
)
@json_option
@click.pass_context
@problems_as_json
def command(ctx: click.Context, file: str | None, language: str | None, as_json: bool) -> None:
    """Ask what kind of community manager you are, write the profile that says so, and say it."""
    from cmsite.who import introduce, read_before

    root = site_folder(ctx)
    site = read_before(root)
    spoken = Language(language) if language else site.settings.language
    answers = _read(file, site) if file else _ask(root, site, spoken)
    introduced = introduce(root, answers, language=spoken)
    done()
    statements = _statements(introduced, answers)
    if as_json:
        print_json(_as_json(introduced, answers, statements))
    else:
        _tell(introduced, statements, spoken)
    _tell_next(introduced, answers.profile, spoken, commands=not as_json)


def _read(file: str, site: Site) -> Answers:
    from cmsite.read.answers import read_answers
    from cmsite.read.source import decode

    with click.open_file(file, "rb") as opened:
        return read_answers(decode(opened.read(), file), site, language=site.settings.language)


def _ask(root: Path, site: Site, language: Language) -> Answers:
    from cmsite.cli.who_asking import ask, nobody_to_ask
    from cmsite.who import is_taken

    if sys.stdin is None:
        raise nobody_to_ask("there is nobody to answer the questions")
    return ask(site, language, lambda name: is_taken(root, name))


def _statements(introduced: Introduced, answers: Answers) -> dict[str, str]:
    from cmsite.shape.statement import statement

    words = introduced.site.vocabulary
    return {
        str(language): statement(answers.mask, words, language)
        for language in sorted(LANGUAGES, reverse=True)
    }


def _as_json(introduced: Introduced, answers: Answers, statements: dict[str, str]) -> dict[str, object]:
    added = {point.value: [term.term for term in introduced.added if term.point is point] for point in POINTS}
    return {
        "profile": answers.profile,
        "path": introduced.path,
        "terms_added": {point: terms for point, terms in added.items() if terms},
        "statements": statements,
    }


def _tell(introduced: Introduced, statements: dict[str, str], language: Language) -> None:
    """Print the statements on standard output, and beside them what was written."""
    from cmsite.cli.tell import answers, say
    from cmsite.cli.who_words import WORDS

    words = WORDS[language]
    for spoken, sentence in statements.items():
        answers().print(f"{spoken}  {sentence}", soft_wrap=True)
    click.echo(err=True)
    say(words.written.format(introduced.path), language=language, style="bold")
    for term in introduced.added:
        say(words.added.format(term.term, words.points[term.point].name.lower()), language=language)
    if introduced.added:
        say(words.phrase, language=language)
    click.echo(err=True)


def _tell_next(introduced: Introduced, name: str, language: Language, *, commands: bool) -> None:
    """Print what comes next; that a lead profile is missing whatever else is printed."""
    from cmsite.cli.tell import console, say
    from cmsite.cli.who_words import WORDS

    words = WORDS[language]
    if introduced.lead:
        lost = introduced.site.settings.profile
        others = [profile.name for profile in introduced.site.profiles if profile.name != name]
        say(words.lost_lead.format(lost) if lost else words.no_lead, language=language)
        console().print(f"  profile: {name if lost else others[0]}")
        click.echo(err=True)
    if commands:
        say(words.next, language=language)
        build, coverage = f"cmsite build -p {name}", f"cmsite coverage -p {name}"
        console().print(f"  {build:<{len(coverage)}}  {words.build}")
        console().print(f"  {coverage}  {words.coverage}")
