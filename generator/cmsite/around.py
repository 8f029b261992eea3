"""Look at what stands around a site: where it is to be published, and what weighs in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from msgspec import Struct

from cmsite.deploy.address import mask, remotes
from cmsite.deploy.git import Git, git_in
from cmsite.deploy.pages import pages_url
from cmsite.deploy.ready import is_local
from cmsite.errors import MachineError
from cmsite.keeping import Kept, kept
from cmsite.model import Site

_PREFERRED = "origin"
_LARGE_TEXT = 100_000  # bytes of a post that takes long to convert
_LARGE_PICTURE = 5_000_000  # and of a picture that takes long to make smaller
_MANY_BYTES = 500_000_000  # of a memory that is worth a look


class Remote(Struct, frozen=True):
    """The repository that a site's folder goes to: the name and address of a remote, "" for none."""

    name: str
    address: str


class Heavy(Struct, frozen=True):
    """A file of the site, by its path, and its bytes."""

    path: str
    bytes: int


class Advice(Struct, frozen=True):
    """What deserves a look, and the next step."""

    what: str
    hint: str


class Around(Struct, frozen=True):
    """What stands around a site. `remote` is None outside of git; `expected` is "" when nobody can tell."""

    remote: Remote | None
    url: str
    expected: str
    memory: tuple[Kept, ...]
    text: Heavy | None
    picture: Heavy | None

    @property
    def local(self) -> bool:
        """Whether the site takes the author's own machine for its address."""
        return is_local(self.url)


def look_around(root: Path, site: Site) -> Around:
    """Return what stands around the site in `root`."""
    remote = _remote(root)
    return Around(
        remote=remote,
        url=_url(site),
        expected=_own_domain(root) or (pages_url(remote.address) if remote else ""),
        memory=kept(root),
        text=max((_weigh(root, text.source) for text in site.texts()), key=_weight, default=None),
        picture=max(
            (Heavy(f"content/{each.path}", each.size) for each in site.files if each.picture),
            key=_weight,
            default=None,
        ),
    )


def advice(around: Around) -> Iterator[Advice]:
    """Yield what is to be mended, each with the next step: what stands in the way of a deploy first."""
    wanted = around.expected or "https://…"
    if around.local:
        what = f"`url` is {around.url}, your own machine: the site is not to be published so"
        yield Advice(what, f"write `url: {wanted}` into cmsite.yml before you deploy")
    elif _is_another(around):
        what = f"`url` is {around.url}, and the site would be published at {around.expected}"
        yield Advice(what, f"write `url: {around.expected}` into cmsite.yml, unless it stands elsewhere")
    if around.text and around.text.bytes > _LARGE_TEXT:
        yield Advice(f"{around.text.path} is a very long text: it is slow to build", "make several of it")
    if around.picture and around.picture.bytes > _LARGE_PICTURE:
        what = f"{around.picture.path} is a very large picture: it is slow to build"
        yield Advice(what, "make it smaller: no screen shows all of it")
    if sum(each.bytes for each in around.memory) > _MANY_BYTES:
        yield Advice("the site remembers a great deal in .cmsite/", "`cmsite cache clear` forgets it")


def _url(site: Site) -> str:
    """Return the address of the lead edition."""
    lead = next((each for each in site.profiles if each.name == site.settings.profile), site.profiles[0])
    return lead.site.url or site.settings.url


def _is_another(around: Around) -> bool:
    """Return whether the address is not the expected one.

    A domain of the author's own is, where only a repository's name tells what to expect.
    """
    stated, expected = _host_and_path(around.url), _host_and_path(around.expected)
    if not around.expected or stated == expected:
        return False
    return stated[0].endswith(".github.io") or not expected[0].endswith(".github.io")


def _host_and_path(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.path.rstrip("/")


def _own_domain(root: Path) -> str:
    """Return the address that a CNAME of the author's own names, "" without one."""
    file = root / "content" / "static" / "CNAME"
    if not file.is_file():
        return ""
    name = file.read_text(encoding="utf-8", errors="replace").strip().lower()
    return f"https://{name}/" if re.fullmatch(r"[\w.-]+", name) else ""


def _remote(root: Path) -> Remote | None:
    """Return the remote that a deploy would go to, None where there is no git or no repository."""
    with TemporaryDirectory(prefix="cmsite-") as hooks:
        try:
            git = git_in(root, Path(hooks))
        except MachineError:
            return None
        if git.ask("rev-parse", "--git-dir").code:
            return None
        names = remotes(git)
        name = _PREFERRED if _PREFERRED in names else names[0] if names else ""
        return Remote(name, mask(_address(git, name)) if name else "")


def _address(git: Git, name: str) -> str:
    told = git.ask("remote", "get-url", "--push", name)
    return told.line.splitlines()[0] if told.code == 0 and told.line else ""


def _weigh(root: Path, path: str) -> Heavy:
    return Heavy(path, (root / path).stat().st_size)


def _weight(heavy: Heavy) -> tuple[int, str]:
    return heavy.bytes, heavy.path
