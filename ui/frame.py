"""The outermost window: it holds the sign-in page or the working window, the practice mark and the blank page.

Keys that mean the same everywhere are caught here, by place on the keyboard, before any field sees them.
It knows no page and imports nothing heavy, so that it paints first.
"""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.keys import digit_of, function_key, is_enter
from ui.lock import Blank, IdleWatch
from ui.theme import Look
from ui.widgets.scan import ScanWatch
from ui.widgets.words import clear, label

SIZE: Final = (1366, 768)
SMALLEST: Final = (1024, 600)
TITLE_BAR: Final = 48
"""Pixels that a title bar may take of the screen's height."""


class Frame(QMainWindow):
    """One per process. Signals say what a key or the clock wants; who signed in decides what it means."""

    pressed = Signal(str)
    """``F1`` .. ``F12``, ``Ctrl+Enter``, ``Alt+0`` .. ``Alt+9``, ``next``, ``previous``, ``Esc``."""
    scanned = Signal(str)
    leave = Signal()
    """Sign out now: fifteen minutes, F9, a suspend, three wrong PINs."""
    pin_tried = Signal(str)
    closed = Signal()
    painted = Signal()
    """The first paint is on the screen."""

    def __init__(self, look: Look, practice: bool) -> None:
        super().__init__()
        self._look = look
        self._practice = practice
        self._guarded = False
        self._has_pin = False
        self._was_painted = False
        self.setObjectName("frame")
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._mark = QVBoxLayout()
        self._stack = QStackedWidget()
        self._column.addLayout(self._mark)
        self._column.addWidget(self._stack, 1)
        self.setCentralWidget(whole)
        self._inside: QWidget | None = None
        self._blank: Blank | None = None
        self._before: QWidget | None = None
        self.idle = IdleWatch(self)
        self.idle.blank.connect(self.blank_out)
        self.idle.leave.connect(self.leave)
        self.create()
        self._scans: ScanWatch | None = None
        handle = self.windowHandle()
        if handle is not None:
            self._scans = ScanWatch(handle)
            self._scans.scanned.connect(self.scanned)
        self._watched: list[QWindow] = []
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._watch(handle)
        self.wear(look)

    def open_on_screen(self) -> None:
        """Show the window, filling a screen that has no room for it and its title bar: the foot must be seen."""
        room = self.screen().availableGeometry()
        needed = QSize(SIZE[0] + 1, SIZE[1] + TITLE_BAR)
        if room.width() >= SMALLEST[0] and needed.boundedTo(room.size()) != needed:
            self.showMaximized()
        else:
            self.show()

    def wear(self, look: Look) -> None:
        """Take on another language, theme or text size; what is inside is rebuilt by its owner."""
        self._look = look
        words = look.words
        self.setWindowTitle(words("Help Desk"))
        clear(self._mark)
        if self._practice:
            mark: QLabel = label(
                words("PRACTICE: families here are invented, cards and vouchers are worth nothing"), name="practiceMark"
            )
            mark.setProperty("alignment", "AlignCenter")
            self._mark.addWidget(mark)

    def put(self, inside: QWidget) -> None:
        """Show this instead of what was there."""
        old, self._inside = self._inside, inside
        self._stack.insertWidget(0, inside)
        if not self.is_blank:
            self._stack.setCurrentWidget(inside)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def guard(self) -> None:
        """Somebody has signed in: from now on idle time counts and F8 blanks."""
        self._guarded = True
        self.idle.start()

    @property
    def is_blank(self) -> bool:
        """Whether the screen is blanked."""
        return self._blank is not None

    def blank_out(self) -> None:
        """Hide everything at once, boxes and lists too."""
        if self.is_blank or not self._guarded:
            return
        self._before = QApplication.focusWidget()
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible() and other.isWindow():
                other.close()
        blank = self._blank = Blank(self._look, self._has_pin)
        blank.tried.connect(self.pin_tried)
        blank.opened.connect(self._come_back)
        blank.left.connect(self.leave)
        self._stack.addWidget(blank)
        self._stack.setCurrentWidget(blank)
        blank.pin.setFocus()
        self.repaint()  # now, not when the queue allows
        if not self._has_pin:
            self.leave.emit()

    @property
    def lacked_pin(self) -> bool:
        """Whether the screen was blanked and nothing could bring it back."""
        return self.is_blank and not self._has_pin

    def know_pin(self, has_pin: bool) -> None:
        """Whether whoever signed in has set a PIN; without one the first lock is the full one."""
        self._has_pin = has_pin

    def cover(self) -> None:
        """Hide what is shown for good: the process is about to end, and no key means anything here any more."""
        self._look_away()
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible() and other.isWindow():
                other.close()
        cover = QWidget()
        self._stack.addWidget(cover)
        self._stack.setCurrentWidget(cover)
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the first paint, once it is done."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing the window ends the program in order."""
        self.closed.emit()
        super().closeEvent(event)

    def answer_pin(self, right: bool) -> None:
        """Whether the PIN that was tried is right."""
        if self._blank is not None:
            self._blank.answer(right)

    def _come_back(self) -> None:
        blank, self._blank = self._blank, None
        if blank is None or self._inside is None:
            return
        self._stack.setCurrentWidget(self._inside)
        self._stack.removeWidget(blank)
        blank.deleteLater()
        self.idle.touch()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            self._watched.append(window)
            window.destroyed.connect(lambda *_: self._watched.remove(window) if window in self._watched else None)
            self.idle.watch(window)
            window.installEventFilter(self)

    def _look_away(self) -> None:
        # whoever watches every window that takes the keys would swallow those of the frame that comes after it
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
        for window in self._watched:
            window.removeEventFilter(self)
        self._watched.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Catch the keys that mean the same everywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        name = self._name_of(event)
        if not name:
            return False
        if name == "F8" and self._guarded:
            self.blank_out()
        elif name == "F9" and self._guarded:
            self.leave.emit()
        elif name == "Ctrl+Enter" and QApplication.activePopupWidget() is not None:
            return True  # whoever reads a menu or a list saves nothing behind it
        elif not self.is_blank:
            self.pressed.emit(name)
        return True

    def _name_of(self, event: QKeyEvent) -> str:
        held = event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier
        if held == QtCore.Qt.KeyboardModifier.NoModifier:
            if event.key() == QtCore.Qt.Key.Key_Escape:
                return ""  # lists, boxes and pages close themselves; the window's own Esc follows after them
            return function_key(event) or ""
        if held == QtCore.Qt.KeyboardModifier.AltModifier:
            digit = digit_of(event)
            return f"Alt+{digit}" if digit else ""
        if held == QtCore.Qt.KeyboardModifier.ControlModifier:
            return self._with_control(event)
        return ""

    def _with_control(self, event: QKeyEvent) -> str:
        if is_enter(event):
            return "Ctrl+Enter"
        key = event.key()
        across = {QtCore.Qt.Key.Key_Right: 1, QtCore.Qt.Key.Key_Left: -1}
        steps = {QtCore.Qt.Key.Key_Down: 1, QtCore.Qt.Key.Key_Up: -1, **across}
        if key not in steps:
            return ""
        typing = isinstance(QApplication.focusWidget(), (QLineEdit, QPlainTextEdit))
        if typing and key in across:
            return ""  # moves by words
        step = steps[QtCore.Qt.Key(key)]
        if self._look.right_to_left and key in across:
            step = -step
        return "next" if step > 0 else "previous"

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc that nobody inside wanted."""
        if event.key() == QtCore.Qt.Key.Key_Escape and not self.is_blank:
            self.pressed.emit("Esc")
        else:
            super().keyPressEvent(event)
