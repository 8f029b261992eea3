"""Say which themes the editions of a site wear, and whether their accents can be read on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from cmsite.colour import READABLE, contrast
from cmsite.errors import Problem, suggest
from cmsite.model import Profile, Settings, Theme
from cmsite.read.fields import shown
from cmsite.read.guarded_yaml import Key, Tree
from cmsite.read.theme import COLOUR


class Worn(Struct, frozen=True):
    """A theme and an accent that go together, and where each is named."""

    tree: Tree
    theme: str
    theme_key: Key
    accent: str
    accent_key: Key


def worn_themes(
    trees: Mapping[str, Tree], settings: Settings, profiles: tuple[Profile, ...]
) -> Iterator[Worn]:
    """Yield what the site wears, and each profile that chooses otherwise."""
    config = trees["cmsite.yml"]
    if str(config.value.get("theme", settings.theme)).strip() == settings.theme:
        yield Worn(config, settings.theme, ("theme",), settings.accent, ("accent",))
    for profile in profiles:
        theme, accent = profile.site.theme, profile.site.accent
        if (theme or accent) and profile.place.path in trees:
            tree = trees[profile.place.path]
            at = "theme" if accent is None else "accent"
            whole = settings.accent if accent is None else accent
            yield Worn(tree, theme or settings.theme, ("site", "theme"), whole, ("site", at))


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
    yield worn.tree.problem(worn.accent_key, what, hint=hint, code="accent")
