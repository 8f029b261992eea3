"""Read posts and pages: front matter and Markdown become a `Post`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Body, CallToAction, Kind, Place, Post, RawHtml, Settings, Slug, Variant, Vocabulary
from cmsite.paths import from_content
from cmsite.read.fields import SLUG_LENGTH, calendar_day, fault_of_word, is_reserved, shown, slug_of
from cmsite.read.files import missing_file
from cmsite.read.front_matter import read_head
from cmsite.read.guarded_yaml import Tree
from cmsite.read.schema import CallToActionKeys, PageKeys, PostKeys, VariantKeys
from cmsite.read.source import Key, Source
from cmsite.read.validate import salvage
from cmsite.read.vocabulary import resolve_mask

_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:-(.+))?$", re.ASCII)


def read_post(
    source: Source, kind: Kind, settings: Settings, vocabulary: Vocabulary, files: Collection[str]
) -> tuple[Post, Tree]:
    """Return one post or page, and the tree of its front matter.

    `files` are the known paths under content/ (`files/x.jpg`). Dates without a zone get the site's.
    Raises ProblemsFound with every mistake of the file.
    """
    tree, body = read_head(source)
    problems: list[Problem] = []
    keys = salvage(tree, PostKeys if kind is Kind.POST else PageKeys, problems)
    name = source.path.rpartition("/")[2].rpartition(".")[0]
    post = Post(
        kind=kind,
        slug=keys.slug or _slug_from_name(tree, name, problems),
        title=keys.title,
        language=keys.language or settings.language,
        body=body,
        source=source.path,
        name=name,
        date=_date(tree, keys, name, settings, problems),
        updated=_zoned(keys.updated, settings),
        expires=_zoned(keys.expires, settings),
        summary=keys.summary,
        tags=_distinct(keys.tags),
        category=keys.category,
        id=keys.id,
        aliases=keys.aliases,
        translation=keys.translation,
        image=_image(tree, ("image",), keys.image, files, problems),
        image_alt=keys.image_alt,
        series=keys.series,
        pinned=keys.pinned,
        draft=keys.draft,
        mask=resolve_mask(tree, ("mask",), keys.mask, vocabulary, problems),
        barred=resolve_mask(tree, ("not",), keys.barred, vocabulary, problems),
        call_to_action=_call_to_action(keys.call_to_action),
        variants=tuple(
            _variant(tree, index, written, vocabulary, files, problems)
            for index, written in enumerate(keys.variants)
        ),
        templating=keys.templating,
        raw_html=RawHtml(keys.raw_html),
        extra=keys.extra,
    )
    problems += _check_aliases(tree, keys.aliases) + _check_words(tree, post)
    if problems:
        raise ProblemsFound(problems)
    return post, tree


def _slug_from_name(tree: Tree, name: str, problems: list[Problem]) -> Slug:
    match = _DATED_NAME.match(name)
    slug = slug_of((match[4] or "") if match else name)
    what = ""
    if not slug:
        what = "the file's name gives no slug"
    elif is_reserved(slug):
        what = f"the file's name gives the slug `{slug}`, which some systems reserve"
    elif len(slug) > SLUG_LENGTH:
        what = f"the file's name gives a slug of {len(slug)} characters, more than {SLUG_LENGTH}"
    if what and "slug" not in tree.value:
        hint = "add `slug: …` to the front matter, or rename the file"
        problems.append(tree.problem((), what, hint=hint, code="slug"))
    return slug


def _date(
    tree: Tree, keys: PageKeys, name: str, settings: Settings, problems: list[Problem]
) -> datetime | None:
    if not isinstance(keys, PostKeys):
        return None
    if keys.date or "date" in tree.value:
        return _zoned(keys.date, settings)
    match = _DATED_NAME.match(name)
    if not match:
        if not keys.draft:
            hint = "add `date: 2026-03-01`, or begin the file's name with the date, or mark it `draft: true`"
            problems.append(tree.problem((), "the post has no date", hint=hint, code="no-date"))
        return None
    try:
        return _zoned(calendar_day(int(match[1]), int(match[2]), int(match[3])), settings)
    except ValueError:
        hint = "rename the file, or add `date: …` to the front matter"
        what = f"the file's name begins with a date that no calendar has ({'-'.join(match.groups()[:3])})"
        problems.append(tree.problem((), what, hint=hint, code="date"))
        return None


def _zoned(moment: datetime | None, settings: Settings) -> datetime | None:
    """Return the moment in the site's time zone, which is also that of a date without one."""
    if moment is None:
        return None
    zone = ZoneInfo(settings.timezone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _call_to_action(keys: CallToActionKeys | None) -> CallToAction | None:
    return CallToAction(keys.label, keys.url) if keys else None


def _variant(
    tree: Tree,
    index: int,
    keys: VariantKeys,
    vocabulary: Vocabulary,
    files: Collection[str],
    problems: list[Problem],
) -> Variant:
    key: Key = ("variants", index)
    when = resolve_mask(tree, (*key, "when"), keys.when, vocabulary, problems)
    if not any((tree.at((*key, "when")) or {}).values()):
        hint = "state a point, as in `when: {niche: e-sante}`"
        problems.append(
            tree.problem((*key, "when"), "this variant's `when` states nothing", hint=hint, code="when")
        )
    return Variant(
        when=when,
        place=tree.place(key),
        title=keys.title,
        summary=keys.summary,
        image=_image(tree, (*key, "image"), keys.image, files, problems),
        image_alt=keys.image_alt,
        call_to_action=_call_to_action(keys.call_to_action),
        body=Body(keys.body, _text_place(tree, (*key, "body"))) if keys.body else None,
    )


def _text_place(tree: Tree, key: Key) -> Place:
    """Return the place of a text's first line: for `body: |` that is the line after the key's."""
    place = tree.place(key)
    line = tree.source.text.split("\n")[place.line - 1]
    below = line[place.column - 1 :].startswith(("|", ">"))
    return Place(place.path, place.line + 1, 1) if below else place


def _image(
    tree: Tree, key: Key, written: str | None, files: Collection[str], problems: list[Problem]
) -> str | None:
    if not written:
        return None
    path = from_content(written, tree.source.path)
    if path in files:
        return path
    if re.match(r"(?:https?:)?//", written):
        what = "an image of another site cannot stand here"
        hint = "copy it to content/files/ and write `files/NAME`"
    else:
        what, hint = missing_file(path, files)
    problems.append(tree.problem(key, what, hint=hint, code="no-image"))
    return None


def _check_aliases(tree: Tree, aliases: tuple[str, ...]) -> list[Problem]:
    return [
        tree.problem(("aliases", index), fault[0], hint=fault[1], code="alias")
        for index, alias in enumerate(aliases)
        if (fault := _fault_of_alias(alias))
    ]


def _fault_of_alias(alias: str) -> tuple[str, str] | None:
    """Return what keeps a text from being an old address, and what to do; None when nothing does."""
    parts = alias.split("/")
    if any(is_reserved(part) for part in parts):
        return f"{shown(alias)} holds a name that some systems refuse", "take this old address away"
    if (
        not re.fullmatch(r"/?[^\s?#\\<>\"*|:\x00-\x1f]+", alias)
        or re.search(r"(^|/)\.(?!well-known/)", alias)
        or any(len(part.encode()) > SLUG_LENGTH for part in parts)
        or "//" in alias
        or not alias.strip("/")
    ):
        hint = "write the path from the site's root, as in `/2010/01/old.html`"
        return f"{shown(alias)} cannot be an old address", hint
    return None


def _check_words(tree: Tree, post: Post) -> list[Problem]:
    named: list[tuple[Key, str]] = [(("tags", index), tag) for index, tag in enumerate(post.tags)]
    named += [(("category",), post.category)] if post.category else []
    named += [(("series",), post.series)] if post.series else []
    return [
        tree.problem(key, fault[0], hint=fault[1], code="slug")
        for key, word in named
        if (fault := fault_of_word(word))
    ]
