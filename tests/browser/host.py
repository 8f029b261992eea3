"""Serve a built site under its sub-path as a static host does: a file, a folder's index, or the 404 page."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

BASE = "/carnet/"
ADDRESS = f"https://blog.example{BASE}"  # where the sites of these tests say they stand


@contextmanager
def serving(public: Path) -> Iterator[str]:
    """Serve a folder on a port of the machine's choice, and yield the site's address on this machine."""
    files = {
        BASE + file.relative_to(public).as_posix().removesuffix("index.html"): file
        for file in public.rglob("*")
        if file.is_file()
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answer, files))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: dict[str, Path], *connection: Any) -> None:
        self.files = files
        super().__init__(*connection)

    def do_GET(self) -> None:
        found = self.files.get(urlsplit(self.path).path)
        file = found or self.files[f"{BASE}404.html"]
        body = file.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", _media_type(file))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


def _media_type(file: Path) -> str:
    """Return what kind of file it is, whatever the machine's own tables hold."""
    known = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".css": "text/css"}
    kind = known.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    return kind or "application/octet-stream"
