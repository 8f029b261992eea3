"""Remember what took long to make in one file that may be deleted at any time: `.cmsite/cache.sqlite`.

An entry is bytes under a kind and a name, with a checksum of all three. What is damaged counts as
absent, what cannot be read at all is begun anew: the worst that a broken cache can cost is time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

Answer = TypeVar("Answer")
_Row = tuple[str, object, object]  # a name, data and its checksum

NAME = "cache.sqlite"
_FORMAT = 2  # of the file; another one is begun anew
_AT_ONCE = 500  # names in one question
_COLUMNS = (  # the long one last: SQLite reads through it to what comes after
    "kind TEXT, name TEXT, sum BLOB, size INTEGER, data BLOB, PRIMARY KEY (kind, name)"
)
_NOT_DAMAGE = {  # what another program or the machine stands in the way of
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
}  # fmt: skip


class Holding(Struct, frozen=True):
    """What a cache holds of one kind: how many entries, and their bytes."""

    kind: str
    entries: int
    bytes: int


class Cache(Struct, eq=False):
    """The cache of one site, equal to any of the same file. Nothing is created before an entry is kept.

    It is `writable` for the one who holds the site's lock; `damaged` tells that entries, or the whole file,
    could not be used. It waits `patience` seconds for another program that holds the file, which is open
    only while it is asked: no process that is forked meanwhile inherits it.
    """

    file: Path
    writable: bool = False
    damaged: bool = False
    patience: float = 5

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cache) and self.file == other.file

    def __hash__(self) -> int:
        return hash(self.file)

    def recall(self, kind: str, names: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept of a kind under some names: those that are absent or damaged are missing."""
        if not self.file.exists():
            return {}
        wanted, found, nothing = list(names), dict[str, bytes](), list[_Row]()
        for name, data, check in self._ask(lambda file: _rows(file, kind, wanted), otherwise=nothing):
            if isinstance(data, bytes) and check == _sum(kind, name, data):
                found[name] = data
            else:
                self.damaged = True
        return found

    def keep(self, kind: str, entries: Mapping[str, bytes]) -> None:
        """Keep bytes under their names: all of them or, when the program is stopped, none."""
        if entries and self.writable:
            rows = [(kind, name, _sum(kind, name, data), len(data), data) for name, data in entries.items()]
            self._ask(lambda connection: _insert(connection, rows), otherwise=None)

    def forget(self, kind: str, *, but: Iterable[str], limit: int) -> None:
        """Bring a kind down to `limit` bytes, if it has more: what is not named in `but` goes, all of it."""
        if self.file.exists() and self.writable:
            kept = frozenset(but)
            self._ask(lambda connection: _delete(connection, kind, kept, limit), otherwise=None)

    def clear(self) -> None:
        """Forget everything."""
        for file in (self.file, self.file.with_name(f"{self.file.name}-journal")):
            file.unlink(missing_ok=True)

    def holdings(self) -> tuple[Holding, ...]:
        """Return what is kept, kind by kind; nothing for a file that cannot be read."""
        return self._ask(_holdings, otherwise=()) if self.file.exists() else ()

    def _ask(self, work: Callable[[sqlite3.Connection], Answer], *, otherwise: Answer) -> Answer:
        """Return what some work on the open file gives; `otherwise` where SQLite cannot do it.

        A file that is damaged is deleted, to be begun anew.
        """
        try:
            with closing(self._connect()) as connection:
                return work(connection)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_DAMAGE:
                self.damaged = True
                if self.writable:
                    self.clear()
            return otherwise

    def _connect(self) -> sqlite3.Connection:
        if self.writable:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        is_new, way = not self.file.exists(), "rwc" if self.writable else "ro"
        address = f"{self.file.resolve().as_uri()}?mode={way}"
        connection = sqlite3.connect(address, timeout=self.patience, uri=True)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # a checksum stands for what the disk may lose
            if connection.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                self.damaged = self.damaged or not is_new
                _found(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _rows(connection: sqlite3.Connection, kind: str, names: list[str]) -> list[_Row]:
    rows: list[_Row] = []
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        asked = f"SELECT name, data, sum FROM entry WHERE kind = ? AND name IN ({marks})"  # noqa: S608 only marks
        rows += connection.execute(asked, [kind, *some]).fetchall()
    return rows


def _insert(connection: sqlite3.Connection, rows: Iterable[tuple[str, str, bytes, int, bytes]]) -> None:
    with connection:
        connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", rows)


def _delete(connection: sqlite3.Connection, kind: str, kept: frozenset[str], limit: int) -> None:
    (size,) = connection.execute("SELECT SUM(size) FROM entry WHERE kind = ?", [kind]).fetchone()
    if (size or 0) <= limit:
        return
    names = connection.execute("SELECT name FROM entry WHERE kind = ?", [kind]).fetchall()
    with connection:
        gone = [(kind, name) for (name,) in names if name not in kept]
        connection.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", gone)
    connection.execute("VACUUM")


def _holdings(connection: sqlite3.Connection) -> tuple[Holding, ...]:
    asked = "SELECT kind, COUNT(*), SUM(size) FROM entry GROUP BY kind ORDER BY kind"
    return tuple(Holding(*row) for row in connection.execute(asked))


def _found(connection: sqlite3.Connection) -> None:
    """Make an empty cache of an open file, whatever it holds."""
    with connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            connection.execute(f'DROP TABLE "{table}"')
        connection.execute(f"CREATE TABLE entry ({_COLUMNS})")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")


def _sum(kind: str, name: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=16, key=f"{kind} {name}".encode()[:64]).digest()
