"""Turn a path as an author writes it into a path from content/, and say which names are no file of theirs."""

from __future__ import annotations


def from_content(written: str, source: str) -> str:
    """Return an author's path as one from content/ (`files/x.jpg`, `posts/ecouter.md`).

    `files/x.jpg` and `/files/x.jpg` are from content/ already; `./x` and `../x` are from the folder of
    the source file. What leads out of content/ stays a path that no file of the site has.
    """
    if not written.startswith(("./", "../")):
        return written.lstrip("/")
    parts = source.split("/")[1:-1] if source.startswith("content/") else []
    for part in written.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def is_hidden(name: str) -> bool:
    """Return whether a file or folder of this name is none of the author's: hidden, or an editor's copy."""
    return (name.startswith(".") and name != ".well-known") or name.endswith("~") or name == "Thumbs.db"
