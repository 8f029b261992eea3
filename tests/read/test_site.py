"""A site's folder is read whole: all files first, then what they say of one another, all in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import pytest

from cmsite.cache import Cache
from cmsite.crew import spread
from cmsite.errors import ProblemsFound, Severity, UsageError
from cmsite.model import Mask, Profile
from cmsite.read.memory import PostMemory
from cmsite.read.site import Answer, Reading, Unread, read_site
from read.told import told
from site_folder import SiteFolder

CONFIG = "title: Carnet\nurl: https://example.org/\nlanguage: fr\n"  # three lines
ANOTHER = "(write another `slug: …` in one of them)"
OWN = "is the site's own (write another `slug: …`)"
BY_SLUG = "(name a post by its slug (`cmsite list --all-posts`))"
PAGES = "(name a page by its slug, or blog, about, tags, archive …)"
PALETTES = "choose indigo, teal, plum, forest, ochre, brick, or write a colour as"


def read(site: SiteFolder) -> Reading:
    return read_site(site.root)


def problems(site: SiteFolder) -> list[str]:
    return told(lambda: read(site))


def page(site: SiteFolder, slug: str, head: str = "") -> SiteFolder:
    return site.write(f"content/pages/{slug}.md", f"---\ntitle: {slug}\n{head}---\n")


def lead(site: SiteFolder) -> Profile:
    found = read(site).site
    return next(profile for profile in found.profiles if profile.name == found.settings.profile)


# what is found


def test_a_site_holds_its_posts_pages_files_and_profiles(site: SiteFolder) -> None:
    page(site.post("b").post("a"), "contact")
    site.write("content/posts/2026/c.markdown", "---\ntitle: c\ndate: 2026-01-01\n---\n")
    site.write("content/posts/D.MD", "---\ntitle: d\ndate: 2026-01-01\n---\n")
    site.write("content/posts/notes.txt", "not a post").write("content/posts/.draft.md", "not a post either")
    site.write("content/files/a.jpg", b"1").write("content/static/x/robots.txt", b"2")
    found = read(site).site
    assert [post.slug for post in found.posts] == ["c", "d", "a", "b"]
    assert [post.slug for post in found.pages] == ["contact"]
    assert [file.path for file in found.files] == ["files/a.jpg"]
    assert [file.path for file in found.static] == ["x/robots.txt"]
    assert [profile.name for profile in found.profiles] == ["sante"]
    assert (read(site).theme("carnet").name, read(site).warnings) == ("carnet", ())


def test_the_only_profile_is_the_lead(site: SiteFolder) -> None:
    assert lead(site.post("a")).name == "sante"


def test_without_profiles_there_is_one_that_states_nothing(site: SiteFolder) -> None:
    profile = lead(site.post("a").delete("profiles"))
    assert (profile.name, profile.mask, profile.language) == ("neutral", Mask(), "fr")


def test_without_mask_yml_any_term_is_allowed_but_for_scope_and_presence(site: SiteFolder) -> None:
    site.delete("mask.yml").post("a", "mask: {niche: tout, scope: internal}")
    assert read(site).site.posts[0].mask.niche == ("tout",)
    assert problems(site.post("b", "mask: {presence: irl}")) == [
        "content/posts/b.md:4:18: `irl` is not a term of presence (write `offline` or `online`)"
    ]


def test_an_empty_cmsite_yml_is_a_site_with_a_warning(site: SiteFolder) -> None:
    assert [warning.code for warning in read(site.write("cmsite.yml", "")).warnings] == ["no-url"]


def test_a_folder_without_cmsite_yml_is_no_site(site: SiteFolder) -> None:
    with pytest.raises(UsageError, match=r"there is no cmsite\.yml in "):
        read(site.delete("cmsite.yml"))


# names of files


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            "profiles/Santé Paris.yml",
            "a profile's file name is a slug (lower-case letters, digits and single hyphens) "
            "(rename it to sante-paris.yml)",
        ),
        (
            "profiles/con.yml",
            "a profile cannot be called `con`: some systems reserve this name "
            "(rename it to con-1.yml, say)",
        ),
        (
            "profiles/….yml",
            "a profile's file name is a slug (lower-case letters, digits and single hyphens) "
            "(rename it to my-profile.yml)",
        ),
        (
            "profiles/jeu.yaml",
            "this file is not read: its name ends in `.yaml` (rename it to profiles/jeu.yml)",
        ),
        ("profiles/b/jeu.yml", "a profile stands in profiles/ itself (move it to profiles/jeu.yml)"),
    ],
)  # fmt: skip
def test_a_profile_that_would_not_be_read_is_told(site: SiteFolder, path: str, problem: str) -> None:
    assert problems(site.write(path, "")) == [f"{path}:1:1: {problem}"]


def test_a_mask_yaml_that_would_not_be_read_is_told(site: SiteFolder) -> None:
    (site.root / "mask.yml").rename(site.root / "mask.yaml")
    assert problems(site) == [
        "mask.yaml:1:1: this file is not read: its name ends in `.yaml` (rename it to mask.yml)"
    ]


@pytest.mark.parametrize("path", ["cmsite.yml", "mask.yml", "profiles/sante.yml", "content/posts/a.md"])
def test_a_file_that_is_a_link_out_of_the_site_is_refused(site: SiteFolder, path: str) -> None:
    site.post("a")
    (site.root / path).rename(site.root.parent / "elsewhere")
    (site.root / path).symlink_to(site.root.parent / "elsewhere")
    assert problems(site) == [
        f"{path}:1:1: this link leads out of the site's folder (copy what it leads to into the site)"
    ]


# the lead profile, the author's photo


def test_several_profiles_need_a_lead(site: SiteFolder) -> None:
    site.write("profiles/jeu.yml", "")
    assert problems(site) == [
        "cmsite.yml:1:1: no lead profile is named (add `profile: jeu`, say; there are `jeu`, `sante`)"
    ]
    assert lead(site.write("cmsite.yml", f"{CONFIG}profile: jeu\n")).name == "jeu"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("santé", "there is no profile `santé` (did you mean `sante`?)"),
        ("Un autre", "there is no profile `Un autre` (create profiles/un-autre.yml)"),
        ("../x", "there is no profile `../x` (create profiles/x.yml)"),
    ],
)
def test_a_lead_that_does_not_exist_is_told(site: SiteFolder, written: str, problem: str) -> None:
    assert problems(site.write("cmsite.yml", f"{CONFIG}profile: {written}\n")) == [
        f"cmsite.yml:4:10: {problem}"
    ]


def test_a_lead_whose_file_is_wrong_is_not_called_missing(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}profile: sante\n").write("profiles/sante.yml", "maks: {}\n")
    assert problems(site) == ["profiles/sante.yml:1:1: unknown key `maks` (did you mean `mask`?)"]


def test_the_authors_photo_must_be_a_file_of_the_site(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}author: {{photo: files/Moi.jpg}}\n").write(
        "content/files/moi.jpg", b""
    )
    assert problems(site) == [
        "cmsite.yml:4:17: there is no file `content/files/Moi.jpg` (did you mean `files/moi.jpg`?)"
    ]


# themes and accents


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("cmsite.yml", f"{CONFIG}theme: carne", "4:8: there is no theme `carne` (did you mean `carnet`?)"),
        ("cmsite.yml", f"{CONFIG}theme: zzz", "4:8: there is no theme `zzz` (create themes/zzz/theme.yml)"),
        (
            "profiles/sante.yml",
            "site: {theme: carne}",
            "1:15: there is no theme `carne` (did you mean `carnet`?)",
        ),
        (
            "cmsite.yml",
            f"{CONFIG}accent: mauve",
            f'4:9: the theme carnet has no accent `mauve` ({PALETTES} "#336699")',
        ),
        (
            "cmsite.yml",
            f"{CONFIG}accent: plumm",
            "4:9: the theme carnet has no accent `plumm` (did you mean `plum`?)",
        ),
        (
            "cmsite.yml",
            f"{CONFIG}accent: '#fff'",
            f'4:9: the theme carnet has no accent `#fff` ({PALETTES} "#336699")',
        ),
        (
            "cmsite.yml",
            f"{CONFIG}accent: '#ffee88'",
            "4:9: `#ffee88` is too pale to be read: its contrast is 1.1, at least 4.5 is needed "
            "(choose a darker colour)",
        ),
        (
            "profiles/sante.yml",
            "site: {accent: teall}",
            "1:16: the theme carnet has no accent `teall` (did you mean `teal`?)",
        ),
    ],
)
def test_a_theme_or_accent_that_does_not_exist_is_told(
    site: SiteFolder, path: str, text: str, problem: str
) -> None:
    assert problems(site.write(path, text)) == [f"{path}:{problem}"]


def test_the_sites_accent_must_be_in_the_theme_a_profile_wears(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}accent: teal\n").write("profiles/sante.yml", "site: {theme: own}\n")
    site.write("themes/own/theme.yml", "name: own\npalettes: {gris: {light: '#222222', dark: '#dddddd'}}\n")
    assert problems(site) == [
        "profiles/sante.yml:1:15: the theme own has no accent `teal` "
        '(choose gris, or write a colour as "#336699")'
    ]
    site.write("profiles/sante.yml", "site: {theme: own, accent: gris}\n")
    assert {theme.name for theme in read(site).themes} == {"carnet", "own"}


def test_a_theme_worn_twice_is_told_once(site: SiteFolder) -> None:
    site.write("profiles/jeu.yml", "site: {accent: teal}").write("profiles/sante.yml", "site: {accent: plum}")
    site.write("themes/carnet/strings/fr.yml", "a: [b]\n")
    site.write("cmsite.yml", f"{CONFIG}profile: jeu\n")
    assert problems(site) == [
        "themes/carnet/strings/fr.yml:1:4: each string of a theme is one text (write `key: text`)"
    ]


# slugs, ids, words, paths


def test_a_slug_stands_once_over_posts_and_pages(site: SiteFolder) -> None:
    page(page(site.post("a").post("b", "slug: a"), "a"), "c", "slug: a\n")
    assert problems(site) == [
        f"content/pages/a.md:2:1: the slug `a` is that of content/posts/a.md too {ANOTHER}",
        f"content/pages/c.md:3:7: the slug `a` is that of content/posts/a.md too {ANOTHER}",
        f"content/posts/b.md:4:7: the slug `a` is that of content/posts/a.md too {ANOTHER}",
    ]


@pytest.mark.parametrize(
    "slug", ["blog", "tags", "archive", "feed", "assets", "files", "for", "search", "about"]
)
def test_a_slug_that_the_routes_use_is_refused(site: SiteFolder, slug: str) -> None:
    assert problems(site.post(slug)) == [f"content/posts/{slug}.md:2:1: the address `/{slug}/` {OWN}"]


def test_a_page_may_be_the_free_part_of_about(site: SiteFolder) -> None:
    assert problems(page(site, "about")) == []


def test_routes_with_other_names_reserve_those(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}routes: {{about: a-propos, blog: journal}}\n").post("blog")
    assert problems(site) == []
    assert problems(page(site, "a-propos")) == [
        f"content/pages/a-propos.md:2:1: the address `/a-propos/` {OWN}"
    ]


def test_two_posts_with_one_id_are_told(site: SiteFolder) -> None:
    site.post("a", "id: x").post("b", "id: x").post("c", "id: d").post("d")
    known = "has the id `{}` too: feeds cannot tell them apart (write another `id: …` in one of them)"
    assert problems(site) == [
        f"content/posts/b.md:4:5: content/posts/a.md {known.format('x')}",
        f"content/posts/d.md:2:1: content/posts/c.md {known.format('d')}",
    ]


@pytest.mark.parametrize(
    ("one", "other", "problem"),
    [
        (
            "tags: [écoute, l'été]",
            "tags: [x, L’été, ecoute]",
            ["4:18: `ecoute` and `écoute` would share the address `ecoute`"],
        ),
        ("tags: [C]", "tags: [C++]", ["4:8: `C++` and `C` would share the address `c`"]),
        ("category: Été", "category: ete", ["4:11: `ete` and `Été` would share the address `ete`"]),
        ("series: Les bases", "series: les-bases",
         ["4:9: `les-bases` and `Les bases` would share the address `les-bases`"]),
        ("tags: [Écoute]\ncategory: ecoute", "tags: [écoute]", []),
    ],
)  # fmt: skip
def test_words_whose_slugs_meet_are_told_unless_they_differ_by_case_only(
    site: SiteFolder, one: str, other: str, problem: list[str]
) -> None:
    expected = [f"content/posts/b.md:{line} (spell both alike)" for line in problem]
    assert problems(site.post("a", one).post("b", other))[-1:] == expected


def test_free_terms_spelt_in_two_ways_are_told(site: SiteFolder) -> None:
    site.post("a", "mask: {challenge: Confiance}").post("b", "variants:\n- when: {challenge: [x, confiance]}")
    site.write("profiles/sante.yml", "targets: [{name: A, slug: x, needs: {challenge: confiancé}}]")
    meet = "would share the address `confiance` (spell both alike)"
    assert problems(site) == [
        f"content/posts/b.md:5:25: `confiance` and `Confiance` {meet}",
        f"profiles/sante.yml:1:49: `confiancé` and `Confiance` {meet}",
    ]


def test_two_profiles_with_one_path_are_told(site: SiteFolder) -> None:
    site.write("profiles/b.yml", "path: sante\n").write("cmsite.yml", f"{CONFIG}profile: b\n")
    assert problems(site) == [
        "profiles/sante.yml:1:1: the path `sante` is that of profiles/b.yml too (choose another `path: …`)"
    ]


# names of posts and pages


def test_a_post_that_is_named_and_does_not_exist_is_told(site: SiteFolder) -> None:
    page(site.post("ecouter").post("x"), "contact")
    site.write("profiles/sante.yml", "select: {include: [x, ecoute], exclude: contact}\nexpect:\n"
               "  {includes: zzz, excludes: [yyy], leads: ecouterr}\n")  # fmt: skip
    base = "author: {base: {listening: {level: 3, proof: [x, ecuter]}}}\n"
    assert problems(site.write("cmsite.yml", f"{CONFIG}{base}")) == [
        "cmsite.yml:4:50: there is no post `ecuter` (did you mean `ecouter`?)",
        "profiles/sante.yml:1:23: there is no post `ecoute` (did you mean `ecouter`?)",
        f"profiles/sante.yml:1:41: there is no post `contact` {BY_SLUG}",
        f"profiles/sante.yml:3:14: there is no post `zzz` {BY_SLUG}",
        f"profiles/sante.yml:3:30: there is no post `yyy` {BY_SLUG}",
        "profiles/sante.yml:3:43: there is no post `ecouterr` (did you mean `ecouter`?)",
    ]


def test_a_post_whose_file_is_wrong_is_not_called_missing(site: SiteFolder) -> None:
    site.post("a", "draft: oui").write("profiles/sante.yml", "select: {include: a}\n")
    assert problems(site) == [
        "content/posts/a.md:4:8: `true` or `false` is expected, not `oui` (write `true`)"
    ]


def test_a_menu_names_pages(site: SiteFolder) -> None:
    page(site, "contact").write("cmsite.yml", f"{CONFIG}menu: [blog, about, tags, contact, abot, topics]\n")
    site.write("profiles/sante.yml", "site: {menu: contct}\n")
    assert problems(site) == [
        "cmsite.yml:4:36: the menu's `abot` is no page (did you mean `about`?)",
        f"cmsite.yml:4:42: the menu's `topics` is no page {PAGES}",
        "profiles/sante.yml:1:14: the menu's `contct` is no page (did you mean `contact`?)",
    ]


# all at once


def test_mistakes_of_all_files_come_out_at_once_and_sorted(site: SiteFolder) -> None:
    site.write("cmsite.yml", "titel: x\noutput: ~\ntheme: carne\n").write("mask.yml", "nich: {}\n")
    site.write("profiles/sante.yml", "maskk: {}\n").write("profiles/b.yml", "\t")
    site.post("a", "tags: a, b\ndate: hier").post("b", "slug: d").post("d").write(
        "content/posts/e.md", b"\xff"
    )
    page(site, "blog").write("themes/carnet/theme.yml", "nam: carnet\n")
    assert [problem.split(": ")[0] for problem in problems(site)] == [
        "cmsite.yml:1:1", "cmsite.yml:2:9", "cmsite.yml:3:8",
        "content/pages/blog.md:2:1",
        "content/posts/a.md:3:7", "content/posts/a.md:4:7", "content/posts/d.md:2:1",
        "content/posts/e.md:1:1",
        "mask.yml:1:1",
        "profiles/b.yml:1:1", "profiles/sante.yml:1:1",
    ]  # fmt: skip


def test_a_broken_cmsite_yml_hides_nothing_else_and_invents_nothing(site: SiteFolder) -> None:
    site.write("cmsite.yml", "profile: sante\ntheme: [").write("profiles/jeu.yml", "site: {accent: mauve}")
    site.post("blog").post("a", "tags: a, b")
    assert [problem.split(": ")[0] for problem in problems(site)] == [
        "cmsite.yml:2:9",
        "content/posts/a.md:4:7",
    ]


def test_a_theme_named_wrongly_does_not_make_its_accent_wrong(site: SiteFolder) -> None:
    site.write("cmsite.yml", f"{CONFIG}theme: Mon thème\naccent: gris\n")
    assert [problem.split(": ")[0] for problem in problems(site)] == ["cmsite.yml:4:8"]


def test_a_wrong_link_among_pictures_does_not_make_every_picture_missing(site: SiteFolder) -> None:
    site.write("content/files/x.jpg", b"").post("a", "image: files/x.jpg")
    (site.root / "content/files/y.jpg").symlink_to("nowhere")
    assert problems(site) == ["content/files/y.jpg:1:1: this link leads nowhere (delete the link)"]


# files that are yet to be written


def test_a_file_may_be_read_as_if_it_were_written_already(site: SiteFolder) -> None:
    coming = {
        "mask.yml": (site.root / "mask.yml").read_bytes() + b"  lille:\n",
        "profiles/nord.yml": b"mask: {locality: lille}\n",
    }
    read = read_site(site.root, instead=coming, lead_needed=False).site
    assert [profile.name for profile in read.profiles] == ["nord", "sante"]
    assert read.profiles[0].mask.locality == ("lille",)
    assert not (site.root / "profiles/nord.yml").exists()


def test_a_mistake_in_a_file_that_is_yet_to_be_written_is_told_at_its_place(site: SiteFolder) -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_site(site.root, instead={"profiles/nord.yml": b"mask: {locality: lille}\n"}, lead_needed=False)
    assert [str(problem.place) for problem in caught.value.problems] == ["profiles/nord.yml:1:18"]


def test_a_lead_profile_that_is_not_needed_is_a_warning_when_it_is_lost(site: SiteFolder) -> None:
    site.write("profiles/autre.yml", "")
    with pytest.raises(ProblemsFound):
        read_site(site.root)
    reading = read_site(site.root, lead_needed=False)
    assert [(each.code, each.severity) for each in reading.warnings] == [("lead-profile", Severity.WARNING)]


# by several processes

SEVERAL = partial(spread, jobs=2, at_once=3)
HEADS = (
    "updated: 2026-03-04 10:00 +0100\nmask: {niche: esante}\nnot: {locality: lyon}\n",
    "tags: [écoute, été]\ncategory: Récit\nraw_html: trusted\nextra: {a: [x, {b: c}]}\n",
    "title: Un\nvariants:\n  - when: {niche: e-sante}\n    title: Autre\n    body: |\n      Un texte.\n",
    "draft: true\ncall_to_action: {label: Écrire, url: /contact/}\n",
)


@pytest.fixture
def rich(site: SiteFolder) -> SiteFolder:
    """A site of texts that hold whatever a text can, enough of them for two processes."""
    for number in range(20):
        head = f"{HEADS[number % len(HEADS)]}aliases: [/2010/p{number}.html]\n"
        page(site.post(f"p{number}", head, f"Texte {number}."), f"q{number}")
    return site


def test_what_several_processes_read_is_what_one_reads(rich: SiteFolder) -> None:
    assert read_site(rich.root, spread=SEVERAL) == read(rich)


def test_mistakes_that_several_processes_find_are_those_that_one_finds(rich: SiteFolder) -> None:
    rich.write("cmsite.yml", f"{CONFIG}markdown: {{max_kb: 4}}\n").post("z", body="x" * 5_000)
    rich.write("profiles/sante.yml", "select: {include: nulle-part}\n").post("p5", "slug: p6")
    rich.write("content/posts/p7.md", b"\xff\xfe").write("content/pages/q4.md", "---\ntitle: q\n")
    rich.post("p3", "tilte: x\nmask: {niche: e-sant}").post("p12", "tags: [a", "").post("p19", date="3 mai")
    alone, together = problems(rich), told(lambda: read_site(rich.root, spread=SEVERAL))
    assert together == alone
    files = ("pages/q4", "posts/p12", "posts/p19", "posts/p3", "posts/p6", "posts/p7", "posts/z")
    assert {line.partition(".md:")[0] for line in together} == {f"content/{file}" for file in files}


def test_what_several_processes_read_is_remembered(rich: SiteFolder, tmp_path: Path) -> None:
    asked: list[str] = []

    def noted(work: Callable[[Unread], Answer], texts: Sequence[Unread]) -> Iterable[Answer]:
        asked.extend(path for path, _ in texts)
        return SEVERAL(work, texts)

    memory = PostMemory(Cache(tmp_path / "cache.sqlite", writable=True), "maker")
    first = read_site(rich.root, memory=memory, spread=noted)
    assert len(asked) == 40
    again = read_site(rich.root, memory=memory, spread=noted)
    assert (again.site, again.themes, again.warnings) == (first.site, first.themes, first.warnings)
    assert again.trees["cmsite.yml"] == first.trees["cmsite.yml"]
    rich.post("p8", body="Un autre texte.")
    read_site(rich.root, memory=memory, spread=noted)
    assert asked[40:] == ["content/posts/p8.md"]
