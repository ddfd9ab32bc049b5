"""Where scans arrive: keyboard-wedge bursts caught for the whole window, a plain target widget, and the search box.

A scanner types digits (DESIGN section 5) faster than fingers and ends with Enter. Keys are recognised by place, so an
Arabic or Kurdish layout changes nothing; what was scanned goes to one place and never into the field that has focus.
"""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from helpdesk.core.plain_text import fold_digits
from ui.keys import digit_of, is_enter
from ui.theme import Look
from ui.widgets.words import label, picture_label

GAP_MS: Final = 45
"""Fingers rest longer than this between two digits; scanners do not."""
SHORTEST: Final = 10
"""A household number is the shortest thing scanned (DESIGN section 3, Numbers)."""
SURE: Final = 40
"""So many digits in one burst are a scan even where the scanner sends no Enter."""


class ScanWatch(QObject):
    """Catches bursts of digits before any field sees them.

    Installed as event filter on the window (``QWindow``). Digits wait for at most ``GAP_MS``; a burst of at least ten
    that ends with Enter is handed out by :attr:`scanned`; anything slower reaches the field it was typed for.
    """

    scanned = Signal(str)

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._window = window
        self._held: list[QKeyEvent] = []
        self._digits = ""
        self._replaying = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(GAP_MS)
        self._pause.timeout.connect(self._rested)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hold digits back, recognise the end of a burst, let everything else through in its order."""
        if self._replaying or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        assert isinstance(event, QKeyEvent)
        if event.type() == QEvent.Type.KeyRelease:
            return bool(self._held) and digit_of(event) is not None
        held = QtCore.Qt.KeyboardModifier
        plain = not event.modifiers() & (held.ControlModifier | held.AltModifier)
        digit = digit_of(event) if plain and not event.isAutoRepeat() else None
        if digit is not None:
            self._held.append(event.clone())
            self._digits += digit
            self._pause.start()
            return True
        if not self._held:
            return False
        if (is_enter(event) or event.key() == QtCore.Qt.Key.Key_Tab) and len(self._digits) >= SHORTEST:
            self._hand_out()
            return True
        # some scanners press Shift between digits
        if event.key() in (QtCore.Qt.Key.Key_Shift, QtCore.Qt.Key.Key_CapsLock):
            return True
        self._replay()
        return False

    def _rested(self) -> None:
        if len(self._digits) >= SURE:
            self._hand_out()
        else:
            self._replay()

    def _hand_out(self) -> None:
        digits, self._digits = self._digits, ""
        self._held.clear()
        self._pause.stop()
        self.scanned.emit(digits)

    def _replay(self) -> None:
        held, self._held = self._held, []
        self._digits = ""
        self._pause.stop()
        self._replaying = True
        try:
            for event in held:
                QGuiApplication.sendEvent(self._window, event)
        finally:
            self._replaying = False


class ScanTarget(QWidget):
    """A plain widget that takes a scan while it has focus: no input method can reorder what arrives.

    Also takes a number typed by hand: digits show as they come, Enter hands them out, Backspace takes one back.
    """

    scanned = Signal(str)

    def __init__(self, look: Look, name: str = "scanTarget") -> None:
        super().__init__()
        self._look = look
        self._digits = ""
        self.setObjectName(name)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(look.words("Scan here, or type the number and press Enter"))
        self.setMinimumHeight(look.size(72))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(16), look.size(8), look.size(16), look.size(8))
        row.addWidget(picture_label("scan", look, "action", 32))
        self._shown = label(self.accessibleName(), role="head")
        row.addWidget(self._shown, 1)

    def take(self, digits: str) -> None:
        """A scan that arrived elsewhere in the window."""
        self._forget()
        self.scanned.emit(fold_digits(digits))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Collect digits by their place on the keyboard."""
        digit = digit_of(event)
        if digit is not None and not event.modifiers() & QtCore.Qt.KeyboardModifier.AltModifier:
            self._digits += digit
        elif event.key() == QtCore.Qt.Key.Key_Backspace:
            self._digits = self._digits[:-1]
        elif is_enter(event) and self._digits and not event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            digits = self._digits
            self._forget()
            self.scanned.emit(digits)
            return
        else:
            super().keyPressEvent(event)
            return
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it waits."""
        self._wait(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it does not."""
        self._wait(False)
        super().focusOutEvent(event)

    def _wait(self, waiting: bool) -> None:
        self.setProperty("waiting", "true" if waiting else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _forget(self) -> None:
        self._digits = ""
        self._show()

    def _show(self) -> None:
        # a long code is shown by its end only: the start says nothing to anybody
        shown = self._digits if len(self._digits) <= 16 else f"\u2026{self._digits[-12:]}"
        self._shown.setText(f"\u2066{shown}\u2069" if shown else self.accessibleName())


class SearchBox(QLineEdit):
    """The one search box: a number, a name in any script, the last digits of a phone. Scans come to it by ScanWatch.

    :attr:`asked` follows each rest in typing; :attr:`chosen` follows Enter.
    """

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("search")
        # "F2" in front would make the hint of every language run from left to right
        mark = "\u200f" if look.right_to_left else ""
        self.setPlaceholderText(mark + look.words("F2   scan, number, name, last digits of a phone"))
        self.setAccessibleName(look.words("Search for a family: number, name or last digits of a phone"))
        self.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.NoContextMenu)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(120)
        self._rest.timeout.connect(lambda: self.asked.emit(self.sought()))
        self.textEdited.connect(lambda _: self._rest.start())

    def sought(self) -> str:
        """What is sought, digits in ASCII."""
        return fold_digits(self.text()).strip()

    def empty(self) -> None:
        """Forget what was typed: another page is shown, and nothing is asked for it any more."""
        self._rest.stop()
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Esc empties."""
        if is_enter(event) and not event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            self._rest.stop()
            if self.sought():
                self.chosen.emit(self.sought())
        elif event.key() == QtCore.Qt.Key.Key_Escape and self.text():
            self.clear()
            self.asked.emit("")
        else:
            super().keyPressEvent(event)
