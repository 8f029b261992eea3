"""Nothing to build: certain before anything is read, and never said of a site that a build would change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cmsite.model import MARKER
from cmsite.read.site import Reading, read_site
from cmsite.recording import sign_inputs
from cmsite.request import Request
from cmsite.standing import Stood, find_standing, package
from site_folder import NOW, SiteFolder
from terminal import Terminal
from tiny_theme import wear_tiny_theme

HEAVY = {"pydantic", "jinja2", "markdown", "yaml", "rich", "cmsite.model", "cmsite.read"}
UNASKED = {  # several processes and hands, drawings, cards, mistakes, rules that only --strict asks about
    "pydantic",
    "cmsite.read.twins",
    "asyncio",
    "multiprocessing",
    "concurrent.futures",
    "cmsite.craft.drawings",
    "cmsite.shape.report.expectations",
    "PIL.Image",
    "resvg_py",
}

UNASKED_AT_FIRST = {  # mistakes, near words, Markdown, mails' dates, the table of letters, colour
    "difflib",
    "email",
    "importlib.metadata",
    "markdown",
    "pygments",
    "rich",
    "slugify",
    "subprocess",
}


@pytest.fixture
def built(site: SiteFolder) -> SiteFolder:
    wear_tiny_theme(site).post("un", "summary: Un résumé.", "Un texte.").post("deux")
    site.write("content/files/notes.txt", "abc").build()
    return site


def stood(site: SiteFolder, *, days: float = 0, **wishes: Any) -> Stood | None:
    return find_standing(site.root, Request(NOW + timedelta(days=days), **wishes))


def test_what_stands_is_told_as_a_build_tells_it(built: SiteFolder) -> None:
    told = stood(built)
    done = built.build()
    assert told is not None
    assert (told.editions, told.warnings) == (done.editions, done.warnings)
    assert stood(built) == told


def an_edited_post(site: SiteFolder) -> None:
    site.post("un", "summary: Un résumé.", "Un tapis.")


def an_edit_that_hides_its_time(site: SiteFolder) -> None:
    file = site.root / "content/posts/un.md"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Un texte", b"Un tapis"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def an_edit_behind_a_link(site: SiteFolder) -> None:
    (site.root / "shared/trois.md").write_text("---\ntitle: Trois\ndate: 2026-03-02\n---\n\nAutre.\n")


def a_new_post(site: SiteFolder) -> None:
    site.post("quatre")


def a_post_less(site: SiteFolder) -> None:
    site.delete("content/posts/deux.md")


def a_renamed_file(site: SiteFolder) -> None:
    (site.root / "content/files/notes.txt").rename(site.root / "content/files/other.txt")


def another_template(site: SiteFolder) -> None:
    file = site.root / "themes/tiny/templates/post.html"
    file.write_text(file.read_text(encoding="utf-8") + "<p>x</p>", encoding="utf-8")


def another_profile(site: SiteFolder) -> None:
    site.write("profiles/sante.yml", "headline: Autre chose\nmask: {niche: e-sante}\n")


def a_vocabulary_of_the_wrong_name(site: SiteFolder) -> None:
    (site.root / "mask.yml").rename(site.root / "mask.yaml")


def a_published_file_changed(site: SiteFolder) -> None:
    site.write("public/feed.xml", "mine")


def a_published_file_less(site: SiteFolder) -> None:
    site.delete("public/2026/03/un/index.html")


def a_file_of_somebody_else(site: SiteFolder) -> None:
    site.write("public/2026/03/un/mine.txt", "mine")


def a_lost_marker(site: SiteFolder) -> None:
    site.delete(f"public/{MARKER}")


def a_lost_manifest(site: SiteFolder) -> None:
    site.delete(".cmsite/manifests")


def nothing_remembered_for_deploys(site: SiteFolder) -> None:
    site.delete(".cmsite/asked")


def an_output_behind_a_link(site: SiteFolder) -> None:
    (site.root / "public").rename(site.root / "elsewhere")
    (site.root / "public").symlink_to("elsewhere", target_is_directory=True)


def only_a_touch(site: SiteFolder) -> None:
    (site.root / "content/posts/un.md").touch()


CHANGES = [
    an_edited_post, an_edit_that_hides_its_time, an_edit_behind_a_link, a_new_post, a_post_less,
    a_renamed_file, another_template, another_profile, a_vocabulary_of_the_wrong_name,
    a_published_file_changed, a_published_file_less, a_file_of_somebody_else, a_lost_marker, a_lost_manifest,
    nothing_remembered_for_deploys, an_output_behind_a_link, only_a_touch,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_is_read_again(built: SiteFolder, change: Callable[[SiteFolder], None]) -> None:
    built.write("shared/trois.md", "---\ntitle: Trois\ndate: 2026-03-02\n---\n\nUn texte.\n")
    (built.root / "content/posts/trois.md").symlink_to("../../shared/trois.md")
    built.build()
    assert stood(built)
    change(built)
    assert stood(built) is None


def test_a_link_that_leads_elsewhere_by_way_of_another_is_read_again(built: SiteFolder) -> None:
    built.write("shared/a/x.txt", "abc").write("shared/b/x.txt", "abc")
    way = built.root / "shared/way"
    way.symlink_to("a", target_is_directory=True)
    (built.root / "content/files/way").symlink_to("../../shared/way", target_is_directory=True)
    built.build()
    assert stood(built)
    way.unlink()
    way.symlink_to("b", target_is_directory=True)
    assert stood(built) is None


def test_a_file_added_to_a_linked_folder_is_seen(built: SiteFolder) -> None:
    built.write("shared/a/x.txt", "abc")
    (built.root / "content/files/way").symlink_to("../../shared/a", target_is_directory=True)
    built.build()
    assert stood(built)
    built.write("shared/a/y.txt", "abc")
    assert stood(built) is None


def test_after_a_mere_touch_nothing_is_rendered_and_the_next_build_stands(built: SiteFolder) -> None:
    only_a_touch(built)
    assert built.build().rendered == 0
    assert stood(built)


@pytest.mark.parametrize(
    "wishes",
    [
        {"profile": "sante"}, {"target": "clinique"}, {"every": True}, {"strict": True}, {"verify": True},
        {"clean": True}, {"base_url": "https://example.net/"},
    ],
)  # fmt: skip
def test_another_request_is_answered_by_another_build(built: SiteFolder, wishes: dict[str, Any]) -> None:
    assert stood(built)
    assert stood(built, **wishes) is None


def test_each_target_has_a_record_of_its_own(built: SiteFolder) -> None:
    targets = "targets: [{name: Clinique, slug: clinique}, {name: Mairie, slug: mairie}]\n"
    built.write("profiles/sante.yml", f"mask: {{niche: e-sante}}\n{targets}")
    built.build()
    built.build(target="clinique")
    built.build(target="mairie")
    assert all(stood(built, target=name) for name in ("", "clinique", "mairie"))


def test_another_profile_in_the_same_output_leaves_no_record_of_the_first(built: SiteFolder) -> None:
    config = (built.root / "cmsite.yml").read_text(encoding="utf-8")
    built.write("cmsite.yml", f"{config}profile: sante\n").write(
        "profiles/jeu.yml", "mask: {niche: jeu-video}\n"
    )
    built.build()
    built.build("jeu")
    assert stood(built) is None
    assert stood(built, profile="jeu")


def test_time_counts_from_the_record_to_the_next_entry(built: SiteFolder) -> None:
    built.post("bientot", date="2026-06-03").build()
    assert stood(built)
    assert stood(built, days=1)
    assert stood(built, days=3) is None
    assert stood(built, days=-0.1) is None


def test_a_site_with_warnings_tells_them_again(site: SiteFolder) -> None:
    site.post("a").write("cmsite.yml", "language: fr\n").write("public/mine.txt", "mine")
    done = site.build(adopt=True)
    told = stood(site)
    assert told is not None
    assert told.warnings == done.warnings
    assert {one.code for one in told.warnings} == {"no-url", "foreign-file"}
    assert stood(site, strict=True) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"", lambda data: data[:-9], lambda data: data.replace(b"1 ", b"2 ", 1),
        lambda data: data.replace(b"sante", b"santo"), lambda _: b"\xff" * 40, lambda _: b"1 x\n[]",
    ],
)  # fmt: skip
def test_a_record_that_is_damaged_is_none(built: SiteFolder, spoil: Callable[[bytes], bytes]) -> None:
    file = built.root / ".cmsite/standing/site"
    file.write_bytes(spoil(file.read_bytes()))
    assert stood(built) is None
    assert built.build().rendered == 0
    assert stood(built)


def test_what_bears_an_instant_to_come_is_never_certain(built: SiteFolder) -> None:
    file = built.root / "content/posts/un.md"
    os.utime(file, (4e9, 4e9))
    built.build()
    assert stood(built)  # a later edit shows in the ctime
    an_edit_that_hides_its_time(built)
    assert stood(built) is None


def test_a_post_edited_while_the_site_is_built_is_read_by_the_next_build(
    built: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.post("un", body="Un autre.")

    def read_and_edit(root: Path, **further: Any) -> Reading:
        reading = read_site(root, **further)
        built.post("un", body="Un tiers.")
        return reading

    monkeypatch.setattr("cmsite.build.read_site", read_and_edit)
    built.build()
    monkeypatch.undo()
    assert stood(built) is None
    assert built.build().rendered > 0


def test_modules_that_python_compiles_are_no_change_of_the_program(built: SiteFolder) -> None:
    watched = sign_inputs(built.root, [])
    assert watched
    ours = [Path(path) for path in watched.program if path.startswith(package())]
    assert package() + "/standing.py" in map(str, ours)
    assert all(path.is_file() and path.suffix != ".pyc" for path in ours)


def test_nothing_heavy_is_imported_for_it(built: SiteFolder) -> None:
    told = in_a_process(built)
    assert ", 0 files rendered, " in told["err"]
    assert HEAVY & set(told["modules"]) == set()
    built.post("trois")
    assert set(in_a_process(built)["modules"]) >= {"jinja2", "yaml"}


def test_nothing_is_imported_for_what_an_edited_post_does_not_need(built: SiteFolder) -> None:
    told = in_a_process(built.post("un", body="Un autre texte."))
    assert ", 0 files rendered, " not in told["err"]
    assert UNASKED & set(told["modules"]) == set()


def test_nothing_is_imported_with_the_modules_of_a_build_that_not_every_build_asks_for() -> None:
    script = "import sys, cmsite.build\nprint(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert (UNASKED | UNASKED_AT_FIRST) & set(said.stdout.split()) == set()


def in_a_process(site: SiteFolder) -> dict[str, str]:
    """Run `cmsite build`, and return what it said and which modules it had imported in the end."""
    program = (
        "import json, sys\n"
        "from cmsite.cli import cmsite\n"
        "cmsite.main(['build'], standalone_mode=False)\n"
        "print(json.dumps([*sys.modules]))\n"
    )
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=site.root, env=environment, check=True, capture_output=True, text=True)
    return {"err": done.stderr, "modules": json.loads(done.stdout)}


def test_the_command_says_the_same_either_way(built: SiteFolder, terminal: Terminal) -> None:
    built.write("public/mine.txt", "mine")
    terminal("build")
    short, whole = terminal("build"), terminal("build", "--verify")
    assert without_seconds(short.err) == without_seconds(whole.err)
    short, whole = terminal("build", "--json"), terminal("build", "--json", "--verify")
    assert {**json.loads(short.out), "editions": 0} == {**json.loads(whole.out), "editions": 0}
    [one], [other] = (json.loads(said.out)["editions"] for said in (short, whole))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def without_seconds(said: str) -> str:
    return " ".join(word for word in said.split() if not word.replace(".", "").isdigit())


@pytest.mark.parametrize("word", ["--why", "-v", "--verify", "--clean"])
def test_who_asks_for_more_is_given_a_whole_build(built: SiteFolder, terminal: Terminal, word: str) -> None:
    terminal("build")
    asked = built.root / ".cmsite/asked/public.json"
    before = asked.stat().st_ino, asked.stat().st_mtime_ns
    terminal("build")
    assert (asked.stat().st_ino, asked.stat().st_mtime_ns) == before
    terminal("build", word)
    assert (asked.stat().st_ino, asked.stat().st_mtime_ns) != before
