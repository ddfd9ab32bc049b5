"""Lines that stay closed until a key opens them, and close by themselves: nobody looking over the shoulder learns them.

It shows what it is handed; what is sensitive is decided by the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Look
from ui.widgets.reading import Rows
from ui.widgets.words import button

OPEN_SECONDS = 20
"""So long the lines stay open; long enough to read a phone number aloud."""


class ClosedRows(QWidget):
    """Names and values behind one button."""

    opened = Signal()

    def __init__(self, look: Look, name: str, title: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.toggle = button("", look, self._press, kind="link", icon_name="show", name=f"{name}.open")
        self.rows = Rows(look, name=f"{name}.rows")
        self._kept: Sequence[tuple[str, str | None]] = ()
        column.addWidget(self.toggle)
        column.addWidget(self.rows)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPEN_SECONDS * 1000)
        self._timer.timeout.connect(self.close_rows)
        self.close_rows()

    def tell(self, rows: Sequence[tuple[str, str | None]]) -> None:
        """What stands here; it is closed again."""
        self._kept = rows
        self.close_rows()

    @property
    def is_open(self) -> bool:
        """Whether the lines can be read now."""
        return self.rows.isVisibleTo(self)

    def close_rows(self) -> None:
        """Close: nothing of it remains on the screen."""
        self._timer.stop()
        self.rows.show_rows(())
        self.rows.hide()
        self._name(self._look.words("Show {what} (closes by itself)", what=self._title))

    def _press(self) -> None:
        if self.is_open:
            self.close_rows()
            return
        self.rows.show_rows(self._kept)
        self.rows.show()
        self._name(self._look.words("Close {what}", what=self._title))
        self._timer.start()
        self.opened.emit()

    def _name(self, text: str) -> None:
        self.toggle.setText(f" {text}")
        self.toggle.setAccessibleName(text)
