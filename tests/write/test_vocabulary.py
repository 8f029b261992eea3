"""New terms stand in mask.yml where an author would have put them, and nothing else in it moves."""

from __future__ import annotations

import pytest

from cmsite.model import NewTerm, Point, Term
from cmsite.read.guarded_yaml import read_yaml
from cmsite.read.slots import find_slot
from cmsite.read.source import decode
from cmsite.write.vocabulary import with_terms

RE = NewTerm(Point.LOCALITY, Term("ile-de-re"), "Île de Ré")


def extended(text: str | bytes, *added: NewTerm) -> str:
    """Return the text of a mask.yml with new terms, Île de Ré when none is named."""
    data = text if isinstance(text, bytes) else text.encode()
    tree, terms = read_yaml(decode(data, "mask.yml")), added or (RE,)
    return with_terms(data, terms, {term.point: find_slot(tree, term.point) for term in terms}).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # behind the last term of its point, before what belongs to the next
            "locality:\n  paris:\n    label: Paris  # the town\n\n# Inside?\nscope:\n  internal: {}\n",
            "locality:\n  paris:\n    label: Paris  # the town\n  ile-de-re:\n    label: Île de Ré\n"
            "\n# Inside?\nscope:\n  internal: {}\n",
        ),
        (  # as short as the others
            "locality:\n    paris: {label: Paris}\n",
            "locality:\n    paris: {label: Paris}\n    ile-de-re: {label: Île de Ré}\n",
        ),
        (  # a term without words, and no line end at the end
            "locality:\n  paris:",
            "locality:\n  paris:\n  ile-de-re:\n    label: Île de Ré\n",
        ),
        ("locality: {paris: {}}\n", "locality: {paris: {}, ile-de-re: {label: Île de Ré}}\n"),
        ("locality: {}  # none\n", "locality: {ile-de-re: {label: Île de Ré}}  # none\n"),
        (  # braces over several lines, with a comma behind the last
            "locality: {\n  paris: {},  # here\n}\n",
            "locality: {\n  paris: {}, ile-de-re: {label: Île de Ré},  # here\n}\n",
        ),
        ('{"locality": {"a": {}}}', '{"locality": {"a": {}, ile-de-re: {label: Île de Ré}}}'),
        (  # a text of several lines, of which one looks like a comment
            "locality:\n  paris:\n    phrase: |\n      à Paris\n      # et autour\n\n# Fin\n",
            "locality:\n  paris:\n    phrase: |\n      à Paris\n      # et autour\n\n"
            "  ile-de-re:\n    label: Île de Ré\n# Fin\n",
        ),
        (
            "locality:\r\n  paris: {}\r\nscope:\r\n",
            "locality:\r\n  paris: {}\r\n  ile-de-re: {label: Île de Ré}\r\nscope:\r\n",
        ),
        ("\ufefflocality: {}\n", "\ufefflocality: {ile-de-re: {label: Île de Ré}}\n"),
        ("locality:\r paris:", "locality:\r paris:\r ile-de-re:\r   label: Île de Ré\r"),
    ],
)
def test_a_term_stands_behind_the_others_of_its_point(before: str, after: str) -> None:
    assert extended(before) == after


def test_terms_of_several_points_find_their_places_in_whatever_order_these_stand() -> None:
    text = "service: {a: {}}\nniche:\n  b: {}\n"
    added = (NewTerm(Point.NICHE, Term("no"), "no"), NewTerm(Point.SERVICE, Term("c"), "C: c"))
    assert extended(text, *added, NewTerm(Point.NICHE, Term("d"), "D")) == (
        'service: {a: {}, c: {label: "C: c"}}\nniche:\n  b: {}\n  "no": {label: "no"}\n  d: {label: D}\n'
    )
