"""Read content/comments/SLUG.yml: the archived comments of a post."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Comment, Slug, Thread
from cmsite.read.guarded_yaml import Tree, read_yaml_list
from cmsite.read.schema import CommentKeys, ThreadKeys
from cmsite.read.source import KEY, Source
from cmsite.read.validate import salvage

_LIST = "comments"
_PERSONAL = ("email", "mail", "e-mail", "author_email", "ip", "author_ip")


def read_comments(source: Source, timezone: str) -> tuple[Thread, Tree]:
    """Return a post's archived comments, and the tree they came from.

    Raises ProblemsFound for what does not fit: personal data, ids that stand twice, replies to nobody.
    """
    tree = read_yaml_list(source, _LIST)
    problems = [*_personal(tree)]
    if problems:
        raise ProblemsFound(problems)
    keys = salvage(tree, ThreadKeys, problems)
    problems += _bad_ids(tree, keys.comments)
    if problems:
        raise ProblemsFound(problems)
    zone = ZoneInfo(timezone)
    comments = tuple(
        Comment(
            id=one.id,
            author=one.author,
            date=one.date.astimezone(zone) if one.date.tzinfo else one.date.replace(tzinfo=zone),
            text=one.text,
            url=one.url or "",
            parent=one.parent,
        )
        for one in keys.comments
    )
    return Thread(Slug(PurePosixPath(source.path).stem), comments), tree


def _personal(tree: Tree) -> Iterator[Problem]:
    """Yield the keys under which an export keeps what nobody may read."""
    for index, item in enumerate(tree.value[_LIST]):
        for key in item if isinstance(item, dict) else ():
            if key.casefold() in _PERSONAL:
                what = f"`{key}` is personal: no e-mail and no IP address is ever published"
                at = (_LIST, index, key, KEY)
                yield tree.problem(at, what, hint="take the line out", code="personal-data")


def _bad_ids(tree: Tree, comments: tuple[CommentKeys, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, one in enumerate(comments):
        if one.id in seen:
            what = f"two comments have the id `{one.id}`"
            key = (_LIST, index, "id")
            yield tree.problem(key, what, hint="give one another id", code="repeated-id")
        if one.parent and one.parent not in seen:
            what = f"no comment before this one has the id `{one.parent}`"
            key = (_LIST, index, "parent")
            hint = "a reply stands after what it answers; without `parent` it answers the post"
            yield tree.problem(key, what, hint=hint, code="comment-parent")
        seen.add(one.id)
