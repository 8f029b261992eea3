"""Write a theme of a few lines that prints whole views: nothing a view holds can change unseen."""

from __future__ import annotations

from cmsite.model import Language, Template, Theme
from site_folder import SiteFolder

_PAGES = ("home", "blog", "post", "page", "about", "index", "list", "404", "target", "notice", "search")
_FIELDS = {
    "home": "statement picture points selected latest photo about blog target",
    "blog": "posts pagination",
    "post": "post newer older related comments giscus",
    "page": "post",
    "about": "name statement picture photo email links html points skills experience resume card",
    "index": "kind entries",
    "list": "kind point label posts feed index",
    "404": "latest",
    "notice": "kind name email contact url",
    "search": "bundle script filters",
    "target": "name greeting statement picture needs",
}


_STRINGS = {"fr": "Bonjour", "en": "Hello"}


def tiny_theme() -> Theme:
    """Return the theme as a value."""
    templates = (Template(name, text, f"themes/tiny/templates/{name}") for name, text in _templates().items())
    strings = ((Language(language), (("hello", word),)) for language, word in _STRINGS.items())
    return Theme("tiny", tuple(templates), assets=(), strings=tuple(strings), palettes=())


def wear_tiny_theme(site: SiteFolder) -> SiteFolder:
    """Give the site a theme called tiny, and make it wear it."""
    site.write("themes/tiny/theme.yml", "name: tiny\npalettes: {blue: {light: '#123456', dark: '#abcdef'}}\n")
    site.write("themes/tiny/assets/tiny.css", "body{color:#111}\n")
    for language, word in _STRINGS.items():
        site.write(f"themes/tiny/strings/{language}.yml", f"hello: {word}\n")
    for name, text in _templates().items():
        site.write(f"themes/tiny/templates/{name}", text)
    config = (site.root / "cmsite.yml").read_text(encoding="utf-8")
    return site.write("cmsite.yml", f"{config}theme: tiny\n")


def _templates() -> dict[str, str]:
    templates = {"_frame.html": "<title>{{ head.title }}</title>{{ site }}{{ head }}\n"}
    for page in _PAGES:
        fields = "".join(f"<div>{{{{ {name} }}}}</div>\n" for name in _FIELDS[page].split())
        templates[f"{page}.html"] = f'{{% include "_frame.html" %}}<h1>{{{{ t("hello") }}}}</h1>\n{fields}'
    return {
        **templates,
        "redirect.html": "{{ language }} {{ title }} {{ url }} {{ canonical }} {{ indexed }}\n",
    }
