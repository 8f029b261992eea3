"""Share work with processes that are forked from this one.

The numbers of the portions stand in a pipe from which everybody takes the next. What a process makes of one
comes back through a pipe of its own, which is emptied between portions of ours.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from cmsite.errors import lost_process

Item = TypeVar("Item")
Result = TypeVar("Result")
Portion = tuple[int, bool, Any]  # its number, whether it was done, what was made of it or the exception

_NUMBER = struct.Struct("=I")
_LENGTH = struct.Struct("=Q")
_ROOM = 1 << 20  # bytes that a process may be ahead of who takes its results
_HANDED_OUT = 1 << 14  # portions at most: their numbers fit into a pipe of any system


def together(
    work: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, at_once: int
) -> Iterator[list[Result]]:
    """Yield what is made of each portion of some items, in their order; one of the `jobs` is this process.

    Raises MachineError when a process is ended from outside, and what `work` raises anywhere.
    """
    at_once = max(at_once, -(-len(items) // _HANDED_OUT))
    starts = range(0, len(items), at_once)
    crew = _Crew(lambda number: [work(item) for item in items[starts[number] :][:at_once]], len(starts))
    crew.fork(jobs - 1)
    try:
        yield from crew.results()
    finally:
        crew.end()


class Begun:
    """Some work that a process of its own does, and the bytes that it comes to."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self.reading, writing = os.pipe()
        self.process = _forked(lambda: _tell(writing, work()))
        os.close(writing)

    def result(self) -> bytes | None:
        """Return what was made, once it is; None when it was not. It is asked for once."""
        with open(self.reading, "rb") as told:  # noqa: PTH123 a pipe's end
            data = told.read()
        self.reading = -1
        _, status = os.waitpid(self.process, 0)
        return data if status == 0 else None

    def end(self) -> None:
        """End the work if nobody has asked what came of it."""
        if self.reading >= 0:
            os.close(self.reading)
            self.reading = -1
            _kill(self.process)


class _Crew:
    """Some processes and the work that they share."""

    def __init__(self, work: Callable[[int], list[Any]], portions: int) -> None:
        self.work, self.portions = work, portions
        self.todo, handing = os.pipe()
        os.write(handing, b"".join(map(_NUMBER.pack, range(portions))))
        os.close(handing)
        self.members: dict[int, _Member] = {}  # by what their results are read from
        self.made: dict[int, list[Any]] = {}

    def fork(self, members: int) -> None:
        """Begin processes that work along."""
        for _ in range(members):
            reading, writing = os.pipe()
            with suppress(OSError):  # a system that gives less is slower, no more
                fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
            child = _forked(lambda: self._work_along(writing))  # noqa: B023 the child is begun here and now
            os.close(writing)
            self.members[reading] = _Member(child)

    def results(self) -> Iterator[list[Any]]:
        """Yield what is made of each portion, in their order, and work on those that nobody has taken."""
        wanted = 0
        while wanted < self.portions:
            number = self._next()
            if number is not None:
                self.made[number] = self.work(number)
            self._hear(patient=number is None and wanted not in self.made)
            while wanted in self.made:
                yield self.made.pop(wanted)
                wanted += 1

    def end(self) -> None:
        """End what is still at work: nobody waits for it any more."""
        os.close(self.todo)
        for reading, member in self.members.items():
            os.close(reading)
            _kill(member.process)

    def _next(self) -> int | None:
        """Return the number of a portion that nobody has taken, None when there is none."""
        taken = os.read(self.todo, _NUMBER.size)
        return int(_NUMBER.unpack(taken)[0]) if taken else None

    def _hear(self, *, patient: bool) -> None:
        """Take in what the others have made: what is there or, `patient`, at least something."""
        ready, _, _ = select.select([*self.members], [], [], None if patient else 0)
        if patient and not self.members:
            raise lost_process()
        for reading in ready:
            for number, done, made in self._heard(reading):
                if not done:
                    raise made
                self.made[number] = made

    def _heard(self, reading: int) -> Iterator[Portion]:
        member = self.members[reading]
        data = os.read(reading, _ROOM)
        if not data:
            self._leave(reading)
        yield from member.take(data)

    def _leave(self, reading: int) -> None:
        """Let a process go that has closed its pipe: it is done, or it was ended."""
        member = self.members.pop(reading)
        os.close(reading)
        _, status = os.waitpid(member.process, 0)
        if status != 0:
            raise lost_process()

    def _work_along(self, writing: int) -> None:
        """Work on portions until there are none, and tell what was made of each."""
        with open(writing, "wb", buffering=_ROOM) as told:
            while (number := self._next()) is not None:
                try:
                    portion: Portion = (number, True, self.work(number))
                except Exception as error:  # noqa: BLE001 it is raised where the work is wanted
                    portion = (number, False, error)
                data = pickle.dumps(portion, pickle.HIGHEST_PROTOCOL)
                told.write(_LENGTH.pack(len(data)) + data)
                told.flush()


class _Member:
    """A process, and what has come of a message of its that is not complete yet."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.begun = bytearray()

    def take(self, data: bytes) -> Iterator[Portion]:
        """Yield each portion that is complete with some more bytes."""
        self.begun += data
        while len(self.begun) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self.begun)[0]
            if len(self.begun) < end:
                return
            yield pickle.loads(self.begun[_LENGTH.size : end])  # noqa: S301 of a process of our own
            del self.begun[:end]


def _tell(writing: int, data: bytes) -> None:
    with open(writing, "wb") as told:
        told.write(data)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _forked(work: Callable[[], None]) -> int:
    """Return the number of a process that does some work and leaves; whoever asked for it stops it."""
    child = os.fork()
    if child:
        return child
    with suppress(BaseException):  # whoever waits is told by how it ends
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
        os._exit(0)
    os._exit(1)
