"""A cache may be damaged in any way, or deleted at any time: what comes back is what was kept, or nothing."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from cmsite.cache import Cache

ENTRIES = {f"name-{index}": bytes([index]) * (100 + 37 * index) for index in range(40)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "site" / "cache.sqlite"
    cache = Cache(file, writable=True)
    cache.keep("text", ENTRIES)
    return file


def test_what_was_kept_is_recalled_by_kind_and_name(file: Path) -> None:
    cache = Cache(file)
    assert cache.recall("text", ["name-3", "name-7", "absent"]) == {
        "name-3": ENTRIES["name-3"],
        "name-7": ENTRIES["name-7"],
    }
    assert cache.recall("post", ENTRIES) == {}


def test_nothing_is_created_before_something_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite", writable=True)
    assert cache.recall("text", ["a"]) == {}
    cache.keep("text", {})
    assert not cache.file.exists()


def test_who_may_not_write_keeps_nothing_and_deletes_nothing(file: Path) -> None:
    cache = Cache(file)
    cache.keep("text", {"new": b"x"})
    assert cache.recall("text", ["new"]) == {}
    file.write_bytes(b"no database at all" * 400)
    assert Cache(file).recall("text", ["name-1"]) == {}
    assert file.exists()


@pytest.mark.parametrize("seed", range(10))
def test_no_damage_gives_other_bytes_than_were_kept(file: Path, seed: int) -> None:
    chance, whole = random.Random(seed), file.read_bytes()
    for _ in range(100):
        data = bytearray(whole)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        cache = Cache(file, writable=True)
        found = cache.recall("text", ENTRIES)
        assert all(ENTRIES[name] == kept for name, kept in found.items())
        cache.keep("text", ENTRIES)


def test_a_file_that_is_no_cache_is_begun_anew_and_said_so(file: Path) -> None:
    file.write_bytes(b"no database at all" * 400)
    cache = Cache(file, writable=True)
    assert cache.recall("text", ENTRIES) == {}
    assert cache.damaged
    cache.keep("text", ENTRIES)
    assert Cache(file).recall("text", ENTRIES) == ENTRIES


def test_a_cache_of_another_format_is_begun_anew(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    cache = Cache(file, writable=True)
    assert cache.recall("text", ENTRIES) == {}
    assert cache.damaged
    cache.keep("text", {"a": b"1"})
    assert Cache(file).recall("text", ["a"]) == {"a": b"1"}


def test_a_cache_of_another_format_is_left_to_who_may_write(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = file.read_bytes()
    assert Cache(file).recall("text", ENTRIES) == {}
    assert file.read_bytes() == before


def test_one_that_another_program_holds_is_left_alone(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    cache = Cache(file, writable=True, patience=0)
    assert cache.recall("text", ENTRIES) == {}
    assert not cache.damaged
    other.close()
    assert cache.recall("text", ENTRIES) == ENTRIES


def test_a_kind_that_has_grown_too_large_keeps_what_is_named(file: Path) -> None:
    cache = Cache(file, writable=True)
    cache.forget("text", but=["name-1"], limit=10**9)
    assert len(cache.recall("text", ENTRIES)) == len(ENTRIES)
    cache.forget("text", but=["name-1"], limit=1000)
    assert list(cache.recall("text", ENTRIES)) == ["name-1"]


def test_holdings_tell_entries_and_bytes_by_kind(file: Path) -> None:
    cache = Cache(file, writable=True)
    cache.keep("post", {"a": b"12345"})
    assert [(each.kind, each.entries, each.bytes) for each in cache.holdings()] == [
        ("post", 1, 5),
        ("text", 40, sum(map(len, ENTRIES.values()))),
    ]
