"""Ask a preview as a browser would, over a real socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

from cmsite.serve.choice import Choice
from cmsite.serve.preview import Preview
from cmsite.serve.server import Server, listen
from site_folder import NOW, SiteFolder

PATIENCE = 20  # seconds after which a test is told that nothing comes


@dataclass(frozen=True, slots=True)
class Got:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Browser:
    """A preview, and how to ask it."""

    preview: Preview
    port: int

    def get(self, path: str, method: str = "GET", **headers: str) -> Got:
        """Return what the preview answers; `sec_fetch_site` is the header Sec-Fetch-Site."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path, skip_host="host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            return _got(connection.getresponse())

    def raw(self, data: bytes) -> bytes:
        """Return everything that comes back for some bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    @contextmanager
    def listening(self, edition: str) -> Iterator[Iterator[str]]:
        """Yield the versions that a page of an edition is told, one after the other."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            asked = (
                f"GET /__cmsite__/events?edition={edition} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n"
            )
            connection.sendall(asked.encode())
            with connection.makefile("r", encoding="utf-8") as lines:
                yield (line[6:-1] for line in lines if line.startswith("data: "))


def _got(response: HTTPResponse) -> Got:
    return Got(response.status, response.read().decode("utf-8", "replace"), dict(response.getheaders()))


@contextmanager
def browsing(
    site: SiteFolder, *, drafts: bool = False, exposed: bool = False, first: Choice | None = None
) -> Iterator[Browser]:
    """Serve a site at a free port while the block lasts; nothing watches its files."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(each)) for each in listen(0, exposed=exposed)]
        port = sockets[0].getsockname()[1]
        preview = Preview(
            site.root,
            origin=f"http://localhost:{port}",
            folder="test",
            clock=lambda: NOW,
            timer=lambda: 0.0,
            drafts=drafts,
            exposed=exposed,
            first=first,
        )
        stack.enter_context(Server(preview, sockets).running())
        worker = Thread(target=preview.work)
        worker.start()
        try:
            yield Browser(preview, port)
        finally:
            preview.stop()
            worker.join()
