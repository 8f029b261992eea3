"""Say which themes the editions of a site wear, read them, and check their accents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from cmsite.colour import READABLE, contrast
from cmsite.errors import Problem, ProblemsFound, suggest
from cmsite.model import Profile, Settings, Theme
from cmsite.read.fields import shown
from cmsite.read.guarded_yaml import Tree
from cmsite.read.memory import PostMemory, keep_theme, recall_theme
from cmsite.read.source import Key
from cmsite.read.theme import COLOUR, read_theme, theme_files, theme_names, unknown_theme
from cmsite.read.trees import Trees


class Worn(Struct, frozen=True):
    """A theme and an accent that go together, and where each is named; few ask for the tree."""

    tree: Callable[[], Tree]
    theme: str
    theme_key: Key
    accent: str
    accent_key: Key


def worn_themes(trees: Trees, settings: Settings, profiles: tuple[Profile, ...]) -> Iterator[Worn]:
    """Yield what the site wears, and each profile that chooses otherwise."""
    if "cmsite.yml" in trees.sound or _is_named(trees["cmsite.yml"], settings.theme):
        yield Worn(
            partial(trees.__getitem__, "cmsite.yml"), settings.theme, ("theme",), settings.accent, ("accent",)
        )
    for profile in profiles:
        theme, accent = profile.site.theme, profile.site.accent
        if (theme or accent) and profile.place.path in trees:
            tree = partial(trees.__getitem__, profile.place.path)
            at = "theme" if accent is None else "accent"
            whole = settings.accent if accent is None else accent
            yield Worn(tree, theme or settings.theme, ("site", "theme"), whole, ("site", at))


def _is_named(config: Tree, theme: str) -> bool:
    """Return whether a theme is what cmsite.yml names, if it names one: a wrong one is told elsewhere."""
    return str(config.value.get("theme", theme)).strip() == theme


def read_worn(root: Path, worn: Worn, memory: PostMemory | None) -> Theme:
    """Return a theme that is worn at the site of a folder, as `memory` knows it if it does.

    Raises ProblemsFound for one that does not exist, and for mistakes in its files.
    """
    if worn.theme not in theme_names(root):
        raise ProblemsFound([unknown_theme(worn.tree(), worn.theme_key, root, worn.theme)])
    files = theme_files(root) if memory else {}
    if not memory or not files:
        return read_theme(root, worn.theme)
    if not (theme := recall_theme(memory, worn.theme, files)):
        theme = read_theme(root, worn.theme)
        keep_theme(memory, worn.theme, files, theme)
    return theme


def check_accent(worn: Worn, theme: Theme) -> Iterator[Problem]:
    """Yield what is wrong with an accent: unknown to the theme, or too pale on its paper."""
    accent, names = worn.accent, [palette.name for palette in theme.palettes]
    if not accent or accent in names:
        return
    if not COLOUR.fullmatch(accent):
        hint = suggest(accent, names, otherwise=f'choose {", ".join(names)}, or write a colour as "#336699"')
        what = f"the theme {theme.name} has no accent {shown(accent)}"
    elif (ratio := contrast(accent, theme.paper.light)) < READABLE:
        what = (
            f"`{accent}` is too pale to be read: its contrast is {ratio:.1f}, at least {READABLE} is needed"
        )
        hint = "choose a darker colour"
    else:
        return
    yield worn.tree().problem(worn.accent_key, what, hint=hint, code="accent")
