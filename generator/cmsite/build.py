"""Build editions: read, personalise, plan, find what is stale, render it, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from cmsite.cache import Cache
from cmsite.composing import keep_basis, recall_basis
from cmsite.crew import Asides, spread
from cmsite.editions import (
    Prepared,
    Request,
    cache_of,
    card_press,
    compile_ahead,
    darkroom,
    expectations,
    find_edition,
    librarian,
    memory,
    prepare,
    prepare_all,
    workshop,
)
from cmsite.errors import Problem, ProblemsFound, Severity, sort_problems
from cmsite.identity import digest_to_come, edition_name, identity_of
from cmsite.making import Judged, make_all, stale_pictures
from cmsite.model import (
    MARKER,
    BuiltOutput,
    Manifest,
    Place,
    SearchRecipe,
    Site,
)
from cmsite.progress import Step, Watcher, counted, unwatched
from cmsite.read.site import Reading, read_site
from cmsite.read.theme import built_in_themes
from cmsite.recording import Outcome, remember_standing, sign_inputs
from cmsite.shape.basis import Basis, FileBasis
from cmsite.shape.outdated import what_stands
from cmsite.shape.outputs import PageRecipe, Planned
from cmsite.standing import BuiltEdition, find_standing
from cmsite.write.asked import Asked, asked_file, remember_asked
from cmsite.write.publish import (
    Existing,
    Stage,
    damaged,
    examine,
    generation_name,
    manifest_file,
    mirror,
    publish,
    working,
)

_TEXTS_AT_ONCE = 500  # that a process reads: less is read sooner than a process is begun
_WORTH_MIRRORING = 500  # files that stand: linking fewer takes less than to begin a process
PRIVATE = "private"  # the folder of the editions that are built for one target


class Published(Struct, frozen=True):
    """What a build did: edition by edition, and what it took away.

    `looked_at` counts the files that were put together to find what is stale.
    """

    editions: tuple[BuiltEdition, ...]
    removed: int
    stale: tuple[Judged, ...]
    warnings: tuple[Problem, ...]
    manifest: Manifest | None = None
    basis: Basis = Basis()
    looked_at: int = 0

    @property
    def pages(self) -> int:
        """How many HTML pages the editions have."""
        return sum(one.pages for one in self.editions)

    @property
    def rendered(self) -> int:
        """How many files were made."""
        return sum(one.rendered for one in self.editions)

    @property
    def kept(self) -> int:
        """How many files were kept as they were."""
        return sum(one.kept for one in self.editions)

    @property
    def converted(self) -> int:
        """How many texts went through Markdown."""
        return sum(one.converted for one in self.editions)


def build_or_stand(root: Path, request: Request) -> Published:
    """Build as `build_site` does, without reading anything when it is certain that nothing has changed."""
    if stood := find_standing(root, request):
        return Published(stood.editions, 0, (), stood.warnings)
    return build_site(root, request)


def build_site(root: Path, request: Request, *, watch: Watcher = unwatched) -> Published:
    """Build what is asked for of the site at `root` into its output, and return what was done.

    `watch` is told how far the build is.

    Raises ProblemsFound, with the old site untouched, for mistakes in the author's files (and for
    warnings under `strict`), Refused for an output that is not ours.
    """
    root = root.resolve()
    with working(root), Asides(request.jobs) as asides:
        signed = sign_inputs(root, [str(built_in_themes())])
        cache = cache_of(root, writable=True)
        if request.clean:
            cache.clear()
        watch(Step("read"))
        several = partial(spread, jobs=request.jobs, at_once=_TEXTS_AT_ONCE)
        reading = read_site(root, memory=memory(cache, thorough=request.verify), spread=several)
        output = root / output_of(reading.site, request)
        whose = identity_of(reading.site)
        existing = examine(root, output, whose, adopt=request.adopt)
        texts = workshop(reading, cache, jobs=request.jobs, shared=request.every)
        watch(Step("plan"))
        basis = recall_basis(cache, root, output, _believed(output, request))
        stand = bool(basis.files) and _stand(reading.site, request, existing)
        compile_ahead(reading, request, cache, asides, stand=stand)
        mirrored = _begin_mirror(root, output, existing, asides) if stand else lambda: False
        prepared = prepare_all(reading, request, texts, basis)
        warnings = [*reading.warnings, *foreign_files(root, output, existing), *damaged_cache(cache)]
        warnings += [warning for each in prepared for warning in each.plan.warnings]
        if request.strict:
            warnings += [broken for each in prepared for broken in expectations(reading, each.edition)]
        if request.strict and warnings:
            raise ProblemsFound(warnings)
        published = _publish(
            root, output, existing, prepared, basis, whose, request, sort_problems(warnings), watch, mirrored
        )
        keep_basis(cache, root, output, generation_name(output), published.basis, before=basis)
        remember_asked(root, output, _asked(reading.site, generation_name(output), request))
        texts.forget_old()
        librarian(root).forget_old()
        card_press(root).forget_old()
        darkroom(root).forget_old(file.digest for file in reading.site.files)
        remember_standing(root, request, signed, _outcome(root, output, existing.foreign, published))
        return published


def build_aside(
    root: Path,
    reading: Reading,
    request: Request,
    output: Path,
    *,
    index: tuple[SearchRecipe, ...] | None = None,
) -> tuple[Published, Prepared]:
    """Build one edition into a folder of cmsite's own, and return what was done, and the edition.

    A search `index` that is given is published as it is, None is made anew.
    It is for who holds the site's lock; nothing is noted of what was asked for. Raises as `build_site` does.
    """
    whose = identity_of(reading.site)
    existing = examine(root, output, whose, adopt=True)
    cache = cache_of(root, writable=True)
    texts = workshop(reading, cache, jobs=request.jobs)
    basis = recall_basis(cache, root, output, _believed(output, request))
    profile, target = find_edition(reading.site, request.profile, request.target)
    prepared = prepare(
        reading,
        profile,
        request,
        target,
        indexed=index is None,
        index=index or (),
        converter=texts,
        basis=basis,
    )
    warnings = sort_problems([*reading.warnings, *prepared.plan.warnings])
    published = _publish(root, output, existing, (prepared,), basis, whose, request, warnings, unwatched)
    keep_basis(cache, root, output, generation_name(output), published.basis, before=basis)
    texts.forget_old()
    return published, prepared


def output_of(site: Site, request: Request) -> str:
    """Return the folder, from the site's, that a build publishes into."""
    return f"{PRIVATE}/{request.target}" if request.target else site.settings.output


def _publish(
    root: Path,
    output: Path,
    existing: Existing,
    prepared: Sequence[Prepared],
    basis: Basis,
    whose: str,
    request: Request,
    warnings: tuple[Problem, ...],
    watch: Watcher,
    mirrored: Callable[[], bool] = lambda: False,
) -> Published:
    known = None if request.clean else existing.manifest
    missing = damaged(output, known, thoroughly=request.verify) if known else frozenset[str]()
    built, planned = what_stands(known, missing), planned_of_all(prepared)
    stale: list[Judged] = []
    files: dict[str, FileBasis] = {}
    looked_at: list[bool] = []
    until = min((each.edition.until for each in prepared if each.edition.until), default=None)
    named = " ".join(edition_name(each.edition.profile, each.edition.target) for each in prepared)

    def describe(outputs: tuple[BuiltOutput, ...]) -> Manifest:
        return Manifest(whose, named, until.isoformat() if until else "", outputs)

    def make(stage: Stage) -> Iterator[tuple[BuiltOutput, bool]]:
        """Yield each file, and whether it was made anew."""
        judged = make_all(root, prepared, built, basis, stage, jobs=request.jobs)
        for each in counted(judged, "make", len(planned), watch):
            looked_at.append(each.looked_at)
            if each.reasons:
                stale.append(each)
            if each.basis:
                files[each.path] = each.basis
            yield each.built, bool(each.reasons)

    watch(Step("pictures"))
    darkroom(root).develop(stale_pictures(planned, built))
    paths = [each.path for each in planned]
    manifest = publish(root, output, existing, known, paths, make, describe, mirrored)
    wanted, folder = frozenset(each.path for each in stale), output.relative_to(root).as_posix()
    return Published(
        editions=tuple(_told(each, folder, wanted) for each in prepared),
        removed=len(existing.ours.difference(paths)),
        stale=tuple(sorted(stale, key=lambda each: each.path)),
        warnings=warnings,
        manifest=manifest,
        basis=Basis(tuple(each.basis for each in prepared), files),
        looked_at=sum(looked_at),
    )


def _stand(site: Site, request: Request, existing: Existing) -> bool:
    """Return whether what is asked for stands already: then most of its files will be kept."""
    standing = existing.manifest.edition.split() if existing.manifest else []
    if request.every:
        return len(standing) > 1
    profile, target = find_edition(site, request.profile, request.target)
    return standing == [edition_name(profile, target)]


def _begin_mirror(root: Path, output: Path, existing: Existing, asides: Asides) -> Callable[[], bool]:
    """Begin to mirror what stands where that is a lot, and return what awaits it."""
    known = existing.manifest
    if known is None or len(known.outputs) < _WORTH_MIRRORING:
        return lambda: False

    def work() -> bytes:
        mirror(root, output, known)
        return b""

    begun = asides.begin(work)
    return lambda: begun() is not None


def _believed(output: Path, request: Request) -> str:
    """Return the generation whose notes are believed; who wants all looked at anew believes none."""
    return "" if request.verify or request.clean else generation_name(output)


def planned_of_all(prepared: Iterable[Prepared]) -> tuple[Planned, ...]:
    """Return every output of the editions that stand in one folder, by path."""
    planned = (each for one in prepared for each in one.plan.planned)
    return tuple(sorted(planned, key=lambda each: each.path))


def _asked(site: Site, manifest: str, request: Request) -> Asked:
    to_come = digest_to_come(site, request.now)
    return Asked(manifest, request.now.isoformat(), request.base_url, request.every, to_come)


def _outcome(root: Path, output: Path, foreign: Iterable[str], published: Published) -> Outcome:
    """Return what a build has left, for the next one to know by."""
    assert published.manifest is not None
    beside = (manifest_file(root, output), asked_file(root, output))
    return Outcome(
        output=output.relative_to(root).as_posix(),
        ours={built.path: built.size for built in published.manifest.outputs},
        foreign=(MARKER, *foreign),
        beside=tuple(file.relative_to(root).as_posix() for file in beside),
        until=published.manifest.until,
        editions=published.editions,
        warnings=published.warnings,
    )


def _told(prepared: Prepared, output: str, stale: frozenset[str]) -> BuiltEdition:
    edition, planned = prepared.edition, prepared.plan.planned
    rendered = sum(each.path in stale for each in planned)
    return BuiltEdition(
        profile=edition.profile.name,
        target=edition.target.slug if edition.target else "",
        output=f"{output}/{prepared.folder}".rstrip("/"),
        pages=sum(each.kind is PageRecipe for each in planned),
        rendered=rendered,
        kept=len(planned) - rendered,
        converted=prepared.converted,
    )


def damaged_cache(cache: Cache) -> Iterator[Problem]:
    """Yield the sentence that a cache is worth which could not be used: nothing is wrong with the site."""
    if cache.damaged:
        what = "the cache was damaged: what it had remembered was made anew"
        yield Problem(Place(f".cmsite/{cache.file.name}"), what, "", "cache", Severity.ADVICE)


def foreign_files(root: Path, output: Path, existing: Existing) -> Iterator[Problem]:
    """Yield a warning for each file of the output that is somebody else's."""
    for path in existing.foreign:
        what = "this file of the output is not cmsite's; it is carried over and published with the site"
        place = Place((output / path).relative_to(root).as_posix())
        yield Problem(
            place, what, "move it to content/static/, or delete it", "foreign-file", Severity.WARNING
        )
