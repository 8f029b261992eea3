"""Find where two Markdown engines part on one text, and say in a reader's words what each makes of it.

What they write is compared as a browser reads it: spaces between blocks, the order of attributes and the
ways to write a letter do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest

from msgspec import Struct, field

_KINDS = {
    "figcaption": "a caption",
    "pre": "code",
    "td": "a table cell",
    "th": "a table's head",
    "dt": "a defined term",
    "dd": "a definition",
    "li": "a list item",
    "blockquote": "a quote",
    "p": "a paragraph",
    "hr": "a line across",
}
_INLINE = {
    "em": "emphasis",
    "strong": "strong words",
    "code": "code",
    "a": "a link",
    "img": "a picture",
    "del": "struck words",
    "mark": "marked words",
    "abbr": "an abbreviation",
    "sup": "raised words",
    "br": "a new line",
}
_WITHIN = {
    *_INLINE,
    *["b", "i", "u", "s", "q", "span", "sub", "kbd", "cite", "small", "time", "input", "ins", "var", "samp"],
}
_DEEP = ("no list", "a list", "a list within a list", "a list, three deep or more")
_VOID = {"br", "hr", "img", "input", "wbr", "col"}
_SHOWN = 60  # characters

Tag = tuple[str, tuple[tuple[str, str], ...]]


class Parting(Struct, frozen=True):
    """Where two engines part for the first time: what each of them makes of the text there."""

    markdown: str
    commonmark: str


class _Block(Struct):
    """A block of a page: the elements around it, and its runs of words, each with the elements within it."""

    around: tuple[Tag, ...]
    runs: list[tuple[tuple[Tag, ...], str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(words for _, words in self.runs)

    @property
    def kind(self) -> str:
        names = [name for name, _ in self.around]
        if any("callout" in value.split() for _, values in self.around for _, value in values):
            return "a callout"
        if heading := next((name for name in names if name in ("h1", "h2", "h3", "h4", "h5", "h6")), ""):
            return f"a heading of level {heading[1]}"
        return next((_KINDS[name] for name in _KINDS if name in names), "text")


def find_parting(markdown: str, commonmark: str) -> Parting | None:
    """Return where the HTML of two engines parts for the first time, None if a browser sees no difference."""
    for mine, theirs in zip_longest(_read(markdown), _read(commonmark)):
        if mine != theirs:
            return Parting(_told(mine, theirs), _told(theirs, mine))
    return None


def _told(block: _Block | None, other: _Block | None) -> str:
    """Return what is in a block, as far as it takes to tell it from the other."""
    if block is None:
        return "nothing more"
    if other is None:
        return _quoted(block, 0)
    if block.kind != other.kind or block.words != other.words:
        same = 0 if block.kind != other.kind else _same(block.words, other.words)
        return _quoted(block, same)
    if block.runs != other.runs:
        return f"{block.kind} with {_told_unit(block, other)}"
    return f"{_quoted(block, 0)} {_surroundings(block, other)}"


def _quoted(block: _Block, at: int) -> str:
    return f"{block.kind} “{_shown(block.words, at)}”" if block.words else block.kind


def _surroundings(block: _Block, other: _Block) -> str:
    """Return what is around a block, where that alone tells it from the other."""
    names, others = ([name for name, _ in each.around] for each in (block, other))
    lists, counter = (sum(name in ("ul", "ol") for name in each) for each in (names, others))
    if lists != counter:
        return f"in {_DEEP[min(lists, len(_DEEP) - 1)]}"
    if names != others and [name for name in names if name != "p"] == [
        name for name in others if name != "p"
    ]:
        return "as a paragraph" if "p" in names else "close to its neighbours"
    return f"in {' '.join(map(_tag, block.around))}"


def _told_unit(block: _Block, other: _Block) -> str:
    """Return what the first letter or picture is in that differs, with the words that follow there."""
    pairs = zip_longest(_units(block), _units(other))
    unit = next(
        (mine for mine, theirs in pairs if mine is None or theirs is None or mine[:2] != theirs[:2]), None
    )
    if unit is None:
        return "nothing more"
    within, _, words = unit
    told = " in ".join(_inline(tag) for tag in reversed(within)) or "plain words"
    return f"{told} “{_shown(words, 0)}”" if words else told


def _units(block: _Block) -> Iterator[tuple[tuple[Tag, ...], str, str]]:
    """Yield each letter, or what has none, with the elements it is in and its run from there on."""
    for within, words in block.runs:
        if not words:
            yield within, "", ""
        yield from ((within, letter, words[at:]) for at, letter in enumerate(words))


def _inline(tag: Tag) -> str:
    name, values = tag
    address = dict(values).get("href") or dict(values).get("src")
    told = _INLINE.get(name, f"<{name}>")
    return f"{told} to {address}" if address else told


def _tag(tag: Tag) -> str:
    name, values = tag
    return f"<{name}{''.join(f' {key}={value}' for key, value in values)}>"


def _same(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _shown(words: str, at: int) -> str:
    """Return the words around a place, in one line."""
    start = max(0, words.rfind(" ", 0, max(0, at - 15)) + 1) if at > _SHOWN // 2 else 0
    shown = " ".join(words[start : start + _SHOWN].split())
    return f"{'…' if start else ''}{shown}{'…' if start + _SHOWN < len(words) else ''}"


def _read(html: str) -> list[_Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.told()


class _Reader(HTMLParser):
    """Reads HTML into its blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[Tag] = []
        self.blocks: list[_Block] = []
        self.fresh = True  # the next words begin a block

    def told(self) -> list[_Block]:
        """Return the blocks that show something, their spaces as a browser has them."""
        kept = []
        for block in self.blocks:
            runs = block.runs if any(name == "pre" for name, _ in block.around) else _spaced(block.runs)
            if runs:
                kept.append(_Block(block.around, runs))
        return kept

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, tuple(sorted((name, value or "") for name, value in attrs)))
        if tag in _VOID:
            self._shows(element)
        else:
            self.path.append(element)
            self.fresh = self.fresh or tag not in _WITHIN

    def handle_endtag(self, tag: str) -> None:
        places = [at for at, (name, _) in enumerate(self.path) if name == tag]
        if places:
            del self.path[places[-1] :]
        self.fresh = self.fresh or tag not in _WITHIN

    def handle_data(self, data: str) -> None:
        within = self._block_of(data)
        runs = self.blocks[-1].runs if self.blocks else []
        if within is None:
            return
        if runs and runs[-1][0] == within:
            runs[-1] = (within, runs[-1][1] + data)
        else:
            runs.append((within, data))

    def _shows(self, element: Tag) -> None:
        if element[0] == "hr":
            self.fresh = True
            self.blocks.append(_Block((*self.path, element), [((element,), "")]))
        elif (within := self._block_of("x")) is not None:
            self.blocks[-1].runs.append(((*within, element), ""))

    def _block_of(self, data: str) -> tuple[Tag, ...] | None:
        """Return the elements within the block that these words are in; a block begins where it must."""
        if self.fresh:
            if not data.strip():
                return None
            split = next((at for at, (name, _) in enumerate(self.path) if name in _WITHIN), len(self.path))
            self.blocks.append(_Block(tuple(self.path[:split])))
            self.fresh = False
        return tuple(self.path[len(self.blocks[-1].around) :])


def _spaced(runs: list[tuple[tuple[Tag, ...], str]]) -> list[tuple[tuple[Tag, ...], str]]:
    """Return runs with single spaces, none at either end."""
    told: list[tuple[tuple[Tag, ...], str]] = []
    space = True  # the page begins a line here
    for within, words in runs:
        if not words:
            told.append((within, words))
            space = within[-1][0] == "br"
            continue
        single = _single(words)
        single = single.removeprefix(" ") if space else single
        if single:
            told.append((within, single))
            space = single.endswith(" ")
    if told and told[-1][1].endswith(" "):
        told[-1] = (told[-1][0], told[-1][1].removesuffix(" "))
    return [run for run in told if run[1] or (run[0] and run[0][-1][0] in _VOID)]


def _single(words: str) -> str:
    inner = " ".join(words.split())  # a space that does not break is read as one
    before, after = words[:1].isspace(), words[-1:].isspace()
    return f"{' ' if before else ''}{inner}{' ' if inner and after else ''}"
