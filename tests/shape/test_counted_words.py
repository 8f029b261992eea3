"""The outline of a text has as many words as the text with its marks taken out one after another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cmsite.shape.markup import _count_words

PIECES = [
    "a", "été", " ", "\n", "\t", "-", "--", " - ", ",", ".", "'", "’", "«", "—", "b-c", "\u00a0", "\u202f",
    "\u2009", "\u3000", "\x1c", "\x85", "\u00ad", "\U0001f600",
]  # fmt: skip
APART = '!"#$%&()*+,./:;<=>?@[\\]^`{|}~«»“”‘„–—…·•→\u00a0\u202f'


def counted(text: str) -> int:
    line = " ".join(text.split()).translate(dict.fromkeys(map(ord, APART), " "))
    return len(line.replace("--", " ").replace(" - ", " ").encode().split())


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_words_are_counted_however_they_are_spaced(text: str) -> None:
    assert _count_words(text) == counted(text)
