"""Keep the editions of a preview up to date: built when asked for, anew on change, never taken by a fault.

Everything that reads or builds is done by `work`, one job after the other, in the thread that calls it:
the program's limits on an author's text hold in the main thread alone. Other threads hand in jobs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from cmsite.build import Published
from cmsite.editions import cache_of, memory
from cmsite.errors import BuildRunning, CmsiteError, Problem, ProblemsFound
from cmsite.model import Place, SearchRecipe
from cmsite.read.site import Reading, read_site
from cmsite.serve.choice import Choice, choices_of
from cmsite.serve.edition import Built, Wish, build_edition
from cmsite.serve.remarks import Remarks, remark
from cmsite.write.publish import working

_PATIENCE = 30  # seconds that another build in the same folder is waited for
_PAUSE = 0.1

Value = TypeVar("Value")


class State(Struct, frozen=True):
    """What is shown of one edition: the last good one, and what is wrong with the files as they are now."""

    choice: Choice
    version: str
    built: Built | None = None
    problems: tuple[Problem, ...] = ()


class News(Struct, frozen=True):
    """What has just become of one edition: `published` None is a fault."""

    choice: Choice
    published: Published | None
    problems: tuple[Problem, ...]
    seconds: float


class Preview:
    """The editions of one site while they are looked at.

    `folder` is where they are built, below `.cmsite/`. `first` is the key of what is shown to who has not
    chosen, "" for the lead profile. `told` is called with each piece of news, `moved` with each edition
    whose pages are to be loaded anew.
    """

    def __init__(
        self,
        root: Path,
        *,
        origin: str,
        folder: str,
        clock: Callable[[], datetime],
        timer: Callable[[], float],
        drafts: bool = False,
        exposed: bool = False,
        first: Choice | None = None,
        told: Callable[[News], None] = lambda _: None,
    ) -> None:
        self.root = root.resolve()
        self.drafts, self.exposed = drafts, exposed
        self.moved: Callable[[State], None] = lambda _: None
        self.watched: Callable[[], frozenset[str]] = frozenset
        self._origin, self._clock, self._timer, self._told = origin, clock, timer, told
        self._folder = self.root / ".cmsite" / "preview" / folder
        self._first = first
        self._choices: tuple[Choice, ...] = (first,) if first else ()
        self._states: dict[str, State] = {}
        self._stale: set[str] = set()
        self._read: Reading | tuple[Problem, ...] | None = None
        self._numbers = itertools.count()
        self._session = f"{int(clock().timestamp()):x}"
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._stopped = Event()
        self._remarks: dict[tuple[str, str], Remarks] = {}

    # what other threads may ask

    def choices(self) -> tuple[Choice, ...]:
        """Return the editions that can be shown, the one shown first at the head."""
        return self._choices

    def find(self, key: str) -> Choice | None:
        """Return the edition of that key, the first one for a key that none has; None before all reading."""
        choices = self._choices
        first = choices[0] if choices else None
        return next((choice for choice in choices if choice.key == key), first)

    def ask(self, choice: Choice | None) -> Future[State]:
        """Return what is shown of an edition, built first if it is not up to date."""
        known = self._states.get(choice.key) if choice else None
        if choice and known and choice.key not in self._stale:
            done: Future[State] = Future()
            done.set_result(known)
            return done
        return self._hand_in(lambda: self.show(choice))

    def ask_remarks(self, state: State, address: str) -> Future[Remarks]:
        """Return what the bar says of the page at an address."""
        return self._hand_in(lambda: self._remark(state, address))

    def announce_change(self) -> None:
        """Have everything read anew: the author's files have changed."""
        self._hand_in(self.refresh)

    def stop(self) -> None:
        """End `work`; what is asked from now on is not answered."""
        self._stopped.set()
        self._jobs.put(None)

    # what the working thread does

    def work(self) -> None:
        """Do the jobs that are handed in until `stop`."""
        while not self._stopped.is_set():
            try:
                job = self._jobs.get(timeout=1)  # so that an interruption is heard everywhere
            except Empty:
                self.settle()
                continue
            if job:
                job()

    def settle(self) -> None:
        """Bring the search of each edition up to date: for when all is quiet, because it takes long."""
        for key, state in tuple(self._states.items()):
            built = state.built
            if key not in self._stale and not state.problems and built and not built.indexed:
                indexed = self._tried(self._reading(), state, index=None)
                self._states[key] = replace(indexed, version=state.version) if indexed.built else indexed

    def refresh(self) -> None:
        """Take note that files have changed, and build anew what is being looked at."""
        self._read = None
        self._stale = set(self._states)
        for key in sorted(self.watched()):
            self._reading()
            self.show(self.find(key))

    def show(self, choice: Choice | None) -> State:
        """Return an edition as it is now, building what is missing; None is the first one."""
        started = self._timer()
        reading = self._reading()
        wanted = self.find(choice.key if choice else "") or Choice("")  # no name while nothing can be read
        if wanted.key in self._states and wanted.key not in self._stale:
            return self._states[wanted.key]
        before = self._states.get(wanted.key, State(wanted, ""))
        state = self._tried(reading, before, index=before.built.index if before.built else None)
        self._states[wanted.key] = state
        self._stale.discard(wanted.key)
        if state.version != before.version:
            self._remarks = {key: each for key, each in self._remarks.items() if key[0] != before.version}
            self.moved(state)
        published = state.built.published if state.built and not state.problems else None
        self._told(News(wanted, published, state.problems, self._timer() - started))
        return state

    def _tried(
        self,
        reading: Reading | tuple[Problem, ...],
        before: State,
        *,
        index: tuple[SearchRecipe, ...] | None,
    ) -> State:
        """Return what has become of an edition: with a new version if its pages are to be loaded anew."""
        try:
            built = self._build(_readable(reading), before.choice, index)
        except CmsiteError as error:
            problems = _told_of(error)
            changed = problems != before.problems
            return replace(before, version=self._version(), problems=problems) if changed else before
        except OSError as error:
            return replace(before, version=self._version(), problems=(_machine(error),))
        published = built.published
        same = before.built and not (published.rendered or published.removed or before.problems)
        version = before.version if same else self._version()
        return State(before.choice, version, built)

    def _build(self, reading: Reading, choice: Choice, index: tuple[SearchRecipe, ...] | None) -> Built:
        wish = Wish(self._origin, self._clock(), drafts=self.drafts)
        with self._alone():
            return build_edition(reading, choice, wish, self._folder / choice.folder, index=index)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the site's lock, waiting for a build that has it."""
        deadline = self._timer() + _PATIENCE
        while True:
            holding = working(self.root)
            try:
                holding.__enter__()
                break
            except BuildRunning:
                if self._timer() > deadline or self._stopped.wait(_PAUSE):
                    raise
        try:
            yield
        finally:
            holding.__exit__(None, None, None)

    def _reading(self) -> Reading | tuple[Problem, ...]:
        """Return the site as its files are now, or what is wrong with them."""
        if self._read is None:
            try:
                self._read = read_site(self.root, memory=memory(cache_of(self.root)))
            except CmsiteError as error:
                self._read = _told_of(error)
            except OSError as error:
                self._read = (_machine(error),)
            if isinstance(self._read, Reading):
                self._choices = self._in_order(choices_of(self._read.site, exposed=self.exposed))
        return self._read

    def _in_order(self, choices: Iterable[Choice]) -> tuple[Choice, ...]:
        first = self._first.key if self._first else ""
        return tuple(sorted(choices, key=lambda choice: choice.key != first))

    def _remark(self, state: State, address: str) -> Remarks:
        key = (state.version, address)
        if key not in self._remarks:
            self._remarks[key] = remark(state.built, address, self._clock()) if state.built else Remarks()
        return self._remarks[key]

    def _version(self) -> str:
        return f"{self._session}-{next(self._numbers)}"

    def _hand_in(self, job: Callable[[], Value]) -> Future[Value]:
        future: Future[Value] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                future.set_result(job())

        self._jobs.put(run)
        return future


def _readable(reading: Reading | tuple[Problem, ...]) -> Reading:
    if isinstance(reading, Reading):
        return reading
    raise ProblemsFound(reading)


def _told_of(error: CmsiteError) -> tuple[Problem, ...]:
    if isinstance(error, ProblemsFound):
        return error.problems
    return (Problem(Place(""), error.message, error.hint),)


def _machine(error: OSError) -> Problem:
    where = f": {error.filename}" if error.filename else ""
    return Problem(
        Place(""), f"{error.strerror or 'the machine refused'}{where}", "mend the cause and save again"
    )
