"""Answer what a browser asks the preview for."""

from __future__ import annotations

import asyncio
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from cmsite.serve.bar import bar, fault, fault_page
from cmsite.serve.edition import Built
from cmsite.serve.http import Answer, Asked, refused, type_of
from cmsite.serve.page import RESERVED, dress
from cmsite.serve.preview import Preview, State

_HTML = "text/html; charset=utf-8"
_OWN = {"bar.css": "text/css", "page.css": "text/css", "preview.js": "application/javascript"}


async def answer(asked: Asked, preview: Preview, cookie: str) -> Answer:
    """Return the answer to a request that is for us; `cookie` is the name that the edition is kept under."""
    if asked.path == f"{RESERVED}show":
        await asyncio.wrap_future(preview.ask(preview.find("")))  # so that it is known what there is
        return _show(asked, preview, cookie)
    if asked.path.startswith(RESERVED):
        return _own(asked.path.removeprefix(RESERVED))
    choice = preview.find(unquote(asked.cookie(cookie)))
    state = await asyncio.wrap_future(preview.ask(choice))
    if state.built is None:
        return await _page(preview, state, asked.path, HTTPStatus.INTERNAL_SERVER_ERROR, "")
    return await _of_edition(asked, preview, state, state.built)


async def _of_edition(asked: Asked, preview: Preview, state: State, built: Built) -> Answer:
    path, files = asked.path, built.files
    if path == "/" != built.base:
        return _leading(built.base)
    if path not in files and f"{path}/" in files:
        return _leading(f"{path}/")
    name = path.removesuffix("index.html") if path.endswith("/index.html") else path
    found = files.get(name)
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    file = found or files.get(f"{built.base}404.html", "")
    try:
        data = (built.folder / file).read_bytes() if file else b""
    except OSError:  # it has just made room for a newer one
        return refused(HTTPStatus.SERVICE_UNAVAILABLE, "the site is being built: load it again")
    if file and not file.endswith((".html", ".htm")):
        return Answer(status, data, type_of(file))
    return await _page(preview, state, name, status, data.decode("utf-8", "replace"))


async def _page(preview: Preview, state: State, address: str, status: HTTPStatus, page: str) -> Answer:
    """Return a page with the bar below it, and with what is wrong over it."""
    remarks = await asyncio.wrap_future(preview.ask_remarks(state, address))
    warnings = state.built.published.warnings if state.built else ()
    below = bar(preview.choices(), state.choice, address, remarks, warnings=warnings, drafts=preview.drafts)
    over = fault(state.problems)
    key, version = state.choice.key, state.version
    if state.built is None:
        page = fault_page(below, over, key=key, version=version)
    else:
        page = dress(page, bar=over + below, remarks=remarks, key=key, version=version)
    return Answer(status, page.encode(), _HTML)


def _own(name: str) -> Answer:
    """Return one of the preview's own files."""
    if name in _OWN:
        return Answer(HTTPStatus.OK, _asset(name), f"{_OWN[name]}; charset=utf-8")
    return refused(HTTPStatus.NOT_FOUND, "the preview has nothing there")


def _show(asked: Asked, preview: Preview, cookie: str) -> Answer:
    """Keep the choice of an edition for the session, and lead back to where it was made."""
    key, at = asked.query.get("edition", ""), asked.query.get("at", "/")
    choice = preview.find(key)
    if choice is None or choice.key != key:
        return refused(HTTPStatus.NOT_FOUND, "the site has no such edition")
    kept = f"{cookie}={quote(key, safe='')}; Path=/; HttpOnly; SameSite=Lax"
    return _leading(at, ("Set-Cookie", kept))


def _leading(path: str, *headers: tuple[str, str]) -> Answer:
    """Return the way to a path of this very host: two slashes at its head would be another's."""
    location = quote("/" + path.lstrip("/\\"), safe="/:@!$&'()*+,;=~")
    return Answer(HTTPStatus.SEE_OTHER, headers=(("Location", location), *headers))


@cache
def _asset(name: str) -> bytes:
    return (Path(__file__).parent / "assets" / name).read_bytes()
