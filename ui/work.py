"""The store's one thread, seen from the window: reads, writes and long work, each delivered on the window's thread.

Nothing here knows what a command does. A result whose owner is gone is dropped; a failure goes to its owner;
no page ever touches the desk itself.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from helpdesk.core.errors import Stopped
from helpdesk.core.progress import Progress

Then: TypeAlias = "Callable[[Any], None] | None"
Failed: TypeAlias = "Callable[[Exception], None] | None"


class AnyDesk(Protocol):
    """The opened desk as the window uses it (``helpdesk.opening.Desk``)."""

    on_change: list[Callable[[frozenset[str]], None]]

    def do(self, command: Callable[..., Any], *args: Any) -> Any:
        """Run a command through the gate."""

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        """Run a query."""

    def close(self) -> None:
        """Close the store."""


class Owner(Protocol):
    """Whoever asked for work, usually a page."""

    def show_failure(self, error: Exception) -> None:
        """Say what went wrong, in place."""

    def show_running(self, running: Running) -> None:
        """Long work began: show its progress once it lasts, and let it be stopped."""


class Running(QObject):
    """One piece of long work: how far it is, and the way to stop it."""

    moved = Signal(int, int, str)
    """Done, total (-1 where unknown) and the message id of the step."""
    ended = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._stop = threading.Event()
        self._last = 0.0

    def stop(self) -> None:
        """Ask the work to stop; it ends at its next step."""
        self._stop.set()

    def report(self, done: int, total: int | None, step: str) -> None:
        """The ``Progress`` handed to the work, called in the store's thread. Raises Stopped once stop was pressed."""
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if now - self._last >= 0.05 or done == total:  # the eye sees no more than twenty a second
            self._last = now
            self.moved.emit(done, -1 if total is None else total, step)


@dataclass
class _Job:
    owner: Owner
    call: Callable[[AnyDesk | None], Any]
    then: Then = None
    failed: Failed = None
    running: Running | None = None
    superseded_by: str = ""
    result: Any = None
    error: Exception | None = None
    turn: int = field(default=0)


class Work(QObject):
    """The queue in front of the store's thread."""

    changed = Signal(frozenset)
    """Kinds of records a commit has changed."""
    committed = Signal()
    """A write was saved."""
    idle = Signal()
    """Nothing is queued or running."""
    _finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._desk: AnyDesk | None = None
        self._pending = 0
        self._turns: dict[tuple[int, str], int] = {}
        self._finished.connect(self._deliver)  # between two threads Qt queues
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    # what pages call

    def open(self, owner: Owner, opener: Callable[[], AnyDesk], then: Then = None, failed: Failed = None) -> None:
        """Open the desk in the store's thread and keep it; ``then`` gets it."""

        def call(_: AnyDesk | None) -> AnyDesk:
            desk = opener()
            desk.on_change.append(self.changed.emit)
            self._desk = desk
            return desk

        self._put(_Job(owner, call, then, failed))

    def apart(self, owner: Owner, function: Callable[[], Any], then: Then = None, failed: Failed = None) -> None:
        """Run something that needs no open desk, such as importing the rest of the program."""
        self._put(_Job(owner, lambda _: function(), then, failed))

    def write(
        self, owner: Owner, command: Callable[..., Any], *args: Any, then: Then = None, failed: Failed = None
    ) -> None:
        """Run a command; ``then`` gets its result, ``failed`` (else the owner) its failure."""

        def after(result: Any) -> None:
            self.committed.emit()
            if then is not None:
                then(result)

        self._put(_Job(owner, lambda desk: _opened(desk).do(command, *args), after, failed))

    def call(self, owner: Owner, function: Callable[[Any], Any], then: Then = None, failed: Failed = None) -> None:
        """Run ``function(desk)`` for the few acts that are methods of the desk, such as adding a user."""
        self._put(_Job(owner, lambda desk: function(_opened(desk)), then, failed))

    def read(
        self,
        owner: Owner,
        query: Callable[..., Any],
        *args: Any,
        then: Then,
        failed: Failed = None,
        newest: str = "",
    ) -> None:
        """Run a query. Of reads of one owner with the same ``newest`` only the last one asked is answered."""
        job = _Job(owner, lambda desk: _opened(desk).ask(query, *args), then, failed, superseded_by=newest)
        if newest:
            place = (id(owner), newest)
            job.turn = self._turns[place] = self._turns.get(place, 0) + 1
        self._put(job)

    def long(
        self,
        owner: Owner,
        function: Callable[[AnyDesk, Progress], Any],
        then: Then = None,
        failed: Failed = None,
        title: str = "",
    ) -> Running:
        """Run ``function(desk, progress)``; it may be stopped between two reports of its progress."""
        running = Running(title)
        self._put(_Job(owner, lambda desk: function(_opened(desk), running.report), then, failed, running=running))
        owner.show_running(running)
        return running

    @property
    def busy(self) -> bool:
        """Whether anything is queued or running."""
        return self._pending > 0

    def when_idle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once everything asked so far is done."""
        if not self.busy:
            then()
            return

        def once() -> None:
            self.idle.disconnect(once)
            then()

        self.idle.connect(once)

    def close(self, seconds: float = 10.0) -> bool:
        """Close the desk and end the thread; False if it did not end in time."""
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # the thread

    def _put(self, job: _Job) -> None:
        self._pending += 1
        self._jobs.put(job)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not self._is_superseded(job):
                try:
                    job.result = job.call(self._desk)
                except Exception as error:  # noqa: BLE001 - the outermost edge of this thread: told to the owner
                    job.error = error
            self._finished.emit(job)
        if self._desk is not None:
            self._desk.close()

    def _is_superseded(self, job: _Job) -> bool:
        return bool(job.superseded_by) and self._turns.get((id(job.owner), job.superseded_by), 0) > job.turn

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        self._pending -= 1
        try:
            if job.running is not None:
                job.running.ended.emit()
            if shiboken6.isValid(job.owner) and not self._is_superseded(job):
                self._answer(job)
        finally:
            if not self._pending:
                self.idle.emit()

    @staticmethod
    def _answer(job: _Job) -> None:
        if job.error is None:
            if job.then is not None:
                job.then(job.result)
        elif isinstance(job.error, Stopped):
            return
        elif job.failed is not None:
            job.failed(job.error)
        else:
            job.owner.show_failure(job.error)


def _opened(desk: AnyDesk | None) -> AnyDesk:
    if desk is None:
        raise RuntimeError("the desk is not open")
    return desk
