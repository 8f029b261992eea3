"""`cmsite coverage`: one value in four forms, and its exits."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import profile
from builders import site as valid_site
from cmsite.cli.coverage import command
from cmsite.cli.coverage_page import _POINTS, _WORDS, coverage_page
from cmsite.cli.report_page import mark_of
from cmsite.errors import Refused, UsageError
from cmsite.model import LANGUAGES, Language, Mask, Post, Vocabulary
from cmsite.shape.report.coverage import Coverage, as_markdown, cover
from shape.strategies import blogs, masks, vocabularies
from site_folder import SiteFolder

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "coverage.json"
NOW = "2026-06-01T12:00+00:00"
FRENCH = Language("fr")
Counts = dict[tuple[str, str, str], int]  # of profile, point and term


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    """Two profiles that share a term; e-santé has two posts, Paris one, Lyon none."""
    site.write("cmsite.yml", (site.root / "cmsite.yml").read_text(encoding="utf-8") + "profile: sante\n")
    site.write(
        "profiles/lyon.yml", "mask: {niche: [e-sante, jeu-video], locality: lyon, challenge: a|b & c}\n"
    )
    site.post("ecouter", "mask: {niche: e-sante}")
    site.post("douze-chaises", "mask: {niche: e-sante, locality: paris}")
    return site.post("ouvert")


def run(blog: SiteFolder, *arguments: str, columns: int = 80) -> Result:
    """Run the command on the site as a terminal of that width would."""
    environment = {"COLUMNS": str(columns)}
    return CliRunner().invoke(command, [*arguments, "--now", NOW], obj=blog.root, env=environment)


def told(blog: SiteFolder, *arguments: str) -> dict[str, Any]:
    """Return what `--json` says, which is always as the schema has it."""
    answer: dict[str, Any] = json.loads(run(blog, *arguments, "--json").stdout)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(answer)
    return answer


def page_of(blog: SiteFolder) -> str:
    file = blog.root / "coverage.html"
    assert run(blog, "--html", str(file)).exception is None
    return file.read_text(encoding="utf-8")


def counts_in(cells: list[dict[str, Any]]) -> Counts:
    return {(cell["profile"], cell["point"], cell["term"]): cell["count"] for cell in cells}


def counts_in_markdown(text: str) -> Counts:
    counts = {}
    for line in text.splitlines()[2:]:
        cells = [re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", line)]
        if len(cells) > 1:
            counts[cells[1], cells[2], cells[3]] = int(cells[4])
    return counts


class Page(HTMLParser):
    """What the tables of a page say: the map's counts, and the totals below each profile's posts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.map: Counts = {}
        self.totals: list[int] = []
        self.marks: list[tuple[str, dict[str, str | None]]] = []
        self.term = ""
        self.cell: dict[str, str | None] = {}
        self.in_number = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.marks.append((tag, given))
        if tag == "tr":
            self.term = given.get("data-term") or ""
        self.cell = given if tag == "td" else self.cell
        self.in_number = tag == "b" and "data-profile" in self.cell

    def handle_data(self, data: str) -> None:
        if not self.in_number:
            return
        self.in_number = False
        if self.term:
            key = (self.cell["data-profile"] or "", self.cell["data-point"] or "", self.term)
            self.map[key] = int(data)
        else:
            self.totals.append(int(data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.marks if name == tag]


# what is counted


def test_it_counts_for_every_profile_the_posts_of_each_term(blog: SiteFolder) -> None:
    answer = told(blog)
    assert answer["profiles"] == ["sante", "lyon"]
    assert counts_in(answer["cells"]) == {
        ("sante", "niche", "e-sante"): 2,
        ("sante", "locality", "paris"): 1,
        ("lyon", "niche", "e-sante"): 1,
        ("lyon", "niche", "jeu-video"): 0,
        ("lyon", "challenge", "a|b & c"): 0,
        ("lyon", "locality", "lyon"): 0,
    }
    assert answer["cells"][1]["posts"] == ["douze-chaises"]


def test_only_the_profiles_asked_for_are_told_each_once(blog: SiteFolder) -> None:
    assert told(blog, "-p", "lyon")["profiles"] == ["lyon"]
    assert told(blog, "-p", "lyon", "-p", "sante", "-p", "lyon")["profiles"] == ["lyon", "sante"]


def test_an_unknown_profile_is_told_with_a_suggestion(blog: SiteFolder) -> None:
    error = run(blog, "-p", "lion").exception
    assert isinstance(error, UsageError)
    assert error.hint == "did you mean `lyon`?"


def test_a_profile_whose_edition_is_empty_does_not_stop_the_others(blog: SiteFolder) -> None:
    blog.write("profiles/english.yml", "language: en\nmask: {niche: jeu-video}\n")
    answer = told(blog)
    assert counts_in(answer["cells"])["english", "niche", "jeu-video"] == 0
    assert counts_in(answer["cells"])["sante", "niche", "e-sante"] == 2
    assert "n’a encore aucun article" in page_of(blog)


def test_a_site_without_a_profile_has_nothing_to_count(blog: SiteFolder) -> None:
    blog.delete("profiles").write("cmsite.yml", "language: fr\n")
    assert told(blog)["cells"] == []
    assert run(blog, "--min", "2").exit_code == 0
    assert "Le masque de ce profil ne dit rien\u00a0:" in page_of(blog)


def test_mistakes_in_the_files_are_told_as_json_too(blog: SiteFolder) -> None:
    blog.post("faute", "mask: {niche: esanté}")
    assert told(blog)["problems"][0]["code"] == "unknown-term"


# the exits of --min


def test_without_a_least_thin_terms_are_shown_and_all_is_well(blog: SiteFolder) -> None:
    result = run(blog)
    assert result.exit_code == 0
    assert "6 terms in 2 profiles: 3 thin (without a post)" in result.stdout


@pytest.mark.parametrize("form", [[], ["--markdown"], ["--html", "page.html"]])
def test_a_least_that_is_not_reached_leaves_with_1_and_names_every_thin_term(
    blog: SiteFolder, form: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(blog, "--min", "2", *form, columns=40)
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("thin: ")] == [
        "thin: sante, locality paris: 1 post, of 2 wanted",
        "thin: lyon, niche e-sante: 1 post, of 2 wanted",
        "thin: lyon, niche jeu-video: no post, of 2 wanted",
        "thin: lyon, challenge a|b & c: no post, of 2 wanted",
        "thin: lyon, locality lyon: no post, of 2 wanted",
    ]


def test_a_least_that_is_not_reached_leaves_with_1_under_json_too(blog: SiteFolder) -> None:
    result = run(blog, "--min", "2", "--json")
    assert result.exit_code == 1
    assert result.stderr == ""
    answer = told(blog, "--min", "2")
    assert answer["thin"] == [cell for cell in answer["cells"] if cell["count"] < 2]
    assert len(answer["thin"]) == 5


def test_a_least_that_is_reached_leaves_with_0(blog: SiteFolder) -> None:
    assert run(blog, "-p", "sante", "--min", "1").exit_code == 0
    assert run(blog, "-p", "sante", "--min", "2").exit_code == 1


def test_a_least_of_no_post_makes_no_sense(blog: SiteFolder) -> None:
    assert run(blog, "--min", "0").exit_code == 2


# the forms


def test_at_the_terminal_thin_terms_are_marked_by_a_word_and_points_stand_once(blog: SiteFolder) -> None:
    lines = [line.split() for line in run(blog).stdout.splitlines()]
    assert ["sante", "niche", "e-sante", "2", "■■"] in lines
    assert ["jeu-video", "0", "thin"] in lines
    assert "to fill the first: cmsite new post --for niche=jeu-video" in run(blog).stdout


@pytest.mark.parametrize("columns", [40, 80])
def test_the_table_never_loses_a_count_on_a_narrow_terminal(blog: SiteFolder, columns: int) -> None:
    shown = run(blog, columns=columns).stdout
    assert len(re.findall(r"\b\d  (?:■|thin)", shown)) == 6
    assert max(len(line) for line in shown.splitlines()[:-1] if "terms" not in line) <= columns


def test_all_forms_have_the_same_counts(blog: SiteFolder) -> None:
    counts = counts_in(told(blog)["cells"])
    page = Page(page_of(blog))
    assert counts_in_markdown(run(blog, "--markdown").stdout) == counts
    assert page.map == counts
    assert page.totals == list(counts.values())


@examples(max_examples=8)
@given(vocabularies(), st.lists(masks(), max_size=3), blogs(), st.integers(1, 3), st.sampled_from(LANGUAGES))
def test_every_coverage_says_the_same_in_markdown_and_on_the_page(
    words: Vocabulary, wanted: list[Mask], posts: tuple[Post, ...], least: int, language: Language
) -> None:
    profiles = [profile(f"p-{number}", mask=each) for number, each in enumerate(wanted)]
    at = datetime(2026, 6, 1, tzinfo=UTC)
    coverage = cover(valid_site(*posts, words=words), profiles, now=at, least=least)
    counts = {(cell.profile, cell.point.value, str(cell.term)): cell.count for cell in coverage.cells}
    text = coverage_page(coverage, "Carnet", language)
    assert counts_in_markdown(as_markdown(coverage)) == counts
    assert Page(text).map == counts
    assert as_markdown(coverage).count("**thin**") == len(coverage.thin)
    on_map = text.partition('<section id="map">')[2].partition("</section>")[0]
    assert on_map.count(f"<em>{_WORDS[language]['thin']}</em>") == len(coverage.thin)


def test_two_forms_cannot_share_standard_output(blog: SiteFolder) -> None:
    assert isinstance(run(blog, "--json", "--markdown").exception, UsageError)


# the page


def test_the_page_needs_nothing_but_itself(blog: SiteFolder) -> None:
    page = Page(page_of(blog))
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.marks}
    for tag, given_ in page.marks:
        address = given_.get("href") or given_.get("src") or "#"
        assert address.startswith("#"), (tag, address)
    assert "url(" not in page_of(blog)
    assert "@import" not in page_of(blog)


def test_every_header_of_the_page_has_a_scope_every_table_a_caption_and_every_link_its_end(
    blog: SiteFolder,
) -> None:
    page = Page(page_of(blog))
    assert all(given_.get("scope") for given_ in page.all("th"))
    names = [given_["id"] for _, given_ in page.marks if "id" in given_]
    assert len(names) == len(set(names))
    assert {given_["href"] for given_ in page.all("a")} <= {f"#{name}" for name in names}
    regions = [given_ for given_ in page.all("div") if given_.get("role") == "region"]
    assert len(regions) == len(page.all("table")) == len(page.all("caption"))
    assert all(given_["tabindex"] == "0" and given_["aria-labelledby"] in names for given_ in regions)


def test_the_page_serves_both_schemes_and_print(blog: SiteFolder) -> None:
    text = page_of(blog)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_the_page_speaks_the_language_of_the_site(blog: SiteFolder) -> None:
    assert '<html lang="fr">' in page_of(blog)
    assert "«\u00a0à étoffer\u00a0»" in page_of(blog)
    assert "État au 1<sup>er</sup> juin 2026" in page_of(blog)
    config = (blog.root / "cmsite.yml").read_text(encoding="utf-8").replace("language: fr", "language: en")
    blog.write("cmsite.yml", config)
    text = page_of(blog)
    assert '<html lang="en">' in text
    assert "As of June 1, 2026" in text
    assert not re.search("étoffer|article|Secteur", text)


def test_posts_in_another_language_than_the_page_say_so(blog: SiteFolder) -> None:
    blog.write("profiles/english.yml", "language: en\nmask: {niche: jeu-video}\n")
    blog.post("patches", "language: en\ntitle: Patch notes\nmask: {niche: jeu-video}")
    assert '<th scope="row" lang="en">Patch notes</th>' in page_of(blog)


def test_nothing_an_author_wrote_is_taken_for_html(blog: SiteFolder) -> None:
    blog.write("profiles/sante.yml", "mask: {challenge: \"<i>x</i> & 'y'\", niche: e-sante}\n")
    blog.post("mot", "title: \"<script>alert('1')</script>\"\nmask: {niche: e-sante}")
    text = page_of(blog)
    assert "<script" not in text
    assert "<i>" not in text
    assert ("sante", "challenge", "<i>x</i> & 'y'") in Page(text).map


def test_the_words_of_the_page_are_complete_in_every_language() -> None:
    assert set(_WORDS) == set(_POINTS) == set(LANGUAGES)
    assert _WORDS["fr"].keys() == _WORDS["en"].keys()
    for key, text in _WORDS["fr"].items():
        assert set(re.findall(r"{\w*}", text)) == set(re.findall(r"{\w*}", _WORDS["en"][key]))
        assert not re.search(r" [:;!?»]|« ", text), f"an ordinary space in {key}"


def test_the_page_is_the_same_for_the_same_instant(blog: SiteFolder) -> None:
    assert page_of(blog) == page_of(blog)


def test_a_page_of_nothing_can_be_read() -> None:
    nothing = Coverage((), (), 1, datetime(2026, 6, 1, tzinfo=UTC))
    assert "Rien à étoffer" in coverage_page(nothing, "Carnet", FRENCH)
    assert "0\u00a0" not in coverage_page(replace(nothing, least=2), "Carnet", FRENCH)


# where the page may stand


@pytest.mark.parametrize("folder", ["public", "public/blog", "private", "content/static"])
def test_the_page_never_stands_among_what_is_published(blog: SiteFolder, folder: str) -> None:
    (blog.root / folder).mkdir(parents=True)
    file = blog.root / folder / "coverage.html"
    error = run(blog, "--html", str(file)).exception
    assert isinstance(error, Refused)
    assert error.code == 3
    assert not file.exists()


def test_a_link_does_not_lead_the_page_into_the_output(blog: SiteFolder, tmp_path: Path) -> None:
    (blog.root / "public").mkdir()
    (tmp_path / "link").symlink_to(blog.root / "public")
    assert isinstance(run(blog, "--html", str(tmp_path / "link" / "coverage.html")).exception, Refused)
    assert blog.outputs() == {}


def test_the_page_takes_the_place_of_an_earlier_one(blog: SiteFolder) -> None:
    before = page_of(blog)
    blog.post("encore", "mask: {niche: jeu-video}")
    assert page_of(blog) != before
    assert not list(blog.root.glob(".coverage*"))


@pytest.mark.parametrize("text", ["", "<!doctype html><p>mine</p>", "# notes\n"])
def test_the_page_never_overwrites_a_file_of_another_kind(blog: SiteFolder, text: str) -> None:
    blog.write("notes.html", text)
    assert isinstance(run(blog, "--html", str(blog.root / "notes.html")).exception, Refused)
    assert (blog.root / "notes.html").read_text(encoding="utf-8") == text


def test_a_page_in_a_folder_that_is_not_there_is_a_word_wrong(blog: SiteFolder) -> None:
    error = run(blog, "--html", str(blog.root / "reports" / "a.html")).exception
    assert isinstance(error, UsageError)


def test_the_page_says_what_made_it(blog: SiteFolder) -> None:
    assert mark_of("coverage") in page_of(blog)


def test_nothing_but_the_page_is_written(blog: SiteFolder) -> None:
    before = {path for path in blog.root.rglob("*") if "__pycache__" not in path.parts}
    for form in ([], ["--json"], ["--markdown"], ["--min", "9"]):
        run(blog, *form)
    assert {path for path in blog.root.rglob("*") if "__pycache__" not in path.parts} == before
