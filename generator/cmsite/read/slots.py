"""Find where new terms belong in mask.yml, so that they can be written there as an author would."""

from __future__ import annotations

from cmsite.model import Point, TermSlot
from cmsite.read.guarded_yaml import Tree
from cmsite.read.source import KEY, Key
from cmsite.read.yaml_places import written_end


def find_slot(tree: Tree, point: Point) -> TermSlot:
    """Return where the next term of a point that mask.yml declares belongs: behind the last one."""
    key: Key = (point.value,)
    line, column = tree.places[key]
    terms = [place for place in tree.places if place[:1] == key and len(place) == 3 and place[2] == KEY]
    in_braces = _stands_in_braces(tree, key)
    if in_braces and not terms:
        return TermSlot(line, column + 1, 0, in_braces=True, follows=False, terse=True)
    terse = in_braces or _stands_in_braces(tree, terms[-1][:2])
    end_line, end_column = written_end(tree.source, key)
    return TermSlot(end_line, end_column, column - 1, in_braces=in_braces, follows=True, terse=terse)


def _stands_in_braces(tree: Tree, key: Key) -> bool:
    line, column = tree.places[key]
    return tree.source.text.split("\n")[line - 1][column - 1 : column] == "{"
