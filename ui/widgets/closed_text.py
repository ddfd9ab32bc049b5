"""A field for words that must not stay on a screen: it closes by itself, and nothing in it can be brought back.

No undo, no draft, no context menu; a key opens it again. What is typed leaves by :meth:`ClosedText.value` alone.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from helpdesk.core.text import clean
from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.words import button, label

CLOSES_AFTER: Final = 20
"""Seconds without a key after which it closes."""
_HEIGHT: Final = 120


class LongText(QPlainTextEdit):
    """Several lines of plain words: Enter moves on as in every field, Shift+Enter begins a new line."""

    typed = Signal()

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setTabChangesFocus(True)
        self.setFixedHeight(look.size(_HEIGHT))
        self.textChanged.connect(self.typed)

    def value(self) -> str:
        """What was typed, line by line, cleaned."""
        return "\n".join(clean(line) for line in self.toPlainText().splitlines()).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter through to the page."""
        if is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ClosedText(QWidget):
    """A :class:`LongText` that closes when it is left or rests, and says only that something was written."""

    typed = Signal()

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.edit = LongText(look, name, title)
        self.edit.setUndoRedoEnabled(False)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.told = label("", role="quiet", name=f"{name}.closed")
        self.again = button(
            look.words("Show what is written (closes by itself)"), look, self.open_text, kind="link",
            icon_name="show", name=f"{name}.open",
        )  # fmt: skip
        for widget in (self.edit, self.told, self.again):
            column.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLOSES_AFTER * 1000)
        self._timer.timeout.connect(self.close_text)
        self.edit.typed.connect(self._keep_open)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.forget()

    @property
    def is_closed(self) -> bool:
        """Whether what is written cannot be read now."""
        return not self.edit.isVisibleTo(self)

    def value(self) -> str:
        """What was typed."""
        return self.edit.value()

    def forget(self) -> None:
        """Nothing of it remains."""
        self._timer.stop()
        self.edit.clear()
        self._show(closed=False)

    def close_text(self) -> None:
        """Close, if something stands there."""
        self._timer.stop()
        if self.edit.value():
            count = len(self.edit.value())
            self.told.setText(self._look.words.plural("{n} letter written.", "{n} letters written.", count))
            self._show(closed=True)

    def open_text(self) -> None:
        """Open it to write on."""
        self._show(closed=False)
        self._timer.start()
        self.edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Close when the keys go elsewhere."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.close_text()
        return super().eventFilter(watched, event)

    def _show(self, *, closed: bool) -> None:
        self.edit.setVisible(not closed)
        self.told.setVisible(closed)
        self.again.setVisible(closed)

    def _keep_open(self) -> None:
        self._timer.start()
        self.typed.emit()
