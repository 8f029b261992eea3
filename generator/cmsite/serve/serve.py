"""Serve a site while its author works on it, until the author has had enough."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from cmsite.editions import find_edition
from cmsite.errors import ProblemsFound, Refused
from cmsite.read.site import read_site
from cmsite.serve.choice import Choice
from cmsite.serve.preview import News, Preview, State
from cmsite.serve.server import Server, listen
from cmsite.serve.watch import watching


class Served(Struct, frozen=True):
    """Where a preview stands: its address, and those that other machines reach it by."""

    url: str
    elsewhere: tuple[str, ...] = ()


def serve_site(
    root: Path,
    *,
    port: int,
    profile: str,
    target: str,
    drafts: bool,
    exposed: bool,
    clock: Callable[[], datetime],
    timer: Callable[[], float],
    told: Callable[[News], None],
    ready: Callable[[Served], None],
) -> None:
    """Serve a preview of the site in `root` until it is interrupted.

    `told` hears of every build, `ready` where the preview stands. Raises UsageError for a profile or a
    target that the site has not, Refused for a private target that others could reach, MachineError for a
    port that cannot be had.
    """
    first = _first(root, profile, target, exposed=exposed)
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(each)) for each in listen(port, exposed=exposed)]
        port = sockets[0].getsockname()[1]
        origin = f"http://localhost:{port}"
        preview = Preview(
            root, origin=origin, folder=str(port), clock=clock, timer=timer, drafts=drafts, exposed=exposed,
            first=first, told=told,
        )  # fmt: skip
        server = Server(preview, sockets, _names() if exposed else ())
        stack.enter_context(watching(preview.root, preview.announce_change))
        state = preview.show(first)
        stack.enter_context(server.running())
        ready(_served(origin, state, port, exposed=exposed))
        preview.work()


def _first(root: Path, profile: str, target: str, *, exposed: bool) -> Choice | None:
    """Return the edition that was asked for on the command line, None for the lead profile's."""
    if not profile and not target:
        return None
    try:
        found, aimed = find_edition(read_site(root).site, profile, target)
    except ProblemsFound:  # they are shown in the page
        return Choice(profile, target, private=bool(target)) if profile else None
    if aimed is None:
        return Choice(found.name)
    if exposed and not aimed.public:
        raise Refused(
            f"`{aimed.slug}` is a private target, and other machines could read it",
            "leave out `--expose`, or `--target`",
        )
    return Choice(found.name, aimed.slug, private=not aimed.public)


def _served(origin: str, state: State, port: int, *, exposed: bool) -> Served:
    base = state.built.base if state.built else "/"
    names = (*_addresses(), *_names()) if exposed else ()
    return Served(f"{origin}{base}", tuple(f"http://{name}:{port}{base}" for name in names))


def _names() -> tuple[str, ...]:
    """Return the names that this machine has for others."""
    name = socket.gethostname().lower()
    return (name,) if "." in name else (name, f"{name}.local")


def _addresses() -> tuple[str, ...]:
    """Return the address that this machine has for others, if it has one. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of a network that stands only in books
        except OSError:
            return ()
        return (str(probe.getsockname()[0]),)
