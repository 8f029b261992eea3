"""Remember what took long to make in one file that may be deleted at any time: `.cmsite/cache.sqlite`.

An entry is bytes under a kind and a name, with a checksum of all three. What is damaged counts as
absent, what cannot be read at all is begun anew: the worst that a broken cache can cost is time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

NAME = "cache.sqlite"
_FORMAT = 1  # of the file; another one is begun anew
_AT_ONCE = 500  # names in one question
_COLUMNS = "kind TEXT, name TEXT, data BLOB, sum BLOB, size INTEGER, PRIMARY KEY (kind, name)"
_NOT_DAMAGE = {  # what another program or the machine stands in the way of
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """What a cache holds of one kind: how many entries, and their bytes."""

    kind: str
    entries: int
    bytes: int


@dataclass(slots=True)
class Cache:
    """The cache of one site. Nothing is created before the first entry is kept.

    It is `writable` for the one who holds the site's lock; `damaged` tells that entries, or the whole file,
    could not be used. It waits `patience` seconds for another program that holds the file.
    """

    file: Path
    writable: bool = False
    damaged: bool = False
    patience: float = 5
    _open: sqlite3.Connection | None = field(default=None, repr=False)

    def recall(self, kind: str, names: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept of a kind under some names: those that are absent or damaged are missing."""
        found: dict[str, bytes] = {}
        if not self.file.exists():
            return found
        wanted = list(names)
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                for name, data, check in self._ask(kind, wanted[start : start + _AT_ONCE]):
                    if isinstance(data, bytes) and check == _sum(kind, name, data):
                        found[name] = data
                    else:
                        self.damaged = True
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def keep(self, kind: str, entries: Mapping[str, bytes]) -> None:
        """Keep bytes under their names: all of them or, when the program is stopped, none."""
        if not entries or not self.writable:
            return
        rows = [(kind, name, data, _sum(kind, name, data), len(data)) for name, data in entries.items()]
        try:
            with self._connection() as connection:
                connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def forget(self, kind: str, *, but: Iterable[str], limit: int) -> None:
        """Bring a kind down to `limit` bytes, if it has more: what is not named in `but` goes, all of it."""
        if not self.file.exists() or not self.writable:
            return
        try:
            with self._connection() as connection:
                if _bytes_of(connection, kind) <= limit:
                    return
                kept = set(but)
                names = connection.execute("SELECT name FROM entry WHERE kind = ?", [kind]).fetchall()
                gone = [(kind, name) for (name,) in names if name not in kept]
                connection.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", gone)
            connection.execute("VACUUM")
        except sqlite3.Error as error:
            self._give_up(error)

    def clear(self) -> None:
        """Forget everything."""
        self.close()
        for file in (self.file, self.file.with_name(f"{self.file.name}-journal")):
            file.unlink(missing_ok=True)

    def holdings(self) -> tuple[Holding, ...]:
        """Return what is kept, kind by kind; nothing for a file that cannot be read."""
        if not self.file.exists():
            return ()
        asked = "SELECT kind, COUNT(*), SUM(size) FROM entry GROUP BY kind ORDER BY kind"
        with suppress(sqlite3.Error):
            return tuple(Holding(*row) for row in self._connection().execute(asked))
        return ()

    def close(self) -> None:
        """Let go of the file."""
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    def _ask(self, kind: str, names: list[str]) -> Iterator[tuple[str, object, object]]:
        marks = ", ".join("?" * len(names))
        asked = f"SELECT name, data, sum FROM entry WHERE kind = ? AND name IN ({marks})"  # noqa: S608 only marks
        with closing(self._connection().execute(asked, [kind, *names])) as rows:
            yield from rows

    def _connection(self) -> sqlite3.Connection:
        """Return the open file, created when it is absent. Raises sqlite3.Error for one that is broken."""
        if self._open is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            is_new = not self.file.exists()
            self._open = sqlite3.connect(self.file, timeout=self.patience)
            self._open.execute("PRAGMA synchronous = OFF")  # a checksum stands for what the disk may lose
            if self._open.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
                self.damaged = self.damaged or not is_new
                self._found()
        return self._open

    def _found(self) -> None:
        """Make an empty cache of the open file, whatever it holds."""
        assert self._open is not None
        with self._open:
            tables = self._open.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                self._open.execute(f'DROP TABLE "{table}"')
            self._open.execute(f"CREATE TABLE entry ({_COLUMNS})")
            self._open.execute(f"PRAGMA user_version = {_FORMAT}")

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without what is kept; a file that is damaged is deleted, to be begun anew."""
        self.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGE:
            return
        self.damaged = True
        if self.writable:
            self.clear()


def _bytes_of(connection: sqlite3.Connection, kind: str) -> int:
    (size,) = connection.execute("SELECT SUM(size) FROM entry WHERE kind = ?", [kind]).fetchone()
    return int(size or 0)


def _sum(kind: str, name: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=16, key=f"{kind} {name}".encode()[:64]).digest()
