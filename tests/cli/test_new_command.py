"""`cmsite new post`: a draft that is never in the way, and that fills the gap it was made for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cmsite.cli.coverage import command as coverage_command
from cmsite.cli.new import command
from cmsite.errors import Refused, UsageError
from cmsite.model import Post
from cmsite.read.site import read_site
from site_folder import SiteFolder

NOW = "1780315200"  # 2026-06-01T12:00Z, a moment of the summer
JUNE = "content/posts/2026-06-01"


def run(site: SiteFolder, *arguments: str, now: str = NOW) -> Result:
    return CliRunner().invoke(
        command, ["post", *arguments], obj=site.root, env={"SOURCE_DATE_EPOCH": now, "COLUMNS": "200"}
    )


def made(site: SiteFolder, *arguments: str, now: str = NOW) -> Post:
    """Run the command and return the draft as the site reads it, in a site that holds no mistake."""
    result = run(site, *arguments, now=now)
    assert result.exception is None, result.exception
    path = result.stdout.strip()
    return next(post for post in read_site(site.root).site.posts if post.source == path)


def refused(site: SiteFolder, *arguments: str) -> UsageError:
    """Run the command, which finds a word wrong and writes nothing, and return what it says."""
    error = run(site, *arguments).exception
    assert isinstance(error, UsageError)
    assert error.code == 2
    assert not (site.root / "content").exists()
    return error


def publish(site: SiteFolder, path: str) -> None:
    """Take `draft: true` away, and nothing else."""
    file = site.root / path
    text = file.read_text(encoding="utf-8")
    assert text.count("draft: true\n") == 1
    file.write_text(text.replace("draft: true\n", ""), encoding="utf-8")


def coverage(site: SiteFolder, *arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(
        coverage_command, ["--json", *arguments], obj=site.root, env={"SOURCE_DATE_EPOCH": NOW}
    )
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def counts(site: SiteFolder) -> dict[tuple[str, str, str], int]:
    """Return the count of each profile, point and term."""
    return {(cell["profile"], cell["point"], cell["term"]): cell["count"] for cell in coverage(site)["cells"]}


# the file


def test_a_post_is_named_by_date_and_slug_and_is_a_draft(site: SiteFolder) -> None:
    post = made(site, "Écouter avant de parler")
    assert post.source == f"{JUNE}-ecouter-avant-de-parler.md"
    assert (post.title, post.slug, post.draft) == ("Écouter avant de parler", "ecouter-avant-de-parler", True)
    assert post.date is not None
    assert post.date.isoformat() == "2026-06-01T00:00:00+02:00"
    assert not post.mask


def test_the_file_says_what_is_known_and_hints_at_what_is_not(site: SiteFolder) -> None:
    made(site, "Douze chaises", "--for", "niche=e-sante,locality=paris,lyon")
    assert (site.root / f"{JUNE}-douze-chaises.md").read_text(encoding="utf-8") == (
        "---\n"
        "title: Douze chaises\n"
        "date: 2026-06-01\n"
        "summary:  # une ou deux phrases qui donnent envie de lire\n"
        "tags: []  # [écoute, méthode]\n"
        "draft: true\n"
        "mask:\n"
        "  niche: e-sante\n"
        "  locality: [paris, lyon]\n"
        "---\n\n"
    )


def test_the_path_is_alone_on_standard_output_and_the_hint_beside_it(site: SiteFolder) -> None:
    result = run(site, "--for", "niche=e-sante")
    assert result.stdout == f"{JUNE}-e-sante.md\n"
    assert "take `draft: true` away" in result.stderr
    assert "adds to sante, niche e-sante: 0 → 1" in result.stderr


def test_json_tells_the_draft_and_what_it_will_fill(site: SiteFolder) -> None:
    assert json.loads(run(site, "Un", "--for", "niche=esante", "--json").stdout) == {
        "path": f"{JUNE}-un.md",
        "slug": "un",
        "title": "Un",
        "date": "2026-06-01",
        "language": "fr",
        "mask": {"niche": ["e-sante"]},
        "fills": [{"profile": "sante", "point": "niche", "term": "e-sante", "count": 1}],
    }


@pytest.mark.parametrize(
    "title",
    [
        "Écouter : la suite # 1",
        "« Bonjour », dit-elle",
        "- tiret",
        "no",
        "null",
        "2026-03-01",
        "[liste] {clé}",
        'des "guillemets" et \\ une barre',
        "fin :",
        "`code` *étoile* & <b>",
        "日本語のタイトル 🎉",
        "{{ mask.niche }}",
        "a\u00a0b",
    ],
)
def test_every_title_is_read_back_as_it_was_written(site: SiteFolder, title: str) -> None:
    assert made(site, "--", title).title == title


def test_a_title_is_one_clean_line(site: SiteFolder) -> None:
    assert made(site, " un\ttitre\n sur\u2028deux \x07lignes ").title == "un titre sur deux lignes"


def test_a_title_without_a_letter_has_a_slug_all_the_same(site: SiteFolder) -> None:
    assert [made(site, "!!!").slug, made(site, "???").slug] == ["post", "post-2"]


def test_a_very_long_title_makes_a_name_that_every_system_takes(site: SiteFolder) -> None:
    post = made(site, "mot " * 200)
    assert len(post.slug) <= 100
    assert not post.slug.endswith("-")


def test_the_day_is_that_of_the_site_s_time_zone(site: SiteFolder) -> None:
    assert made(site, "Tard", now="1780353000").name == "2026-06-02-tard"  # 22:30Z, past midnight in Paris


def test_a_date_may_be_given(site: SiteFolder) -> None:
    assert made(site, "Plus tard", "--date", "2027-3-1").name == "2027-03-01-plus-tard"


@pytest.mark.parametrize("day", ["2026-02-30", "0001-01-01", "demain", "1er mars", "2026-03-01x"])
def test_a_date_that_no_calendar_has_is_refused(site: SiteFolder, day: str) -> None:
    assert f"`{day}` is not a day" in refused(site, "Titre", "--date", day).message


# the title


def test_without_a_title_the_labels_of_the_terms_are_the_title(site: SiteFolder) -> None:
    post = made(site, "--for", "niche=esante,jeu-video,locality=lyon")
    assert (post.title, post.slug) == ("E-santé, jeu vidéo et Lyon", "e-sante-jeu-video-et-lyon")


def test_a_title_made_of_labels_is_in_the_language_of_the_post(site: SiteFolder) -> None:
    assert made(site, "--for", "niche=jeu-video", "--language", "en").title == "Video games"


def test_with_neither_a_title_nor_a_term_there_is_nothing_to_begin(site: SiteFolder) -> None:
    assert "neither a title" in refused(site).message
    assert "title is empty" in refused(site, " \n").message


# the terms


def test_an_alias_becomes_its_term_and_a_repeated_term_stands_once(site: SiteFolder) -> None:
    assert made(site, "--for", "niche=esante", "--for", "niche=e-sante").mask.niche == ("e-sante",)


def test_a_free_point_takes_any_word(site: SiteFolder) -> None:
    assert made(site, "--for", "challenge= gagner  la: confiance ").mask.challenge == (
        "gagner la: confiance",
    )


@pytest.mark.parametrize(
    ("wanted", "what", "hint"),
    [
        ("niche=e-snte", "`e-snte` is not a term of niche", "did you mean `e-sante`?"),
        ("niche=cuisine", "`cuisine` is not a term of niche", "declare it in mask.yml under `niche:`"),
        ("scope=outside", "`outside` is not a term of scope", "write `internal` or `external`"),
        ("nich=e-sante", "`nich` is no point of the mask", "did you mean `niche`?"),
        ("sujet=x", "`sujet` is no point of the mask", "the points are niche, challenge"),
        ("e-sante", "`e-sante` names no point", "write `niche=e-sante`"),
        ("", "`` names no point", "write `POINT=TERM`"),
        ("challenge=!", "`!` is not a term of challenge", "a term has a letter or a digit"),
        ("niche=", "`` is not a term of niche", ""),
        ("challenge=a\x07b", "is not a term of challenge", ""),
    ],
)
def test_a_word_that_is_wrong_is_told_with_the_next_step(
    site: SiteFolder, wanted: str, what: str, hint: str
) -> None:
    error = refused(site, "--for", wanted)
    assert what in error.message
    assert error.hint.startswith(hint)


def test_terms_that_no_profile_has_together_are_told_and_written_all_the_same(site: SiteFolder) -> None:
    result = run(site, "--for", "niche=jeu-video,locality=lyon")
    assert result.exit_code == 0
    assert "no edition shows it yet" in result.stderr


# the language


def test_the_language_stands_in_the_file_only_when_it_is_not_the_site_s(site: SiteFolder) -> None:
    assert "language" not in (site.root / made(site, "Un", "--language", "fr").source).read_text()
    post = made(site, "Two", "--language", "en")
    assert post.language == "en"
    assert "[listening, method]" in (site.root / post.source).read_text()


def test_without_a_word_the_language_is_that_of_the_profile_with_the_gap(site: SiteFolder) -> None:
    site.write("cmsite.yml", "language: fr\nprofile: sante\n")
    site.write("profiles/games.yml", "language: en\nmask: {niche: jeu-video}\n")
    post = made(site, "--for", "niche=jeu-video")
    assert (post.language, post.title) == ("en", "Video games")


# nothing in the way


def test_a_second_post_of_the_same_title_has_a_name_of_its_own(site: SiteFolder) -> None:
    assert [made(site, "Un mot").slug for _ in range(3)] == ["un-mot", "un-mot-2", "un-mot-3"]


def test_a_slug_never_meets_that_of_another_day_or_of_a_page(site: SiteFolder) -> None:
    site.post("un-mot", date="2020-01-01").write("content/pages/contact.md", "---\ntitle: Contact\n---\n")
    assert made(site, "Un mot").slug == "un-mot-2"
    assert made(site, "Contact").slug == "contact-2"


@pytest.mark.parametrize(
    "title", ["Blog", "Tags", "About", "Feed", "For", "Con", "Ancienne", "Robots", "Sante"]
)
def test_a_slug_never_meets_an_address_of_the_site_s_own(site: SiteFolder, title: str) -> None:
    site.post("autre", "aliases: [/2010/01/ancienne.html]").write("content/static/robots/x.txt", "x")
    assert made(site, title).slug == f"{title.casefold()}-2"


def test_an_id_of_another_post_is_not_taken_either(site: SiteFolder) -> None:
    site.post("autre", "id: 2026-06-01-un-mot")
    assert made(site, "Un mot").slug == "un-mot-2"


def test_what_stands_in_the_place_is_never_overwritten(site: SiteFolder) -> None:
    (site.root / f"{JUNE}-un-mot.md").mkdir(parents=True)
    error = run(site, "Un mot").exception
    assert isinstance(error, Refused)
    assert (site.root / f"{JUNE}-un-mot.md").is_dir()


def test_a_site_with_mistakes_gets_no_post_until_they_are_mended(site: SiteFolder) -> None:
    site.post("faute", "mask: {niche: cuisine}")
    result = run(site, "Un mot", "--json")
    assert json.loads(result.stdout)["problems"][0]["code"] == "unknown-term"
    assert not (site.root / f"{JUNE}-un-mot.md").exists()


# the law: publishing it removes the gap


def test_a_gap_is_named_filled_and_gone(site: SiteFolder) -> None:
    site.post("ouvert").post("ecoute", "mask: {niche: e-sante}")
    thin = [(cell["point"], cell["term"]) for cell in coverage(site)["thin"]]
    assert thin == [("locality", "paris")]
    path = run(site, "--for", "locality=paris").stdout.strip()
    assert counts(site)["sante", "locality", "paris"] == 0  # a draft is in no edition
    publish(site, path)
    assert counts(site)["sante", "locality", "paris"] == 1
    assert coverage(site)["thin"] == []
    assert site.build().pages  # and the site builds


def test_one_post_fills_the_gaps_of_every_profile_that_it_suits(site: SiteFolder) -> None:
    site.write("cmsite.yml", "language: fr\nprofile: sante\n")
    site.write("profiles/france.yml", "mask: {niche: [jeu-video, e-sante], locality: france}\n")
    site.write("profiles/lyon.yml", "mask: {niche: e-sante, locality: lyon}\n").post("ouvert")
    path = run(site, "--for", "niche=e-sante,locality=paris").stdout.strip()
    publish(site, path)
    found = counts(site)
    assert [found["sante", "niche", "e-sante"], found["sante", "locality", "paris"]] == [1, 1]
    assert [found["france", "niche", "e-sante"], found["france", "locality", "france"]] == [1, 1]
    assert found["lyon", "niche", "e-sante"] == 0  # its locality is in conflict


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    """Return the files of a site: up to three profiles and four posts over few terms, in two languages."""
    words = {
        "niche": ("sante", "jeu"),
        "locality": ("france", "paris", "lyon"),
        "scope": ("internal", "external"),
    }

    def drawn_mask(at_least: int) -> str:
        points = draw(st.lists(st.sampled_from(sorted(words)), min_size=at_least, max_size=3, unique=True))
        listed = {
            point: draw(st.lists(st.sampled_from(words[point]), min_size=1, max_size=2, unique=True))
            for point in points
        }
        return json.dumps(listed)

    files = {
        "cmsite.yml": "language: fr\nprofile: p0\nurl: https://example.org/\n",
        "mask.yml": "niche: {sante: {aliases: [soins]}, jeu: {}}\n"
        "locality: {france: {}, paris: {within: france}, lyon: {within: france}}\n",
    }
    for number in range(draw(st.integers(1, 3))):
        language = draw(st.sampled_from(["fr", "en"]))
        files[f"profiles/p{number}.yml"] = f"language: {language}\nmask: {drawn_mask(1)}\n"
    for number in range(draw(st.integers(0, 4))):
        language = draw(st.sampled_from(["fr", "en"]))
        head = f"title: T\ndate: 2026-01-0{number + 1}\nlanguage: {language}\nmask: {drawn_mask(0)}\n"
        files[f"content/posts/p{number}.md"] = f"---\n{head}---\n\nUn texte.\n"
    return files


@examples(max_examples=12)
@given(sites(), st.data())
def test_a_post_for_some_gaps_of_a_profile_removes_them_in_every_site(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str], data: st.DataObject
) -> None:
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    for path, text in files.items():
        site.write(path, text)
    thin = coverage(site)["thin"]
    if not thin:
        return
    name = data.draw(st.sampled_from(sorted({cell["profile"] for cell in thin})))
    of_one = [cell for cell in thin if cell["profile"] == name]
    gaps = data.draw(st.lists(st.sampled_from(of_one), min_size=1, max_size=3, unique_by=str))
    wanted = ",".join(f"{gap['point']}={gap['term']}" for gap in gaps)
    language = next(each.language for each in read_site(site.root).site.profiles if each.name == name)
    result = run(site, "--for", wanted, "--language", language, "--json")
    told = json.loads(result.stdout)
    publish(site, told["path"])
    found = counts(site)
    assert all(found[name, gap["point"], gap["term"]] == 1 for gap in gaps)
    assert all(found[gain["profile"], gain["point"], gain["term"]] == gain["count"] for gain in told["fills"])


@examples(max_examples=8)
@given(sites(), st.data())
def test_a_post_for_one_gap_needs_no_word_on_its_language(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str], data: st.DataObject
) -> None:
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    for path, text in files.items():
        site.write(path, text)
    thin = coverage(site)["thin"]
    if not thin:
        return
    gap = data.draw(st.sampled_from(thin))
    post = made(site, "--for", f"{gap['point']}={gap['term']}")
    publish(site, post.source)
    found, filled = counts(site), (gap["point"], gap["term"])
    speaking = {each.name for each in read_site(site.root).site.profiles if each.language == post.language}
    mended = [number for (name, *cell), number in found.items() if name in speaking and tuple(cell) == filled]
    assert mended
    assert all(number >= 1 for number in mended)
