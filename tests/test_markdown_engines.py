"""Choosing a Markdown engine for a site, and what it takes to change it."""

from __future__ import annotations

import pytest

from cmsite.audit import check_site
from cmsite.errors import ProblemsFound
from cmsite.makers import ENGINES, generator_digest
from site_folder import NOW, SiteFolder

CONFIG = "title: Carnet\nurl: https://example.org/\nlanguage: fr\nsearch: false\n"


def test_a_change_of_engine_makes_every_page_anew(site: SiteFolder) -> None:
    site.write("cmsite.yml", CONFIG).post("a", body="Un texte.\n- un\n- deux").build()
    assert site.build().rendered == 0
    site.write("cmsite.yml", f"{CONFIG}markdown: {{engine: commonmark}}\n")
    changed = site.build()
    assert changed.rendered >= changed.pages
    assert "<li>deux</li>" in site.read("2026/03/a/index.html")


def test_an_engine_that_is_not_installed_is_told_at_its_place(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "commonmark", ("no_such_package",))
    generator_digest.cache_clear()  # or an engine that another test has used would seem to be there
    site.write("cmsite.yml", f"{CONFIG}markdown: {{engine: commonmark}}\n").post("a")
    with pytest.raises(ProblemsFound) as found:
        site.build()
    (problem,) = found.value.problems
    assert (problem.code, problem.place.line) == ("engine", 5)
    assert "pip install 'cmsite[commonmark]'" in problem.hint


def test_an_extension_for_an_engine_that_takes_none_is_a_mistake(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}markdown: {{engine: commonmark, extensions: [nl2br]}}\n").post("a")
    with pytest.raises(ProblemsFound) as found:
        site.build()
    assert [problem.code for problem in found.value.problems] == ["extension"]


def test_mistakes_of_wording_are_told_beside_those_of_markdown(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}markdown: {{extensions: [perdu]}}\n")
    site.post("a", body="{% if mask.niche %}")
    with pytest.raises(ProblemsFound) as found:
        site.build()
    for problems in (found.value.problems, check_site(site.root, NOW)):
        assert {problem.code for problem in problems} >= {"extension", "wording"}
