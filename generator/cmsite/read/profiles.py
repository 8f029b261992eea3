"""Read profiles/NAME.yml: a mask and the choices that go with it."""

from __future__ import annotations

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Expect, Order, Overrides, Place, Profile, Select, Slug, Target, Vocabulary
from cmsite.read.config import check_permalink
from cmsite.read.fields import is_reserved, slug_of
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.schema import ExpectKeys, OverridesKeys, ProfileKeys, SelectKeys, TargetKeys
from cmsite.read.source import Key, Source
from cmsite.read.validate import salvage
from cmsite.read.vocabulary import resolve_mask


def refuse_profile_name(path: str, name: str) -> None:
    """Raise ProblemsFound for a file that stands where no profile may, or is called as none may be."""
    if path.count("/") > 1:
        what, hint = "a profile stands in profiles/ itself", f"move it to profiles/{name}.yml"
        raise ProblemsFound([Problem(Place(path), what, hint, "file-name")])
    if slug_of(name) != name:
        what = "a profile's file name is a slug (lower-case letters, digits and single hyphens)"
        hint = f"rename it to {slug_of(name) or 'my-profile'}.yml"
        raise ProblemsFound([Problem(Place(path), what, hint, "slug")])
    if is_reserved(name):
        what = f"a profile cannot be called `{name}`: some systems reserve this name"
        raise ProblemsFound([Problem(Place(path), what, f"rename it to {name}-1.yml, say", "slug")])


def read_profile(source: Source, name: str, language: str, vocabulary: Vocabulary) -> tuple[Profile, Tree]:
    """Return the profile `name`, and the tree it came from.

    One that states no language speaks the site's, `language`. Raises ProblemsFound for what does not fit.
    """
    tree = read_yaml(source)
    problems: list[Problem] = []
    keys = salvage(tree, ProfileKeys, problems)
    profile = Profile(
        name=name,
        language=keys.language or language,  # type: ignore[arg-type]
        place=tree.place(()),
        headline=keys.headline,
        mask=resolve_mask(tree, ("mask",), keys.mask, vocabulary, problems),
        site=_overrides(keys.site),
        path=keys.path or name,
        public=keys.public,
        select=_select(keys.select),
        expect=_expect(keys.expect),
        targets=tuple(
            _target(tree, ("targets", index), target, vocabulary, problems)
            for index, target in enumerate(keys.targets)
        ),
        extra=keys.extra,
    )
    problems += check_permalink(tree, ("site", "permalink"), keys.site.permalink)
    problems += _both_in_and_out(tree, keys) + _repeated_targets(tree, keys)
    if problems:
        raise ProblemsFound(problems)
    return profile, tree


def named_slugs(profile: Profile) -> list[tuple[Key, Slug]]:
    """Return every post slug the profile names, with the key it stands under."""
    lists = {
        ("select", "include"): profile.select.include,
        ("select", "exclude"): profile.select.exclude,
        ("expect", "includes"): profile.expect.includes,
        ("expect", "excludes"): profile.expect.excludes,
    }
    named: list[tuple[Key, Slug]] = [
        ((*key, index), slug) for key, slugs in lists.items() for index, slug in enumerate(slugs)
    ]
    if profile.expect.leads:
        named.append((("expect", "leads"), profile.expect.leads))
    return named


def _overrides(keys: OverridesKeys) -> Overrides:
    return Overrides(**{name: getattr(keys, name) for name in Overrides.__struct_fields__})


def _select(keys: SelectKeys) -> Select:
    return Select(
        order=Order(keys.order),
        keep_general=keys.general == "keep",
        include=_slugs(keys.include),
        exclude=_slugs(keys.exclude),
        at_most=keys.at_most,
    )


def _expect(keys: ExpectKeys) -> Expect:
    leads = Slug(keys.leads) if keys.leads else None
    return Expect(_slugs(keys.includes), _slugs(keys.excludes), leads, keys.at_least)


def _slugs(texts: tuple[str, ...]) -> tuple[Slug, ...]:
    return tuple(Slug(text) for text in texts)


def _target(
    tree: Tree, key: Key, keys: TargetKeys, vocabulary: Vocabulary, problems: list[Problem]
) -> Target:
    return Target(
        name=keys.name,
        slug=keys.slug,
        place=tree.place(key),
        mask=resolve_mask(tree, (*key, "mask"), keys.mask, vocabulary, problems),
        needs=resolve_mask(tree, (*key, "needs"), keys.needs, vocabulary, problems),
        greeting=keys.greeting,
        public=keys.public,
        note=keys.note,
    )


def _both_in_and_out(tree: Tree, keys: ProfileKeys) -> list[Problem]:
    return [
        tree.problem(
            ("select", "exclude", index),
            f"`{slug}` is both included and excluded",
            hint="take it out of one of the two lists",
            code="both-in-and-out",
        )
        for index, slug in enumerate(keys.select.exclude)
        if slug in keys.select.include
    ]


def _repeated_targets(tree: Tree, keys: ProfileKeys) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for index, target in enumerate(keys.targets):
        if target.slug in seen:
            what = f"two targets have the slug `{target.slug}`"
            key = ("targets", index, "slug")
            problems.append(tree.problem(key, what, hint="give one another slug", code="repeated-slug"))
        seen.add(target.slug)
    return problems
