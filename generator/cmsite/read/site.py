"""Read a site's folder whole: every file becomes a value, and every mistake is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import astuple, replace

from cmsite.digest import digest
from cmsite.errors import Problem, ProblemsFound, Severity, UsageError, suggest, there_are
from cmsite.model import Kind, Place, Post, Profile, Settings, Site, Theme, Thread, Vocabulary
from cmsite.paths import from_content
from cmsite.read.agreement import disagreements
from cmsite.read.comments import read_comments
from cmsite.read.config import read_config
from cmsite.read.content import read_post
from cmsite.read.fields import shown, slug_of
from cmsite.read.files import TEXT_ENDINGS, missing_file, read_file, refuse_outside, walk
from cmsite.read.front_matter import read_head
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.memory import (
    PostMemory,
    Remembered,
    Stated,
    has_agreed,
    keep_stated,
    note_agreed,
    recall_stated,
)
from cmsite.read.profiles import read_profile, refuse_profile_name
from cmsite.read.source import Key, Source, decode
from cmsite.read.trees import Trees
from cmsite.read.vocabulary import empty_vocabulary, read_vocabulary
from cmsite.read.worn import check_accent, read_worn, worn_themes
from cmsite.signatures import Signature, sign

_AT_ONCE = 2_000  # texts whose bytes are held together
Value = TypeVar("Value")
Unread = tuple[str, bytes]  # the path and the bytes of a text
Answer = Post | tuple[Problem, ...]
Spread = Callable[[Callable[[Unread], Answer], Sequence[Unread]], Iterable[Answer]]


class Reading(Struct, frozen=True):
    """A site as it was read: the site, the themes its editions wear, and what deserves a warning.

    `root` is its folder; `trees` has what cmsite.yml and each profile hold, by path: for mistakes that show
    only when their values are put to use, and for those who ask where a value came from. `heads` stands for
    all that was read but the bodies of texts and the themes, "" where that is not known.
    """

    root: Path
    site: Site
    themes: tuple[Theme, ...]
    warnings: tuple[Problem, ...]
    trees: Mapping[str, Tree]
    heads: str = ""

    def theme(self, name: str) -> Theme:
        """Return the theme of that name."""
        return next(theme for theme in self.themes if theme.name == name)


def read_site(
    root: Path,
    *,
    instead: Mapping[str, bytes] | None = None,
    lead_needed: bool = True,
    memory: PostMemory | None = None,
    spread: Spread = map,
) -> Reading:
    """Return the site in the folder `root`.

    `instead` holds files, by path, that are read as if they stood there already: the profiles and what
    other files say anew. When no lead is needed, a lead profile that is lost is a warning. Posts that
    `memory` knows are not parsed again; `spread` has the others parsed, and gives what comes of each in
    their order.
    Raises ProblemsFound with all mistakes of all files; UsageError when there is no cmsite.yml.
    """
    if not (root / "cmsite.yml").is_file():
        raise UsageError(
            f"there is no cmsite.yml in {root}", "go to the site's folder, or name it with `--site`"
        )
    return _Reader(root, instead or {}, memory, spread, lead_needed=lead_needed).read()


class _Reader:
    """One reading of a folder: it gathers problems on the way and raises them together."""

    def __init__(
        self,
        root: Path,
        instead: Mapping[str, bytes],
        memory: PostMemory | None,
        spread: Spread,
        *,
        lead_needed: bool,
    ) -> None:
        self.root = root
        self.instead = instead
        self.memory = memory
        self.spread = spread
        self.lead_needed = lead_needed
        self.problems: list[Problem] = []
        self.trees = Trees(self.tree)
        self.walked: dict[str, tuple[str, ...]] = {}
        self.lost: set[str] = set()  # the folders of which a file could not be understood

    def read(self) -> Reading:
        stated = self.stated()
        settings, warnings, vocabulary, profiles, threads = astuple(stated)
        files = tuple(read_file(self.root, path, below="content") for path in self.walk("content/files"))
        static = tuple(
            read_file(self.root, path, below="content/static") for path in self.walk("content/static")
        )
        known = frozenset(file.path for file in files)
        posts, of_posts = self.texts("content/posts", Kind.POST, settings, vocabulary, known)
        pages, of_pages = self.texts("content/pages", Kind.PAGE, settings, vocabulary, known)
        themes: tuple[Theme, ...] = ()
        if "cmsite.yml" in self.trees:
            settings = self.complete(settings, profiles, known)
            themes = tuple(self.themes(settings, profiles))
        site = Site(settings, vocabulary, profiles, posts, pages, files, static, threads)
        heads = digest((stated, of_posts, of_pages, files, static)) if of_posts else ""
        self.problems += self.disagreements(site, heads)
        if "content/files" in self.lost:  # then every picture would seem to be missing
            self.problems = [problem for problem in self.problems if problem.code != "no-image"]
        if not self.lead_needed:
            warnings += tuple(self.without_lead())
        if self.problems:
            raise ProblemsFound(self.problems)
        return Reading(self.root, site, themes, warnings, self.trees, heads)

    def stated(self) -> Stated:
        """Return what the files say that are no texts; as they are remembered, if they are."""
        files = self.small_files() if self.memory else {}
        if self.memory and files and (known := recall_stated(self.memory, files)):
            self.trees.sound = frozenset(files)
            return known
        settings, warnings = self.config()
        vocabulary = self.attempt(self.vocabulary) or Vocabulary()
        profiles = tuple(self.profiles(settings, vocabulary)) or (_neutral(settings),)
        stated = Stated(settings, warnings, vocabulary, profiles, tuple(self.threads(settings)))
        if self.memory and files and not self.problems:
            keep_stated(self.memory, files, stated)
        return stated

    def small_files(self) -> dict[str, bytes]:
        """Return the files that are no texts, even those of a wrong name; none if one is unsafe."""
        paths = [path for path in ("cmsite.yml", "mask.yml", "mask.yaml") if (self.root / path).is_file()]
        paths += sorted({*self.walk("profiles"), *self.walk("content/comments"), *self.instead})
        try:
            return {path: self.data(path) for path in paths}
        except ProblemsFound:
            return {}

    def disagreements(self, site: Site, heads: str) -> Iterator[Problem]:
        """Yield what the files say against one another; nothing where they are known to agree."""
        if heads and self.memory and has_agreed(self.memory, heads):
            return
        found = tuple(disagreements(site, self.trees, self.lost))
        yield from found
        if heads and self.memory and not (found or self.problems):
            note_agreed(self.memory, heads)

    def without_lead(self) -> Iterator[Problem]:
        """Yield as warnings what is wrong with the lead profile, and no longer count it as a problem."""
        lost = [problem for problem in self.problems if problem.code == "lead-profile"]
        self.problems = [problem for problem in self.problems if problem not in lost]
        yield from (replace(problem, severity=Severity.WARNING) for problem in lost)

    def attempt(self, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except ProblemsFound as found:
            self.lose(found.problems)
            return None

    def lose(self, problems: Sequence[Problem]) -> None:
        """Note what keeps a file from being understood."""
        self.problems += problems
        self.lost |= {problem.place.path.rpartition("/")[0] for problem in problems}

    def source(self, path: str) -> Source:
        return decode(self.data(path), path)

    def data(self, path: str) -> bytes:
        data = self.instead.get(path)
        return refuse_outside(self.root, self.root / path).read_bytes() if data is None else data

    def bytes_of(self, path: str, signature: Signature, limit: int) -> bytes | None:
        """Return the bytes of a text, None, with the problem noted, for one that must not be read.

        The walk has looked at every link on the way to it.
        """
        return self.attempt(lambda: self.small(path, signature[0], limit))

    def small(self, path: str, size: int, limit: int) -> bytes:
        data = self.instead.get(path)
        size = size if data is None else len(data)
        if size > limit:
            what = f"this file has {size // 1024} KB, and a text may have {limit // 1024}"
            hint = "divide it, or allow more with `markdown: {max_kb: …}` in cmsite.yml"
            raise ProblemsFound([Problem(Place(path), what, hint, "too-large")])
        return (self.root / path).read_bytes() if data is None else data

    def walk(self, folder: str) -> tuple[str, ...]:
        if folder not in self.walked:
            paths = self.attempt(lambda: tuple(walk(self.root, folder)))
            if paths is None:
                self.lost.add(folder)
            self.walked[folder] = paths or ()
        return self.walked[folder]

    def config(self) -> tuple[Settings, tuple[Problem, ...]]:
        read = self.attempt(lambda: read_config(self.source("cmsite.yml"), self.problems))
        if read is None:
            return Settings(), ()
        settings, self.trees["cmsite.yml"], warnings = read
        return settings, warnings

    def vocabulary(self) -> Vocabulary:
        if (self.root / "mask.yml").is_file():
            return read_vocabulary(self.source("mask.yml"))
        if (self.root / "mask.yaml").is_file():
            raise ProblemsFound([_misnamed("mask.yaml")])
        return empty_vocabulary()

    def profiles(self, settings: Settings, vocabulary: Vocabulary) -> Iterator[Profile]:
        coming = (path for path in self.instead if path.startswith("profiles/"))
        for path in sorted({*self.walk("profiles"), *coming}):
            name = PurePosixPath(path).stem
            if path.endswith(".yaml"):
                self.problems.append(_misnamed(path))
            elif path.endswith(".yml"):
                read = self.attempt(lambda: self.profile(path, name, settings, vocabulary))  # noqa: B023 called at once
                if read:
                    yield read

    def profile(self, path: str, name: str, settings: Settings, vocabulary: Vocabulary) -> Profile:
        refuse_profile_name(path, name)
        profile, self.trees[path] = read_profile(self.source(path), name, settings.language, vocabulary)
        return profile

    def texts(
        self, folder: str, kind: Kind, settings: Settings, vocabulary: Vocabulary, files: frozenset[str]
    ) -> tuple[tuple[Post, ...], str]:
        """Return the texts of a folder, and what stands for their heads, "" where nothing is remembered."""
        paths = [path for path in self.walk(folder) if path.lower().endswith(TEXT_ENDINGS)]
        memory = None if self.instead else self.memory
        known = memory and Remembered(memory, self.root, kind, settings, vocabulary, files)
        parse = partial(_parse, kind=kind, settings=settings, vocabulary=vocabulary, files=files)
        posts: dict[str, Post] = {}
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            unread: list[tuple[str, bytes, Signature]] = []
            for path, signature in zip(some, sign(some, below=str(self.root), follow=True), strict=True):
                if (
                    known
                    and signature[0] <= settings.largest_text
                    and (post := known.unchanged(path, signature))
                ):
                    posts[path] = post
                elif (data := self.bytes_of(path, signature, settings.largest_text)) is not None:
                    if known and (post := known.same(path, data, signature)):
                        posts[path] = post
                    else:
                        unread.append((path, data, signature))
            answers = self.spread(parse, [(path, data) for path, data, _ in unread])
            for (path, data, signature), answer in zip(unread, answers, strict=True):
                if not isinstance(answer, Post):
                    self.lose(answer)
                    continue
                posts[path] = answer
                if known:
                    known.note(answer, data, signature)
        if len(posts) < len(paths):
            self.lost.add(folder)
        if known:
            known.keep()
        return tuple(posts[path] for path in paths if path in posts), known.heads() if known else ""

    def tree(self, path: str) -> Tree:
        """Return what a file holds, read once more for its places: few are ever asked for."""
        source = self.source(path)
        return read_head(source)[0] if path.lower().endswith(TEXT_ENDINGS) else read_yaml(source)

    def threads(self, settings: Settings) -> Iterator[Thread]:
        for path in self.walk("content/comments"):
            if path.endswith(".yaml"):
                self.problems.append(_misnamed(path))
            elif path.endswith(".yml"):
                read = self.attempt(lambda: read_comments(self.source(path), settings.timezone))  # noqa: B023
                if read:
                    thread, self.trees[path] = read
                    yield thread

    def complete(self, settings: Settings, profiles: tuple[Profile, ...], files: frozenset[str]) -> Settings:
        """Return the settings with the lead profile named and the photo's path resolved."""
        lead, names = settings.profile, [profile.name for profile in profiles]
        if not lead and len(names) == 1:
            lead = names[0]
        elif not lead and "profile" not in self.trees["cmsite.yml"].value:
            hint = f"add `profile: {names[0]}`, say; {there_are(names)}"
            self.wrong_setting((), "no lead profile is named", hint, "lead-profile")
        elif lead and lead not in names and "profiles" not in self.lost:
            hint = suggest(lead, names, otherwise=f"create profiles/{slug_of(lead) or 'my-profile'}.yml")
            self.wrong_setting(("profile",), f"there is no profile {shown(lead)}", hint, "lead-profile")
        photo = settings.author.photo
        if photo and (photo := from_content(photo, "cmsite.yml")) not in files:
            self.wrong_setting(("author", "photo"), *missing_file(photo, files), "no-image")
        return replace(settings, profile=lead, author=replace(settings.author, photo=photo))

    def wrong_setting(self, key: Key, what: str, hint: str, code: str) -> None:
        self.problems.append(self.trees["cmsite.yml"].problem(key, what, hint=hint, code=code))

    def themes(self, settings: Settings, profiles: tuple[Profile, ...]) -> Iterator[Theme]:
        """Yield each theme that an edition wears, once, its accents checked."""
        read: dict[str, Theme | None] = {}
        for worn in worn_themes(self.trees, settings, profiles):
            if worn.theme not in read:
                read[worn.theme] = self.attempt(lambda: read_worn(self.root, worn, self.memory))  # noqa: B023 called at once
            if theme := read[worn.theme]:
                self.problems += check_accent(worn, theme)
        yield from (theme for theme in read.values() if theme)


def _parse(
    text: Unread, kind: Kind, settings: Settings, vocabulary: Vocabulary, files: frozenset[str]
) -> Answer:
    path, data = text
    try:
        return read_post(decode(data, path), kind, settings, vocabulary, files)[0]
    except ProblemsFound as found:
        return tuple(found.problems)


def _misnamed(path: str) -> Problem:
    what, hint = (
        "this file is not read: its name ends in `.yaml`",
        f"rename it to {path.removesuffix('.yaml')}.yml",
    )
    return Problem(Place(path), what, hint, "file-name")


def _neutral(settings: Settings) -> Profile:
    """Return the profile of a site that has none: a mask that states nothing, so that a plain blog works."""
    return Profile("neutral", settings.language, Place("cmsite.yml"), path="neutral")
