"""Bring in posts from another generator: `cmsite import jekyll DIR`."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

if TYPE_CHECKING:
    from cmsite.importing.report import Imported, Note


@click.group("import")
def command() -> None:
    """Bring in posts from another generator. What is in the site already is never overwritten."""


@command.command("jekyll")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.pass_obj
def jekyll(site: Path | None, folder: Path, as_json: bool) -> None:
    """Bring the posts, drafts, pages and pictures of the Jekyll blog in DIR into the site."""
    from cmsite.importing.jekyll.importer import import_jekyll

    report = import_jekyll(folder, site or _nearest_site(Path.cwd()))
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
    else:
        _tell(report)


def _nearest_site(start: Path) -> Path:
    """Return the nearest folder upwards with a cmsite.yml, else the one it starts from."""
    return next((folder for folder in (start, *start.parents) if (folder / "cmsite.yml").is_file()), start)


def _as_json(report: Imported) -> dict[str, object]:
    return {
        "counts": {
            "posts": report.posts,
            "drafts": report.drafts,
            "pages": report.pages,
            "pictures": report.pictures,
            "written": len(report.written),
            "unchanged": len(report.unchanged),
            "kept": len(report.kept),
        },
        "written": report.written,
        "unchanged": report.unchanged,
        "kept": report.kept,
        "notes": [asdict(note) for note in report.notes],
    }


def _tell(report: Imported) -> None:
    from rich.text import Text

    from cmsite.cli.tell import console

    console().print(_counts(report))
    for path in report.kept:
        console().print(
            Text.assemble("  kept ", (path, "bold"), ": what stands there is not what would be written")
        )
    _tell_notes("changed on the way", report.changes())
    _tell_notes("needs a hand", report.hand_work())


def _counts(report: Imported) -> str:
    found = (
        (report.posts, "post"),
        (report.drafts, "draft"),
        (report.pages, "page"),
        (report.pictures, "picture"),
    )
    told = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in found)
    return (
        f"{told}: {len(report.written)} written, {len(report.unchanged)} unchanged, {len(report.kept)} kept"
    )


def _tell_notes(heading: str, notes: tuple[Note, ...]) -> None:
    """Print the notes under a heading; equal ones of a file share a line."""
    from rich.text import Text

    from cmsite.cli.tell import console

    if not notes:
        return
    console().print(Text(f"\n{heading}", style="bold"))
    by_text = sorted(notes, key=lambda note: (note.path, note.what, note.hint, note.line))
    lines = []
    for _, group in groupby(by_text, key=lambda note: (note.path, note.what, note.hint)):
        first, *others = group
        lines.append((first, len(others)))
    for note, more in sorted(lines):
        again = f" (and {more} more below)" if more else ""
        console().print(Text.assemble("  ", (f"{note.path}:{note.line}", "bold"), f": {note.what}{again}"))
        if note.hint:
            console().print(Text.assemble("    ", ("hint", "bold cyan"), f": {note.hint}"))
