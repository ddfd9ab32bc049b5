"""Notes counted one value after the other, in any digits, with what they come to beside them. It saves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from helpdesk.assistance.cash.counting import CURRENCY, MOST_PIECES, NOTES, worth
from helpdesk.printing.blocks import amount_shown
from ui.theme import Look
from ui.widgets.fields import DigitEdit
from ui.widgets.words import label


class Notes(QWidget):
    """A field of pieces for each note, the largest first."""

    moved = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        words = self._words = look.words
        self.setObjectName(name)
        self._edits: dict[str, DigitEdit] = {}
        self._sums = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.size(12))
        grid.setVerticalSpacing(look.size(4))
        for column, title in enumerate((words("Banknote"), words("Pieces"), words("Amount"))):
            grid.addWidget(label(title, role="quiet", wrap=False), 0, column)
        for row, note in enumerate(NOTES, start=1):
            shown = amount_shown(words, note, CURRENCY)
            edit = self._edits[str(note)] = DigitEdit(look, f"{name}.{note}", longest=len(str(MOST_PIECES)))
            edit.setAccessibleName(words("Pieces of {note}", note=shown))
            edit.setFixedWidth(look.size(120))
            told = self._sums[str(note)] = label("", wrap=False, name=f"{name}Sum.{note}")
            grid.addWidget(label(shown, wrap=False), row, 0)
            grid.addWidget(edit, row, 1, Qt.AlignmentFlag.AlignLeading)
            grid.addWidget(told, row, 2)
            edit.typed.connect(lambda _: self._move())
        self.total = label("", role="head", wrap=False, name=f"{name}Total")
        grid.addWidget(label(words("Total"), role="head", wrap=False), len(NOTES) + 1, 0)
        grid.addWidget(self.total, len(NOTES) + 1, 2)
        grid.setColumnStretch(3, 1)
        self.setFocusProxy(self._edits[str(NOTES[0])])
        self._move()

    def edit(self, note: int) -> DigitEdit:
        """The field of a note."""
        return self._edits[str(note)]

    def pieces(self) -> dict[str, int]:
        """Pieces by note; a field that is empty is none."""
        return {note: int(edit.value()) for note, edit in self._edits.items() if edit.value()}

    def amount(self) -> int:
        """What they come to, in dinars."""
        return worth(self.pieces())

    def empty(self) -> None:
        """Nothing is counted."""
        for edit in self._edits.values():
            edit.clear()

    def _move(self) -> None:
        words, counted = self._words, self.pieces()
        for note, told in self._sums.items():
            told.setText(amount_shown(words, int(note) * counted[note], CURRENCY) if counted.get(note) else "")
        self.total.setText(amount_shown(words, worth(counted), CURRENCY))
        self.moved.emit()
