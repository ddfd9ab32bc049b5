"""Knowing when a window has been painted. Imports nothing of the program, so that it costs both sides the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _Watcher(QObject):
    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)  # when this paint, children included, is done
        return False


def when_painted(_app: QApplication, window: QWidget, then: Callable[[], object]) -> None:
    """Call ``then`` once, after the window's next paint."""
    _Watcher(window, then)
