"""Read a site's folder whole, and check what its files say of one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from cmsite.colour import READABLE, contrast
from cmsite.errors import Problem, ProblemsFound, UsageError, suggest
from cmsite.model import Kind, Place, Post, Profile, Routes, Settings, Site, Slug, Theme, Vocabulary
from cmsite.paths import from_content
from cmsite.read.config import read_config
from cmsite.read.content import read_post
from cmsite.read.fields import slug_of
from cmsite.read.files import TEXT_ENDINGS, read_file, walk
from cmsite.read.guarded_yaml import Key, Tree, read_yaml
from cmsite.read.profiles import named_slugs, read_profile
from cmsite.read.source import decode
from cmsite.read.theme import COLOUR, read_theme
from cmsite.read.vocabulary import empty_vocabulary, read_vocabulary

Value = TypeVar("Value")
_FIXED_ROUTES = ("for", "search", "feed", "assets", "files", "legal", "privacy")


@dataclass(frozen=True, slots=True)
class Reading:
    """A site as it was read: the site, the themes its editions wear, and what deserves a warning."""

    site: Site
    themes: tuple[Theme, ...]
    warnings: tuple[Problem, ...]

    def theme(self, name: str) -> Theme:
        """Return the theme of that name."""
        return next(theme for theme in self.themes if theme.name == name)


def read_site(root: Path) -> Reading:
    """Return the site in the folder `root`.

    Raises ProblemsFound with all mistakes of all files; UsageError when there is no cmsite.yml.
    """
    if not (root / "cmsite.yml").is_file():
        raise UsageError(
            f"there is no cmsite.yml in {root}", "go to the site's folder, or name it with `--site`"
        )
    return _Reader(root).read()


class _Reader:
    """One reading of a folder: it gathers problems on the way and raises them together."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.trees: dict[str, Tree] = {}

    def read(self) -> Reading:
        config = self.attempt(lambda: read_config(decode(self.bytes("cmsite.yml"), "cmsite.yml")))
        settings, tree, warnings = config or (Settings(), read_yaml(decode(b"", "cmsite.yml")), ())
        self.trees["cmsite.yml"] = tree
        vocabulary = self.attempt(self.vocabulary) or Vocabulary()
        profiles = tuple(self.profiles(settings, vocabulary)) or (_neutral(settings),)
        files = tuple(read_file(self.root, path, below="content") for path in self.walk("content/files"))
        static = tuple(
            read_file(self.root, path, below="content/static") for path in self.walk("content/static")
        )
        known = frozenset(file.path for file in files)
        posts = tuple(self.texts("content/posts", Kind.POST, settings, vocabulary, known))
        pages = tuple(self.texts("content/pages", Kind.PAGE, settings, vocabulary, known))
        settings = self.complete(settings, profiles, known)
        themes = tuple(self.themes(settings, profiles))
        site = Site(settings, vocabulary, profiles, posts, pages, files, static)
        if not self.problems:  # what files say of one another makes sense once each is understood
            self.cross_check(site)
        if self.problems:
            raise ProblemsFound(self.problems)
        return Reading(site, themes, warnings)

    def attempt(self, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except ProblemsFound as found:
            self.problems += found.problems
            return None

    def bytes(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def walk(self, folder: str) -> tuple[str, ...]:
        return self.attempt(lambda: tuple(walk(self.root, folder))) or ()

    def vocabulary(self) -> Vocabulary:
        if not (self.root / "mask.yml").is_file():
            return empty_vocabulary()
        return read_vocabulary(decode(self.bytes("mask.yml"), "mask.yml"))

    def profiles(self, settings: Settings, vocabulary: Vocabulary) -> Iterator[Profile]:
        for path in self.walk("profiles"):
            name = PurePosixPath(path).stem
            if not path.endswith(".yml"):
                continue
            if slug_of(name) != name:
                what, hint = (
                    "a profile's file name is a slug",
                    f"rename it to {slug_of(name) or 'my-profile'}.yml",
                )
                self.problems.append(Problem(Place(path), what, hint, "slug"))
                continue
            read = self.attempt(lambda: self.profile(path, name, settings, vocabulary))  # noqa: B023 called at once
            if read:
                yield read

    def profile(self, path: str, name: str, settings: Settings, vocabulary: Vocabulary) -> Profile:
        profile, self.trees[path] = read_profile(
            decode(self.bytes(path), path), name, settings.language, vocabulary
        )
        return profile

    def texts(
        self, folder: str, kind: Kind, settings: Settings, vocabulary: Vocabulary, files: frozenset[str]
    ) -> Iterator[Post]:
        for path in self.walk(folder):
            if path.endswith(TEXT_ENDINGS):
                read = self.attempt(
                    lambda: read_post(decode(self.bytes(path), path), kind, settings, vocabulary, files)  # noqa: B023
                )
                if read:
                    post, self.trees[path] = read
                    yield post

    def complete(self, settings: Settings, profiles: tuple[Profile, ...], files: frozenset[str]) -> Settings:
        """Return the settings with the lead profile named and the photo's path resolved."""
        lead, tree = settings.profile, self.trees["cmsite.yml"]
        names = [profile.name for profile in profiles]
        if not lead and len(names) == 1:
            lead = names[0]
        elif not lead:
            hint = f"add `profile: {names[0]}`, say; there are {', '.join(names)}"
            self.problems.append(tree.problem((), "no lead profile is named", hint=hint, code="lead-profile"))
        elif lead not in names and (self.root / "profiles" / f"{lead}.yml").is_file() is False:
            hint = suggest(lead, names, otherwise=f"create profiles/{lead}.yml")
            what = f"there is no profile `{lead}`"
            self.problems.append(tree.problem(("profile",), what, hint=hint, code="lead-profile"))
        photo = settings.author.photo
        if photo and (photo := from_content(photo, "cmsite.yml")) not in files:
            what, hint = f"there is no file `content/{photo}`", "check the name; it begins at content/"
            self.problems.append(tree.problem(("author", "photo"), what, hint=hint, code="no-image"))
        return replace(settings, profile=lead, author=replace(settings.author, photo=photo))

    def themes(self, settings: Settings, profiles: tuple[Profile, ...]) -> Iterator[Theme]:
        wanted: dict[str, list[tuple[Tree, Key, str]]] = {
            settings.theme: [(self.trees["cmsite.yml"], ("accent",), settings.accent)]
        }
        for profile in profiles:
            tree = self.trees.get(profile.place.path)
            worn = wanted.setdefault(profile.site.theme or settings.theme, [])
            if tree:
                worn.append((tree, ("site", "accent"), profile.site.accent or ""))
        for name, accents in wanted.items():
            if theme := self.attempt(lambda: read_theme(self.root, name)):  # noqa: B023 called at once
                self.problems += [
                    problem
                    for tree, key, accent in accents
                    for problem in _check_accent(tree, key, accent, theme)
                ]
                yield theme

    def cross_check(self, site: Site) -> None:
        self.problems += [*self.repeated_slugs(site), *self.repeated_ids(site)]
        self.problems += [*self.meeting_words(site), *self.unknown_slugs(site)]
        self.problems += [*self.repeated_paths(site), *self.lost_menu(site)]

    def repeated_slugs(self, site: Site) -> Iterator[Problem]:
        routes = {getattr(site.settings.routes, name) for name in Routes.__slots__} | set(_FIXED_ROUTES)
        seen: dict[str, Post] = {}
        for post in site.texts():
            slug = unicodedata.normalize("NFC", post.slug).casefold()
            first = seen.setdefault(slug, post)
            tree = self.trees[post.source]
            if first is not post:
                what, hint = (
                    f"the slug `{post.slug}` is that of {first.source} too",
                    "write another `slug: …` in one",
                )
                yield tree.problem(("slug",), what, hint=hint, code="repeated-slug")
            if slug in routes and not is_about(post):
                what, hint = f"the address `/{post.slug}/` is the site's own", "write another `slug: …`"
                yield tree.problem(("slug",), what, hint=hint, code="reserved-slug")

    def repeated_ids(self, site: Site) -> Iterator[Problem]:
        seen: dict[str, Post] = {}
        for post in site.posts:
            first = seen.setdefault(post.id or post.name, post)
            if first is not post:
                what = f"{first.source} has the id `{post.id or post.name}` too: feeds cannot tell them apart"
                hint = "write another `id: …` in one of them"
                yield self.trees[post.source].problem(("id",), what, hint=hint, code="repeated-id")

    def meeting_words(self, site: Site) -> Iterator[Problem]:
        for kind in ("tags", "category", "series"):
            seen: dict[str, str] = {}
            for post in site.texts():
                words = (post.series if kind == "series" else post.category,) if kind != "tags" else post.tags
                for index, word in enumerate(words):
                    first = seen.setdefault(slug_of(word), word) if word else word
                    if first.casefold() != word.casefold():
                        key: Key = ("tags", index) if kind == "tags" else (kind,)
                        what = f"`{word}` and `{first}` would share the address `{slug_of(word)}`"
                        hint = "spell both alike"
                        yield self.trees[post.source].problem(key, what, hint=hint, code="meeting-words")

    def unknown_slugs(self, site: Site) -> Iterator[Problem]:
        known = [post.slug for post in site.posts]
        named: list[tuple[Tree, Key, Slug]] = [
            (self.trees["cmsite.yml"], ("author", "base", skill.name, "proof", index), slug)
            for skill in site.settings.author.base
            for index, slug in enumerate(skill.proof)
        ]
        for profile in site.profiles:
            named += [(self.trees[profile.place.path], key, slug) for key, slug in named_slugs(profile)]
        for tree, key, slug in named:
            if slug not in known:
                hint = suggest(slug, known, otherwise="name a post by its slug (`cmsite list --all-posts`)")
                yield tree.problem(key, f"there is no post `{slug}`", hint=hint, code="unknown-post")

    def repeated_paths(self, site: Site) -> Iterator[Problem]:
        seen: dict[str, Profile] = {}
        for profile in site.profiles:
            first = seen.setdefault(profile.path, profile)
            if first is not profile:
                what = f"the path `{profile.path}` is that of {first.place.path} too"
                tree = self.trees[profile.place.path]
                yield tree.problem(("path",), what, hint="choose another `path: …`", code="repeated-path")

    def lost_menu(self, site: Site) -> Iterator[Problem]:
        known = [*Routes.__slots__, *(page.slug for page in site.pages)]
        menus: list[tuple[Tree, Key, tuple[str, ...]]] = [
            (self.trees["cmsite.yml"], ("menu",), site.settings.menu)
        ]
        menus += [
            (self.trees[profile.place.path], ("site", "menu"), profile.site.menu)
            for profile in site.profiles
            if profile.site.menu
        ]
        for tree, key, menu in menus:
            for index, entry in enumerate(menu):
                if entry not in known or entry == "topics":
                    hint = suggest(
                        entry, known, otherwise="name a page by its slug, or blog, about, tags, archive …"
                    )
                    what = f"the menu's `{entry}` is no page"
                    yield tree.problem((*key, index), what, hint=hint, code="menu")


def is_about(post: Post) -> bool:
    """Return whether a text is the free part of the about page."""
    return post.kind is Kind.PAGE and post.slug == "about"


def _neutral(settings: Settings) -> Profile:
    """Return the profile of a site that has none: a mask that states nothing, so that a plain blog works."""
    return Profile("neutral", settings.language, Place("cmsite.yml"), path="neutral")


def _check_accent(tree: Tree, key: Key, accent: str, theme: Theme) -> Iterator[Problem]:
    names = [palette.name for palette in theme.palettes]
    if not accent or accent in names:
        return
    if not COLOUR.fullmatch(accent):
        hint = suggest(accent, names, otherwise=f'choose {", ".join(names)}, or write a colour as "#336699"')
        yield tree.problem(key, f"the theme {theme.name} has no accent `{accent}`", hint=hint, code="accent")
    elif (ratio := contrast(accent, theme.paper.light)) < READABLE:
        what = (
            f"`{accent}` is too pale to be read: its contrast is {ratio:.1f}, at least {READABLE} is needed"
        )
        yield tree.problem(key, what, hint="choose a darker colour", code="accent")
