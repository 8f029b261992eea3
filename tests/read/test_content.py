"""A post's or page's file becomes a value, or every mistake in it is told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmsite.errors import ProblemsFound
from cmsite.model import Body, CallToAction, Kind, Mask, Place, Post, RawHtml
from read.told import post, post_file, told

HERE = "content/posts/2026-03-01-a.md"
NAME = "(check the name; paths begin at content/, as in `files/x.jpg`)"
COPY = "(copy the file to content/files/ and write `files/NAME`)"
OLD = "cannot be an old address (write the path from the site's root, as in `/2010/01/old.html`)"
RENAME = "(add `slug: …` to the front matter, or rename the file)"
STATE = "(state a point, as in `when: {niche: e-sante}`)"
ZONE = ZoneInfo("Europe/Paris")
FULL = """\
---
title: Écouter avant de parler
date: 2026-02-11
updated: 2026-03-01 10:00:00 +0000
summary: Trois semaines.
tags: [écoute, méthode, écoute]
category: méthode
id: ecouter
slug: ecouter-avant
aliases: [/2010/01/ancienne.html]
language: en
translation: listening
image: files/ecoute.jpg
image_alt: Une salle
series: Les bases
pinned: true
draft: true
expires: 2027-01-01
mask:
  niche: [e-sante, jeu-video]
  locality: france
not: {niche: [jeu-video]}
call_to_action: {label: Écrivez, url: /contact/}
variants:
  - when: {niche: jeu-video}
    title: Écouter les joueurs
    image: ../files/jeu.jpg
    body: |
      Un autre texte.
  - when: {locality: paris}
    body: Sur une ligne.
templating: false
raw_html: trusted
extra: {a: b}
---

Un texte.
"""


def test_every_key_of_the_head_has_its_place_in_the_post() -> None:
    read = post_file(FULL, name="x", files={"files/ecoute.jpg", "files/jeu.jpg"})
    assert (read.kind, read.slug, read.title, read.language) == (
        Kind.POST, "ecouter-avant", "Écouter avant de parler", "en",
    )  # fmt: skip
    assert (read.date, read.expires) == (
        datetime(2026, 2, 11, tzinfo=ZONE),
        datetime(2027, 1, 1, tzinfo=ZONE),
    )
    assert read.updated is not None
    assert read.updated.isoformat() == "2026-03-01T11:00:00+01:00"
    assert (read.summary, read.tags, read.category) == ("Trois semaines.", ("écoute", "méthode"), "méthode")
    assert (read.id, read.aliases, read.translation) == ("ecouter", ("/2010/01/ancienne.html",), "listening")
    assert (read.image, read.image_alt, read.series) == ("files/ecoute.jpg", "Une salle", "Les bases")
    assert (read.pinned, read.draft, read.templating) == (True, True, False)
    assert read.mask == Mask(niche=("e-sante", "jeu-video"), locality=("france",))  # type: ignore[arg-type]
    assert read.barred.niche == ("jeu-video",)
    assert read.call_to_action == CallToAction("Écrivez", "/contact/")
    assert (read.raw_html, read.extra["a"]) == (RawHtml.TRUSTED, "b")
    assert read.body == Body("Un texte.", Place("content/posts/x.md", 37))
    assert (read.source, read.name) == ("content/posts/x.md", "x")


def test_a_variant_knows_where_it_and_its_body_stand() -> None:
    first, second = post_file(FULL, files={"files/ecoute.jpg", "files/jeu.jpg"}).variants
    assert (first.when.niche, first.title, first.image) == (
        ("jeu-video",),
        "Écouter les joueurs",
        "files/jeu.jpg",
    )
    assert str(first.place) == "content/posts/a.md:25:5"
    assert first.body == Body("Un autre texte.", Place("content/posts/a.md", 29, 1))
    assert second.body == Body("Sur une ligne.", Place("content/posts/a.md", 31, 11))
    assert (second.title, second.summary, second.image) == (None, None, None)


def test_a_short_head_is_enough() -> None:
    read = post()
    assert (read.title, read.slug, read.language, read.tags) == ("Un titre", "a", "fr", ())
    assert read.date == datetime(2026, 3, 1, tzinfo=ZONE)
    assert (read.draft, read.templating, read.raw_html, read.id) == (False, True, RawHtml.SANITISED, "")


@pytest.mark.parametrize(
    ("name", "slug", "day"),
    [
        ("2026-02-11-ecouter", "ecouter", "2026-02-11"),
        ("2026-2-1-Ecouter", "ecouter", "2026-02-01"),
        ("2026-02-11-Œuvrer l'été, ça va", "oeuvrer-l-ete-ca-va", "2026-02-11"),
        ("2026-02-11-2020-01-01", "2020-01-01", "2026-02-11"),
    ],
)
def test_a_name_may_begin_with_the_date(name: str, slug: str, day: str) -> None:
    read = post(name=name)
    assert (read.slug, f"{read.date:%Y-%m-%d}") == (slug, day)


def test_the_head_has_the_last_word_on_date_and_slug() -> None:
    read = post("date: 2025-01-01\nslug: b", name="2026-02-11-a")
    assert (read.slug, read.date) == ("b", datetime(2025, 1, 1, tzinfo=ZONE))


def test_a_date_without_zone_is_in_the_sites_and_one_with_a_zone_is_told_in_it() -> None:
    assert post("date: 2026-07-01 10:00").date == datetime(2026, 7, 1, 10, tzinfo=ZONE)
    written = post("date: 2026-07-01 10:00:00 +0000").date
    assert written is not None
    assert written.isoformat() == "2026-07-01T12:00:00+02:00"


def test_a_draft_needs_no_date() -> None:
    assert post("draft: true", name="a").date is None
    assert told(lambda: post(name="a")) == [
        "content/posts/a.md:2:1: the post has no date "
        "(add `date: 2026-03-01`, or begin the file's name with the date, or mark it `draft: true`)"
    ]


def test_a_page_has_no_date() -> None:
    assert post_file("---\ntitle: a\n---\n", name="2026-01-01-a", kind=Kind.PAGE).date is None
    assert told(lambda: post_file("---\ntitle: a\ndate: 2026-01-01\n---\n", kind=Kind.PAGE)) == [
        "content/pages/a.md:3:1: unknown key `date` (did you mean `updated`?)"
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "2026-02-30-a",
            "the file's name begins with a date that no calendar has (2026-02-30) "
            "(rename the file, or add `date: …` to the front matter)",
        ),
        ("2026-03-01", f"the file's name gives no slug {RENAME}"),
        ("2026-03-01-…", f"the file's name gives no slug {RENAME}"),
        (
            "2026-03-01-con",
            f"the file's name gives the slug `con`, which some systems reserve {RENAME}",
        ),
        (
            f"2026-03-01-{'œ' * 76}",
            f"the file's name gives a slug of 152 characters, more than 150 {RENAME}",
        ),
    ],
)
def test_a_name_that_gives_no_address_is_told(name: str, problem: str) -> None:
    assert told(lambda: post(name=name)) == [f"content/posts/{name}.md:2:1: {problem}"]
    assert post("date: 2026-01-01\nslug: b", name=name).slug == "b"


# pictures


@pytest.mark.parametrize("written", ["files/x.jpg", "/files/x.jpg", "../files/x.jpg"])
def test_a_picture_is_named_from_content_or_from_the_source(written: str) -> None:
    assert post(f"image: {written}", files={"files/x.jpg"}).image == "files/x.jpg"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("files/y.png", f"there is no file `content/files/y.png` {NAME}"),
        ("files/X.jpg", "there is no file `content/files/X.jpg` (did you mean `files/x.jpg`?)"),
        (
            "content/files/x.jpg",
            "there is no file `content/content/files/x.jpg` (did you mean `files/x.jpg`?)",
        ),
        ("files/x.jpeg", "there is no file `content/files/x.jpeg` (did you mean `files/x.jpg`?)"),
        ("../../../etc/passwd", f"this path leads out of content/ {COPY}"),
        ("files/../../../etc/passwd", f"this path leads out of content/ {COPY}"),
        (
            "https://example.org/x.jpg",
            f"an image of another site cannot stand here {COPY.replace('the file', 'it')}",
        ),
        (
            "//example.org/x.jpg",
            f"an image of another site cannot stand here {COPY.replace('the file', 'it')}",
        ),
    ],
)  # fmt: skip
def test_a_picture_must_be_a_file_of_the_site(written: str, problem: str) -> None:
    assert told(lambda: post(f"image: {written}", files={"files/x.jpg"})) == [f"{HERE}:3:8: {problem}"]


def test_a_variants_picture_must_be_a_file_of_the_site() -> None:
    assert told(lambda: post("variants:\n- when: {niche: e-sante}\n  image: files/y.png")) == [
        f"{HERE}:5:10: there is no file `content/files/y.png` {NAME}"
    ]


# addresses and words


@pytest.mark.parametrize(
    "alias", ["/2010/01/ancienne.html", "ancienne/", "/été/", "/.well-known/x", "/a.b/c", "/%C3%A9/"]
)
def test_an_old_address_is_a_path_of_the_site(alias: str) -> None:
    assert post(f"aliases: ['{alias}']").aliases == (alias,)


@pytest.mark.parametrize(
    "alias",
    ["/", "//", "//example.org/x", "https://example.org/x", "/a b/", "/../x", "/a/../b", "/a?b", "/a#b",
     "/.x", "/a/.htaccess", "/a//b", "C:\\x", "/a*b", "/a|b", "/<b>", f"/{'é' * 76}/"],
)  # fmt: skip
def test_another_old_address_is_refused(alias: str) -> None:
    shown = alias if len(alias) < 80 else f"{alias[:79]}…"
    assert told(lambda: post(f"aliases: [/ok/, '{alias}']")) == [f"{HERE}:3:17: `{shown}` {OLD}"]


@pytest.mark.parametrize("alias", ["/2010/con.html", "/Aux/", "nul"])
def test_an_old_address_that_windows_could_not_write_is_refused(alias: str) -> None:
    assert told(lambda: post(f"aliases: [{alias}]")) == [
        f"{HERE}:3:11: `{alias}` holds a name that some systems refuse (take this old address away)"
    ]


@pytest.mark.parametrize(
    ("head", "place", "word"),
    [
        ("tags: [a, aux]", "3:11", "aux"),
        ("tags: [Con]", "3:8", "Con"),
        ("category: prn", "3:11", "prn"),
        ("series: LPT1", "3:9", "LPT1"),
    ],
)
def test_a_word_whose_folder_windows_would_refuse_is_refused(head: str, place: str, word: str) -> None:
    assert told(lambda: post(head)) == [
        f"{HERE}:{place}: `{word}` would make a folder `{word.lower()}`, which some systems refuse "
        "(choose another word)"
    ]


@pytest.mark.parametrize(
    ("head", "place"), [("tags: [a, '…']", "3:11"), ("category: '!'", "3:11"), ("series: '?'", "3:9")]
)
def test_a_word_that_gives_no_address_is_refused(head: str, place: str) -> None:
    assert [problem.partition(": `")[0] for problem in told(lambda: post(head))] == [f"{HERE}:{place}"]
    assert "has no letter or digit (choose a word)" in told(lambda: post(head))[0]


def test_a_tag_too_long_for_a_file_name_is_refused() -> None:
    assert told(lambda: post(f"tags: [{'é' * 151}]")) == [
        f"{HERE}:3:8: `{'é' * 79}…` is too long for an address (keep it to 150 characters at most)"
    ]


@pytest.mark.parametrize("when", ["{}", "{niche: }", "{niche: []}", "{niche: , locality: []}"])
def test_a_variant_that_states_nothing_is_refused(when: str) -> None:
    assert told(lambda: post(f"variants:\n  - when: {when}\n    title: x")) == [
        f"{HERE}:4:11: this variant's `when` states nothing {STATE}"
    ]


def test_all_mistakes_of_a_head_are_told_together() -> None:
    head = (
        "date: 2026-13-45\nslug: Été\ntags: a, b\nimage: files/y.png\nmask: {niche: zzz}\nnot: {nich: x}\n"
        "aliases: [/a b/]\nvariants:\n- when: {locality: zz}\n  title: ''\n- when: {}\n"
        "raw_html: x\nextra: y\nq: z"
    )
    assert [problem.split(":")[1] for problem in told(lambda: post(head))] == [
        "3", "4", "5", "6", "7", "8", "9", "11", "12", "13", "14", "15", "16",
    ]  # fmt: skip


def test_a_mistake_is_not_told_twice_in_other_words() -> None:
    assert len(told(lambda: post("date: hier", name="a"))) == 1
    assert len(told(lambda: post("slug: '!'", name="2026-03-01"))) == 1
    assert len(told(lambda: post("variants:\n- when: {nich: a}\n"))) == 1


# laws

HEAD_LINES = [
    *FULL.splitlines(keepends=True),
    "---\n",
    "...\n",
    "\t\n",
    "- a\n",
    "a: {\n",
    "b: '\n",
    "<<: *a\n",
]


def read_or_problems(data: bytes) -> Post | ProblemsFound:
    try:
        return post_file(data, files={"files/ecoute.jpg", "files/jeu.jpg"})
    except ProblemsFound as found:
        return found


def check_places(data: bytes) -> None:
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    read = read_or_problems(data)
    if isinstance(read, Post):
        places = [read.body.place, *(variant.place for variant in read.variants)]
        places += [variant.body.place for variant in read.variants if variant.body]
    else:
        places = [problem.place for problem in read.problems]
        assert all(problem.what and problem.hint and problem.code for problem in read.problems)
    for place in places:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1].removeprefix("\ufeff")) + 1


@given(st.binary(max_size=200), st.sampled_from([b"", b"---\n", b"---\ntitle: a\n", b"\xef\xbb\xbf---\n"]))
@example(b"\xff", b"\xef\xbb\xbf---\n")
@example(b"...", b"---\n")
def test_any_bytes_are_a_post_or_problems_at_places_of_the_file(data: bytes, start: bytes) -> None:
    check_places(start + data)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(HEAD_LINES), st.booleans()), max_size=8))
def test_any_head_with_lines_lost_and_added_is_a_post_or_problems(
    changes: list[tuple[int, str, bool]],
) -> None:
    lines = FULL.splitlines(keepends=True)
    for at, line, add in changes:
        if add:
            lines.insert(at % (len(lines) + 1), line)
        elif lines:
            del lines[at % len(lines)]
    check_places("".join(lines).encode())


@given(
    st.integers(0, len(FULL)), st.integers(0, 12), st.text(max_size=6), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_any_head_with_a_piece_replaced_is_a_post_or_problems(
    at: int, lost: int, put: str, newline: str
) -> None:
    text = FULL[:at] + put + FULL[at + lost :]
    check_places(text.replace("\n", newline).encode())
