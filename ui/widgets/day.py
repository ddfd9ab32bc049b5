"""One whole day, past or to come, typed in any digit script and any usual order.

It says below which day it understood; what it does not understand it says only once the field is left.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from helpdesk.core.dates import read_date
from helpdesk.core.errors import Refusal
from ui.theme import Look
from ui.widgets.fields import TextEdit


class DayEdit(TextEdit):
    """A day: ``12.6.2026``, ``2026-06-12``. A year or a month alone is not understood as one."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft)
        self.setPlaceholderText(look.words("day, month and year"))
        self.textChanged.connect(lambda _: self._tell())
        self.editingFinished.connect(self._doubt)

    def day(self) -> date | None:
        """The day as understood, None while nothing is."""
        try:
            dated = read_date(self.value()) if self.value() else None
        except Refusal:
            return None
        return dated.day if dated is not None and dated.precision == "day" else None

    def is_wrong(self) -> bool:
        """Whether something stands here that is no day."""
        return bool(self.value()) and self.day() is None

    def show_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText("" if day is None else day_typed(day))

    def _tell(self) -> None:
        day = self.day()
        self.told.emit("" if day is None else self._look.words.date(day), "quiet")

    def _doubt(self) -> None:
        if self.is_wrong():
            self.told.emit(self._look.words("A whole day is needed: day, month and year."), "careful")


def day_typed(day: date) -> str:
    """A day as people type it."""
    return f"{day.day}.{day.month}.{day.year}"
