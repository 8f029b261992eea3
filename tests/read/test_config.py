"""cmsite.yml: the site and its author, with a default for everything."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cmsite.errors import Problem, Severity
from cmsite.model import Author, Experience, Feeds, Link, Settings, Skill, Weights
from cmsite.read.config import read_config
from cmsite.read.source import decode
from read.told import line, told

PLAIN = "(write a plain path under the site's folder, as in `output: public`)"
OTHER = "(choose another folder, as in `output: public`)"
PARTS = "(the parts are {year}, {month}, {day}, {slug}, {category})"
NEAR_PARIS = "(did you mean `Europe/Paris`?)"


def settings(text: str) -> Settings:
    return read_config(decode(text.encode(), "cmsite.yml"))[0]


def warnings(text: str) -> tuple[Problem, ...]:
    return read_config(decode(text.encode(), "cmsite.yml"))[2]


@pytest.mark.parametrize("text", ["", "# rien\n", "title:\nauthor:\nfeeds: {limit: }\n"])
def test_an_empty_file_is_a_working_site(text: str) -> None:
    assert settings(text) == Settings()
    assert (Settings().title, Settings().output, Settings().timezone) == ("Site", "public", "UTC")


def test_a_site_without_address_is_warned_about() -> None:
    [warning] = warnings("title: Carnet\n")
    assert warning.severity is Severity.WARNING
    assert line(warning) == (
        "cmsite.yml:1:1: no `url` is stated: the site is built for http://localhost:8000/ "
        "(add `url: https://NAME.github.io/REPOSITORY/` to cmsite.yml)"
    )
    assert warnings("url: https://example.org\n") == ()


def test_every_key_of_the_file_has_its_place_in_the_settings() -> None:
    text = """
title: Carnet
description: Fédérer.
url: https://example.org/carnet
timezone: Europe/Paris
language: fr
profile: sante
theme: carnet
accent: indigo
permalink: "{category}/{day}/{slug}/"
posts_per_page: 3
output: a/b/
author:
  name: Camille
  email: camille@example.org
  show_email: true
  photo: files/c.jpg
  links: [{label: Mastodon, url: https://example.social/@c, me: true}]
  base: {listening: {level: 5, proof: [a]}, social_media: {level: 1}}
  experience: [{role: CM, organisation: Asso, from: 2021-03, to: 2024, summary: Oui}]
markdown: {engine: markdown, extensions: [x]}
feeds: {full_text: false, limit: 2}
comments: {giscus: null}
routes: {about: a-propos}
weights: {niche: 0}
menu: [about]
legal: {reviewed: true}
extra: {a: b}
"""
    read = settings(text)
    assert (read.title, read.url, read.language) == ("Carnet", "https://example.org/carnet/", "fr")
    assert (read.permalink, read.posts_per_page, read.output) == ("{category}/{day}/{slug}/", 3, "a/b")
    assert read.author == Author(
        name="Camille", email="camille@example.org", show_email=True, photo="files/c.jpg",
        links=(Link("Mastodon", "https://example.social/@c", True),),
        base=(Skill("social_media", 1), Skill("listening", 5, ("a",))),  # type: ignore[arg-type]
        experience=(Experience("CM", "Asso", "2021-03", "2024", "Oui"),),
    )  # fmt: skip
    assert (read.feeds, read.weights, read.menu) == (Feeds(False, 2), replace(Weights(), niche=0), ("about",))
    assert (read.routes.about, read.routes.blog, read.extra["a"]) == ("a-propos", "blog", "b")


@pytest.mark.parametrize(
    "output", ["public", "./public", "public/", "a/b/c", "docs", "mon site", "_site", "été", ".build"]
)
def test_the_output_is_a_plain_path_under_the_sites_folder(output: str) -> None:
    assert settings(f"output: {output}").output == output.removeprefix("./").rstrip("/")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("~/public", f"`~/public` cannot be the output {PLAIN}"),
        ("a/~b", f"`a/~b` cannot be the output {PLAIN}"),
        ("$HOME/public", f"`$HOME/public` cannot be the output {PLAIN}"),
        ("../public", f"`../public` cannot be the output {PLAIN}"),
        ("a/../../b", f"`a/../../b` cannot be the output {PLAIN}"),
        ("/tmp/public", f"`/tmp/public` cannot be the output {PLAIN}"),
        (".", f"`.` cannot be the output {PLAIN}"),
        ("C:/public", f"`C:/public` cannot be the output {PLAIN}"),
        ("a\\b", f"`a\\b` cannot be the output {PLAIN}"),
        ("'a*b'", f"`a*b` cannot be the output {PLAIN}"),
        ('"a\\nb"', f"`a b` cannot be the output {PLAIN}"),
        ("con", f"`con` cannot be the output {PLAIN}"),
        ("content", f"the output cannot be `content` {OTHER}"),
        ("./content", f"the output cannot be `content` {OTHER}"),
        ("Content/public", f"the output cannot lie in `Content/` {OTHER}"),
        ("content/files/x", f"the output cannot lie in `content/` {OTHER}"),
        ("themes", f"the output cannot be `themes` {OTHER}"),
        ("profiles", f"the output cannot be `profiles` {OTHER}"),
        ("private", f"the output cannot be `private` {OTHER}"),
        (".cmsite/x", f"the output cannot lie in `.cmsite/` {OTHER}"),
        (".git", f"the output cannot be `.git` {OTHER}"),
        ("cmsite.yml", f"the output cannot be `cmsite.yml` {OTHER}"),
        ("''", "nothing stands between the quotes (write a text there)"),
    ],
)
def test_an_output_that_lies_elsewhere_is_refused(written: str, problem: str) -> None:
    assert told(lambda: settings(f"output: {written}")) == [f"cmsite.yml:1:9: {problem}"]


@pytest.mark.parametrize(
    "permalink",
    [
        "{slug}/",
        "/{year}/{slug}/",
        "{year}{month}{day}/{slug}/",
        "notes/{category}/{slug}/",
        "{slug}/{slug}/",
    ],
)
def test_a_permalink_is_a_pattern_of_folders(permalink: str) -> None:
    assert settings(f"permalink: '{permalink}'").permalink == permalink


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "{annee}/{slug}/",
            f"`{{annee}}` is not a part of a post's address {PARTS}",
        ),
        ("{yaer}/{slug}/", "`{yaer}` is not a part of a post's address (did you mean `year`?)"),
        ("{slug!r}/", "`{slug!r}` is not a part of a post's address (did you mean `slug`?)"),
        (
            "{}/{slug}/",
            f"`{{}}` is not a part of a post's address {PARTS}",
        ),
        (
            "{year}/",
            "the pattern lacks `{slug}` (two posts would share an address: add `{slug}/` at its end)",
        ),
        (
            "{year}/{slug}",
            "`{year}/{slug}` is not a pattern of folders (end it with a slash: `{year}/{slug}/`)",
        ),
        (
            "{slug}.html",
            "`{slug}.html` is not a pattern of folders "
            "(write lower-case words and placeholders between slashes, as in `{year}/{slug}/`)",
        ),
        (
            "../{slug}/",
            "`../{slug}/` is not a pattern of folders "
            "(write lower-case words and placeholders between slashes, as in `{year}/{slug}/`)",
        ),
        (
            "{{slug}}/",
            "`{{slug}}/` is not a pattern of folders "
            "(write lower-case words and placeholders between slashes, as in `{year}/{slug}/`)",
        ),
        ("aux/{slug}/", "`aux/{slug}/` holds a name that some systems refuse (choose another word)"),
    ],
)  # fmt: skip
def test_another_permalink_is_refused(written: str, problem: str) -> None:
    assert told(lambda: settings(f"permalink: '{written}'")) == [f"cmsite.yml:1:12: {problem}"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Paris", f"`Paris` is not a time zone {NEAR_PARIS}"),
        ("europe/paris", f"`europe/paris` is not a time zone {NEAR_PARIS}"),
        ("Europe/Pari", f"`Europe/Pari` is not a time zone {NEAR_PARIS}"),
        ("Mars/Phobos", "`Mars/Phobos` is not a time zone (write a name such as Europe/Paris)"),
        ("../../etc/passwd", "`../../etc/passwd` is not a time zone (write a name such as Europe/Paris)"),
        ("+02:00", "`+02:00` is not a time zone (write a name such as Europe/Paris)"),
    ],
)
def test_a_time_zone_that_does_not_exist_is_told_with_a_near_one(written: str, problem: str) -> None:
    assert told(lambda: settings(f"timezone: {written}")) == [f"cmsite.yml:1:11: {problem}"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "{blog: articles, tags: articles}",
            "1:32: `blog` and `tags` share the address `/articles/` (choose another word)",
        ),
        ("{tags: blog}", "1:16: `blog` and `tags` share the address `/blog/` (choose another word)"),
        ("{tags: feed}", "1:16: the address `/feed/` has another use (choose another word)"),
        ("{tags: files}", "1:16: the address `/files/` has another use (choose another word)"),
        (
            "{blog: À propos}",
            "1:16: `À propos` is not a slug (lower-case letters, digits and single hyphens) "
            "(write `a-propos`)",
        ),
        ("{search: x}", "1:10: unknown key `search` (did you mean `archive`?)"),
    ],
)
def test_routes_that_meet_are_refused(written: str, problem: str) -> None:
    assert told(lambda: settings(f"routes: {written}")) == [f"cmsite.yml:{problem}"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("author: Camille", "1:9: keys are expected under this one (write `key: value` lines)"),
        (
            "author: {base: {listening: 5}}",
            "1:28: keys are expected under this one (write `key: value` lines)",
        ),
        ("author: {base: {listening: {level: 6}}}", "1:36: the number must be at most 5 (write `5`, say)"),
        ("author: {base: {listening: {}}}", "1:28: `level` is missing (add `level: …`)"),
        ("author: {base: {writing: {level: 1}}}", "1:17: unknown key `writing` (did you mean `reporting`?)"),
        ("author: {links: [{label: x}]}", "1:18: `url` is missing (add `url: …`)"),
        ("author: {experience: [{role: a, organisation: b}]}", "1:23: `from` is missing (add `from: …`)"),
    ],
)  # fmt: skip
def test_a_mistake_about_the_author_is_told_where_it_stands(written: str, problem: str) -> None:
    assert told(lambda: settings(written)) == [f"cmsite.yml:{problem}"]


def experience(dates: str) -> str:
    return f"author: {{experience: [{{role: a, organisation: b, {dates}}}]}}"


@pytest.mark.parametrize(
    ("start", "end"),
    [("2021", "2020"), ("2021-03", "2021-02"), ("2021", "2020-12"), ("2021-03", "2020")],
)
def test_a_position_that_ends_before_it_begins_is_refused(start: str, end: str) -> None:
    written = experience(f"from: {start}, to: {end}")
    column = written.index(f"to: {end}") + 5
    assert told(lambda: settings(written)) == [
        f"cmsite.yml:1:{column}: this ends ({end}) before it begins ({start}) (change `from` or `to`)"
    ]


@pytest.mark.parametrize(
    "dates",
    [
        "from: 2021, to: 2021",
        "from: 2021-03, to: 2021",
        "from: 2021, to: 2021-01",
        "from: 2021-03, to: 2021-03",
        "from: 2021-03",
    ],
)
def test_a_position_of_one_year_or_month_or_to_this_day_is_one(dates: str) -> None:
    (held,) = settings(experience(dates)).author.experience
    assert held.start.startswith("2021")


def test_all_mistakes_of_the_file_are_told_together_with_defaults_in_their_place() -> None:
    text = "titel: x\noutput: ~\ntimezone: Paris\npermalink: a/\nlanguage: de\nprofile: sante\n"
    problems: list[Problem] = []
    read, _, _ = read_config(decode(text.encode(), "cmsite.yml"), problems)
    assert sorted(problem.place.line for problem in problems) == [1, 2, 3, 4, 5]
    assert (read.timezone, read.language, read.profile) == ("UTC", "en", "sante")
