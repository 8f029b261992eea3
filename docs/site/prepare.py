"""Make posts of the documentation's pages, so that cmsite can build a site of them.

The pages stay where they are, as a forge shows them: `pages.yml` says in which order they are read, in which
category, for whom, and in one sentence what they hold. What is made here (`content/`) may always be deleted.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

import yaml

SITE = Path(__file__).parent
ROOT = SITE.parents[1]
INDEX = "docs/README.md"  # the table of contents, a page without a date
_FIRST = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001  (the site's zone is UTC); the order of reading, told as times
_TITLES = {"README.md": "What cmsite is", INDEX: "Contents"}  # said otherwise on a site of many pages
_CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"(?P<mark>!?)\[(?P<words>(?:[^\]\[]|\[[^\]]*\])*)\]\((?P<path>[^)\s#:]*)(?P<anchor>#[^)\s]*)?\)"
)
_ENTRY = re.compile(r"^- .*\n", re.MULTILINE)
_HELD = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the documentation: where it stands, what kind it is of, what it holds and for whom."""

    file: str
    category: str
    summary: str
    mask: Mapping[str, tuple[str, ...]]

    @property
    def slug(self) -> str:
        """The file's name; a decision is named with its number."""
        path = PurePosixPath(self.file)
        return {"README.md": "what-cmsite-is", INDEX: "contents"}.get(self.file, path.stem.lower())


def read_pages() -> tuple[Page, ...]:
    """Return every page that `pages.yml` names, in the order of reading."""
    told = yaml.safe_load((SITE / "pages.yml").read_text(encoding="utf-8"))
    return tuple(
        Page(
            file, group["category"], summary, {point: tuple(terms) for point, terms in group["mask"].items()}
        )
        for group in told
        for file, summary in group["pages"].items()
    )


def prepare(root: Path = ROOT, content: Path = SITE / "content") -> None:
    """Write the content of the documentation's site: its posts, and the files that they show or lead to."""
    shutil.rmtree(content, ignore_errors=True)
    pages = read_pages()
    by_file = {page.file: page for page in pages}
    for number, page in enumerate(pages):
        folder = content / ("pages" if page.file == INDEX else "posts")
        folder.mkdir(parents=True, exist_ok=True)
        text = (root / page.file).read_text(encoding="utf-8")
        post = _post(page, text, _FIRST - timedelta(minutes=number), by_file)
        (folder / f"{page.slug}.md").write_text(post, encoding="utf-8")
    shutil.copytree(root / "docs" / "pictures", content / "files" / "pictures")
    shutil.copytree(root / "docs" / "reference" / "schemas", content / "static" / "schemas")
    shutil.copy(root / "LICENSE", content / "static" / "licence.txt")
    shutil.copy(SITE / "about.md", content / "pages" / "about.md")


def _post(page: Page, text: str, date: datetime, by_file: Mapping[str, Page]) -> str:
    heading, _, body = text.removeprefix("# ").partition("\n")
    title = _TITLES.get(page.file, heading)
    head = "".join(f"{line}\n" for line in _head(page, title.replace("`", ""), date))
    return f"---\n{head}---\n{_lead_on(page, body, by_file)}"


def _head(page: Page, title: str, date: datetime) -> Iterator[str]:
    yield f"title: {json.dumps(title, ensure_ascii=False)}"
    yield f"slug: {page.slug}"
    yield f"summary: {json.dumps(page.summary, ensure_ascii=False)}"
    if page.file == INDEX:
        return
    yield f"date: {date:%Y-%m-%d %H:%M}"
    yield f"category: {page.category}"
    if page.mask:
        yield f"mask: {json.dumps(dict(page.mask))}"


def _lead_on(page: Page, body: str, by_file: Mapping[str, Page]) -> str:
    """Return a text whose links lead to posts. What is code stays as it is, links in it too."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\x00{len(held) - 1}\x00"

    def lead(match: re.Match[str]) -> str:
        return _link(match, page, by_file)

    text = _CODE.sub(hold, body)
    if page.file == INDEX:
        text = _ENTRY.sub(lambda match: _entry(match, page, by_file), text)
    return _HELD.sub(lambda match: held[int(match[1])], _LINK.sub(lead, text))


def _entry(match: re.Match[str], page: Page, by_file: Mapping[str, Page]) -> str:
    """Return a line of the contents that speaks of one page, for the editions that have the page."""
    links = list(_LINK.finditer(match[0]))
    target = by_file.get(_resolved(PurePosixPath(page.file).parent / links[0]["path"])) if links else None
    if len(links) != 1 or target is None or not target.mask:
        return match[0]
    return f"{{% if {_among(target)} %}}\n{match[0]}{{% endif %}}\n"


def _link(match: re.Match[str], page: Page, by_file: Mapping[str, Page]) -> str:
    """Return a link as the site has it; one to a page that an edition leaves out is its words alone."""
    words, anchor = match["words"], match["anchor"] or ""
    if not match["path"]:
        return match[0]
    path = _resolved(PurePosixPath(page.file).parent / match["path"])
    if path in by_file:
        target = by_file[path]
        link = f"[{words}](post:{target.slug}{anchor})"
        if not target.mask:
            return link
        # `+` keeps the blanks around a tag, and the end of its line
        return f"{{%+ if {_among(target)} %}}{link}{{% else %}}{words}{{% endif +%}}"
    if path == "LICENSE":
        return f"[{words}](/licence.txt)"
    if path == "docs/reference/schemas":  # a folder, which no host lists
        return words
    if path.startswith("docs/reference/schemas/"):
        return f"[{words}]({path.replace('docs/reference', '', 1)})"
    return f"{match['mark']}[{words}]({path.replace('docs/', 'files/', 1)})"


def _among(page: Page) -> str:
    """Return the condition under which an edition has the page, in the words of a text."""
    tests = (
        f"(not mask.{point} or mask.{point}.matches({', '.join(json.dumps(term) for term in terms)}))"
        for point, terms in page.mask.items()
    )
    return " and ".join(tests)


def _resolved(path: PurePosixPath) -> str:
    """Return a path of the repository without `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


if __name__ == "__main__":
    prepare()
