"""A small box for one of several, used in the lines of a sheet: digits choose, letters find, Backspace empties.

It starts empty: no answer is ever a default. It knows codes and their labels, not what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from helpdesk.core.text import fold
from ui.keys import digit_of
from ui.theme import Look

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PickBox(QComboBox):
    """:attr:`chosen` is a code, or None while nothing is chosen. ``numbered`` puts the digit before each label."""

    picked = Signal(str)
    """The code after each choice by hand, "" when it was emptied."""

    def __init__(
        self, look: Look, name: str, title: str, entries: Sequence[tuple[str, str]], *, numbered: bool = True
    ) -> None:
        super().__init__()
        self._look = look
        self._numbered = numbered
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMinimumHeight(look.size(32))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.offer(entries)
        self.activated.connect(lambda _: self.picked.emit(self.chosen or ""))

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; what was chosen stays if it is among them."""
        before = self.chosen
        self.clear()
        self.addItem("\u2013", None)
        for place, (code, text) in enumerate(entries, start=1):
            shown = f"{self._look.words.digits(place)}  {text}" if self._numbered and place <= 9 else text
            self.addItem(shown, code)
            self.setItemData(place, text, Qt.ItemDataRole.AccessibleTextRole)
        self.choose(before)

    @property
    def chosen(self) -> str | None:
        """The code that is chosen."""
        code = self.currentData()
        return str(code) if code is not None else None

    def choose(self, code: str | None) -> None:
        """Choose without a signal; None, or a code that is not offered, empties the box."""
        place = self.findData(code) if code is not None else 0
        self.setCurrentIndex(max(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits choose by number, Backspace and Delete empty."""
        digit = digit_of(event) if event.modifiers() in _PLAIN else None
        if digit is not None:
            if 0 < int(digit) < self.count():
                self._choose_by_hand(int(digit))
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and event.modifiers() in _PLAIN:
            self._choose_by_hand(0)
        elif event.modifiers() in (*_PLAIN, Qt.KeyboardModifier.ShiftModifier) and event.text().isalpha():
            self._find(event.text())
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before and not self.view().isVisible():
                self.picked.emit(self.chosen or "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """A wheel scrolls the page and never changes an answer."""
        event.ignore()

    def _find(self, letter: str) -> None:
        # Qt would compare the digit in front of each label; the same letter again takes the next one that fits
        wanted, here = fold(letter), self.currentIndex()
        for place in (*range(here + 1, self.count()), *range(1, here)):
            if fold(str(self.itemData(place, Qt.ItemDataRole.AccessibleTextRole))).startswith(wanted):
                self._choose_by_hand(place)
                return

    def _choose_by_hand(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.picked.emit(self.chosen or "")
