"""Plan files to be made of one picture."""

from __future__ import annotations

from cmsite.digest import digest_bytes
from cmsite.model import Picture, PictureFormat, PictureRecipe
from cmsite.read.pictures import measure


def recipe(
    data: bytes, picture_format: PictureFormat | None = None, width: int = 0, name: str = "x"
) -> PictureRecipe:
    """Return the recipe of a file: of the picture's own format and size unless others are given."""
    found = measured(data)
    height = max(1, round(found.height * width / found.width)) if width else found.height
    return PictureRecipe(
        source=f"content/files/{name}",
        digest=digest_bytes(data),
        picture=found,
        format=picture_format or found.format,
        width=width or found.width,
        height=height,
        maker="this",
    )


def measured(data: bytes) -> Picture:
    found, fault = measure(data, "x.svg")
    assert found, fault
    return found
