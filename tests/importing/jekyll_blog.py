"""Build small Jekyll folders for tests, import them, and look at what came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from cmsite.importing.jekyll.importer import import_jekyll
from cmsite.importing.report import Imported, Note


class JekyllBlog:
    """A Jekyll folder and an empty site beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder / "old", folder / "new"
        (self.folder / "_posts").mkdir(parents=True)
        self.site.mkdir()

    def config(self, text: str) -> JekyllBlog:
        return self.file("_config.yml", text)

    def file(self, path: str, content: str | bytes = "x") -> JekyllBlog:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def text(self, path: str, body: str = "Text.", head: str = "title: T") -> JekyllBlog:
        return self.file(path, f"---\n{head}\n---\n{body}\n")

    def post(self, name: str, body: str = "Text.", head: str = "title: T") -> JekyllBlog:
        return self.text(f"_posts/{name}.md", body, head)

    def settle(self, path: str, text: str) -> JekyllBlog:
        """Put a file into the site, as an author would."""
        target = self.site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return self

    def bring(self) -> Imported:
        return import_jekyll(self.folder, self.site)

    def read(self, path: str) -> str:
        return (self.site / path).read_bytes().decode()

    def head(self, path: str) -> dict[str, Any]:
        head = self.read(path).split("---\n")[1]
        values: dict[str, Any] = yaml.load(head, Loader=yaml.BaseLoader)
        return values

    def body(self, path: str) -> str:
        return self.read(path).split("---\n", 2)[2].strip("\n")

    def files(self) -> dict[str, bytes]:
        """Return everything that the site holds."""
        return {
            path.relative_to(self.site).as_posix(): path.read_bytes()
            for path in sorted(self.site.glob("**/*"))
            if path.is_file()
        }

    def posts(self) -> list[str]:
        return [path.removeprefix("content/posts/") for path in self.files() if "/posts/" in path]


def converted(folder: Path, body: str, *, head: str = "title: T", config: str = "") -> tuple[str, list[Note]]:
    """Return what becomes of one body, and the notes on its file."""
    blog = JekyllBlog(folder).config(config).post("2016-03-08-essai", body, head)
    report = blog.bring()
    return blog.body("content/posts/2016-03-08-essai.md"), list(report.notes)
