"""Add an organisation to a profile's targets, when the site with it reads without a mistake."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from cmsite.errors import ProblemsFound, Refused, UsageError
from cmsite.model import NewTarget, Place, Profile, Target
from cmsite.read.files import refuse_outside
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.site import read_site
from cmsite.read.source import decode
from cmsite.read.yaml_places import written_end
from cmsite.write.profile import Change, profile_path, write_change
from cmsite.write.target import entry, with_target


def aim(root: Path, profile: Profile, target: NewTarget) -> str:
    """Write the target behind the others of its profile, and return the profile's file.

    The site is read anew with it, from memory, before anything is written. Raises UsageError for a site
    without profiles, Refused for a file that cannot be extended safely.
    """
    path = profile.place.path
    if path != profile_path(profile.name):
        raise UsageError("the site has no profile yet", "write one first: `cmsite who`")
    before = refuse_outside(root, root / path).read_bytes()
    after = _extended(before, path, target)
    if after is None or not _is_extension(root, path, profile, after, target):
        told = "\n    ".join(entry(target))
        raise Refused(
            f"{path} is written in a way that cmsite cannot extend safely",
            f"add this under `targets:` yourself\n    {told}",
        )
    write_change(root, Change(path, before, after))
    return path


def _extended(before: bytes, path: str, target: NewTarget) -> bytes | None:
    """Return the profile's bytes with the target, None where it is not clear where that belongs."""
    tree = read_yaml(decode(before, path))
    if ("targets",) in tree.empty or tree.at(("targets",)) == []:
        return None
    return with_target(before, target, behind=_behind(tree) if tree.at(("targets",)) else None)


def _behind(tree: Tree) -> tuple[int, int]:
    """Return the line below which the profile's targets end, and how far their dashes are indented."""
    line, column = written_end(tree.source, ("targets",))
    return (line if column > 1 else line - 1), tree.places[("targets",)][1] - 1


def _is_extension(root: Path, path: str, profile: Profile, after: bytes, target: NewTarget) -> bool:
    """Return whether a profile is the same as before with this target more, behind the others."""
    try:
        site = read_site(root, instead={path: after}).site
    except ProblemsFound:
        return False
    found = next((each for each in site.profiles if each.name == profile.name), profile)
    nowhere = Place(path)
    new = Target(target.name, target.slug, nowhere, target.mask, target.needs, public=target.public)
    wanted = tuple(replace(each, place=nowhere) for each in (*profile.targets, new))
    told = tuple(replace(each, place=nowhere) for each in found.targets)
    return told == wanted and replace(found, targets=()) == replace(profile, targets=())
