"""Tell the author to programs: a résumé (JSON Resume) and a business card (vCard 4.0)."""

from __future__ import annotations

import json
import re
from typing import Any

from cmsite.model import POINTS
from cmsite.shape.cards import Desk, label_of, picture_address
from cmsite.shape.gallery import PORTRAIT

_WIDTH = 75  # octets in a line of a vCard, its end not counted


def resume(desk: Desk, statement: str) -> bytes:
    """Return the résumé in UTF-8: the facts of `author:`, the headline and the topics of the mask."""
    edition, author = desk.edition, desk.edition.settings.author
    told = {
        "basics": _stated(
            {
                "name": author.name,
                "label": edition.profile.headline,
                "email": author.email if author.show_email else "",
                "url": desk.routing.absolute("/"),
                "image": picture_address(desk, author.photo, PORTRAIT),
                "summary": statement,
                "profiles": [{"network": link.label, "url": link.url} for link in author.links],
            }
        ),
        "work": [
            _stated(
                {
                    "name": held.organisation,
                    "position": held.role,
                    "startDate": held.start,
                    "endDate": held.end,
                    "summary": held.summary,
                }
            )
            for held in author.experience
        ],
        "interests": [
            {"name": point.value, "keywords": [label_of(edition, point, term) for term in terms]}
            for point, terms in edition.mask.stated()
        ],
        "meta": {"canonical": desk.routing.absolute("/resume.json")},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def business_card(desk: Desk, statement: str) -> bytes:
    """Return the author's card (RFC 6350), in UTF-8."""
    edition, author = desk.edition, desk.edition.settings.author
    topics = [label_of(edition, point, term) for point in POINTS[:4] for term in edition.mask[point]]
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"FN:{_value(author.name or edition.settings.title)}",
        f"TITLE:{_value(edition.profile.headline)}",
        f"EMAIL:{_value(author.email if author.show_email else '')}",
        f"URL:{desk.routing.absolute('/')}",
        *(f"URL;TYPE=work:{link.url}" for link in author.links if link.me),
        f"NOTE:{_value(statement)}",
        f"CATEGORIES:{','.join(map(_value, topics))}",
        f"LANG:{edition.language}",
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if not line.endswith(":")).encode()


def _value(text: str) -> str:
    """Return a text as the value of a property."""
    return re.sub(r"([\\,;])", r"\\\1", " ".join(text.split()))


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each but the first behind a space."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > _WIDTH:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])


def _stated(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}
