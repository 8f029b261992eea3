"""What took long to make is kept, found again whole or not at all, and forgotten when it is not wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmsite.craft.memory import Memory


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "deep" / "pictures")


def test_what_is_kept_is_recalled(memory: Memory) -> None:
    assert (memory.recall("a-1"), memory.holds("a-1")) == (None, False)
    assert not memory.folder.exists()
    memory.keep("a-1", b"one\ntwo\n")
    assert (memory.recall("a-1"), memory.holds("a-1")) == (b"one\ntwo\n", True)
    memory.keep("a-1", b"")
    assert memory.recall("a-1") == b""


@pytest.mark.parametrize("damage", [b"", b"\n", b"1 0000\nbytes", b"nonsense"])
def test_what_is_damaged_is_as_good_as_none(memory: Memory, damage: bytes) -> None:
    memory.keep("a-1", b"bytes")
    (memory.folder / "a-1").write_bytes(damage)
    assert memory.recall("a-1") is None


def test_a_bit_that_fell_over_is_noticed(memory: Memory) -> None:
    memory.keep("a-1", b"bytes")
    written = (memory.folder / "a-1").read_bytes()
    (memory.folder / "a-1").write_bytes(written[:-1] + b"t")
    assert memory.recall("a-1") is None


def test_only_what_is_wanted_is_kept_and_nothing_unfinished(memory: Memory) -> None:
    memory.forget(but=str.isalnum)
    for name in ("a-1", "a-2", "b-1"):
        memory.keep(name, b"bytes")
    (memory.folder / "a-3.17.unfinished").write_bytes(b"half")
    memory.forget(but=lambda name: name.startswith("a"))
    assert sorted(file.name for file in memory.folder.iterdir()) == ["a-1", "a-2"]
