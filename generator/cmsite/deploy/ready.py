"""Say whether an output can be sent as it stands: finished, whole, ours, up to date, discreet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from cmsite.build import foreign_files, output_of, planned_of_all
from cmsite.editions import Request, find_edition, prepare_all
from cmsite.errors import CmsiteError, Problem, ProblemsFound, Refused, Severity
from cmsite.identity import digest_to_come, identity_of
from cmsite.model import MARKER, Manifest
from cmsite.read.site import Reading, read_site
from cmsite.shape.outdated import what_stands, why_stale
from cmsite.write.asked import Asked, recall_asked
from cmsite.write.publish import damaged, look_at, parse_marker

_NAMED = 3  # files that a sentence names
_GITS_OWN = (".git", "git~1")
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 an address to look for, not to listen at


class Ready(Struct, frozen=True):
    """An output that can be sent: its folder, its edition's name, its files, and what deserves a warning."""

    folder: Path
    output: str
    edition: str
    files: tuple[str, ...]
    warnings: tuple[Problem, ...]


def look_over(root: Path, target: str, now: datetime) -> Ready:
    """Return the output of the site at `root`, or of one of its targets, once it is known to be ready.

    Time alone makes nothing stale. Raises ProblemsFound for mistakes in the author's files, UsageError for
    a target that nobody aims at, Refused for an output that is unfinished, changed by hand or behind its
    sources, that is not ours, or that holds a private target which was not named.
    """
    reading = read_site(root)
    if target:
        find_edition(reading.site, "", target)
    output = output_of(reading.site, Request(now, target=target))
    folder, build = root / output, f"run `cmsite build{f' --target {target}' if target else ''}`"
    existing = look_at(root, folder, identity_of(reading.site), adopt=True)
    marker = parse_marker(_read(folder / MARKER))
    if marker is None:
        raise Refused(f"{output}/ holds no finished site", build)
    look_at(root, folder, identity_of(reading.site))
    if target != marker.edition.partition("/")[2]:
        whose = f"the edition of `{marker.edition}`, which is for one organisation alone"
        raise Refused(f"{output}/ holds {whose}" if not target else f"{output}/ is not for `{target}`", build)
    files = tuple(sorted([*existing.ours, MARKER, *existing.foreign]))
    _refuse_private_targets(folder, output, files)
    _refuse_unpublishable(folder, output, files)
    if existing.manifest is None:
        raise Refused(f"nothing is remembered of how {output}/ was built", build)
    asked = recall_asked(root, folder, marker.manifest)
    _refuse_changed(folder, output, existing.manifest)
    if not _is_current(reading, existing.manifest, asked, now):
        raise Refused(f"your files have changed since {output}/ was built", build)
    warnings = (*foreign_files(root, folder, existing), *_local_address(reading, existing.manifest, asked))
    return Ready(folder, output, marker.edition, files, warnings)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _refuse_private_targets(folder: Path, output: str, files: tuple[str, ...]) -> None:
    """Refuse an output with the edition for an organisation somewhere in it, as a copy would leave it."""
    for path in files:
        if path.endswith(f"/{MARKER}"):
            within = parse_marker(_read(folder / path))
            if within and "/" in within.edition:
                place = f"{output}/{path.removesuffix(MARKER)}"
                slug = within.edition.partition("/")[2]
                hint = f"delete that folder; `cmsite deploy --target {slug}` sends private/{slug}/ alone"
                raise Refused(f"{place} holds the edition for `{slug}`, which is private", hint)


def _refuse_unpublishable(folder: Path, output: str, files: tuple[str, ...]) -> None:
    """Refuse what git cannot carry as it is: links, and anything of a repository's own."""
    for path in files:
        if any(part.casefold() in _GITS_OWN for part in path.split("/")):
            raise Refused(
                f"{output}/ holds a git repository of its own, or a part of one (`{path}`)",
                "delete what is git's there: `cmsite deploy` needs no repository in the output",
            )
        if (folder / path).is_symlink():
            raise Refused(f"{output}/{path} is a link, which a host would not follow", "delete it")


def _refuse_changed(folder: Path, output: str, manifest: Manifest) -> None:
    if changed := sorted(damaged(folder, manifest, thoroughly=True)):
        named = ", ".join(f"`{path}`" for path in changed[:_NAMED])
        rest = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        raise Refused(
            f"{output}/ is not as it was built: {named}{rest} changed", "run `cmsite build --verify`"
        )


def _is_current(reading: Reading, manifest: Manifest, asked: Asked | None, now: datetime) -> bool:
    """Return whether a build would change nothing, or nothing but what time has brought.

    For the second, everything is planned as of the instant of the last build; a text that was to come
    after it must have been known then as it is now.
    """
    if _makes(reading, manifest, asked, now):
        return True
    if asked is None:
        return False
    then = datetime.fromisoformat(asked.now)
    return asked.to_come == digest_to_come(reading.site, then) and _makes(reading, manifest, asked, then)


def _makes(reading: Reading, manifest: Manifest, asked: Asked | None, now: datetime) -> bool:
    """Return whether a build at an instant would come to what the manifest tells."""
    first, _, others = manifest.edition.partition(" ")
    profile, _, target = first.partition("/")
    every = bool(others) or (asked is not None and asked.every)
    base_url = asked.base_url if asked else ""
    request = Request(now, "" if every else profile, "" if every else target, every=every, base_url=base_url)
    try:
        planned = planned_of_all(prepare_all(reading, request))
    except ProblemsFound:
        raise
    except CmsiteError:  # the profile or the target is no more
        return False
    built = what_stands(manifest)
    same_files = {each.path for each in planned} == built.outputs.keys()
    return same_files and not any(why_stale(each.output(), built) for each in planned)


def is_local(url: str) -> bool:
    """Return whether an address is the author's own machine's."""
    return urlsplit(url).hostname in _HERE


def _local_address(reading: Reading, manifest: Manifest, asked: Asked | None) -> Iterator[Problem]:
    """Yield a warning for a site that takes the author's own machine for its address."""
    lead = manifest.edition.split()[0].partition("/")[0]
    profile = next((one for one in reading.site.profiles if one.name == lead), None)
    own = profile.site.url if profile else None
    url = (asked.base_url if asked else "") or own or reading.site.settings.url
    if is_local(url):
        what = f"this site was built for {url}: its feeds and shared links lead readers to their own machine"
        hint = "write the address that it will stand at as `url: https://…`, and build again"
        yield reading.trees["cmsite.yml"].problem(
            ("url",), what, hint=hint, code="local-url", severity=Severity.WARNING
        )
