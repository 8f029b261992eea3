"""Read a theme: templates, assets, strings and palettes, the author's overrides laid over the built-in.

The layers of a theme, from below: what it extends, the built-in theme of its name, the site's
`themes/NAME/`. A file of the upper layer takes the place of the lower one's of the same name; strings and
palettes are taken key by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.model import LANGUAGES, Asset, Extra, Language, Palette, Place, Template, Theme
from cmsite.read.files import walk
from cmsite.read.guarded_yaml import Key, Tree, read_yaml
from cmsite.read.schema import PaletteKeys, ThemeKeys
from cmsite.read.source import decode
from cmsite.read.validate import validate

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class _Layer:
    """One folder of a theme; `told` is its name in messages."""

    folder: Path
    told: str


def built_in_themes() -> Path:
    """Return the folder of the themes that come with cmsite, in a wheel or in the repository."""
    inside = Path(__file__).parents[1] / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "themes"


def read_theme(root: Path, name: str) -> Theme:
    """Return the theme `name` as the site at `root` sees it.

    Raises ProblemsFound for an unknown theme and for mistakes in its files.
    """
    layers = _layers(root, name, ())
    palettes: dict[str, Palette] = {}
    paper = Palette("paper", "#ffffff", "#000000")
    options = Extra()
    templates: dict[str, Template] = {}
    assets: dict[str, Asset] = {}
    strings: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    for layer in layers:
        keys = _read_keys(layer, palettes)
        options = keys.options if keys and keys.options.items else options
        paper = Palette("paper", keys.paper.light, keys.paper.dark) if keys and keys.paper else paper
        templates |= {item.name: item for item in _templates(layer)}
        assets |= {item.path: item for item in _assets(layer)}
        for language in LANGUAGES:
            strings[language] |= _strings(layer, language)
    return Theme(
        name=name,
        templates=tuple(templates[key] for key in sorted(templates)),
        assets=tuple(assets[key] for key in sorted(assets)),
        strings=tuple((language, tuple(sorted(strings[language].items()))) for language in LANGUAGES),
        palettes=tuple(palettes.values()),
        paper=paper,
        options=options,
    )


def _layers(root: Path, name: str, above: tuple[str, ...]) -> list[_Layer]:
    """Return the layers of a theme, the lowest first."""
    built_in, own = built_in_themes() / name, root / "themes" / name
    same = own.is_dir() and built_in.is_dir() and own.samefile(built_in)
    layers = [_Layer(built_in, f"cmsite/themes/{name}")] if built_in.is_dir() and not same else []
    if own.is_dir():
        layers.append(_Layer(own, f"themes/{name}"))
    if not layers:
        raise ProblemsFound([_unknown_theme(root, name)])
    extends = next(
        (keys.extends for layer in layers if (keys := _read_keys(layer, {})) and keys.extends), None
    )
    if extends is None:
        return layers
    if extends in (name, *above):
        place = Place(f"{layers[-1].told}/theme.yml")
        what = f"the theme `{name}` extends itself ({' → '.join([*above, name, extends])})"
        raise ProblemsFound([Problem(place, what, "extend `carnet`, say", "theme")])
    return _layers(root, extends, (*above, name)) + layers


def _unknown_theme(root: Path, name: str) -> Problem:
    folders = [
        folder for top in (built_in_themes(), root / "themes") if top.is_dir() for folder in top.iterdir()
    ]
    hint = suggest(
        name, sorted({folder.name for folder in folders}), otherwise=f"create themes/{name}/theme.yml"
    )
    return Problem(Place("cmsite.yml"), f"there is no theme `{name}`", hint, "theme")


def _read_keys(layer: _Layer, palettes: dict[str, Palette]) -> ThemeKeys | None:
    file = layer.folder / "theme.yml"
    if not file.is_file():
        return None
    tree = read_yaml(decode(file.read_bytes(), f"{layer.told}/theme.yml"))
    keys = validate(tree, ThemeKeys)
    if problems := list(_bad_colours(tree, keys)):
        raise ProblemsFound(problems)
    palettes |= {name: Palette(name, colours.light, colours.dark) for name, colours in keys.palettes.items()}
    return keys


def _bad_colours(tree: Tree, keys: ThemeKeys) -> Iterable[Problem]:
    written: dict[Key, PaletteKeys] = {("palettes", name): colours for name, colours in keys.palettes.items()}
    if keys.paper:
        written["paper",] = keys.paper
    for key, colours in written.items():
        for side in ("light", "dark"):
            if not COLOUR.fullmatch(getattr(colours, side)):
                what = f"`{getattr(colours, side)}` is not a colour"
                yield tree.problem((*key, side), what, hint='write "#rrggbb"', code="colour")


def _templates(layer: _Layer) -> Iterable[Template]:
    for path in walk(layer.folder, "templates"):
        told = f"{layer.told}/{path}"
        yield Template(
            path.removeprefix("templates/"), decode((layer.folder / path).read_bytes(), told).text, told
        )


def _assets(layer: _Layer) -> Iterable[Asset]:
    for path in walk(layer.folder, "assets"):
        yield Asset(path.removeprefix("assets/"), (layer.folder / path).read_bytes())


def _strings(layer: _Layer, language: Language) -> dict[str, str]:
    file = layer.folder / "strings" / f"{language}.yml"
    if not file.is_file():
        return {}
    tree = read_yaml(decode(file.read_bytes(), f"{layer.told}/strings/{language}.yml"))
    if wrong := [key for key, text in tree.value.items() if not isinstance(text, str)]:
        what = "each string of a theme is one text"
        raise ProblemsFound(
            [tree.problem((key,), what, hint="write `key: text`", code="theme") for key in wrong]
        )
    return dict(tree.value)
