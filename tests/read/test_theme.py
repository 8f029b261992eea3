"""A theme is the built-in one, a theme of one's own, or one laid over the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmsite.model import Palette, Theme
from cmsite.read.theme import built_in_themes, read_theme, theme_names
from read.told import told
from site_folder import SiteFolder

COLOUR = 'is not a colour (write six digits in quotes, as in "#336699")'


def template(theme: Theme, name: str) -> tuple[str, str]:
    return next((found.text, found.path) for found in theme.templates if found.name == name)


def strings(theme: Theme, language: str) -> dict[str, str]:
    return next(dict(texts) for known, texts in theme.strings if known == language)


def test_the_built_in_theme_is_found_and_whole(tmp_path: Path) -> None:
    assert (built_in_themes() / "carnet" / "theme.yml").is_file()
    theme = read_theme(tmp_path, "carnet")
    assert theme_names(tmp_path) == ("carnet",)
    assert theme.palettes[0].name == "indigo"
    assert "post.html" in [found.name for found in theme.templates]
    assert strings(theme, "fr").keys() == strings(theme, "en").keys()
    assert template(theme, "post.html")[1] == "cmsite/themes/carnet/templates/post.html"


def test_a_site_overrides_one_template_one_asset_and_one_string(site: SiteFolder) -> None:
    before = read_theme(site.root, "carnet")
    asset, key = before.assets[0].path, next(iter(strings(before, "fr")))
    site.write("themes/carnet/templates/post.html", "Mon article\n")
    site.write("themes/carnet/templates/mine.html", "\ufeffÀ moi\r\n")
    site.write(f"themes/carnet/assets/{asset}", "a").write(
        "themes/carnet/strings/fr.yml", f"{key}: no\nmine: x\n"
    )
    theme = read_theme(site.root, "carnet")
    assert template(theme, "post.html") == ("Mon article\n", "themes/carnet/templates/post.html")
    assert template(theme, "mine.html")[0] == "À moi\n"
    assert template(theme, "post.html^1") == template(before, "post.html")
    assert len(theme.templates) == len(before.templates) + 2
    assert theme.assets[0].data == b"a"
    assert strings(theme, "fr") == {**strings(before, "fr"), key: "no", "mine": "x"}
    assert strings(theme, "en") == strings(before, "en")


def test_palettes_are_laid_over_one_by_one_and_paper_and_options_whole(site: SiteFolder) -> None:
    site.write(
        "themes/own/theme.yml",
        """
name: own
extends: carnet
paper: {light: "#ffffff", dark: "#000000"}
palettes:
  indigo: {light: "#111111", dark: "#eeeeee"}
  gris: {light: "#222222", dark: "#dddddd"}
options: {a: b}
""",
    )
    theme, below = read_theme(site.root, "own"), read_theme(site.root, "carnet")
    assert theme_names(site.root) == ("carnet", "own")
    assert theme.palettes[0] == Palette("indigo", "#111111", "#eeeeee")
    assert theme.palettes[-1] == Palette("gris", "#222222", "#dddddd")
    assert theme.palettes[1:-1] == below.palettes[1:]
    assert (theme.paper, theme.options) == (Palette("paper", "#ffffff", "#000000"), (("a", "b"),))
    assert theme.templates == below.templates


def test_a_theme_of_ones_own_builds_on_nothing_unless_it_says_so(site: SiteFolder) -> None:
    site.write("themes/own/templates/post.html", "x")
    theme = read_theme(site.root, "own")
    assert [found.name for found in theme.templates] == ["post.html"]
    assert (theme.palettes, theme.assets) == ((), ())


def test_a_theme_extends_a_theme_that_extends_another(site: SiteFolder) -> None:
    for name, extends in (("a", "b"), ("b", "c"), ("c", "")):
        site.write(f"themes/{name}/theme.yml", f"name: {name}\nextends: {extends}\n")
        site.write(f"themes/{name}/templates/{name}.html", name).write(
            f"themes/{name}/templates/all.html", name
        )
    theme = read_theme(site.root, "a")
    assert [(found.name, found.text) for found in theme.templates] == [
        ("a.html", "a"), ("all.html", "a"), ("all.html^1", "b"), ("all.html^2", "c"), ("b.html", "b"),
        ("c.html", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("api: 1", "1:1: `name` is missing (add `name: …`)"),
        ("name: own\nextend: carnet", "2:1: unknown key `extend` (did you mean `extends`?)"),
        ("name: own\nextends: carnett", "2:10: there is no theme `carnett` (did you mean `carnet`?)"),
        ("name: own\nextends: zzz", "2:10: there is no theme `zzz` (create themes/zzz/theme.yml)"),
        (
            "name: own\nextends: own",
            "2:10: the theme `own` extends itself (own → own) (name another theme, or take `extends` away)",
        ),
        ("name: own\napi: 2", "2:6: the number must be at most 1 (write `1`, say)"),
        ("name: own\npalettes: {a: {light: red, dark: '#000000'}}", f"2:23: `red` {COLOUR}"),
        ("name: own\npalettes: {a: {light: '#12345', dark: '#000000'}}", f"2:23: `#12345` {COLOUR}"),
        ("name: own\npaper: {light: '#fff', dark: '#000000'}", f"2:16: `#fff` {COLOUR}"),
        ("name: own\npalettes: {a: {light: '#000000'}}", "2:15: `dark` is missing (add `dark: …`)"),
        (
            "name: own\npalettes:\n  a: {light: '#000000', dark: '#000000'}\n  b: #123456",
            '4:3: `#123456` is a comment to YAML: it begins with `#` (put it in quotes: "#123456")',
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_theme_is_told_where_it_stands(site: SiteFolder, text: str, problem: str) -> None:
    site.write("themes/own/theme.yml", text)
    assert told(lambda: read_theme(site.root, "own")) == [f"themes/own/theme.yml:{problem}"]


def test_themes_that_extend_each_other_are_told(site: SiteFolder) -> None:
    site.write("themes/a/theme.yml", "name: a\nextends: b\n").write(
        "themes/b/theme.yml", "name: b\nextends: a\n"
    )
    assert told(lambda: read_theme(site.root, "a")) == [
        "themes/b/theme.yml:2:10: the theme `b` extends itself (a → b → a) "
        "(name another theme, or take `extends` away)"
    ]


def test_a_string_of_a_theme_is_one_text(site: SiteFolder) -> None:
    site.write("themes/carnet/strings/en.yml", "a: [b]\nc: d\ne: {f: g}\n")
    assert told(lambda: read_theme(site.root, "carnet")) == [
        "themes/carnet/strings/en.yml:1:4: each string of a theme is one text (write `key: text`)",
        "themes/carnet/strings/en.yml:3:4: each string of a theme is one text (write `key: text`)",
    ]


def test_a_template_is_text(site: SiteFolder) -> None:
    site.write("themes/carnet/templates/post.html", b"\n \xff")
    assert told(lambda: read_theme(site.root, "carnet")) == [
        "themes/carnet/templates/post.html:2:2: this is not UTF-8 text (byte 0xff) "
        "(save the file in the encoding UTF-8)"
    ]


@pytest.mark.parametrize(
    "path", ["themes/own", "themes/own/theme.yml", "themes/own/assets/x", "themes/own/strings"]
)
def test_a_link_of_a_theme_that_leads_out_of_the_site_is_refused(site: SiteFolder, path: str) -> None:
    site.write("../elsewhere/fr.yml", "")
    (site.root / path).parent.mkdir(parents=True)
    to = site.root.parent / "elsewhere"
    (site.root / path).symlink_to(to / "fr.yml" if path.endswith("yml") else to)
    told_at = f"{path}/fr.yml" if path.endswith("strings") else path
    assert told(lambda: read_theme(site.root, "own")) == [
        f"{told_at}:1:1: this link leads out of the site's folder (copy what it leads to into the site)"
    ]


def test_a_theme_may_link_to_a_file_of_the_site(site: SiteFolder) -> None:
    site.write("content/files/a.css", "a").write("themes/own/assets/b.css", "b")
    (site.root / "themes/own/assets/a.css").symlink_to("../../../content/files/a.css")
    assert [asset.data for asset in read_theme(site.root, "own").assets] == [b"a", b"b"]
