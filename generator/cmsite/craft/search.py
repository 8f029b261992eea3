"""Index an edition's pages for search with Pagefind, and remember the index by what it was made of.

Pagefind is given records, never a folder: it cannot see a page that the edition leaves out.
"""

from __future__ import annotations

import json
import shutil
from functools import cache
from html import escape
from pathlib import Path

from msgspec import Struct

from cmsite.craft.index_order import in_order
from cmsite.craft.memory import Memory
from cmsite.digest import digest, digest_bytes
from cmsite.errors import MachineError
from cmsite.installed import version
from cmsite.model import IndexFile, SearchRecipe, SearchRecord

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_NEEDED_ENDINGS = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind")
_LIST = "files"
_REMEMBERED = 32  # indexes
_DESK = "desk"  # holds no hyphen: no entry of the memory


@cache
def search_maker() -> str:
    """Return the name and version of what makes the index, "" when the extra `search` is not installed."""
    try:
        return f"pagefind {version('pagefind')} {version('pagefind_bin')}"
    except ModuleNotFoundError:
        return ""


class Librarian(Struct, frozen=True):
    """Makes the indexes of a site, and remembers those it has made."""

    memory: Memory

    def index(self, records: tuple[SearchRecord, ...]) -> tuple[SearchRecipe, ...]:
        """Return the files of the index of some pages, made now unless they are remembered.

        Raises MachineError when Pagefind cannot be run.
        """
        key = digest((records, search_maker()))
        files = self._recall(key) or self._make(key, records)
        return tuple(SearchRecipe(key, file) for file in files)

    def read(self, recipe: SearchRecipe) -> bytes:
        """Return the bytes of a file of an index. Raises MachineError when the memory lost it meanwhile."""
        data = self.memory.recall(_name(recipe.key, recipe.file.path))
        if data is None or digest_bytes(data) != recipe.file.digest:
            raise MachineError("the memory of the search index was changed meanwhile", "build again")
        return data

    def forget_old(self) -> None:
        """Forget every index but those made last: as many as a site may swap between."""
        lists = self.memory.folder.glob(f"*-{_LIST}")
        newest = sorted(lists, key=lambda file: file.stat().st_mtime_ns, reverse=True)[:_REMEMBERED]
        kept = {file.name.partition("-")[0] for file in newest}
        self.memory.forget(but=lambda name: name.partition("-")[0] in kept)

    def _recall(self, key: str) -> tuple[IndexFile, ...] | None:
        told = self.memory.recall(_name(key, _LIST))
        if told is None:
            return None
        files = tuple(IndexFile(path, content) for path, content in json.loads(told))
        return files if all(self._is_whole(key, file) for file in files) else None

    def _is_whole(self, key: str, file: IndexFile) -> bool:
        data = self.memory.recall(_name(key, file.path))
        return data is not None and digest_bytes(data) == file.digest

    def _make(self, key: str, records: tuple[SearchRecord, ...]) -> tuple[IndexFile, ...]:
        files = _run_pagefind(records, self.memory.folder / _DESK)
        made = sorted((path, data) for path, data in files.items() if _is_needed(path))
        for path, data in made:
            self.memory.keep(_name(key, path), data)
        listed = tuple(IndexFile(path, digest_bytes(data)) for path, data in made)
        self.memory.keep(_name(key, _LIST), json.dumps([(one.path, one.digest) for one in listed]).encode())
        return listed


def _name(key: str, path: str) -> str:
    return f"{key}-{path.replace('/', '+')}"


def _is_needed(path: str) -> bool:
    """Return whether a reader's browser may ask for the file; ready-made interfaces are not offered."""
    return path in _NEEDED or path.endswith(_NEEDED_ENDINGS)


def _run_pagefind(records: tuple[SearchRecord, ...], desk: Path) -> dict[str, bytes]:
    """Return what Pagefind makes of the records, by path; `desk` is a folder for them, gone afterwards.

    The program itself is run: its Python library waits a tenth of a second for each record, holds no
    answer of more than 2 MiB, and writes a folder wherever it happens to be called.
    """
    import subprocess

    from pagefind_bin import get_executable

    site, index = desk / "site", desk / "index"
    shutil.rmtree(desk, ignore_errors=True)
    try:
        for record in records:
            page = site / record.path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_page(record), encoding="utf-8")
        command = [str(get_executable()), "--site", str(site), "--output-path", str(index), "--silent"]
        subprocess.run(command, cwd=desk, check=True, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: S603
        return in_order({file.relative_to(index).as_posix(): file.read_bytes() for file in _files(index)})
    except (subprocess.SubprocessError, OSError) as error:
        hint = "install the extra anew: `pip install --force-reinstall 'cmsite[search]'`"
        raise MachineError("the search index cannot be made: Pagefind did not run", hint) from error
    finally:
        shutil.rmtree(desk, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _page(record: SearchRecord) -> str:
    """Return a record as the page that Pagefind reads: its words, and beside them what is not searched."""
    told = [("meta", "summary", record.summary), ("meta", "date", record.date), ("sort", "date", record.date)]
    told += [("filter", name, value) for name, values in record.filters for value in values]
    beside = "".join(
        f'<span data-pagefind-{kind}="{name}[title]" title="{escape(value)}"></span>'
        for kind, name, value in told
        if value
    )
    return (
        f'<!doctype html><html lang="{record.language}"><body data-pagefind-body>'
        f'<h1 data-pagefind-meta="title">{escape(record.title)}</h1>{beside}'
        f"<p>{escape(record.text)}</p></body></html>"
    )
