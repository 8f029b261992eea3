"""Search every edition for what it must not tell: as it would be built now, and as it stands published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cmsite.build import PRIVATE
from cmsite.digest import digest_bytes
from cmsite.editions import Prepared, Request, darkroom, prepare
from cmsite.errors import Problem, ProblemsFound, Severity
from cmsite.identity import edition_name
from cmsite.making import make, stale_pictures
from cmsite.model import MARKER, DrawingRecipe, PictureRecipe, Place, Profile, Target
from cmsite.read.site import Reading, read_site
from cmsite.shape.outdated import what_stands
from cmsite.shape.outputs import CardRecipe, CopyRecipe, Output, PageRecipe
from cmsite.shape.personalise import Edition
from cmsite.shape.report.leaks import (
    Leak,
    Opened,
    Secret,
    bare_site,
    find_leaks,
    opened,
    secrets_of,
    texts_in,
    ties,
)
from cmsite.write.publish import Standing, standing, working

_BARE_DAY = datetime(2002, 1, 1, tzinfo=UTC)  # after every post of a bare site
_NAMED = 3  # files that a sentence names
_FAULT = "do not publish this edition: it is a fault of cmsite, please report it"
_FIRST_WORDS = 4  # of a tell-tale: enough to find it by


class Betrayal(Struct, frozen=True):
    """A secret that an edition tells: by which words, where they are written, and which files tell them."""

    secret: Secret
    telltale: str
    place: Place
    excerpt: str
    outputs: tuple[str, ...]
    hint: str


class Searched(Struct, frozen=True):
    """An edition that was searched: as it would be built when `output` is "", else what stands there.

    `files` and `size` (bytes) count what was read.
    """

    profile: str
    target: str
    output: str
    files: int
    size: int
    secrets: tuple[Secret, ...]
    betrayals: tuple[Betrayal, ...]

    @property
    def telltales(self) -> int:
        """How many tell-tales were looked for."""
        return sum(len(secret.telltales) + len(secret.words) + bool(secret.digest) for secret in self.secrets)

    @property
    def silent(self) -> tuple[Secret, ...]:
        """The secrets that nothing would betray: all their words stand in the edition by right."""
        return tuple(secret for secret in self.secrets if secret.is_silent)


def search_for_leaks(root: Path, now: datetime) -> Audit:
    """Search every edition of the site at the instant `now`, and what stands published; return what is found.

    Nothing is written but search indexes and pictures into the site's memory. Raises ProblemsFound for
    mistakes in the author's files.
    """
    root = root.resolve()
    with working(root):
        return _Search(root, now).run()


class Audit(Struct, frozen=True):
    """A whole search: edition by edition, and what stands published but could not be searched."""

    searched: tuple[Searched, ...]
    unsearched: tuple[Problem, ...]

    def problems(self) -> Iterator[Problem]:
        """Yield every leak as a problem at the place of what is told, then what could not be searched."""
        for each in self.searched:
            whose = f"{each.profile}/{each.target}" if each.target else each.profile
            for one in each.betrayals:
                told = _give(one.outputs)
                what = f"a leak in the edition of `{whose}`: {told} away {one.secret.what}"
                yield Problem(one.place, what, one.hint, "leak", excerpt=one.excerpt)
        yield from self.unsearched


def _give(outputs: tuple[str, ...]) -> str:
    """Return the beginning of a sentence on what some files give away."""
    named = ", ".join(f"`{path}`" for path in outputs[:_NAMED])
    if len(outputs) > _NAMED:
        return f"{named} and {len(outputs) - _NAMED} more give"
    return f"{named} {'gives' if len(outputs) == 1 else 'give'}"


class _Sheet(Struct, frozen=True):
    """A file to be searched: whether the program wrote it, and what to do if it leaks."""

    file: Opened
    size: int
    written: bool
    hint: str


class _Known(Struct, frozen=True):
    """An edition as it would be built now: what it says by right, what it must not tell, and its files."""

    edition: Edition
    said: tuple[str, ...]
    secrets: tuple[Secret, ...]
    digests: Mapping[str, str]


class _Search:
    """One search of a site; files that editions share are opened once for all of them."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.root, self.now = root, now
        self.reading = read_site(root)
        self.known: dict[str, _Known] = {}
        self.shared: dict[str, Opened] = {}

    def run(self) -> Audit:
        site = self.reading.site
        searched = [self.built(profile, to) for profile in site.profiles for to in (None, *profile.targets)]
        unsearched = []
        private = sorted(folder.name for folder in (self.root / PRIVATE).glob("*/"))
        for output in (site.settings.output, *(f"{PRIVATE}/{name}" for name in private)):
            found = standing(self.root / output)
            if found and all(name in self.known for name in found.editions):
                searched += self.published(output, found)
            elif found:
                unsearched.append(_unknown(output, found))
        return Audit(tuple(searched), tuple(unsearched))

    def built(self, profile: Profile, target: Target | None) -> Searched:
        """Return what an edition tells as it would be built now."""
        prepared = prepare(self.reading, profile, Request(self.now), target)
        edition, said = prepared.edition, tuple(_said(self.reading, self.root, prepared))
        secrets = secrets_of(self.reading.site, edition, said)
        planned = prepared.plan.planned
        darkroom(self.root).develop(stale_pictures(planned, what_stands(None)))
        sheets = [self.sheet(each.output(), prepared) for each in planned]
        digests = {sheet.file.path: sheet.file.digest for sheet in sheets}
        self.known[edition_name(edition.profile, edition.target)] = _Known(edition, said, secrets, digests)
        return self.searched(edition, "", sheets, secrets)

    def sheet(self, output: Output, prepared: Prepared) -> _Sheet:
        """Return a file of an edition as it would be built now."""
        made = make(self.root, output, prepared.templates)
        data = made.copy_of.read_bytes() if made.copy_of else made.data or b""
        if isinstance(output.recipe, CardRecipe):
            words = prepared.templates.card(output.recipe.view).svg.encode()
            return _Sheet(
                replace(opened(output.path, words), digest=digest_bytes(data)), len(data), True, _FAULT
            )
        shared = not isinstance(output.recipe, PageRecipe)
        file = self.opened_once(output.path, data) if shared else opened(output.path, data)
        if isinstance(output.recipe, CopyRecipe | PictureRecipe | DrawingRecipe):
            hint = f"{output.recipe.source} holds these words: edit that file, or take it out of the site"
            return _Sheet(file, len(data), False, hint)
        return _Sheet(file, len(data), True, _FAULT)

    def opened_once(self, path: str, data: bytes) -> Opened:
        """Return a file that several editions may have, opened for all of them."""
        key = digest_bytes(data)
        if key not in self.shared:
            self.shared[key] = opened(path, data)
        return replace(self.shared[key], path=path)

    def published(self, output: str, found: Standing) -> Iterator[Searched]:
        """Yield what each edition tells that stands published in a folder.

        The first stands at the folder's root, each other in one of its own.
        """
        editions = [self.known[name].edition for name in found.editions]
        folders = {
            edition.profile.path: edition_name(edition.profile, edition.target) for edition in editions[1:]
        }
        parts: dict[str, list[str]] = {name: [] for name in found.editions}
        for path in found.files:
            if path == MARKER and len(editions) > 1:
                continue  # it lists the files of all, whose names are searched each in its own edition
            parts[folders.get(path.partition("/")[0], found.editions[0])].append(path)
        for name, paths in parts.items():
            known = self.known[name]
            secrets = known.secrets
            if len(editions) > 1:
                said = (*known.said, *ties(known.edition, editions))
                secrets = secrets_of(self.reading.site, known.edition, said)
            sheets = [sheet for path in paths if (sheet := self.old_sheet(output, path, known, found))]
            yield self.searched(known.edition, output, sheets, secrets)

    def old_sheet(self, output: str, path: str, known: _Known, found: Standing) -> _Sheet | None:
        """Return a published file to be searched, None for one that was searched as it would be built."""
        file = self.root / output / path
        if not file.is_file():
            return None
        data = file.read_bytes()
        if known.digests.get(path) == digest_bytes(data):
            return None
        if path in found.ours:
            hint = f"what stands in {output}/ is older than your files: build it again"
        else:
            hint = f"cmsite did not make this file: delete it, or take it out of {output}/"
        return _Sheet(opened(path, data), len(data), False, hint)

    def searched(
        self, edition: Edition, output: str, sheets: Sequence[_Sheet], secrets: tuple[Secret, ...]
    ) -> Searched:
        return Searched(
            profile=edition.profile.name,
            target=edition.target.slug if edition.target else "",
            output=output,
            files=len(sheets),
            size=sum(sheet.size for sheet in sheets),
            secrets=secrets,
            betrayals=tuple(self.betrayals(output, sheets, secrets)),
        )

    def betrayals(
        self, output: str, sheets: Sequence[_Sheet], secrets: tuple[Secret, ...]
    ) -> Iterator[Betrayal]:
        """Yield each secret that is told, once for all the files that need the same cure."""
        hints = {sheet.file.path: sheet.hint for sheet in sheets}
        told: dict[tuple[Secret, str], list[Leak]] = {}
        for written in (True, False):
            files = (sheet.file for sheet in sheets if sheet.written is written)
            for leak in find_leaks(files, secrets, written=written):
                told.setdefault((leak.secret, hints[leak.path]), []).append(leak)
        for (secret, hint), leaks in told.items():
            place, excerpt = self.located(secret, leaks[0].telltale)
            paths = tuple(f"{output}/{leak.path}".lstrip("/") for leak in leaks)
            yield Betrayal(secret, leaks[0].telltale, place, excerpt, paths, hint)

    def located(self, secret: Secret, telltale: str) -> tuple[Place, str]:
        """Return where the words of a tell-tale are written, and that line; else the secret's own place."""
        place = secret.place
        try:
            text = (self.root / place.path).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture
            return place, ""
        lines = text.split("\n")
        words = re.compile(r"\s+".join(map(re.escape, telltale.split()[:_FIRST_WORDS])))
        found = words.search(text, sum(len(line) + 1 for line in lines[: place.line - 1]))
        if not found:
            return place, ""
        number = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        return Place(place.path, number + 1, column + 1), lines[number].rstrip()


def _said(reading: Reading, root: Path, prepared: Prepared) -> Iterator[str]:
    """Yield what the theme and the program say in an edition whoever writes."""
    theme, profile, target = prepared.templates.theme, prepared.edition.profile, prepared.edition.target
    yield from (template.text for template in theme.templates)
    yield from (text for _, strings in theme.strings for _, text in strings)
    site = bare_site(reading.site, profile, target)
    bare = prepare(replace(reading, site=site, heads=""), site.profiles[0], Request(_BARE_DAY), target)
    for output in bare.plan.outputs():
        if isinstance(output.recipe, CardRecipe):
            yield output.path
            continue
        try:
            made = make(root, output, bare.templates)
        except ProblemsFound:  # a theme of one's own that cannot show a post without a picture, say
            continue
        yield from (output.path, *texts_in(made.data or b""))


def _unknown(output: str, found: Standing) -> Problem:
    named = ", ".join(f"`{name}`" for name in found.editions)
    what = (
        f"what stands here was built for {named}, and the site has no such edition now: it was not searched"
    )
    return Problem(Place(output), what, "build it again, or delete it", "unknown-edition", Severity.WARNING)
