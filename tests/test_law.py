"""The law of incremental builds: after any edits, what is published is what a clean build makes.

A second build writes nothing, and is known to have nothing to do before anything is read. The edits are
drawn at random over every kind of file an author has.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cmsite.errors import Problem, ProblemsFound
from cmsite.leaking import search_for_leaks
from cmsite.request import Request
from cmsite.standing import find_standing
from pictures import moving, photo, picture
from site_folder import NOW, SiteFolder
from tiny_theme import wear_tiny_theme

SLUGS = st.sampled_from(["un", "deux", "trois", "quatre"])
BODIES = st.sampled_from(
    [
        "Un texte.",
        "## Titre\n\nUn autre texte, avec [un lien](post:un).",
        "{% if mask.niche.matches('e-sante') %}Santé.{% else %}Jeu.{% endif %}",
        "![Une image](files/a.png)",
        "[![Une image](files/a.png)](files/a.png)",
        "[Ailleurs](/about/) et `du code`.",
        "Une note[^1].\n\n[^1]: La note.",
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "mask: {niche: e-sante}",
        "mask: {niche: jeu-video, locality: lyon}",
        "not: {locality: france}",
        "tags: [écoute, méthode]",
        "category: terrain\nseries: Les bases",
        "draft: true",
        "pinned: true",
        "aliases: [/old.html]",
        "expires: 2026-06-10",
        "variants:\n  - when: {niche: jeu-video}\n    title: Pour les joueurs",
        "summary: Un résumé.",
        "image: files/a.png\nimage_alt: Une image",
    ]
)
PICTURES = (
    photo(500, 4),
    photo(500, 4, turn=6),
    picture(20, 10),
    moving("GIF"),
    picture()[:-9],
    b"no picture",
)
DATES = st.sampled_from(["2026-01-01", "2026-03-01", "2026-05-01", "2027-01-01"])


class Edits(RuleBasedStateMachine):
    """A site under a random author's hands."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cmsite-law-"))
        self.site = wear_tiny_theme(SiteFolder(self.folder / "site").started())
        self.profile = "sante"

    @initialize()
    def start(self) -> None:
        self.site.write(
            "profiles/jeu.yml", "mask: {niche: jeu-video, locality: lyon}\nsite: {accent: blue}\n"
        )
        config = (self.site.root / "cmsite.yml").read_text(encoding="utf-8")
        self.site.write("cmsite.yml", f"{config}profile: sante\nposts_per_page: 2\n")
        self.site.write("content/files/a.png", PICTURES[0])
        self.site.post("toujours", "pinned: true", "Un texte qui reste.")

    @rule(slug=SLUGS, head=HEADS, body=BODIES, date=DATES)
    def write_post(self, slug: str, head: str, body: str, date: str) -> None:
        self.site.post(slug, head, body, date=date)

    @rule(slug=SLUGS)
    def delete_post(self, slug: str) -> None:
        if (self.site.root / f"content/posts/{slug}.md").exists():
            self.site.delete(f"content/posts/{slug}.md")

    @rule(body=BODIES)
    def write_page(self, body: str) -> None:
        self.site.write("content/pages/about.md", f"---\ntitle: À propos\n---\n{body}\n")

    @rule(
        mask=st.sampled_from(["{niche: e-sante}", "{niche: e-sante, locality: paris}", "{locality: france}"])
    )
    def edit_profile(self, mask: str) -> None:
        self.site.write("profiles/sante.yml", f"headline: Community manager\nmask: {mask}\n")

    @rule(name=st.sampled_from(["sante", "jeu"]))
    def swap_profile(self, name: str) -> None:
        self.profile = name

    @rule(title=st.sampled_from(["Carnet", "Cahier"]))
    def edit_config(self, title: str) -> None:
        file = self.site.root / "cmsite.yml"
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([f"title: {title}", *lines[1:]]) + "\n", encoding="utf-8")

    @rule(label=st.sampled_from(["e-santé", "santé en ligne"]))
    def edit_vocabulary(self, label: str) -> None:
        file = self.site.root / "mask.yml"
        lines = file.read_text(encoding="utf-8").splitlines()
        lines[1] = f"  e-sante: {{label: {label}, aliases: [esante]}}"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @rule(
        what=st.sampled_from(["templates/_frame.html", "templates/post.html", "assets/tiny.css"]),
        n=st.integers(0, 2),
    )
    def edit_theme(self, what: str, n: int) -> None:
        file = self.site.root / "themes/tiny" / what
        first = file.read_text(encoding="utf-8").splitlines()[0]
        file.write_text(f"{first}\n" + "<p>x</p>\n" * n, encoding="utf-8")

    @rule(text=st.sampled_from(["Bonjour", "Bienvenue"]))
    def edit_strings(self, text: str) -> None:
        self.site.write("themes/tiny/strings/fr.yml", f"hello: {text}\n")

    @rule(data=st.sampled_from(PICTURES))
    def edit_picture(self, data: bytes) -> None:
        self.site.write("content/files/a.png", data)

    @rule(
        name=st.sampled_from(["humans.txt", "robots.txt", "deep/er/x.txt"]), data=st.sampled_from(["a", "b"])
    )
    def edit_static(self, name: str, data: str) -> None:
        self.site.write(f"content/static/{name}", data)

    @rule(data=st.sampled_from([b"", b"damage"]))
    def damage_the_pictures_in_memory(self, data: bytes) -> None:
        for file in (self.site.root / ".cmsite" / "pictures").glob("*"):
            file.write_bytes(data)

    @rule(data=st.sampled_from([b"", b"damage"]))
    def damage_the_standby(self, data: bytes) -> None:
        standby = self.site.root / ".cmsite/staging/public/standby"
        for file in [each for each in standby.rglob("*") if each.is_file() and each.stat().st_nlink == 1]:
            file.write_bytes(data)
        self.site.write(".cmsite/staging/public/standby/tags/strange.html", data)

    @rule()
    def lose_the_memory(self) -> None:
        shutil.rmtree(self.site.root / ".cmsite", ignore_errors=True)

    @invariant()
    def published_is_what_a_clean_build_makes(self) -> None:
        if not (self.site.root / "content").exists():
            return
        clean = SiteFolder(self.folder / "clean")
        shutil.rmtree(clean.root)
        kept_out = shutil.ignore_patterns("public", ".cmsite")
        shutil.copytree(self.site.root, clean.root, ignore=kept_out)
        before = self.site.outputs() if (self.site.root / "public").exists() else {}
        expected, problems = self.attempt(clean)
        found, same_problems = self.attempt(self.site)
        assert same_problems == problems
        if problems:
            assert (found or before) == before
            return
        assert found == expected
        stamps = self.stamps()
        certain = find_standing(self.site.root, Request(NOW, self.profile))
        again = self.site.build(self.profile)
        assert (again.rendered, again.removed) == (0, 0)
        assert self.stamps() == stamps
        assert certain is not None
        assert (certain.editions, certain.warnings) == (again.editions, again.warnings)

    def attempt(self, site: SiteFolder) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
        """Build a site; return its output and the problems that stopped the build, if any."""
        problems: tuple[Problem, ...] = ()
        try:
            site.build_or_stand(self.profile)
        except ProblemsFound as found:
            problems = found.problems
        return site.outputs() if (site.root / "public").exists() else {}, problems

    def stamps(self) -> dict[str, tuple[int, int]]:
        public = self.site.root / "public"
        found = [public, *public.rglob("*")]
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in found}

    def teardown(self) -> None:
        """Search what the last build left: nothing that it leaves out is in any byte of it."""
        try:
            audit = search_for_leaks(self.site.root, NOW)
        except ProblemsFound:
            audit = None
        shutil.rmtree(self.folder, ignore_errors=True)
        assert audit is None or list(audit.problems()) == []


TestLaw: Any = Edits.TestCase
TestLaw.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)
