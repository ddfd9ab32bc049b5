"""A row of choices for a queue: a digit answers it and the keys go on at once, so that nobody presses Enter between.

Arrows and the mouse choose as in every row; only a digit moves on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from ui.keys import digit_of
from ui.widgets.choices import ChoiceRow


class QuickRow(ChoiceRow):
    """:attr:`answered` follows a choice by its digit."""

    answered = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """As every row; what a digit chose is told once the key is dealt with."""
        took = super().eventFilter(watched, event)
        is_digit = isinstance(event, QKeyEvent) and digit_of(event) is not None
        if took and is_digit and self.chosen is not None:
            QTimer.singleShot(0, self, self.answered.emit)
        return took
