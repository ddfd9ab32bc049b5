"""What is typed about arrival packages: how many came, were spoiled or were counted, and a word about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.kits import commands
from helpdesk.assistance.kits.documents import KIT_MOVE, Stock
from helpdesk.assistance.kits.queries import ISSUED, StockLine, stock, stock_card
from helpdesk.core.language import Words
from helpdesk.desk.commands import View
from helpdesk.printing.work_sheets import stock_card_pdf
from ui.forms.part import Missing, Part
from ui.printing import Paper
from ui.theme import Look
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.row_drawing import Column
from ui.widgets.words import button

COMMANDS: Final[dict[str, Callable[..., Any]]] = {
    "RECEIVED": commands.receive,
    "DAMAGED": commands.write_off,
    "COUNTED": commands.count,
}


def kits_now(view: View) -> tuple[Stock, tuple[StockLine, ...]]:
    """The stock and its card. Raises Refusal("bundle.none" | "role.not_allowed")."""
    return stock(view), stock_card(view)


class KitPart(Part):
    """Opened for one kind of movement: a code of ``kit_move``."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "kitPart")
        words = self.words
        self.what = ""
        self._expected = 0
        self.setAccessibleName(words("Packages"))
        self.number = DigitEdit(look, "kitNumber", longest=5)
        self.note = NameEdit(look, "kitNote", longest=commands.LONGEST)
        row = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.field("kits", words("How many packages"), self.number, required=True), 1, top)
        row.addWidget(self.field("note", words("From whom, or what happened"), self.note), 3, top)
        self.inside.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(button(words("Leave without saving"), look, self.forget, kind="link", name="kitLeave"))
        foot.addStretch(1)
        self.inside.addLayout(foot)
        self.number.typed.connect(lambda _: self._move())
        self.note.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self, what: str, expected: int) -> None:
        """Begin a movement; ``expected`` packages should be here."""
        self.what, self._expected = what, expected
        self.number.clear()
        self.note.clear()
        self.show()
        self.number.setFocus()
        self._move()

    def _move(self) -> None:
        words, typed = self.words, self.number.value()
        said, tone = "", "quiet"
        if self.what == "COUNTED" and typed:
            differs = int(typed) - self._expected
            said = words("{n} should be here: say why it differs.", n=self._expected) if differs else words("It is so.")
            tone = "careful" if differs else "quiet"
        self.fields["kits"].say(said, tone)
        self.moved.emit()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self.what = ""
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """How many, and a word where one is needed."""
        words, typed = self.words, self.number.value()
        if not typed:
            return [Missing(words("how many packages"), self.number)]
        told = len(self.note.value()) >= commands.SHORTEST
        if not told and (self.what != "COUNTED" or int(typed) != self._expected):
            what = {"RECEIVED": words("from whom they came"), "DAMAGED": words("what happened to them")}
            return [Missing(what.get(self.what, words("why the count differs")), self.note)]
        return []

    def said(self) -> str:
        """What saving it does, in words."""
        words = self.words
        said = {
            "RECEIVED": words("Take these packages in"),
            "DAMAGED": words("Write these packages off"),
            "COUNTED": words("Write the count down"),
        }
        return said.get(self.what, "")


def kit_columns(words: Words) -> list[Column]:
    """The columns of the stock card."""
    return [
        Column(words("Day"), 190, lambda line: words.date(line.on)),
        Column(words("What"), 200, lambda line: what_told(words, line)),
        Column(words("Change"), 110, lambda line: words.digits(f"{line.change:+d}"), ltr=True),
        Column(words("Left"), 110, lambda line: words.digits(line.left), ltr=True),
        Column(words("Note"), 0, lambda line: line.note),
    ]


def what_told(words: Words, line: StockLine) -> str:
    """What a line of the card says happened."""
    return words("Given to families") if line.what == ISSUED else words.label(KIT_MOVE.name, line.what)


def stock_paper(words: Words, lines: tuple[StockLine, ...], here: Stock, day: date, *, practice: bool) -> Paper:
    """The stock card on paper."""
    return Paper(words("Stock of arrival packages"), stock_card_pdf(lines, here, words, day, practice=practice))
