"""Read HTML as a list of elements, so that tests ask for what a browser sees and not for its spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "link", "meta", "source"}


@dataclass(slots=True)
class Element:
    """An element with its attributes, its words and the names of what it stands in, the nearest last."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    pieces: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def text(self) -> str:
        """The words in the element and all it holds, in one line."""
        return " ".join("".join(self.pieces).split())

    @property
    def classes(self) -> set[str]:
        """The element's classes."""
        return set(self.attributes.get("class", "").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(each.tag for each in self.open))
        self.found.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in [each.tag for each in self.open]:
            if self.open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)


def elements(html: str, *tags: str) -> list[Element]:
    """Return the elements of these names in the order of their start tags; all of them for none."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [element for element in reader.found if not tags or element.tag in tags]


def element(html: str, tag: str) -> Element:
    """Return the only element of this name."""
    (only,) = elements(html, tag)
    return only
