"""Put a new target into the text of a profile, and leave every other sign of it as it is."""

from __future__ import annotations

from codecs import BOM_UTF8

from cmsite.model import Mask, NewTarget
from cmsite.write.yaml_text import one_or_list, scalar


def with_target(data: bytes, target: NewTarget, *, behind: tuple[int, int] | None) -> bytes:
    """Return the bytes of a profile with one target more.

    `behind` is the line of the file, from 1, below which its targets end, and how far their dashes are
    indented; None for a profile that has none yet. Byte order mark, line ends and comments stay.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    lines = data.removeprefix(mark).decode().splitlines(keepends=True)
    end = next((end for end in ("\r\n", "\r") if lines and lines[0].endswith(end)), "\n")
    row, indent = behind or (len(lines), 2)
    if row and not lines[row - 1].endswith(("\n", "\r")):
        lines[row - 1] += end
    new = [f"{' ' * indent}{line}{end}" for line in entry(target)]
    lines[row:row] = new if behind else [end, f"targets:{end}", *new]
    return mark + "".join(lines).encode()


def entry(target: NewTarget) -> list[str]:
    """Return a target as lines of a profile, the first with the dash."""
    lines = [f"name: {scalar(target.name)}", f"slug: {target.slug}"]
    lines += [
        f"{key}: {_in_braces(mask)}" for key, mask in (("mask", target.mask), ("needs", target.needs)) if mask
    ]
    lines.append(f"public: {'true' if target.public else 'false'}")
    return [f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _in_braces(mask: Mask) -> str:
    return f"{{{', '.join(f'{point}: {one_or_list(terms)}' for point, terms in mask.stated())}}}"
