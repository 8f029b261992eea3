"""Read small texts as the reading rooms do, and say in a line what they find wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Kind, Post, Profile, Settings, Vocabulary
from cmsite.read.content import read_post
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.profiles import read_profile
from cmsite.read.source import decode
from cmsite.read.validate import validate
from cmsite.read.vocabulary import read_vocabulary

Shape = TypeVar("Shape")
PARIS = Settings(timezone="Europe/Paris", language="fr")  # type: ignore[arg-type]
WORDS = """\
niche:
  e-sante: {label: {fr: e-santé, en: digital health}, aliases: [esante]}
  jeu-video: {label: {fr: jeu vidéo, en: video games}}
locality:
  france: {label: France}
  paris: {label: Paris, within: france}
"""


def told(read: Callable[[], object]) -> list[str]:
    """Return every problem that reading finds: its place, what is wrong and, in brackets, the hint."""
    try:
        read()
    except ProblemsFound as found:
        return [line(problem) for problem in found.problems]
    return []


def line(problem: Problem) -> str:
    """Return a problem in one line. Each has a hint: an author is never left without a next step."""
    assert problem.hint, problem.what
    return f"{problem.place}: {problem.what} ({problem.hint})"


def yaml(text: str | bytes, path: str = "a.yml") -> Tree:
    """Return the tree of a YAML file."""
    return read_yaml(decode(text if isinstance(text, bytes) else text.encode(), path))


def keys(text: str, shape: type[Shape]) -> Shape:
    """Return a YAML text as the keys of a file."""
    return validate(yaml(text), shape)


def words(text: str = WORDS) -> Vocabulary:
    """Return the vocabulary of a mask.yml."""
    return read_vocabulary(decode(text.encode(), "mask.yml"))


def post_file(
    data: str | bytes,
    *,
    name: str = "a",
    kind: Kind = Kind.POST,
    settings: Settings = PARIS,
    vocabulary: Vocabulary | None = None,
    files: Collection[str] = (),
) -> Post:
    """Return the post of a whole file `content/posts/NAME.md`, or the page of `content/pages/NAME.md`."""
    source = decode(data if isinstance(data, bytes) else data.encode(), f"content/{kind}s/{name}.md")
    return read_post(source, kind, settings, vocabulary or words(), files)[0]


def post(head: str = "", *, name: str = "2026-03-01-a", files: Collection[str] = ()) -> Post:
    """Return a post with a title and this front matter more, which begins on line 3."""
    return post_file(f"---\ntitle: Un titre\n{head}\n---\n\nUn texte.\n", name=name, files=files)


def profile(text: str) -> Profile:
    """Return the profile of a file `profiles/sante.yml`."""
    return read_profile(decode(text.encode(), "profiles/sante.yml"), "sante", "fr", words())[0]
