"""Locking in two stages: the screen blanks and a PIN returns to the same page; else the process is replaced.

Only a new process clears passphrase and key from memory (DESIGN section 3, Lock), so nothing here tries to forget
them in place.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.plain_text import fold_digits
from helpdesk.core.settings import BLANK_SECONDS, LOCK_SECONDS
from helpdesk.desk.pins import LONGEST_PIN
from ui.theme import Look
from ui.widgets.words import Card, button, label

if sys.platform == "win32":
    import subprocess

NO_PIN: Final = "HELPDESK_NO_PIN"
"""Environment variable handed to the next process once: whoever was here left because no PIN was set. No names."""
TICK_SECONDS: Final = 5
ASLEEP_SECONDS: Final = 60
"""Two ticks this far apart: the laptop was suspended."""
TRIES: Final = 3

_ACTIVITY: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
     QEvent.Type.TouchBegin}
)  # fmt: skip


def running_seconds() -> float:
    """Seconds that pass also while the laptop sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)  # Linux only; elsewhere the monotonic clock counts sleep too
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class IdleWatch(QObject):
    """Says when nobody has touched keys or mouse for three minutes, for fifteen (as set), or after a suspend."""

    blank = Signal()
    leave = Signal()

    def __init__(self, parent: QObject, seconds: Callable[[], float] = running_seconds) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._touched = self._ticked = seconds()
        self._blanked = False
        self._blank_after = BLANK_SECONDS.default
        self._leave_after = LOCK_SECONDS.default
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)

    def set_limits(self, blank_after: int, leave_after: int) -> None:
        """Seconds without a touch until the screen blanks, and until the process is replaced."""
        self._blank_after = blank_after
        self._leave_after = leave_after

    def start(self) -> None:
        """Begin counting."""
        self.touch()
        self._ticked = self._touched
        self._timer.start()

    def stop(self) -> None:
        """Count no longer."""
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = self._seconds()
        self._blanked = False

    def watch(self, window: QObject) -> None:
        """Take keys and mouse of a window as activity."""
        window.installEventFilter(self)

    def tick(self) -> None:
        """Look at the time; the timer calls it. Once it has told to leave, nothing more is told."""
        if not self._timer.isActive():
            return
        now = self._seconds()
        slept, idle = now - self._ticked, now - self._touched
        self._ticked = now
        if slept > ASLEEP_SECONDS or idle >= self._leave_after:
            self._timer.stop()
            self.leave.emit()
        elif idle >= self._blank_after and not self._blanked:
            self._blanked = True
            self.blank.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note activity, let everything through."""
        if event.type() in _ACTIVITY and not self._blanked:
            self._touched = self._seconds()
        return False


class Blank(QWidget):
    """The blank page: nothing to see. The PIN returns; three wrong ones, or no PIN, end in the sign-in page."""

    tried = Signal(str)
    """A PIN was typed; whoever knows the answer calls :meth:`answer`."""
    opened = Signal()
    left = Signal()

    def __init__(self, look: Look, has_pin: bool) -> None:
        super().__init__()
        words = look.words
        self._look = look
        self._wrong = 0
        self.setObjectName("blank")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words("The screen is blank"))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        card = Card(look, "", "blankCard")
        card.setFixedWidth(look.size(360))
        card.add(label(words("Type your PIN to go on"), role="head"))
        self.pin = QLineEdit()
        self.pin.setObjectName("pin")
        self.pin.setAccessibleName(words("PIN"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(LONGEST_PIN)
        self.pin.setMinimumHeight(look.size(32))
        hints = QtCore.Qt.InputMethodHint
        self.pin.setInputMethodHints(hints.ImhDigitsOnly | hints.ImhSensitiveData)
        self.pin.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.NoContextMenu)
        self.pin.returnPressed.connect(self._try)
        card.add(self.pin)
        self.said = label("", tone="careful", name="pinSaid")
        card.add(self.said)
        card.add(button(words("Go to the sign-in page"), look, self.left.emit, kind="link", name="blankLeave"))
        card.setVisible(has_pin)
        whole.addWidget(card, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)
        self.setFocusProxy(self.pin)

    def _try(self) -> None:
        pin = fold_digits(self.pin.text())
        self.pin.clear()
        if pin:
            self.pin.setEnabled(False)
            self.tried.emit(pin)

    def answer(self, right: bool) -> None:
        """Whether the PIN was the right one."""
        self.pin.setEnabled(True)
        self.pin.setFocus()
        if right:
            self._wrong = 0
            self.said.setText("")
            self.opened.emit()
            return
        self._wrong += 1
        if self._wrong >= TRIES:
            self.left.emit()
            return
        self.said.setText(
            self._look.words.plural("Wrong. {n} try is left.", "Wrong. {n} tries are left.", TRIES - self._wrong)
        )


def replace_process(arguments: Sequence[str]) -> NoReturn:
    """Become a new process on the sign-in page. ``arguments`` are the whole command, the program first."""
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":  # Windows cannot replace a process: a new one is started and this one ends at once
        subprocess.Popen(list(arguments), close_fds=True)  # noqa: S603 - our own command line
        os._exit(0)
    os.execv(arguments[0], list(arguments))  # noqa: S606 - our own command line
