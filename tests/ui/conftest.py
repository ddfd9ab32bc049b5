"""What the window's tests stand on: a look in each language, a store thread on a plain desk, and a frame.

The plain desk is a maker of answers, not a stand-in for the store: commands and queries of the tests are plain
functions that get it as their first argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.settings import folder_settings
from helpdesk.desk.roles import Role
from ui.drafts import DraftBook, DraftCalls
from ui.surroundings import Seat, Surroundings
from ui.theme import Look, dress
from ui.work import Running, Work


class PlainDesk:
    """Answers from functions; tells of changes as the real desk does."""

    def __init__(self) -> None:
        self.on_change: list[Callable[[frozenset[str]], None]] = []
        self.drafts: dict[tuple[str, str], dict[str, str]] = {}
        self.done: list[str] = []
        self.closed = False

    def do(self, command: Callable[..., Any], *args: Any) -> Any:
        self.done.append(getattr(command, "__name__", "command"))
        result = command(self, *args)
        for tell in self.on_change:
            tell(frozenset(getattr(command, "changes", ())))
        return result

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        return query(self, *args)

    def close(self) -> None:
        self.closed = True


def _save(desk: PlainDesk, form: str, key: str, fields: dict[str, str]) -> None:
    desk.drafts.setdefault((form, key), {}).update(fields)


def _drop(desk: PlainDesk, form: str, key: str) -> None:
    desk.drafts.pop((form, key), None)


def _load(desk: PlainDesk, form: str, key: str) -> dict[str, str]:
    return dict(desk.drafts.get((form, key), {}))


def _listed(_desk: PlainDesk) -> tuple[Any, ...]:
    return ()


DRAFT_CALLS = DraftCalls(_save, _drop, _load, _listed)


class Listener:
    """An owner of work that keeps what it is told."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.running: list[Running] = []

    def show_failure(self, error: Exception) -> None:
        self.failures.append(error)

    def show_running(self, running: Running) -> None:
        self.running.append(running)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """English, light, 100 %."""
    made = Look(Words("en"))
    dress(qapp, made)
    return made


@pytest.fixture(params=LANGUAGES)
def each_look(request: pytest.FixtureRequest, qapp: QApplication) -> Look:
    """Every language in turn."""
    made = Look(Words(request.param))
    dress(qapp, made)
    return made


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def desk() -> PlainDesk:
    return PlainDesk()


@pytest.fixture
def work(qtbot: QtBot, desk: PlainDesk, listener: Listener) -> Iterator[Work]:
    """A store thread with the plain desk open."""
    made = Work()
    with qtbot.waitSignal(made.idle):
        made.open(listener, lambda: desk)
    yield made
    assert made.close(), "the store's thread did not end"


@pytest.fixture
def surroundings(work: Work, listener: Listener, tmp_path: Path) -> Callable[[Look], Surroundings]:
    """Surroundings in a look; ``went`` of the result's ``go`` keeps where pages wanted to go."""

    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        seat = Seat("Nour", role, 7, True, tmp_path)
        drafts = DraftBook(work, listener, DRAFT_CALLS)
        return Surroundings(look, work, seat, Went(), drafts, folder_settings(tmp_path), lambda _look: None)

    return make


class Went:
    """A ``go`` that remembers."""

    def __init__(self) -> None:
        self.places: list[tuple[str, Any]] = []

    def __call__(self, page: str, subject: Any = None) -> None:
        self.places.append((page, subject))


@pytest.fixture(autouse=True)
def _widgets_end(qapp: QApplication) -> Iterator[None]:
    """Every widget a test made is really gone after it."""
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()


def named(root: QWidget, name: str) -> QWidget:
    """The widget with an object name."""
    found = root.findChild(QWidget, name)
    assert found is not None, f"no widget is called {name}"
    return found


def type_text(widget: QWidget, text: str) -> None:
    """Type text of any script; QTest knows ASCII only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                widget, QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, 0, 0, 0, letter)
            )
