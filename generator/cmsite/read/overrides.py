"""Read what a site lays over a theme, file by file, beside what each file overrides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from cmsite.digest import digest_bytes
from cmsite.errors import UsageError, suggest
from cmsite.read.files import walk
from cmsite.read.theme import Layer, layers_of

_PARTS = ("templates", "assets", "strings")


class OwnFile(Struct, frozen=True):
    """A file that the site lays over a theme; `name` is from the theme's folder, `path` from the site's.

    `below` is what stands there without it, None when it is an addition.
    """

    name: str
    path: str
    data: bytes
    below: bytes | None


def own_files(root: Path, theme: str) -> tuple[OwnFile, ...]:
    """Return the templates, assets and strings that the site at `root` lays over a theme, by name."""
    layers = layers_of(root, theme)
    own, under = layers[-1], layers[:-1]
    if own.built_in:
        return ()
    return tuple(
        OwnFile(name, f"{own.folder}/{name}", (own.root / own.folder / name).read_bytes(), _read(under, name))
        for name in sorted(_names(own))
    )


def file_to_override(root: Path, theme: str, name: str) -> bytes:
    """Return the file of a theme that a site wants to override. Raises UsageError with a suggestion."""
    layers = layers_of(root, theme)
    data = _read([layer for layer in layers if layer.built_in or layer.name != theme], name)
    if data is None:
        known = sorted({each for layer in layers for each in _names(layer)})
        raise UsageError(
            f"the theme {theme} has no file `{name}`", suggest(name, known, otherwise="see its folder")
        )
    return data


def stamp(data: bytes) -> str:
    """Return the mark by which a copy tells what it was copied from."""
    return digest_bytes(data)[:12]


def _names(layer: Layer) -> Iterator[str]:
    for part in _PARTS:
        for path in walk(layer.root, f"{layer.folder}/{part}"):
            yield path.removeprefix(f"{layer.folder}/")


def _read(layers: list[Layer], name: str) -> bytes | None:
    files = [layer.root / layer.folder / name for layer in reversed(layers)]
    return next((file.read_bytes() for file in files if file.is_file()), None)
