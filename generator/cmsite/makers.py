"""Say what a site is made with, this program, the engine and the libraries, and whether all is there."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from cmsite.digest import digest, digest_bytes
from cmsite.errors import Problem
from cmsite.installed import version
from cmsite.read.site import Reading

_MADE_WITH = ("babel", "jinja2", "markupsafe", "msgspec", "nh3", "pygments", "python-slugify")
ENGINES = {
    "markdown": ("markdown", "pymdown-extensions"),
    "commonmark": ("pyromark",),
}  # by what it is made of


@cache
def generator_digest(engine: str) -> str:
    """Return the digest of the program: its own sources and what it renders with, the Markdown engine too."""
    versions = ((name, version(name)) for name in (*_MADE_WITH, *ENGINES[engine]))
    return digest((program_digest(), engine, *versions))


@cache
def program_digest() -> str:
    """Return the digest of the program's own sources, and of the Python that runs them."""
    folder = Path(__file__).parent
    sources = [digest_bytes(file.read_bytes()) for file in sorted(folder.rglob("*.py"))]
    return digest((*sources, platform.python_version()))


def engine_problems(reading: Reading) -> Iterator[Problem]:
    """Yield, at their places, what Markdown cannot be read with: engine or extensions that are not there."""
    yield from _engine_problems(reading)
    yield from _extension_problems(reading)


def _engine_problems(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for an engine whose library is not installed."""
    engine = reading.site.settings.engine
    if not find_spec(ENGINES[engine][0]):
        yield reading.trees["cmsite.yml"].problem(
            ("markdown", "engine"),
            f"the Markdown engine `{engine}` is not installed here",
            hint=f"run `pip install 'cmsite[{engine}]'`, or write `engine: markdown`",
            code="engine",
        )


def _extension_problems(reading: Reading) -> Iterator[Problem]:
    settings = reading.site.settings
    for index, name in enumerate(settings.markdown_extensions):
        if settings.engine != "markdown":
            what = f"`{name}` is an extension of Python-Markdown, and the engine is `{settings.engine}`"
            hint = "take it out, or write `engine: markdown`"
        elif _is_extension(name):
            continue
        else:
            what = f"`{name}` is not a Markdown extension that is installed here"
            hint = "check its spelling, install it beside cmsite, or take it out"
        yield reading.trees["cmsite.yml"].problem(
            ("markdown", "extensions", index), what, hint=hint, code="extension"
        )


def _is_extension(name: str) -> bool:
    from cmsite.shape.python_markdown import is_extension

    return is_extension(name)
