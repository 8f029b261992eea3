"""Tell where the parts of a YAML text stand that was read before, so that nothing in it can hurt."""

from __future__ import annotations

from typing import Any

import yaml

from cmsite.read.source import KEY, Key, Part, Source, Spot


def places_of(part: Part, root: Key) -> dict[Key, Spot]:
    """Return where each part of a text begins, by its key below `root`."""
    places: dict[Key, Spot] = {}

    def note(node: Any, key: Key) -> None:
        places[key] = spot(node)
        if isinstance(node, yaml.SequenceNode):
            index = 0
            for item in node.value:
                note(item, (*key, index))
                index += not _is_empty(item)
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                note(value, (*key, name.value))
                places[*key, name.value, KEY] = spot(name)

    def spot(node: Any) -> Spot:
        return part.spot(node.start_mark.line + 1, node.start_mark.column + 1)

    if (top := yaml.compose(part.text, Loader=yaml.CBaseLoader)) is not None:
        note(top, root)
    return places


def written_end(source: Source, key: Key) -> Spot:
    """Return the line and column, from 1, right behind the last value written under `key`.

    Behind a text of several lines (`|` or `>`) that is the beginning of a line below it.
    """
    node: Any = yaml.compose(source.text, Loader=yaml.CBaseLoader)
    for part in key:
        node = next(value for name, value in node.value if name.value == part)
    if isinstance(node, yaml.CollectionNode) and node.value:
        node = _last(node)
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = _last(node)
    return node.end_mark.line + 1, node.end_mark.column + 1


def _last(node: Any) -> Any:
    """Return the last item of a list, or the value of the last key."""
    last = node.value[-1]
    return last[1] if isinstance(last, tuple) else last


def _is_empty(node: Any) -> bool:
    """Return whether nothing is written: a key with nothing after it counts as absent."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style
