"""Check what the files of a site say of one another: slugs, words, paths and names that must agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Set

from msgspec.structs import astuple

from cmsite.errors import Problem, suggest
from cmsite.model import POINTS, Kind, Mask, Place, Post, Profile, Routes, Site, Slug
from cmsite.read.config import FIXED_ROUTES
from cmsite.read.fields import shown, slug_of
from cmsite.read.guarded_yaml import Tree
from cmsite.read.profiles import named_slugs
from cmsite.read.source import Key

Trees = Mapping[str, Tree]  # what each file of the site holds, by its path


def disagreements(site: Site, trees: Trees, lost: Set[str]) -> Iterator[Problem]:
    """Yield what is wrong between the files of `site`.

    `lost` names the folders of which a file could not be understood: what it would have said is not
    called missing.
    """
    yield from _repeated_slugs(site, trees)
    yield from _targets_like_texts(site, trees)
    yield from _repeated_ids(site, trees)
    yield from _meeting_words(site, trees)
    yield from _meeting_terms(site, trees)
    yield from _repeated_paths(site, trees)
    yield from _broken_images(site, trees)
    if "content/posts" not in lost:
        yield from _unknown_slugs(site, trees)
        yield from _stray_comments(site)
    if "content/pages" not in lost:
        yield from _lost_menu(site, trees)


def _repeated_slugs(site: Site, trees: Trees) -> Iterator[Problem]:
    routes = {*astuple(site.settings.routes), *FIXED_ROUTES, "about"}
    reserved = routes if "cmsite.yml" in trees else frozenset[str]()
    seen: dict[str, Post] = {}
    for post in site.texts():
        slug = unicodedata.normalize("NFC", post.slug).casefold()
        first = seen.setdefault(slug, post)
        if first is not post:
            what = f"the slug `{post.slug}` is that of {first.source} too"
            hint = "write another `slug: …` in one of them"
            yield trees[post.source].problem(("slug",), what, hint=hint, code="repeated-slug")
        if slug in reserved and not _is_about(post):
            what, hint = f"the address `/{post.slug}/` is the site's own", "write another `slug: …`"
            yield trees[post.source].problem(("slug",), what, hint=hint, code="reserved-slug")


def _targets_like_texts(site: Site, trees: Trees) -> Iterator[Problem]:
    """Yield the targets that have the slug of a post or a page: a link could mean either."""
    texts = {post.slug.casefold(): post for post in site.texts()}
    for profile in site.profiles:
        for index, target in enumerate(profile.targets):
            if post := texts.get(target.slug):
                what = f"the target's slug `{target.slug}` is that of {post.source} too"
                key: Key = ("targets", index, "slug")
                hint = "write another `slug: …` for the target"
                yield trees[profile.place.path].problem(key, what, hint=hint, code="repeated-slug")


def _is_about(post: Post) -> bool:
    """Return whether a text is the free part of the about page."""
    return post.kind is Kind.PAGE and post.slug == "about"


def _repeated_ids(site: Site, trees: Trees) -> Iterator[Problem]:
    seen: dict[str, Post] = {}
    for post in site.posts:
        first = seen.setdefault(post.id or post.name, post)
        if first is not post:
            what = (
                f"{first.source} has the id {shown(post.id or post.name)} too: feeds cannot tell them apart"
            )
            hint = "write another `id: …` in one of them"
            yield trees[post.source].problem(("id",), what, hint=hint, code="repeated-id")


def _meeting_words(site: Site, trees: Trees) -> Iterator[Problem]:
    """Yield the tags, categories and series that are spelt otherwise but give one address."""
    for kind in ("tags", "category", "series"):
        seen: dict[str, str] = {}
        for post in site.texts():
            words = post.tags if kind == "tags" else (getattr(post, kind),)
            for index, word in enumerate(words):
                first = seen.setdefault(slug_of(word), word) if word else word
                if first.casefold() != word.casefold():
                    key: Key = ("tags", index) if kind == "tags" else (kind,)
                    yield _meeting(trees[post.source], key, word, first)


def _meeting_terms(site: Site, trees: Trees) -> Iterator[Problem]:
    """Yield the terms of free points that are spelt in two ways: to a mask they would be strangers."""
    masks = tuple(_all_masks(site))
    stating = {post.source for post in site.texts()}
    stating |= {one.place.path for one in site.profiles if one.place.path in trees}
    for point in POINTS:
        words = {word for mask in masks for word in mask[point]}
        if site.vocabulary.declares(point) or len({slug_of(word) for word in words}) == len(words):
            continue
        seen: dict[str, str] = {}
        for tree in (trees[path] for path in sorted(stating)):
            for key in _masks(tree):
                written = tree.at((*key, point.value))
                for index, word in enumerate([written] if isinstance(written, str) else written or ()):
                    if (first := seen.setdefault(slug_of(word), word)) != word:
                        yield _meeting(tree, (*key, point.value, index), word, first)


def _all_masks(site: Site) -> Iterator[Mask]:
    for post in site.texts():
        yield from (post.mask, post.barred, *(variant.when for variant in post.variants))
    for profile in site.profiles:
        yield profile.mask
        yield from (mask for target in profile.targets for mask in (target.mask, target.needs))


def _masks(tree: Tree) -> Iterator[Key]:
    """Yield where a file states terms."""
    yield from (("mask",), ("not",))
    yield from (("variants", index, "when") for index in range(len(tree.value.get("variants", ()))))
    for index in range(len(tree.value.get("targets", ()))):
        yield from (("targets", index, "mask"), ("targets", index, "needs"))


def _meeting(tree: Tree, key: Key, word: str, first: str) -> Problem:
    what = f"{shown(word)} and {shown(first)} would share the address `{slug_of(word)}`"
    return tree.problem(key, what, hint="spell both alike", code="meeting-words")


def _unknown_slugs(site: Site, trees: Trees) -> Iterator[Problem]:
    known = [post.slug for post in site.posts]
    named: list[tuple[Tree, Key, Slug]] = [
        (trees["cmsite.yml"], ("author", "base", skill.name, "proof", index), slug)
        for skill in site.settings.author.base
        for index, slug in enumerate(skill.proof)
    ]
    for profile in site.profiles:
        named += [(trees[profile.place.path], key, slug) for key, slug in named_slugs(profile)]
    for tree, key, slug in named:
        if slug not in known:
            hint = suggest(slug, known, otherwise="name a post by its slug (`cmsite list --all-posts`)")
            yield tree.problem(key, f"there is no post {shown(slug)}", hint=hint, code="unknown-post")


def _stray_comments(site: Site) -> Iterator[Problem]:
    """Yield the files of comments whose name is no post's slug."""
    known = [post.slug for post in site.posts]
    for thread in site.threads:
        if thread.slug not in known:
            hint = suggest(thread.slug, known, otherwise="name the file by the post's slug")
            what = f"there is no post {shown(thread.slug)} to show these comments under"
            yield Problem(Place(f"content/comments/{thread.slug}.yml"), what, hint, "unknown-post")


def _repeated_paths(site: Site, trees: Trees) -> Iterator[Problem]:
    seen: dict[str, Profile] = {}
    for profile in site.profiles:
        first = seen.setdefault(profile.path, profile)
        if first is not profile:
            what = f"the path `{profile.path}` is that of {first.place.path} too"
            tree = trees[profile.place.path]
            yield tree.problem(("path",), what, hint="choose another `path: …`", code="repeated-path")


def _broken_images(site: Site, trees: Trees) -> Iterator[Problem]:
    named: list[tuple[str, Key, str | None]] = [
        ("cmsite.yml", ("author", "photo"), site.settings.author.photo)
    ]
    for post in site.texts():
        named.append((post.source, ("image",), post.image))
        for index, variant in enumerate(post.variants):
            named.append((post.source, ("variants", index, "image"), variant.image))
    faults = {file.path: fault for file in site.files if (fault := file.why_not_shown())}
    for path, key, image in named:
        if image and (fault := faults.get(image)):
            what = f"{shown(f'content/{image}')} cannot be shown: {fault.what}"
            yield trees[path].problem(key, what, hint=fault.hint, code="broken-image")


def _lost_menu(site: Site, trees: Trees) -> Iterator[Problem]:
    known = [
        *(name for name in Routes.__struct_fields__ if name != "topics"),
        *(page.slug for page in site.pages),
    ]
    menus: list[tuple[Key, str, tuple[str, ...]]] = [(("menu",), "cmsite.yml", site.settings.menu)]
    menus += [(("site", "menu"), profile.place.path, profile.site.menu or ()) for profile in site.profiles]
    for key, path, menu in menus:
        for index, entry in enumerate(menu):
            if entry not in known:
                otherwise = "name a page by its slug, or blog, about, tags, archive …"
                hint = suggest(entry, known, otherwise=otherwise)
                what = f"the menu's {shown(entry)} is no page"
                yield trees[path].problem((*key, index), what, hint=hint, code="menu")
