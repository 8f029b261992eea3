"""Listen on this machine, read requests and send answers: in one thread, however many are connected."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from http import HTTPStatus
from threading import Thread
from typing import Any

from cmsite.errors import MachineError
from cmsite.serve.answer import answer
from cmsite.serve.http import LARGEST_HEAD, Answer, Asked, BadRequest, head_of, parse, refusal, refused
from cmsite.serve.page import RESERVED
from cmsite.serve.preview import Preview, State

_LOOPBACK = ("127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 asked for by --expose
_SECONDS = 10  # that a request may take to be said
_ALIVE = 15  # seconds after which a silent stream shows whether anybody listens
_QUEUE = 1024  # connections that wait to be taken
_MOST = 100  # connections at a time: some machines give a program 256 files in all
_NO_FILE_LEFT = (errno.EMFILE, errno.ENFILE)
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listen(port: int, *, exposed: bool) -> list[socket.socket]:
    """Return sockets that listen at a port of this machine, for it alone unless `exposed`; 0 is any.

    Raises MachineError when the port is taken or not ours to use.
    """
    sockets: list[socket.socket] = []
    for host in _EVERYWHERE if exposed else _LOOPBACK:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            sockets.append(socket.create_server((host, port), family=family, backlog=_QUEUE))
        except OSError as error:
            if sockets and error.errno in _NOT_HERE:  # a machine without IPv6
                continue
            for each in sockets:
                each.close()
            raise _not_to_be_had(port, error) from error
        port = sockets[0].getsockname()[1]
    return sockets


def _not_to_be_had(port: int, error: OSError) -> MachineError:
    if error.errno == errno.EADDRINUSE:
        what = f"port {port} is taken by another program"
    elif error.errno in (errno.EACCES, errno.EPERM):
        what = f"port {port} is not for everyone"
    else:
        what = f"nothing can listen at port {port} here: {error.strerror}"
    free = next((each for each in range(max(port, 1023) + 1, 65536) if _is_free(each)), 0)
    return MachineError(what, f"try `cmsite serve --port {free}`" if free else "end the other program")


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


class Server:
    """The preview at its sockets; `names` are the hosts that it goes by besides the loopback's."""

    def __init__(self, preview: Preview, sockets: list[socket.socket], names: tuple[str, ...] = ()) -> None:
        self.preview = preview
        self.port: int = sockets[0].getsockname()[1]
        self._sockets, self._names = sockets, names
        self._streams: dict[asyncio.Queue[str], str] = {}
        self._connections: dict[asyncio.Task[None], bool] = {}  # as they came: has it said what it wants?
        self._loop: asyncio.AbstractEventLoop | None = None
        preview.moved, preview.watched = self._announce, self._watched

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve in a thread of its own until the block ends."""
        ready: Future[asyncio.Event] = Future()
        thread = Thread(target=lambda: asyncio.run(self._serve(ready)), name="preview", daemon=True)
        thread.start()
        ending = ready.result()
        try:
            yield
        finally:
            assert self._loop is not None
            self._loop.call_soon_threadsafe(ending.set)
            thread.join()

    async def _serve(self, ready: Future[asyncio.Event]) -> None:
        self._loop, ending = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(self._complained)
        servers = [
            await asyncio.start_server(self._connected, sock=each, limit=LARGEST_HEAD)
            for each in self._sockets
        ]
        ready.set_result(ending)
        await ending.wait()
        self._loop.set_exception_handler(_complained_late)
        for server in servers:
            server.close()
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the one request of a connection; who says nothing in time is hung up on."""
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = False
        self._make_room(_MOST)
        try:
            with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
                await self._converse(task, reader, writer)
        except asyncio.CancelledError:  # the preview ends, or others want the place
            writer.transport.abort()
        finally:
            self._connections.pop(task, None)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    def _make_room(self, most: int) -> None:
        """Hang up on whom there is no room for: who has been silent longest, and never the last to come."""
        *others, _ = self._connections
        for task in sorted(others, key=self._connections.__getitem__)[: max(0, len(others) + 1 - most)]:
            del self._connections[task]
            task.cancel()

    def _complained(self, loop: asyncio.AbstractEventLoop, said: dict[str, Any]) -> None:
        """Make room when the machine has no file left to give; all else is a fault of the program."""
        error = said.get("exception")
        if isinstance(error, OSError) and error.errno in _NO_FILE_LEFT:
            if self._connections:
                self._make_room(_MOST // 2)
        else:
            loop.default_exception_handler(said)

    async def _converse(
        self, task: asyncio.Task[None], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            asked = parse(await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _SECONDS))
        except asyncio.LimitOverrunError:
            await _send(writer, refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too long"))
            return
        except BadRequest as error:
            await _send(writer, refused(HTTPStatus.BAD_REQUEST, str(error)))
            return
        if task in self._connections:
            self._connections[task] = True
        no = refusal(asked, self._hosts(writer))
        if no is None and asked.path == f"{RESERVED}events":
            await self._stream(asked, writer)
        else:
            told = no or await answer(asked, self.preview, f"cmsite-edition-{self.port}")
            await _send(writer, told, bare=asked.method == "HEAD")

    def _hosts(self, writer: asyncio.StreamWriter) -> frozenset[str]:
        """Return the names that a request may ask for: our own, and the address that it has come to."""
        reached = str(writer.get_extra_info("sockname")[0]).partition("%")[0].removeprefix("::ffff:")
        names = {
            "localhost",
            "127.0.0.1",
            "[::1]",
            *self._names,
            f"[{reached}]" if ":" in reached else reached,
        }
        hosts = {f"{name}:{self.port}" for name in names}
        return frozenset(hosts | names if self.port == 80 else hosts)

    async def _stream(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Tell a page which version of its edition stands, now and whenever another does."""
        key = asked.query.get("edition", "")
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._streams[queue] = key
        try:
            writer.write(head_of(Answer(HTTPStatus.OK, type="text/event-stream"), length=False))
            state = await asyncio.wrap_future(self.preview.ask(self.preview.find(key)))
            writer.write(_event(state.version))
            while asked.method == "GET":
                await writer.drain()
                try:
                    writer.write(_event(await asyncio.wait_for(queue.get(), _ALIVE)))
                except TimeoutError:
                    writer.write(b": still here\n\n")
        finally:
            del self._streams[queue]

    def _announce(self, state: State) -> None:
        """Tell every page of an edition that it has changed; called by the thread that builds."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, state)

    def _spread(self, state: State) -> None:
        for queue, key in self._streams.items():
            shown = self.preview.find(key)
            if shown and shown.key == state.choice.key:
                queue.put_nowait(state.version)

    def _watched(self) -> frozenset[str]:
        return frozenset(tuple(self._streams.values()))


def _event(version: str) -> bytes:
    return f"event: version\ndata: {version}\n\n".encode()


def _complained_late(loop: asyncio.AbstractEventLoop, said: dict[str, Any]) -> None:
    """Pass over a socket that is closed: after a lack of files asyncio may still want to accept on it."""
    if not isinstance(said.get("exception"), ValueError):
        loop.default_exception_handler(said)


async def _send(writer: asyncio.StreamWriter, told: Answer, *, bare: bool = False) -> None:
    writer.write(head_of(told) + (b"" if bare else told.body))
    await writer.drain()
