"""What only a look at the whole shows: dead old addresses, lonely translations, advice, foreign files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audited import CONFIG, check, place_of, sound, told, write
from cmsite.build import build_site
from cmsite.editions import Request
from cmsite.errors import Problem, ProblemsFound, UsageError
from site_folder import NOW, SiteFolder

# old addresses


def test_the_old_address_of_a_draft_leads_nowhere(site: SiteFolder) -> None:
    write(sound(site), "a", "draft: true\naliases: [/2010/a.html]")
    at = place_of(site, "content/posts/a.md", "/2010/a.html")
    assert told(site) == [f"{at}: warning: dead-alias: this old address leads nowhere: this post is a draft"]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("date: 2027-01-01", "is dated to a day to come"),
        ("expires: 2026-05-01", "has expired"),
        ("not: {niche: [e-sante, jeu-video]}", "stands in no edition"),
    ],
)
def test_the_old_address_of_what_is_not_published_leads_nowhere(
    site: SiteFolder, head: str, why: str
) -> None:
    write(sound(site), "a", f"{head}\naliases: [/2010/a.html]")
    assert [line for line in told(site) if "dead-alias" in line] == [
        f"{place_of(site, 'content/posts/a.md', '/2010/a.html')}: warning: dead-alias: "
        f"this old address leads nowhere: this post {why}"
    ]


def test_an_old_address_that_one_edition_serves_is_alive(site: SiteFolder) -> None:
    write(sound(site), "a", "mask: {niche: e-sante}\naliases: [/2010/a.html]")
    assert told(site) == []


def test_two_texts_of_one_language_may_not_claim_an_old_address_though_no_edition_has_both(
    site: SiteFolder,
) -> None:
    write(sound(site), "a", "mask: {niche: e-sante}\naliases: [/2010/x/]")
    write(site, "b", "mask: {niche: jeu-video}\naliases: [2010/X]")
    at = place_of(site, "content/posts/b.md", "2010/X")
    assert told(site) == [f"{at}: warning: repeated-alias: content/posts/a.md claims this old address too"]


def test_an_old_address_that_another_edition_has_as_a_page_is_told(site: SiteFolder) -> None:
    write(sound(site), "a", "mask: {niche: e-sante}\naliases: [/2026/03/jeu-ouvert/]")
    at = place_of(site, "content/posts/a.md", "/2026/03/jeu-ouvert/")
    what = "this is no old address: content/posts/jeu-ouvert.md has it"
    assert told(site) == [f"{at}: warning: dead-alias: {what}"]


@pytest.mark.parametrize("alias", ["/blog/", "blog", "/2026/03/pour-tous", "/404.html"])
def test_an_old_address_that_its_own_edition_makes_stops_the_build_at_its_line(
    site: SiteFolder, alias: str
) -> None:
    write(sound(site), "a", f"aliases: [/ok/, {alias}]")
    found = [one for one in check(site) if one.code == "collision"]
    assert {str(one.place) for one in found} == {place_of(site, "content/posts/a.md", f"{alias}]")}
    assert all("aliases" in one.excerpt and one.hint for one in found)


# advice


def test_each_piece_of_advice_is_given_at_its_place(site: SiteFolder) -> None:
    sound(site).write("content/files/perdu.svg", "<svg/>")
    site.post("a", "summary: Court.\nimage: files/image.svg\ntranslation: seule").write(
        "content/files/image.svg", "<svg/>"
    )
    site.post("b", f"summary: {'long ' * 50}\nmask: {{locality: [lyon]}}\nnot: {{niche: jeu-video}}")
    site.post("c", "variants: [{when: {niche: e-sante}, summary: Bref., image: files/image.svg}]")
    site.write("profiles/jeu.yml", "mask: {niche: jeu-video, locality: lyon, scope: internal}\n")
    site.write(
        "mask.yml", (site.root / "mask.yml").read_text("utf-8") + "challenge:\n  x:\n  y: {within: x}\n"
    )
    site.write("cmsite.yml", CONFIG.replace("description: Des notes de terrain.\n", ""))
    assert [line.replace("content/", "") for line in told(site)] == [
        "cmsite.yml:1:1: advice: no-description: the site has no description",
        "files/perdu.svg:1:1: advice: unused-file: "
        "nothing refers to this file: it is published in no edition",
        "posts/a.md:4:10: advice: thin-summary: this summary has 6 characters, and says little",
        "posts/a.md:5:8: advice: no-alt: this image has no `image_alt`",
        "posts/a.md:6:14: advice: lonely-translation: no other text has the translation key `seule`",
        "posts/b.md:4:10: advice: long-summary: this summary has 249 characters: search results will cut it",
        "posts/b.md:5:7: advice: in-no-edition: this post stands in no edition",
        "posts/c.md:2:1: advice: no-summary: "
        "this post has no summary: lists and search results show its first words",
        "posts/c.md:4:46: advice: thin-summary: this summary has 5 characters, and says little",
        "posts/c.md:4:60: advice: no-alt: this image has no `image_alt`",
        "mask.yml:9:3: advice: unused-term: no profile and no post uses the term `x`",
        "mask.yml:10:3: advice: unused-term: no profile and no post uses the term `y`",
        "profiles/jeu.yml:1:1: advice: no-headline: the profile `jeu` has no headline",
    ]


def test_advice_waits_until_there_is_no_error_and_warnings_do_not(site: SiteFolder) -> None:
    sound(site).post("a").post("b", body="[là](/perdu/)")
    assert [one.severity.value for one in check(site)] == ["warning", "advice", "advice"]
    site.write("profiles/jeu.yml", "mask: {niche: jeu-video}\nexpect: {at_least: 9}\n")
    assert [one.severity.value for one in check(site)] == ["error", "warning"]


@pytest.mark.parametrize(
    "head",
    ["draft: true", "date: 2027-01-01", "expires: 2026-05-01", "mask: {niche: e-sante}"],
)
def test_a_text_that_waits_or_that_one_edition_holds_is_not_missed(site: SiteFolder, head: str) -> None:
    write(sound(site), "a", head)
    assert told(site) == []


def test_a_post_in_a_language_that_no_profile_speaks_is_told_so(site: SiteFolder) -> None:
    write(sound(site), "a", "language: en")
    (found,) = check(site)
    assert (str(found.place), found.code) == (place_of(site, "content/posts/a.md", "en\n"), "in-no-edition")
    assert found.hint == "no profile speaks `en`: write one that does, or mend `language:`"


def test_the_edition_that_comes_nearest_to_a_lost_post_is_named(site: SiteFolder) -> None:
    write(sound(site), "a", "mask: {niche: e-sante, locality: lyon}")
    write(site, "b", "mask: {niche: jeu-video, locality: paris}\nnot: {locality: lyon}")
    hints = [one.hint for one in check(site)]
    assert hints == [f"`cmsite explain {slug} -p {name}` says why, and what would change it" for slug, name in
                     (("a", "jeu"), ("b", "jeu"))]  # fmt: skip


def test_a_page_that_no_edition_takes_is_told_as_one(site: SiteFolder) -> None:
    page = "---\ntitle: Ici\nmask: {locality: france}\nnot: {locality: france}\n---\nUn texte.\n"
    sound(site).write("content/pages/ici.md", page)
    assert [line.split(": ", 1)[1] for line in told(site)] == [
        "advice: in-no-edition: this page stands in no edition"
    ]


@pytest.mark.parametrize(
    "use",
    [
        "mask: {niche: finance}\ndraft: true",
        "not: {niche: finance}",
        "variants: [{when: {niche: finance}, body: x}]",
    ],
)
def test_a_term_that_something_states_is_used(site: SiteFolder, use: str) -> None:
    more = "  argent:\n  finance: {aliases: [banque], within: argent}\n"
    mask = (site.root / "mask.yml").read_text("utf-8").replace("locality:\n", f"{more}locality:\n")
    sound(site).write("mask.yml", mask)
    assert [line.rpartition(": ")[2] for line in told(site)] == [
        f"no profile and no post uses the term `{term}`" for term in ("argent", "finance")
    ]
    write(site, "a", use)
    assert told(site) == []


@pytest.mark.parametrize("word", ["finance", "banque"])
def test_a_term_that_a_condition_names_is_used(site: SiteFolder, word: str) -> None:
    more = "  finance: {aliases: [banque]}\n"
    mask = (site.root / "mask.yml").read_text("utf-8").replace("locality:\n", f"{more}locality:\n")
    write(
        sound(site).write("mask.yml", mask),
        "a",
        body=f"{{% if mask.niche.matches('{word}') %}}x{{% endif %}}",
    )
    assert told(site) == []


def test_a_file_that_waits_with_a_text_is_not_unused(site: SiteFolder) -> None:
    sound(site).write("content/files/en attente.svg", "<svg/>").write("content/files/b.svg", "<svg/>")
    write(site, "a", "draft: true", "![Un dessin](files/en%20attente.svg)")
    branch = (
        "{% if mask.niche.matches('e-sante') and mask.locality.matches('lyon') %}![b](files/b.svg){% endif %}"
    )
    write(site, "b", "", branch)
    assert told(site) == []


def test_a_profile_that_no_post_suits_well_is_told_at_its_mask(site: SiteFolder) -> None:
    more = "challenge: [a, b], service: c, scope: internal"
    text = f"headline: CM\nmask: {{niche: jeu-video, locality: lyon, {more}}}\n"
    sound(site).write("profiles/jeu.yml", text)
    at = place_of(site, "profiles/jeu.yml", "{niche")
    assert told(site) == [f"{at}: advice: no-strong-post: no post suits the profile `jeu` strongly"]


def test_translations_tie_texts_of_different_languages(site: SiteFolder) -> None:
    site = write(sound(site), "a", "translation: x")
    write(site, "b", "translation: x\nlanguage: en")
    assert [one.code for one in check(site)] == ["in-no-edition"]  # nobody speaks English here
    write(site, "c", "translation: x")
    at = place_of(site, "content/posts/c.md", "x\n")
    what = "content/posts/a.md has the translation key `x` too, and the same language"
    assert told(site)[0] == f"{at}: warning: repeated-translation: {what}"


def test_each_profile_without_a_description_is_told_unless_all_are(site: SiteFolder) -> None:
    sound(site).write("cmsite.yml", CONFIG.replace("description: Des notes de terrain.\n", ""))
    assert told(site) == ["cmsite.yml:1:1: advice: no-description: the site has no description"]
    mask = "headline: CM\nmask: {niche: jeu-video, locality: lyon}\n"
    site.write("profiles/jeu.yml", f"{mask}site: {{description: Des notes de jeu.}}\n")
    assert told(site) == [
        "profiles/sante.yml:1:1: advice: no-description: the site of the profile `sante` has no description"
    ]


def test_a_plain_blog_is_not_asked_for_a_headline(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).write("cmsite.yml", CONFIG.replace("profile: sante\n", ""))
    assert told(write(site, "a")) == []


def test_a_site_whose_notices_nobody_has_read_is_advised_to(site: SiteFolder) -> None:
    sound(site).write("cmsite.yml", CONFIG.replace("legal: {reviewed: true}\n", ""))
    assert told(site) == [
        "cmsite.yml:1:1: advice: legal: the legal and the privacy notice are made by cmsite: "
        "nobody has read them through"
    ]


# the folders that builds write


def test_a_foreign_file_of_an_output_is_told(site: SiteFolder) -> None:
    target = "targets: [{name: Studio, slug: studio}]\n"
    mask = "headline: CM jeu\nmask: {niche: jeu-video, locality: lyon}\n"
    sound(site).write("profiles/jeu.yml", f"{mask}{target}").build()
    site.build(target="studio")
    assert told(site) == []
    site.write("public/à moi/x.txt", "x").write("private/studio/y.txt", "y")
    assert [line.partition(": ")[0] for line in told(site)] == [
        "private/studio/y.txt:1:1", "public/à moi/x.txt:1:1",
    ]  # fmt: skip
    assert {one.code for one in check(site)} == {"foreign-file"}


def test_an_output_that_a_build_would_refuse_is_an_error(site: SiteFolder) -> None:
    sound(site).write("public/x.txt", "x")
    what = "public/ holds files that cmsite did not make"
    assert told(site) == [f"public:1:1: error: foreign-output: {what}"]


def test_a_look_at_the_output_leaves_what_an_interrupted_build_left(site: SiteFolder) -> None:
    sound(site).build()
    old = site.root / ".cmsite" / "staging"
    shutil.copytree(site.root / "public", old / "old")
    before = sorted(site.root.rglob("*"))
    assert told(site) == []
    assert sorted(site.root.rglob("*")) == before


# the law: check says all that a strict build says


@dataclass(frozen=True, slots=True)
class Edit:
    """Something an author may do to the sound site, most of it wrong."""

    path: str
    text: str


def a_post(head: str, body: str = "Un texte.") -> str:
    return f"---\ntitle: a\ndate: 2026-03-01\n{head}\n---\n\n{body}\n"


JEU = "headline: CM\nmask: {niche: jeu-video, locality: lyon}\n"
EDITS = (
    Edit("content/posts/a.md", a_post("tilte: x")),
    Edit("content/posts/b.md", a_post("tags: a, b")),
    Edit("content/posts/c.md", a_post("", "{% if mask.niche %}\n")),
    Edit("content/posts/d.md", a_post("mask: {niche: jeu-video}", "{{ mask.scope }}")),
    Edit("content/posts/e.md", a_post("", "[x](post:zzz) [y](post:jeu-ouvert) [z](post:soin)")),
    Edit("content/posts/f.md", a_post("", "![x](https://example.net/x.png) ![y](files/perdu.png)")),
    Edit("content/posts/g.md", a_post("aliases: [/blog/, /2026/03/soin/]")),
    Edit("content/posts/h.md", a_post("aliases: [/x/, x]\nmask: {niche: e-sante}")),
    Edit("content/posts/j.md", a_post("", "> " * 300 + "x")),
    Edit("cmsite.yml", "language: fr\nprofile: sante\n"),
    Edit("cmsite.yml", f"{CONFIG}markdown: {{extensions: [perdu]}}\n"),
    Edit("profiles/jeu.yml", f"{JEU}expect: {{at_least: 9, excludes: [jeu-ouvert], leads: soin}}\n"),
    Edit("profiles/jeu.yml", f"{JEU}site: {{theme: perdu}}\n"),
    Edit("profiles/jeu.yml", f"{JEU}select: {{exclude: [jeu-ouvert, pour-tous]}}\n"),
    Edit("profiles/jeu.yml", f"{JEU}targets: [{{name: x, slug: x, public: true, needs: {{service: y}}}}]\n"),
    Edit(
        "profiles/jeu.yml",
        f"{JEU}select: {{general: leave-out}}\ntargets: [{{name: x, slug: x, mask: {{niche: e-sante}}}}]\n",
    ),
    Edit("themes/carnet/templates/list.html", "{{ perdu }}\n"),
    Edit("themes/carnet/templates/home.html", "{% if %}\n"),
    Edit("content/static/blog/index.html", "x"),
    Edit("public/à moi.txt", "x"),
)  # fmt: skip


@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=4, unique=True))
@settings(max_examples=30)
def test_check_says_all_that_a_strict_build_of_any_edition_says(edits: list[Edit]) -> None:
    check_says_all_that_builds_say(edits)


@pytest.mark.parametrize("edit", EDITS, ids=range(len(EDITS)))
def test_check_says_all_that_a_strict_build_says_of_one_edit(edit: Edit) -> None:
    assert check_says_all_that_builds_say([edit])


def check_says_all_that_builds_say(edits: list[Edit]) -> bool:
    """Return whether a build refused anything."""
    with tempfile.TemporaryDirectory(prefix="cmsite-audit-") as folder:
        site = sound(SiteFolder(Path(folder)).started())
        site.build()
        for edit in edits:
            site.write(edit.path, edit.text)
        built = {bare(problem) for problem in refused_by_builds(site)}
        found = check(site)
        assert {bare(problem) for problem in found} >= built
        return bool(built)


def bare(problem: Problem) -> tuple[str, str, str, str]:
    """Return what is the same wherever a problem is told: `check` may know the line better."""
    return problem.place.path, problem.severity, problem.code, problem.what


def refused_by_builds(site: SiteFolder) -> Iterator[Problem]:
    """Yield what a strict build of each profile and target refuses."""
    for profile, target in (("sante", ""), ("jeu", ""), ("jeu", "x")):
        try:
            build_site(site.root, Request(NOW, profile, target=target, strict=True))
        except ProblemsFound as found:
            yield from found.problems
        except UsageError:  # no such target
            continue
