"""A keyboard before the whole program, for stories told through the window: sitting down, walking, typing, scanning.

Every press is a key sent to the frame's own window, as a keyboard sends it; a control is reached by Tab or it is not
reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.clock import SystemClock
from tests.programme import Programme, passphrase
from ui.app import Program

OPENING_MS = 60_000
MOST_TABS = 150


class Keyboard:
    """A keyboard before the whole program: every press goes to the frame's window and where that sends it."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot = qtbot
        self.program = program

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def page(self) -> Any:
        """The page that is open."""
        return self.window.page(self.window.trail[-1][0])

    def at(self) -> str:
        """The name of the control that has the keys."""
        widget: QWidget | None = self.program.frame.focusWidget()
        return widget.objectName() if widget is not None else ""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and whatever it sets off."""
        QTest.keyClick(self.program.frame.windowHandle(), key, modifiers)
        self.settle()

    def save(self) -> None:
        """Ctrl+Enter: the page's main action."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def scan(self, number: str) -> None:
        """A scanner's burst: digits and Enter without a pause."""
        for digit in number:
            QTest.keyClick(self.program.frame.windowHandle(), Qt.Key(ord(digit)))
        self.press(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        """Letters into the field that has the keys."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.program.frame.focusWidget(), key)
        self.settle()

    def walk_to(self, name: str) -> None:
        """Tab until a control has the keys."""
        seen = []
        for _ in range(MOST_TABS):
            if self.at() == name:
                return
            seen.append(self.at())
            QTest.keyClick(self.program.frame.windowHandle(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"Tab never reaches {name}: {seen}")

    def choose(self, name: str) -> None:
        """Walk to a control and press it."""
        self.walk_to(name)
        self.press(Qt.Key.Key_Space)

    def settle(self) -> None:
        """Wait until nothing is read or written, and what follows from it was done."""
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: not self.program.work.busy, timeout=OPENING_MS)
            self._qtbot.wait(30)


Sit = Callable[..., Any]


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sit down at a desk as somebody: ``with sit("supervisor") as keys``. The laptop's clock is the programme's."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: programme.clock.now())

    @contextmanager
    def sitting(name: str = "supervisor", folder: str = "one") -> Iterator[Keyboard]:
        program = Program(qapp, programme.home / folder, lambda: None)
        qtbot.addWidget(program.frame)
        program.start()
        qtbot.waitUntil(program.frame.isActiveWindow, timeout=OPENING_MS)
        keys = Keyboard(qtbot, program)
        program.sign_in.first_field().setFocus()
        keys.type(name)
        keys.press(Qt.Key.Key_Return)
        keys.type(passphrase(name))
        keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.window is not None, timeout=OPENING_MS)
        keys.settle()
        try:
            yield keys
        finally:
            program.end()
            program.frame.close()

    return sitting
