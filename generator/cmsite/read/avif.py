"""Find in the boxes of an AVIF how large its picture is shown.

A file holds items (the picture, its transparency, a thumbnail), properties in a list, and which item has
which of them; one item is the primary one (ISO/IEC 23008-12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cmsite.containers import BrokenPicture, Piece, boxes, number

_VERSIONED = 4  # bytes that say which version of a box this is, with flags in the last of them


def avif_size(data: bytes) -> tuple[int, int]:
    """Return width and height as they are shown. Raises BrokenPicture."""
    meta = _inside(list(boxes(data)), "meta", skip=_VERSIONED)  # the list: all of them have to be whole
    described = _inside(boxes(meta), "iprp")
    properties = list(boxes(_inside(boxes(described), "ipco")))
    primary = _inside(boxes(meta), "pitm")
    item = number(">I" if primary[0] else ">H", primary, _VERSIONED)
    own = [properties[index - 1] for index in _indexes(described, item) if 0 < index <= len(properties)]
    for each in own:
        if each.kind == "ispe":
            width, height = (number(">I", each.content, at) for at in (_VERSIONED, _VERSIONED + 4))
            return (height, width) if _lies_on_its_side(own) else (width, height)
    raise BrokenPicture


def _inside(found: Iterable[Piece], kind: str, *, skip: int = 0) -> bytes:
    for box in found:
        if box.kind == kind and len(box.content) > skip:
            return box.content[skip:]
    raise BrokenPicture


def _indexes(described: bytes, item: int) -> Iterator[int]:
    """Yield which properties an item has, counted from 1."""
    told = _inside(boxes(described), "ipma")
    wide_item, wide_index, at = told[0] > 0, told[3] & 1, _VERSIONED + 4
    for _ in range(number(">I", told, _VERSIONED)):
        found = number(">I" if wide_item else ">H", told, at)
        at += 4 if wide_item else 2
        count, at = number("B", told, at), at + 1
        step = 2 if wide_index else 1
        if found == item:
            form, mask = (">H", 0x7FFF) if wide_index else ("B", 0x7F)
            yield from (number(form, told, at + step * index) & mask for index in range(count))
        at += step * count


def _lies_on_its_side(properties: Iterable[Piece]) -> bool:
    return any(each.kind == "irot" and number("B", each.content, 0) % 2 for each in properties)
