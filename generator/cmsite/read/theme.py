"""Read a theme: templates, assets, strings and palettes, the author's overrides laid over the built-in.

The layers of a theme, from below: what it extends, the built-in theme of its name, the site's
`themes/NAME/`. A file of the upper layer takes the place of the lower one's of the same name; strings and
palettes are taken key by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.model import (
    LANGUAGES,
    SOCIAL_CARD,
    Asset,
    Font,
    Language,
    Option,
    Palette,
    Place,
    Template,
    Theme,
    below,
)
from cmsite.read.fields import shown
from cmsite.read.files import refuse_outside, walk
from cmsite.read.fonts import read_font
from cmsite.read.guarded_yaml import Tree, read_yaml
from cmsite.read.schema import PaletteKeys, ThemeKeys
from cmsite.read.source import KEY, Key, Source, decode
from cmsite.read.validate import salvage

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONTS = (".ttf", ".otf")


class Layer(Struct, frozen=True):
    """The folder `themes/NAME/` below `root`: the site's, or that of the built-in themes."""

    root: Path
    name: str
    built_in: bool = False

    @property
    def folder(self) -> str:
        """The folder's path from `root`."""
        return f"themes/{self.name}"

    def exists(self) -> bool:
        """Return whether there is such a folder. Raises ProblemsFound for one outside of `root`."""
        return (self.root / self.folder).is_dir() and refuse_outside(
            self.root, self.root / self.folder
        ).is_dir()

    def source(self, path: str) -> Source | None:
        """Return the text of a file of this layer, None when there is none."""
        file = self.root / self.folder / path
        if not file.is_file():
            return None
        return decode(refuse_outside(self.root, file).read_bytes(), self.told(f"{self.folder}/{path}"))

    def told(self, path: str) -> str:
        """Return the name that messages give to a path from `root`."""
        return f"cmsite/{path}" if self.built_in else path


def built_in_themes() -> Path:
    """Return the folder of the themes that come with cmsite, in a wheel or in the repository."""
    inside = Path(__file__).parents[1] / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "themes"


def read_theme(root: Path, name: str) -> Theme:
    """Return the theme `name` as the site at `root` sees it.

    The theme is one of `theme_names`. Raises ProblemsFound for mistakes in its files.
    """
    layers = layers_of(root, name)
    palettes: dict[str, Palette] = {}
    paper = Palette("paper", "#ffffff", "#000000")
    options: dict[str, Option] = {}
    named: set[str] = set()
    templates: dict[str, Template] = {}
    assets: dict[str, Asset] = {}
    strings: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    font: Font | None = None
    for layer in layers:
        keys = _read_keys(layer)
        if keys:
            palettes |= {key: Palette(key, own.light, own.dark) for key, own in keys.palettes.items()}
        if keys:
            options |= _options(layer, keys, options, closed=layer.name in named)
        named.add(layer.name)
        paper = Palette("paper", keys.paper.light, keys.paper.dark) if keys and keys.paper else paper
        for template in _templates(layer):
            _lay_over(templates, template)
        assets |= {item.path: item for item in _assets(layer)}
        font = _font(layer) or font
        for language in LANGUAGES:
            strings[language] |= _strings(layer, language)
    if (card := templates.get(SOCIAL_CARD)) and not font:
        raise ProblemsFound([_no_font(card, name)])
    return Theme(
        name=name,
        templates=tuple(templates[key] for key in sorted(templates)),
        assets=tuple(assets[key] for key in sorted(assets)),
        strings=tuple((language, tuple(sorted(strings[language].items()))) for language in LANGUAGES),
        palettes=tuple(palettes.values()),
        paper=paper,
        options=tuple(options.items()),
        font=font,
    )


def theme_files(root: Path) -> dict[str, bytes]:
    """Return every file that themes are made of, with its bytes; none if one of them is unsafe to read."""
    tops = {"": root, "built in: ": built_in_themes().parent}
    try:
        return {
            f"{mark}{path}": (top / path).read_bytes()
            for mark, top in tops.items()
            for path in walk(top, "themes")
        }
    except ProblemsFound:
        return {}


def _lay_over(templates: dict[str, Template], template: Template) -> None:
    """Put a template over the one of its name, which stays under the name `below`."""
    over = templates.get(template.name)
    templates[template.name] = template
    if over:
        _lay_over(templates, replace(over, name=below(template.name)))


def _options(
    layer: Layer, keys: ThemeKeys, known: Mapping[str, Option], *, closed: bool
) -> dict[str, Option]:
    """Return the options that a layer states; `closed`: it sets those that are known, and adds none.

    Raises ProblemsFound for unknown ones and for values of another kind than the one below.
    """
    stated: dict[str, Option] = {name: option_value(text) for name, text in keys.options.items()}
    source = layer.source("theme.yml")
    assert source is not None
    tree = read_yaml(source)
    if problems := [*_bad_options(tree, stated, known, closed)]:
        raise ProblemsFound(problems)
    return stated


def option_value(text: str) -> Option:
    """Return what an option's text stands for: a flag, a number or a text."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"\d{1,6}", text) else text


def _bad_options(
    tree: Tree, stated: Mapping[str, Option], known: Mapping[str, Option], closed: bool
) -> Iterable[Problem]:
    kinds = {bool: "`true` or `false`", int: "a number", str: "a text"}
    for name, value in stated.items():
        if name not in known and closed:
            hint = suggest(name, list(known), otherwise=f"there is {', '.join(known) or 'none'}")
            what = f"the theme has no option `{name}`"
            yield tree.problem(("options", name, KEY), what, hint=hint, code="theme-option")
        elif name in known and type(value) is not type(known[name]):
            what, hint = f"{shown(str(value))} cannot stand here", f"write {kinds[type(known[name])]}"
            yield tree.problem(("options", name), what, hint=hint, code="theme-option")


def theme_names(root: Path) -> tuple[str, ...]:
    """Return the names of the themes that the site at `root` can wear: its own and the built-in ones."""
    tops = [top for top in (built_in_themes(), root / "themes") if top.is_dir()]
    return tuple(sorted({folder.name for top in tops for folder in top.iterdir() if folder.is_dir()}))


def unknown_theme(tree: Tree, key: Key, root: Path, name: str) -> Problem:
    """Return the problem of a theme that is named under `key` and does not exist."""
    hint = suggest(name, theme_names(root), otherwise=f"create themes/{name}/theme.yml")
    return tree.problem(key, f"there is no theme `{name}`", hint=hint, code="theme")


def layers_of(root: Path, name: str, above: tuple[str, ...] = ()) -> list[Layer]:
    """Return the layers of a theme that exists, the lowest first."""
    built_in, own = Layer(built_in_themes().parent, name, built_in=True), Layer(root, name)
    layers = [layer for layer in (built_in, own) if layer.exists()]
    if len(layers) == 2 and (root / own.folder).samefile(built_in.root / built_in.folder):
        layers = [own]
    for layer in layers:
        keys = _read_keys(layer)
        if keys and keys.extends:
            _check_extends(layer, root, keys.extends, (*above, name))
            return layers_of(root, keys.extends, (*above, name)) + layers
    return layers


def _check_extends(layer: Layer, root: Path, extends: str, names: tuple[str, ...]) -> None:
    source = layer.source("theme.yml")
    assert source is not None
    if extends in names:
        what = f"the theme `{names[-1]}` extends itself ({' → '.join([*names, extends])})"
        hint = "name another theme, or take `extends` away"
        raise ProblemsFound([read_yaml(source).problem(("extends",), what, hint=hint, code="theme")])
    if extends not in theme_names(root):
        raise ProblemsFound([unknown_theme(read_yaml(source), ("extends",), root, extends)])


def _read_keys(layer: Layer) -> ThemeKeys | None:
    source = layer.source("theme.yml")
    if source is None:
        return None
    tree = read_yaml(source)
    problems: list[Problem] = []
    keys = salvage(tree, ThemeKeys, problems)
    problems += _bad_colours(tree, keys)
    if problems:
        raise ProblemsFound(problems)
    return keys


def _bad_colours(tree: Tree, keys: ThemeKeys) -> Iterable[Problem]:
    written: dict[Key, PaletteKeys] = {("palettes", name): colours for name, colours in keys.palettes.items()}
    if keys.paper:
        written["paper",] = keys.paper
    for key, colours in written.items():
        for side in ("light", "dark"):
            if not COLOUR.fullmatch(getattr(colours, side)):
                what = f"{shown(getattr(colours, side))} is not a colour"
                hint = 'write six digits in quotes, as in "#336699"'
                yield tree.problem((*key, side), what, hint=hint, code="colour")


def _templates(layer: Layer) -> Iterable[Template]:
    folder = f"{layer.folder}/templates"
    for path in walk(layer.root, folder):
        told = layer.told(path)
        text = decode((layer.root / path).read_bytes(), told).text
        yield Template(path.removeprefix(f"{folder}/"), text, told)


def _assets(layer: Layer) -> Iterable[Asset]:
    folder = f"{layer.folder}/assets"
    for path in walk(layer.root, folder):
        yield Asset(path.removeprefix(f"{folder}/"), (layer.root / path).read_bytes())


def _font(layer: Layer) -> Font | None:
    """Return the font of a layer, None when it has none. Raises ProblemsFound for several."""
    folder = f"{layer.folder}/fonts"
    found = [path for path in walk(layer.root, folder) if path.lower().endswith(_FONTS)]
    if len(found) > 1:
        what = f"a theme's cards are written in one font, and here are {len(found)}"
        hint = f"keep one of {', '.join(path.removeprefix(f'{folder}/') for path in found)}"
        raise ProblemsFound([Problem(Place(layer.told(folder)), what, hint, "font")])
    return read_font((layer.root / found[0]).read_bytes(), layer.told(found[0])) if found else None


def _no_font(card: Template, name: str) -> Problem:
    what, hint = "this card has no font to be written in", f"put a TrueType font into themes/{name}/fonts/"
    return Problem(Place(card.path), what, hint, "font")


def read_strings(data: bytes, path: str) -> dict[str, str]:
    """Return the words in a file of strings. Raises ProblemsFound for one that is not a text."""
    return _words(decode(data, path))


def _strings(layer: Layer, language: Language) -> dict[str, str]:
    source = layer.source(f"strings/{language}.yml")
    return _words(source) if source else {}


def _words(source: Source) -> dict[str, str]:
    tree = read_yaml(source)
    if wrong := [key for key, text in tree.value.items() if not isinstance(text, str)]:
        what = "each string of a theme is one text"
        raise ProblemsFound(
            [tree.problem((key,), what, hint="write `key: text`", code="theme") for key in wrong]
        )
    return dict(tree.value)
