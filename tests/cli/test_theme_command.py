"""`cmsite theme`: copy a file to change it, fill one block, and learn when the theme has moved on."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cmsite.errors import ProblemsFound
from site_folder import SiteFolder
from terminal import Terminal

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "theme-diff.json"


@pytest.fixture
def blog(site: SiteFolder) -> SiteFolder:
    return site.post("un", "mask: {niche: e-sante}")


def test_one_block_is_overridden_by_a_template_that_extends_its_own_name(blog: SiteFolder) -> None:
    blog.build()
    before = blog.read("index.html")
    own = '{% extends "home.html" %}\n{% block latest %}<p>Tout en bas</p>{{ super() }}{% endblock %}'
    blog.write("themes/carnet/templates/home.html", own).build()
    after = blog.read("index.html")
    assert "<p>Tout en bas</p>" in after
    assert after.replace("<p>Tout en bas</p>", "") == before


def test_a_change_below_an_override_makes_its_pages_anew(blog: SiteFolder) -> None:
    blog.write("themes/own/theme.yml", "name: own\nextends: carnet\n")
    blog.write("themes/own/templates/home.html", '{% extends "home.html" %}{% block latest %}A{% endblock %}')
    config = (blog.root / "cmsite.yml").read_text(encoding="utf-8")
    blog.write("cmsite.yml", f"{config}theme: own\n").build()
    blog.write(
        "themes/carnet/templates/home.html", '{% extends "home.html" %}{% block points %}B{% endblock %}'
    )
    built = blog.build()
    assert [each.path for each in built.stale] == ["index.html"]
    assert built.stale[0].reasons == ("template changed",)


def test_a_template_that_extends_itself_over_nothing_is_told(blog: SiteFolder) -> None:
    blog.write("themes/carnet/templates/mine.html", '{% extends "mine.html" %}')
    blog.write("themes/carnet/templates/404.html", '{% extends "mine.html" %}')
    with pytest.raises(ProblemsFound) as found:
        blog.build()
    assert "extends its own name, and it overrides none" in found.value.problems[0].what


def test_a_copy_is_current_until_the_theme_changes(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("themes/own/theme.yml", "name: own\nextends: carnet\n")
    config = (blog.root / "cmsite.yml").read_text(encoding="utf-8")
    blog.write("cmsite.yml", f"{config}theme: own\n")
    assert terminal("theme", "copy", "templates/404.html").code == 0
    assert terminal("theme", "diff").code == 0
    blog.build()
    copy = blog.root / "themes/own/templates/404.html"
    blog.write("themes/carnet/templates/404.html", "autre chose")
    said = terminal("theme", "diff")
    assert said.code == 1
    assert "behind  themes/own/templates/404.html" in said.out
    copy.write_text(copy.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    assert "unknown themes/own/templates/404.html" in terminal("theme", "diff").out


def test_a_copy_renders_what_it_was_copied_from(blog: SiteFolder, terminal: Terminal) -> None:
    blog.build()
    before = blog.outputs()
    for name in ("templates/404.html", "templates/_parts.html", "strings/fr.yml", "assets/icon.svg"):
        assert terminal("theme", "copy", name).code == 0
    blog.build()
    assert {**blog.outputs(), ".cmsite-generation": b""} == {**before, ".cmsite-generation": b""}


def test_a_block_or_a_word_that_nothing_answers_to_is_behind(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("themes/carnet/templates/home.html", '{% extends "home.html" %}{% block lost %}{% endblock %}')
    blog.write("themes/carnet/strings/fr.yml", 'home.latest: "{n} de plus"\nnulle.part: x\n')
    said = terminal("theme", "diff")
    assert said.code == 1
    assert "there is no block `lost` to fill any more" in said.out
    assert "`home.latest` is filled with nothing for {n}" in said.out
    assert "`nulle.part` is no string of the theme" in said.out


def test_a_word_that_cannot_be_filled_names_its_file(blog: SiteFolder) -> None:
    blog.write("themes/carnet/strings/fr.yml", 'home.latest: "{n} de plus"\n')
    with pytest.raises(ProblemsFound) as found:
        blog.build()
    assert "`home.latest` in strings/fr.yml cannot be told: nothing fills {n}" in found.value.problems[0].what


def test_it_is_told_in_json(blog: SiteFolder, terminal: Terminal) -> None:
    terminal("theme", "copy", "assets/icon.svg")
    blog.write("themes/carnet/assets/mine.css", "p{}")
    told = json.loads(terminal("theme", "diff", "--json").out)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    states = {each["path"]: each["state"] for each in told["overrides"]}
    assert states == {"themes/carnet/assets/icon.svg": "unknown", "themes/carnet/assets/mine.css": "added"}


def test_nothing_is_copied_over_a_file_of_the_authors(blog: SiteFolder, terminal: Terminal) -> None:
    blog.write("themes/carnet/templates/404.html", "à moi")
    said = terminal("theme", "copy", "templates/404.html")
    assert (said.code, "is there already" in said.err) == (3, True)
    said = terminal("theme", "copy", "templates/hom.html")
    assert (said.code, "did you mean `templates/home.html`?" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "what", "hint"),
    [
        ("shaer: true", "the theme has no option `shaer`", "did you mean `share`?"),
        ("share: peut-être", "`peut-être` cannot stand here", "write `true` or `false`"),
        ("related: many", "`many` cannot stand here", "write a number"),
    ],
)
def test_an_option_is_held_to_what_the_theme_declares(
    site: SiteFolder, options: str, what: str, hint: str
) -> None:
    site.write("themes/carnet/theme.yml", f"name: carnet\noptions:\n  {options}\n")
    site.write("themes/own/theme.yml", "name: own\noptions: {share: true, related: 3}\n")
    site.write("themes/carnet/theme.yml", f"name: carnet\nextends: own\noptions:\n  {options}\n")
    with pytest.raises(ProblemsFound) as found:
        site.post("un").build()
    assert [(each.what, each.hint, each.place.line) for each in found.value.problems] == [(what, hint, 4)]
