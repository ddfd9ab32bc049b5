"""When something happened, as people say it: a year, a month and year, or a day, in any digit script.

It says below what it understood; what it does not understand it says only once the field is left.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from helpdesk.core.dates import Dated, read_past
from helpdesk.core.errors import Refusal
from ui.theme import Look
from ui.widgets.fields import TextEdit


class WhenEdit(TextEdit):
    """A past day and how exactly it is known: ``2014``, ``6/2014``, ``12.6.2014``."""

    def __init__(self, look: Look, name: str, today: date) -> None:
        super().__init__(look, name)
        self._today = today
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft)
        self.setPlaceholderText(look.words("year, month and year, or date"))
        self.textChanged.connect(lambda _: self._tell())
        self.editingFinished.connect(self._doubt)

    def know_today(self, today: date) -> None:
        """The programme's day, once it is known."""
        self._today = today

    def when(self) -> Dated | None:
        """The day as understood, None while nothing is."""
        try:
            return read_past(self.value(), self._today) if self.value() else None
        except Refusal:
            return None

    def _tell(self) -> None:
        understood = self.when()
        self.told.emit("" if understood is None else when_shown(self._look, understood), "quiet")

    def _doubt(self) -> None:
        if not self.value() or self.when() is not None:
            return
        try:
            read_past(self.value(), self._today)
        except Refusal as refusal:
            self.told.emit(self._look.words.sentence(refusal), "careful")


def when_shown(look: Look, when: Dated) -> str:
    """A day as exactly as it is known."""
    words = look.words
    if when.precision == "day":
        return words.date(when.day)
    year = words.digits(when.day.year)
    if when.precision == "month":
        return words("{month} {year}", month=words.label("month", str(when.day.month)), year=year)
    return words("in {year}", year=year)
