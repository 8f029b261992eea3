"""XML of strangers is read up to a bound, and what declares anything is refused."""

from __future__ import annotations

import pytest

from cmsite.guarded_xml import MAX_DEPTH, MAX_SIZE, Attributes, Name, RefusedXml, read_xml

LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def told(data: bytes) -> list[str]:
    """Return what is told of a document, one line for each event."""
    lines: list[str] = []

    def start(name: Name, attributes: Attributes) -> None:
        lines.append(f"<{name[0]}|{name[1]} {attributes}")

    read_xml(data, start=start, end=lambda name: lines.append(f">{name[1]}"), text=lines.append)
    return lines


def test_elements_attributes_and_text_are_told_in_order() -> None:
    data = b'<a xmlns="urn:x" xmlns:y="urn:y"><b y:c="1" d="2">e &amp; f</b></a>'
    assert told(data) == [
        "<urn:x|a ()",
        "<urn:x|b ((('urn:y', 'c'), '1'), (('', 'd'), '2'))",
        "e & f",
        ">b",
        ">a",
    ]


def test_a_document_type_that_only_names_the_language_is_passed_over() -> None:
    public = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg11.dtd">'
    assert told(public + b"<svg>x</svg>") == ["<|svg ()", "x", ">svg"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LAUGHS.encode(), "declares entities in its document type"),
        (LAUGHS.encode("utf-16"), "declares entities in its document type"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
         "declares entities in its document type"),
        (b"<a>&b;</a>", "is not well-formed XML (line 1)"),
        (b"<a>\n<b></a>", "is not well-formed XML (line 2)"),
        (b"", "is not well-formed XML (line 1)"),
        (b'<?xml version="1.0" encoding="zzz"?><a/>', "is in an encoding that nobody knows"),
        (b"<a>" * (MAX_DEPTH + 1), f"is nested deeper than {MAX_DEPTH} elements"),
        (b" " * (MAX_SIZE + 1), "is larger than 8 MB"),
    ],
)  # fmt: skip
def test_what_could_harm_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(RefusedXml) as refused:
        told(data)
    assert str(refused.value) == why


def test_any_encoding_that_is_named_is_read() -> None:
    assert told('<?xml version="1.0" encoding="iso-8859-1"?><a>été</a>'.encode("latin-1"))[1] == "été"
    assert told('<?xml version="1.0" encoding="utf-16"?><a>été</a>'.encode("utf-16"))[1] == "été"
