"""Tell where every value in force for a profile or a target was written: its layer, its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from cmsite.model import POINTS, Mask, Place, Profile, Target
from cmsite.read.guarded_yaml import Tree
from cmsite.read.schema import ProfileKeys, SiteKeys
from cmsite.read.shapes import reader
from cmsite.read.site import Reading
from cmsite.read.source import Key

_OWN = ("site", "mask", "targets", "extra")  # keys of a profile that are told in another way


class Layer(StrEnum):
    """Who states a value; a later one takes the place of an earlier one."""

    SITE = "site"
    PROFILE = "profile"
    TARGET = "target"


class Origin(Struct, frozen=True):
    """A value in force under its dotted key, who states it and where. `value` is as JSON has it."""

    key: str
    value: Any
    layer: Layer
    place: Place


def origins(reading: Reading, profile: Profile, target: Target | None = None) -> tuple[Origin, ...]:
    """Return every value that somebody states for the edition, by key, with its origin.

    Values are merged key by key and a list replaces a list. What nobody states has the program's default
    and is not told.
    """
    config = reading.trees["cmsite.yml"]
    found = {origin.key: origin for origin in _stated(config, (), SiteKeys, Layer.SITE)}
    if profile.place.path != config.source.path:  # a site without profiles has a neutral one of no file
        tree = reading.trees[profile.place.path]
        found |= {origin.key: origin for origin in _of_profile(tree, profile)}
        if target:
            found |= {origin.key: origin for origin in _of_target(tree, profile, target)}
    return tuple(found[key] for key in sorted(found))


def _of_profile(tree: Tree, profile: Profile) -> Iterator[Origin]:
    yield from _stated(tree, ("site",), ProfileKeys, Layer.PROFILE)
    yield from _masks(tree, ("mask",), profile.mask, "mask", Layer.PROFILE)
    yield from _stated(tree, ("extra",), ProfileKeys, Layer.PROFILE, prefix="profile.extra")
    for origin in _stated(tree, (), ProfileKeys, Layer.PROFILE):
        if origin.key.split(".")[0] not in _OWN:
            yield origin
    if profile.targets:
        slugs = [target.slug for target in profile.targets]
        yield Origin("targets", slugs, Layer.PROFILE, tree.place(("targets",)))


def _of_target(tree: Tree, profile: Profile, target: Target) -> Iterator[Origin]:
    key: Key = ("targets", profile.targets.index(target))
    yield from _masks(tree, (*key, "mask"), target.mask, "mask", Layer.TARGET)
    yield from _masks(tree, (*key, "needs"), target.needs, "target.needs", Layer.TARGET)
    for name, value in tree.at(key).items():
        if name not in ("mask", "needs"):
            told = target.public if name == "public" else value
            yield Origin(f"target.{name}", told, Layer.TARGET, tree.place((*key, name)))


def _masks(tree: Tree, key: Key, mask: Mask, prefix: str, layer: Layer) -> Iterator[Origin]:
    """Yield the points that are written under `key`, with the terms that their words stand for."""
    for point in POINTS:
        if mask[point]:
            yield Origin(f"{prefix}.{point}", list(mask[point]), layer, tree.place((*key, point.value)))


def _stated(tree: Tree, key: Key, shape: type, layer: Layer, *, prefix: str = "") -> Iterator[Origin]:
    """Yield every value that stands under `key`, by its dotted key from there; lists are values."""
    read = reader(shape)(tree.value)
    for part in key:
        read = _part(read, str(part))
    yield from _leaves(tree, key, tree.at(key) or {}, read, prefix, layer)


def _leaves(
    tree: Tree, key: Key, written: Mapping[str, Any], read: Any, prefix: str, layer: Layer
) -> Iterator[Origin]:
    for name, value in written.items():
        dotted, inner = f"{prefix}.{name}" if prefix else name, _part(read, name)
        if isinstance(value, dict):
            yield from _leaves(tree, (*key, name), value, inner, dotted, layer)
        else:
            yield Origin(dotted, _as_json(inner, value), layer, tree.place((*key, name)))


def _part(read: Any, name: str) -> Any:
    """Return what a key's value was read as, None where the shape calls it otherwise."""
    return getattr(read, name, None)


def _as_json(read: Any, written: Any) -> Any:
    """Return a value as it was read: a number, a flag, texts; or else as it is written."""
    if isinstance(read, bool | int | str):
        return read
    if isinstance(read, tuple) and all(isinstance(item, str) for item in read):
        return list(read)
    return written
