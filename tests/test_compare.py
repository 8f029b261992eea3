"""What `diff` and `whatif` say is what two real builds then differ in, byte by byte."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cmsite.compare import compare_profiles, try_mask
from cmsite.editions import Request, find_profile, prepare
from cmsite.errors import BuildRunning, ProblemsFound
from cmsite.model import MARKER, Point, Term
from cmsite.read.site import read_site
from cmsite.shape.personalise import personalise
from cmsite.shape.report.difference import Side, differ
from cmsite.write.publish import working
from demo import DEMO_DAY as DAY
from demo import copy_demo
from site_folder import NOW, SiteFolder
from test_demo import PROFILES
from tiny_theme import wear_tiny_theme

Files = dict[str, bytes]

_TERMS = {"niche": ["e-sante", "jeu-video"], "locality": ["france", "paris", "lyon"], "challenge": ["x", "y"]}
_POSTS = {
    "ouvert": "tags: [méthode]",
    "sante": "mask: {niche: e-sante}\ntags: [écoute, méthode]",
    "jeu": "mask: {niche: jeu-video, challenge: x}",
    "paris": "mask: {locality: paris}\npinned: true",
    "france": "mask: {locality: france}\nnot: {niche: jeu-video}",
    "enjeu": "title: Enjeu\nmask: {challenge: [x, y]}\nvariants: [{when: {niche: e-sante}, title: Soigner}]",
}
_BODY = "Un texte.\n\n{% if mask.locality %}\nVers {{ mask.locality }}.\n{% endif %}\n\n[Lire](post:ouvert)."


def masks() -> st.SearchStrategy[dict[str, list[str]]]:
    """Return what a profile may state, or an edit set, at some points."""
    return st.fixed_dictionaries(
        {},
        optional={
            point: st.lists(st.sampled_from(terms), max_size=2, unique=True)
            for point, terms in _TERMS.items()
        },
    )


@pytest.fixture(scope="module")
def blog() -> Iterator[SiteFolder]:
    """A site of six posts and a page, each for other readers, none for all of them."""
    with tempfile.TemporaryDirectory(prefix="cmsite-compare-") as folder:
        site = wear_tiny_theme(SiteFolder(Path(folder)).started())
        config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
        site.write("cmsite.yml", f"{config}profile: sante\nposts_per_page: 2\n")
        for day, (slug, head) in enumerate(_POSTS.items(), 1):
            site.post(slug, head, _BODY, date=f"2026-03-0{day % 3 + 1}")
        site.write(
            "content/pages/jouer.md", "---\ntitle: Jouer\nmask: {niche: jeu-video}\n---\n\nUn texte.\n"
        )
        yield site


def written(site: SiteFolder, name: str, mask: dict[str, list[str]], *, general: str = "leave-out") -> None:
    """Write a profile with a mask; posts that speak to anyone are not in its edition."""
    site.write(f"profiles/{name}.yml", f"mask: {json.dumps(mask)}\nselect: {{general: {general}}}\n")


def built(site: SiteFolder, profile: str = "sante") -> Files | list[str]:
    """Return the files of a profile's edition, or the codes of what stands in its way."""
    try:
        site.build(profile)
    except ProblemsFound as found:
        return sorted(problem.code for problem in found.problems)
    return published(site)


def published(site: SiteFolder) -> Files:
    """Return every file of the site that stands in the output."""
    return {path: data for path, data in site.outputs().items() if path != MARKER}


def told(site: SiteFolder, *words: str) -> Any:
    return json.loads(site.run(*words, "--json").stdout)


def slugs(site: SiteFolder) -> set[str]:
    """Return the posts and pages of the lead profile's edition."""
    read = read_site(site.root).site
    edition = personalise(read, find_profile(read, ""), now=NOW)
    return {one.slug for one in (*edition.chosen, *edition.pages)}


def differing(before: Files, after: Files) -> dict[str, list[str]]:
    """Return which files only one build has, and which have other bytes."""
    return {
        "remove": sorted(before.keys() - after.keys()),
        "add": sorted(after.keys() - before.keys()),
        "change": sorted(path for path in before.keys() & after.keys() if before[path] != after[path]),
    }


@examples(max_examples=12)
@given(masks(), masks())
def test_what_whatif_says_is_what_the_edit_then_does(
    blog: SiteFolder, today: dict[str, list[str]], edit: dict[str, list[str]]
) -> None:
    if not edit:
        edit = {"niche": ["e-sante"]}
    written(blog, "sante", today)
    before, chosen = built(blog), slugs_if_any(blog)
    wanted = [word for point, terms in edit.items() for word in ("--set", f"{point}={','.join(terms)}")]
    said = told(blog, "whatif", "-p", "sante", *wanted)
    written(blog, "sante", today | edit)
    after = built(blog)
    if isinstance(after, list):
        assert [problem["code"] for problem in said["problems"]] == after == ["empty-edition"]
        return
    assert said["empty"] == isinstance(before, list)
    assert {key: said[key] for key in ("remove", "add", "change")} == differing(
        {} if isinstance(before, list) else before, after
    )
    assert set(said["enter"]) == slugs(blog) - chosen
    assert set(said["leave"]) == (chosen - slugs(blog))


def slugs_if_any(site: SiteFolder) -> set[str]:
    try:
        return slugs(site)
    except ProblemsFound:
        return set()


@examples(max_examples=8)
@given(masks(), masks())
def test_what_diff_says_is_what_two_builds_differ_in(
    blog: SiteFolder, one: dict[str, list[str]], other: dict[str, list[str]]
) -> None:
    written(blog, "sante", one, general="keep")
    written(blog, "autre", other, general="keep")
    a, b = built(blog, "sante"), built(blog, "autre")
    said = told(blog, "diff", "sante", "autre")
    blog.delete("profiles/autre.yml")
    assert isinstance(a, dict)
    assert isinstance(b, dict)
    found = differing(a, b)
    assert (said["only_a"], said["only_b"]) == (found["remove"], found["add"])
    assert [changed["path"] for changed in said["changed"]] == found["change"]
    assert sorted(said["same"]) == sorted(path for path in a if a[path] == b.get(path))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A copy of the demo's files."""
    return SiteFolder(copy_demo(tmp_path_factory.mktemp("demo")))


def test_on_the_demo_each_pair_differs_in_what_two_builds_differ_in(demo: SiteFolder) -> None:
    reading = read_site(demo.root)
    sides: dict[str, Side] = {}
    files: dict[str, Files] = {}
    for name in PROFILES:
        prepared = prepare(reading, find_profile(reading.site, name), Request(DAY))
        sides[name] = Side(prepared.edition, prepared.plan, prepared.templates)
        demo.build(name, now=DAY)
        files[name] = published(demo)
    for one, other in combinations(PROFILES, 2):
        said, found = differ(sides[one], sides[other]), differing(files[one], files[other])
        assert [sheet.path for sheet in said.only_a] == found["remove"]
        assert [sheet.path for sheet in said.only_b] == found["add"]
        assert [changed.path for changed in said.changed] == found["change"]


def test_on_the_demo_another_place_changes_what_the_author_would_expect(demo: SiteFolder) -> None:
    reading = read_site(demo.root)
    lead = find_profile(reading.site, "sante-paris")
    found = try_mask(reading, lead, {Point.LOCALITY: (Term("lyon"),)}, now=DAY)
    assert [left.post.slug for left in found.leave] == ["douze-chaises-a-paris"]
    assert "topics/locality/paris/index.html" in [sheet.path for sheet in found.remove]
    assert "about/index.html" in [changed.path for changed in found.change]


# what stands in the way


def two(site: SiteFolder, a: str, b: str) -> SiteFolder:
    """Write two profiles."""
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    site.write("cmsite.yml", f"{config}profile: sante\n")
    return site.write("profiles/sante.yml", a).write("profiles/autre.yml", b)


def test_what_stands_in_the_way_of_both_is_told_at_once(site: SiteFolder) -> None:
    two(site, "mask: {niche: e-sante}\n", "mask: {locality: lyon}\n").post(
        "un", "mask: {niche: jeu-video, locality: paris}"
    )
    assert problems_of_diff(site) == ["profiles/autre.yml", "profiles/sante.yml"]


def test_an_edition_that_can_be_built_does_not_hide_one_that_cannot(site: SiteFolder) -> None:
    two(site, "mask: {niche: e-sante}\n", "mask: {niche: jeu-video}\n").post("un", "mask: {niche: e-sante}")
    assert problems_of_diff(site) == ["profiles/autre.yml"]


def problems_of_diff(site: SiteFolder, now: datetime = NOW) -> list[str]:
    reading = read_site(site.root)
    a, b = (find_profile(reading.site, name) for name in ("sante", "autre"))
    with pytest.raises(ProblemsFound) as found:
        compare_profiles(reading, a, b, now=now)
    return [problem.place.path for problem in found.value.problems]


def test_an_edition_that_is_empty_today_can_be_asked_what_would_fill_it(site: SiteFolder) -> None:
    site.post("un", "mask: {niche: jeu-video}")
    reading = read_site(site.root)
    found = try_mask(reading, find_profile(reading.site, ""), {Point.NICHE: ()}, now=NOW)
    assert found.empty
    assert [one.slug for one in found.enter] == ["un"]
    assert "index.html" in [sheet.path for sheet in found.add]


def test_a_mistake_in_a_body_is_not_taken_for_an_empty_edition(site: SiteFolder) -> None:
    site.post("un", body="{{ mask.challenge }}")
    reading = read_site(site.root)
    with pytest.raises(ProblemsFound) as found:
        try_mask(reading, find_profile(reading.site, ""), {Point.CHALLENGE: (Term("x"),)}, now=NOW)
    assert [problem.code for problem in found.value.problems] == ["unstated-point"]


def test_no_index_is_made_while_a_build_makes_one(site: SiteFolder) -> None:
    two(site, "mask: {niche: e-sante}\n", "mask: {}\n").post("un")
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    with working(site.root):
        assert site.run("diff", "sante", "autre").exit_code == 0
        site.write("cmsite.yml", config.replace("search: false", "search: true"))
        assert isinstance(site.run("diff", "sante", "autre").exception, BuildRunning)
