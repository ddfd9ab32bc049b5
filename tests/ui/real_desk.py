"""A window page over a real desk: the store's thread, an encrypted store made by the program's own commands.

Used by the pages that serve families. Test modules take the fixtures by naming them in their own ``work`` fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.settings import folder_settings
from helpdesk.desk import drafts
from helpdesk.desk.roles import Role
from helpdesk.opening import open_desk
from tests.programme import ACCOUNTS, Programme, passphrase
from tests.ui.conftest import Listener, Went
from ui.drafts import DraftBook, DraftCalls
from ui.pages.base import Page
from ui.surroundings import Seat, Surroundings
from ui.theme import Look
from ui.work import Work

DRAFT_CALLS = DraftCalls(drafts.save, drafts.drop, drafts.load, drafts.listed)


@contextmanager
def work_at(qtbot: QtBot, programme: Programme, name: str = "clerk", folder: str = "one") -> Iterator[Work]:
    """The store's thread with a desk of the programme open in it."""
    work = Work()
    with qtbot.waitSignal(work.idle, timeout=20_000):
        work.open(Listener(), lambda: open_desk(programme.home / folder, name, passphrase(name), clock=programme.clock))
    yield work
    QApplication.processEvents()
    assert work.close(), "the store's thread did not end"


def around_of(work: Work, programme: Programme, look: Look, name: str = "clerk", folder: str = "one") -> Surroundings:
    """Surroundings of a page at a real desk."""
    home = programme.home / folder
    seat = Seat(name, ACCOUNTS.get(name, Role.CLERK), programme.numbers[folder], True, home)
    drafts_here = DraftBook(work, Listener(), DRAFT_CALLS)
    return Surroundings(look, work, seat, Went(), drafts_here, folder_settings(home), lambda _look: None)


def shown(qtbot: QtBot, page: Page, subject: object = None) -> None:
    """Open a page as the window does and wait until it has read everything."""
    qtbot.addWidget(page)
    # as the window does: what a commit has changed is read again
    page.around.work.changed.connect(lambda kinds: page.heed(kinds) if page.concerns(kinds) else None)
    page.resize(1366 - 168, 768 - 120)
    page.show()
    page.open(subject)
    page.show_head()
    settled(qtbot, page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()


def settled(qtbot: QtBot, page: Page) -> None:
    """Wait until nothing is being read or written, and what follows from it was done."""
    qtbot.waitUntil(lambda: not page.around.work.busy, timeout=20_000)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.around.work.busy, timeout=20_000)


def asked(qtbot: QtBot, page: Page, query: Callable[..., Any], *args: Any) -> Any:
    """What a query says, at the desk that the page has open."""
    found: list[Any] = []
    page.read(query, *args, then=found.append)
    settled(qtbot, page)
    return found[0]


def done(qtbot: QtBot, page: Page, command: Callable[..., Any], *args: Any) -> Any:
    """What a command gives, at the desk that the page has open, by whoever sits there."""
    found: list[Any] = []
    page.write(command, *args, then=found.append)
    settled(qtbot, page)
    return found[0]


class Fingers:
    """Types into whatever has the keys, through real key events, and counts: letters of names apart from the rest."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.letters = 0

    def _target(self) -> QWidget:
        return self.page.focusWidget() or self.page

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        self.presses += 1
        QTest.keyClick(self._target(), key, modifiers)

    def enter(self, times: int = 1) -> None:
        """Enter, so many times."""
        for _ in range(times):
            self.key(Qt.Key.Key_Return)

    def digits(self, text: str, enter: bool = True) -> None:
        """Digits and Enter."""
        for digit in text:
            self.key(Qt.Key(ord(digit)))
        if enter:
            self.enter()

    def name(self, text: str, enter: bool = True) -> None:
        """The letters of a name, which are not counted, and Enter, which is."""
        for letter in text:
            self.letters += 1
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, 0, 0, 0, letter)
                QApplication.sendEvent(self._target(), event)
        if enter:
            self.enter()

    def at(self) -> str:
        """The name of the control that has the keys."""
        return self._target().objectName()


__all__ = ["Fingers", "around_of", "asked", "done", "settled", "shown", "work_at"]
