"""`cmsite diff`: two editions at a glance, page by page, as JSON, and side by side on a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from cmsite.cli.diff import command
from cmsite.cli.diff_words import FIELDS, KINDS, WORDS
from cmsite.cli.report_page import mark_of
from cmsite.model import LANGUAGES
from cmsite.shape import feeds, views
from site_folder import SiteFolder
from terminal import Terminal
from tiny_theme import wear_tiny_theme

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "diff.json"
TRAVEL = "Je travaille {{ mask.locality.phrase }} depuis longtemps, et j'écoute avant de parler."


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    """Two profiles; a post for either, one that words itself otherwise, and one that stays as it is."""
    wear_tiny_theme(site)
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", f"{config}profile: sante\n")
    site.write(
        "profiles/jeu.yml",
        "headline: Côté joueurs\nmask: {niche: jeu-video, locality: lyon}\nsite: {title: Jeu}\n",
    )
    site.post("patients", "mask: {niche: e-sante}", date="2026-02-01")
    site.post("joueurs", "mask: {niche: jeu-video}", date="2026-02-02")
    site.post("voyage", "variants: [{when: {niche: jeu-video}, title: En jeu}]\ntitle: En route", TRAVEL)
    return site.post("stable", "", "Un texte qui reste.", date="2026-01-01")


def told(terminal: Terminal, *words: str) -> dict[str, Any]:
    """Return what `--json` says, which is always as the schema has it."""
    said = terminal("diff", *words, "--json")
    answer: dict[str, Any] = json.loads(said.out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(answer)
    assert said.code == (1 if "problems" in answer else 0)
    return answer


def squeezed(shown: str) -> list[str]:
    """Return the lines of an output without the spaces that set its columns."""
    return [" ".join(line.split()) for line in shown.splitlines()]


def changed(answer: dict[str, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in answer["changed"] if each["path"] == path)
    return found


# as JSON


def test_it_tells_who_has_what_and_what_differs(blog: SiteFolder, terminal: Terminal) -> None:
    answer = told(terminal, "sante", "jeu")
    assert "2026/02/patients/index.html" in answer["only_a"]
    assert "2026/02/joueurs/index.html" in answer["only_b"]
    page = changed(answer, "2026/03/voyage/index.html")
    assert {"site.title", "site.headline", "head.title", "post.title", "post.html"} <= set(page["fields"])
    assert page["blocks"] == [
        {
            "a": "Je travaille à Paris depuis longtemps, et j'écoute avant de parler.",
            "b": "Je travaille à Lyon depuis longtemps, et j'écoute avant de parler.",
        }
    ]
    assert {"field": "post.title", "a": "En route", "b": "En jeu", "altered": []} in page["values"]
    assert {"field": "title", "a": "Carnet", "b": "Jeu", "altered": []} in answer["site"]


def test_the_other_way_round_is_the_same_turned_round(blog: SiteFolder, terminal: Terminal) -> None:
    there, back = told(terminal, "sante", "jeu"), told(terminal, "jeu", "sante")
    assert (there["only_a"], there["only_b"]) == (back["only_b"], back["only_a"])
    assert [
        {"a": each["b"], "b": each["a"]} for each in changed(back, "2026/03/voyage/index.html")["blocks"]
    ] == (changed(there, "2026/03/voyage/index.html")["blocks"])


def test_posts_in_another_order_are_told_with_their_places(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("profiles/sante.yml", "mask: {locality: paris}\n")
    blog.write("profiles/jeu.yml", "mask: {locality: paris}\nselect: {order: relevance}\n")
    blog.post("ici", "mask: {locality: paris}", date="2025-01-01")
    assert {"slug": "ici", "list": "blog", "a": 5, "b": 1} in told(terminal, "sante", "jeu")["moved"]
    assert "5 → 1 in the blog ici" in squeezed(terminal("diff", "sante", "jeu").out)


def test_an_edition_against_itself_says_nothing(blog: SiteFolder, terminal: Terminal) -> None:
    answer = told(terminal, "sante", "sante")
    assert [answer[key] for key in ("only_a", "only_b", "changed", "moved", "site")] == [[], [], [], [], []]
    said = terminal("diff", "sante", "sante")
    assert said.out == f"sante and sante show the same: {len(answer['same'])} files, not a byte differs\n"


def test_mistakes_in_the_files_are_told_as_json_too(blog: SiteFolder, terminal: Terminal) -> None:
    blog.post("faute", "mask: {niche: esanté}")
    assert told(terminal, "sante", "jeu")["problems"][0]["code"] == "unknown-term"


def test_an_empty_edition_is_a_problem_at_its_profile(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("profiles/vide.yml", "language: en\n")
    [problem] = told(terminal, "sante", "vide")["problems"]
    assert (problem["path"], problem["code"]) == ("profiles/vide.yml", "empty-edition")


def test_an_unknown_profile_is_told_with_a_suggestion(blog: SiteFolder, terminal: Terminal) -> None:
    said = terminal("diff", "sante", "jeux")
    assert (said.code, said.out) == (2, "")
    assert said.err == "cmsite: there is no profile `jeux`\n  hint: did you mean `jeu`?\n"


# at the terminal


def test_the_first_lines_sum_it_up(blog: SiteFolder, terminal: Terminal) -> None:
    lines = [line.split() for line in terminal("diff", "sante", "jeu").out.splitlines()]
    assert lines[0] == ["posts", "pages", "files"]
    assert lines[1][:4] == ["only", "in", "sante", "1"]
    assert lines[2][:4] == ["only", "in", "jeu", "1"]
    assert lines[3][:2] == ["changed", "2"]
    assert lines[5] == ["moved", "–"]


def test_each_page_tells_its_fields_and_the_words_that_changed(blog: SiteFolder, terminal: Terminal) -> None:
    shown = terminal("diff", "sante", "jeu").out
    page = shown.partition("En route  2026/03/voyage/\n")[2].partition("\n\n")[0]
    lines = squeezed(page)
    assert lines[:2] == ["title - En route", "+ En jeu"]
    assert "body - Je travaille à Paris depuis longtemps, et j'écoute avant de parler." in lines
    assert lines[-1].startswith("also ")
    assert shown.count("- Carnet") == 1  # what all pages show is told once


def test_verbose_tells_lists_and_cuts_nothing_short(blog: SiteFolder, terminal: Terminal) -> None:
    blog.post("long", "", "{% if mask.niche.matches('e-sante') %}Début" + " mot" * 200 + " fin.{% endif %}")
    brief, verbose = terminal("diff", "sante", "jeu").out, terminal("diff", "sante", "jeu", "-v").out
    assert "mot fin." not in " ".join(brief.split())
    assert "mot fin." in " ".join(verbose.split())
    assert "archive/2026/" in brief.partition("differ only in the posts they list")[2]
    assert re.search(r"^2026  archive/2026/$", verbose, flags=re.MULTILINE)


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_no_line_is_wider_than_the_terminal(blog: SiteFolder, columns: str) -> None:
    words = ["sante", "jeu", "-v", "--now", "2026-06-01"]
    shown = CliRunner().invoke(command, words, obj=blog.root, env={"COLUMNS": columns}).stdout
    assert "En jeu" in shown
    assert max(map(len, shown.splitlines())) <= int(columns)


def test_nothing_is_written(blog: SiteFolder, terminal: Terminal) -> None:
    before = {path for path in blog.root.rglob("*") if "__pycache__" not in path.parts}
    for form in ([], ["-v"], ["--json"]):
        terminal("diff", "sante", "jeu", *form)
    assert {path for path in blog.root.rglob("*") if "__pycache__" not in path.parts} == before


# the page


class Page(HTMLParser):
    """The tags of a page, with what they are given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.tags if name == tag]


def page_of(blog: SiteFolder, terminal: Terminal, a: str = "sante", b: str = "jeu") -> str:
    file = blog.root / "diff.html"
    said = terminal("diff", a, b, "--html", str(file))
    assert (said.code, said.out) == (0, "")
    return file.read_text(encoding="utf-8")


def test_the_page_lays_the_two_wordings_side_by_side(blog: SiteFolder, terminal: Terminal) -> None:
    text = page_of(blog, terminal)
    assert "<mark>Paris</mark>" in text
    assert "<mark>Lyon</mark>" in text
    assert text.index("<mark>Paris</mark>") < text.index("<mark>Lyon</mark>")
    assert "<li><span>Titre de patients</span> <code>2026/02/patients/</code></li>" in text


def test_the_page_says_in_a_line_what_it_holds(blog: SiteFolder, terminal: Terminal) -> None:
    said = terminal("diff", "sante", "jeu", "--html", str(blog.root / "d.html"))
    assert re.fullmatch(
        r"sante, jeu: \d+ only in sante, \d+ only in jeu, \d+ changed, \d+ the same → .*d.html\n", said.err
    )


def test_the_page_needs_no_script_and_nothing_from_elsewhere(blog: SiteFolder, terminal: Terminal) -> None:
    text = page_of(blog, terminal)
    page = Page(text)
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert "script-src" not in text
    for tag, given in page.tags:
        assert not [name for name in given if name.startswith("on") or name == "style"], tag
        assert (given.get("href") or "#").startswith("#")
    assert "url(" not in text


def test_every_link_has_its_end_and_every_name_is_its_own(blog: SiteFolder, terminal: Terminal) -> None:
    page = Page(page_of(blog, terminal))
    names = [given["id"] for _, given in page.tags if "id" in given]
    assert len(names) == len(set(names))
    assert {given["href"] for given in page.all("a")} <= {f"#{name}" for name in names}


def test_each_cell_says_whose_it_is_and_in_what_language(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("profiles/en.yml", "language: en\nheadline: In English\nmask: {niche: jeu-video}\n")
    blog.post("patches", "language: en\ntitle: Patch notes")
    text = page_of(blog, terminal, "sante", "en")
    assert '<dd class="b"><b class="who">en</b> <p lang="en">In English</p></dd>' in text
    assert '<dd class="a"><b class="who">sante</b> <p>Community manager</p></dd>' in text


def test_nothing_an_author_wrote_is_taken_for_html(blog: SiteFolder, terminal: Terminal) -> None:
    blog.post("mot", "title: \"<script>alert('1')</script>\"", "`<b>` & `<i>` {{ mask.locality.phrase }}")
    blog.write("profiles/jeu.yml", 'headline: "<i>x</i> & y"\nmask: {locality: lyon}\n')
    text = page_of(blog, terminal)
    assert "<script" not in text
    assert "<i>" not in text
    assert "&lt;i&gt;x&lt;/i&gt; &amp; y" in text


def test_the_page_serves_both_schemes_and_print_and_speaks_the_language_of_the_site(
    blog: SiteFolder, terminal: Terminal
) -> None:
    text = page_of(blog, terminal)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert '<html lang="fr">' in text
    assert "État au 1<sup>er</sup> juin 2026" in text


def test_a_page_of_nothing_can_be_read(blog: SiteFolder, terminal: Terminal) -> None:
    text = page_of(blog, terminal, "sante", "sante")
    assert "octet pour octet" in text
    assert "<section" not in text


def test_the_page_takes_the_place_of_an_earlier_one_and_of_nothing_else(
    blog: SiteFolder, terminal: Terminal
) -> None:
    before = page_of(blog, terminal)
    blog.post("encore")
    assert page_of(blog, terminal) != before
    assert mark_of("diff") in before
    blog.write("notes.html", before.replace(mark_of("diff"), mark_of("coverage")))
    said = terminal("diff", "sante", "jeu", "--html", str(blog.root / "notes.html"))
    assert said.code == 3
    assert mark_of("coverage") in (blog.root / "notes.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["public", "private", "content/static"])
def test_the_page_never_stands_among_what_is_published(
    blog: SiteFolder, terminal: Terminal, folder: str
) -> None:
    (blog.root / folder).mkdir(parents=True)
    assert terminal("diff", "sante", "jeu", "--html", str(blog.root / folder / "d.html")).code == 3
    assert not list((blog.root / folder).iterdir())


def test_the_page_and_json_can_be_had_at_once(blog: SiteFolder, terminal: Terminal) -> None:
    assert told(terminal, "sante", "jeu", "--html", str(blog.root / "d.html"))["changed"]
    assert (blog.root / "d.html").exists()


# its words


def test_the_words_of_the_page_are_complete_in_every_language() -> None:
    assert set(WORDS) == set(KINDS) == set(FIELDS) == set(LANGUAGES)
    assert WORDS["fr"].keys() == WORDS["en"].keys()
    assert KINDS["fr"].keys() == KINDS["en"].keys()
    for key, text in WORDS["fr"].items():
        assert set(re.findall(r"{\w*}", text)) == set(re.findall(r"{\w*}", WORDS["en"][key]))
        assert not re.search(r" [:;!?»]|« ", text), f"an ordinary space in {key}"


def test_only_fields_that_there_are_have_words() -> None:
    known = {
        name
        for room in (views, feeds)
        for kind in vars(room).values()
        for name in getattr(kind, "__struct_fields__", ())
    }
    assert {*FIELDS["fr"], *FIELDS["en"]} <= known
