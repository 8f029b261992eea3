"""Read of a font what it takes to set words in it: its family, and how wide each of its letters is.

A font is a file of tables (OpenType, "sfnt"): `cmap` tells the glyph of a letter, `hmtx` the width of a
glyph. Nothing is drawn here, and the tables that draw are not looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from cmsite.errors import Problem, ProblemsFound
from cmsite.model import Font, Place

_SIGNATURES = (b"\0\1\0\0", b"true", b"OTTO")
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))  # platforms and encodings, the widest first
_FAMILY_NAMES = (16, 1)  # of the whole family; of a family of four faces, in older fonts
_WINDOWS = 3
_BROKEN = (struct.error, LookupError, UnicodeDecodeError, ValueError)


def read_font(data: bytes, path: str) -> Font:
    """Return a font of a theme; `path` is the name that messages give to its file.

    Raises ProblemsFound for a file that is no font, or a broken one.
    """
    try:
        tables = _tables(data)
        (em,) = struct.unpack_from(">H", tables["head"], 18)
        advances = _advances(tables)
        letters = dict(_letters(tables["cmap"]))
        widths = tuple((letter, advances[glyph]) for letter, glyph in sorted(letters.items()))
        return Font(path, data, _family(tables["name"]), _more_than_nothing(em), widths)
    except _BROKEN as error:
        what, hint = "this is not a font that can be read", "save it anew as TrueType (.ttf)"
        raise ProblemsFound([Problem(Place(path), what, hint, "font")]) from error


def _tables(data: bytes) -> dict[str, bytes]:
    if not data.startswith(_SIGNATURES):
        raise ValueError("no font")
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for index in range(count):
        name, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        found[name.decode("latin-1")] = data[start : start + length]
    return found


def _more_than_nothing(number: int) -> int:
    if not number:
        raise ValueError(number)
    return number


def _advances(tables: dict[str, bytes]) -> list[int]:
    """Return the width of each glyph; those past the last width share it."""
    (known,) = struct.unpack_from(">H", tables["hhea"], 34)
    (glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
    told = struct.unpack_from(f">{2 * _more_than_nothing(known)}H", tables["hmtx"])[::2]
    return [*told, *([told[-1]] * (glyphs - known))]


def _letters(cmap: bytes) -> Iterator[tuple[str, int]]:
    """Yield each letter of the font with its glyph, from the widest table that tells of Unicode."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = [struct.unpack_from(">HHI", cmap, 4 + 8 * index) for index in range(count)]
    starts = {(platform, encoding): start for platform, encoding, start in records}
    known = [starts[key] for key in _UNICODE if key in starts]
    table = cmap[known[0] :]
    read = {4: _segments, 12: _groups}[struct.unpack_from(">H", table)[0]]
    yield from ((chr(code), glyph) for code, glyph in read(table) if glyph)


def _groups(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the code and the glyph of each letter of a table of format 12."""
    (count,) = struct.unpack_from(">I", table, 12)
    for index in range(count):
        first, last, glyph = struct.unpack_from(">III", table, 16 + 12 * index)
        for code in range(first, min(last, 0x10FFFF) + 1):
            yield code, glyph + code - first


def _segments(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the code and the glyph of each letter of a table of format 4."""
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    shifts = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    offsets = struct.unpack_from(f">{count}H", table, 16 + 3 * doubled)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                at = 16 + 3 * doubled + 2 * index + offsets[index] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, at)
            yield code, (glyph + shifts[index]) & 0xFFFF if glyph else 0


def _family(table: bytes) -> str:
    """Return the name by which a drawing asks for the font."""
    _, count, texts = struct.unpack_from(">HHH", table)
    names: dict[int, str] = {}
    for index in range(count):
        record = struct.unpack_from(">6H", table, 6 + 12 * index)
        platform, _, _, name, length, start = record
        if platform == _WINDOWS:
            names.setdefault(name, table[texts + start : texts + start + length].decode("utf-16-be"))
    known = [names[name] for name in _FAMILY_NAMES if name in names]
    return known[0]
