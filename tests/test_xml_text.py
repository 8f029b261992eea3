"""XML of ours is read as it was meant, and laid out as the standard library lays it out."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from cmsite.xml_text import document, element, holding

WORDS = st.text(st.sampled_from(list("aé&<>\"'\n\t] ")), max_size=8)
NAMED = st.dictionaries(st.sampled_from(["href", "xml:lang", "type"]), WORDS, max_size=3)


@given(WORDS, NAMED, NAMED, st.lists(WORDS, min_size=1, max_size=3))
def test_a_document_is_what_the_standard_library_writes(
    text: str, outer: dict[str, str], inner: dict[str, str], further: list[str]
) -> None:
    root = ET.Element("feed", outer)
    ET.SubElement(root, "title", inner).text = text
    entry = ET.SubElement(root, "entry")
    for each in further:
        ET.SubElement(entry, "id").text = each
    ET.indent(root, " ")
    inside = holding(1, "entry", [element(2, "id", each) for each in further])
    told = document(holding(0, "feed", [element(1, "title", text, **inner), inside], **outer))
    assert (
        told == f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
    )
