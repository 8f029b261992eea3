"""Say what an import did: what was written, what was left, and what needs a hand."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Note(Struct, frozen=True, order=True):
    """One remark about a file of the old blog: its path there, the line, what, and what to do.

    `needs_hand` tells what the author has to look at from what is only worth knowing.
    """

    path: str
    line: int
    what: str
    hint: str = ""
    needs_hand: bool = False


class Imported(Struct, frozen=True):
    """What an import did. Paths are from the site's folder, those of notes from the old blog's.

    `posts`, `drafts`, `pages` and `pictures` count what was found, whether or not it was written now.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    posts: int
    drafts: int
    pages: int
    pictures: int
    notes: tuple[Note, ...]

    def hand_work(self) -> tuple[Note, ...]:
        """Return the notes that ask for the author's hand."""
        return tuple(note for note in self.notes if note.needs_hand)

    def changes(self) -> tuple[Note, ...]:
        """Return the notes that only tell what became different."""
        return tuple(note for note in self.notes if not note.needs_hand)


def sort_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes without repetition, by file and line."""
    return tuple(sorted(set(notes)))
