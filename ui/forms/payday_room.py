"""One pay day around its table: what it stands at, who witnesses, the lines of the list, and what may be done.

It only tells what was pressed; it reads and saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.distributions.documents import Line
from helpdesk.assistance.distributions.queries import DayShown
from helpdesk.printing.blocks import amount_shown
from ui.forms.part import Missing
from ui.forms.payday_words import line_columns, sum_rows
from ui.theme import Look
from ui.widgets.fields import Field, NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.words import Card, button, label

_PAPERS: Final = ("list", "reconciliation")
_FIRST_ROW: Final = ("back", *_PAPERS, "cash")


class PaydayRoom(QWidget):
    """The lower part of the page; :attr:`head` is the upper one."""

    pressed = Signal(str)
    """The name of the act."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = self._words = look.words
        self._lines: dict[int, Line] = {}
        self._shown: DayShown | None = None
        self._today: date | None = None
        self.head = Card(look, "", "paydayHead")
        self.counter = label("", role="huge", wrap=False, name="paydayCounter")
        self.told = label("", role="quiet", name="paydayTold")
        self.witness = NameEdit(look, "paydayWitness")
        self._witness = Field(
            look, words("Witness at this table"), self.witness, required=True,
            hint=words("Somebody of the team who sees the money handed over. The name stays for the next payee."),
        )  # fmt: skip
        top = QHBoxLayout()
        counted = QVBoxLayout()
        counted.addWidget(self.counter)
        counted.addWidget(self.told)
        top.addLayout(counted, 3)
        top.addWidget(self._witness, 2)
        self.head.inside.addLayout(top)
        self.sums = Rows(look, name="paydaySums")
        self.lines = PagedTable(look, "paydayLines", words("Lines of the list"), line_columns(words), self._fetch)
        self.lines.setMinimumHeight(look.size(230))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(12))
        column.addWidget(self.lines, 1)
        column.addWidget(self.sums)
        column.addLayout(self._acts(look))

    def _acts(self, look: Look) -> QVBoxLayout:
        words = look.words
        titles = {
            "back": words("All pay days"),
            "list": words("Print the list"),
            "reconciliation": words("Print the reconciliation"),
            "type_in": words("Type in from paper"),
            "add": words("Add what was printed since"),
            "stand_for": words("Stand for this list"),
            "cash": words("Count the cash"),
            "close": words("Close the day"),
        }
        self.buttons: dict[str, QPushButton] = {}
        # in two rows: in some languages all of them beside one another are wider than the smallest screen
        rows = QVBoxLayout()
        papers, acts = QHBoxLayout(), QHBoxLayout()
        for name, title in titles.items():
            kind = {"back": "link", "close": "stop"}.get(name, "")
            made = self.buttons[name] = button(
                title, look, self._telling(name), kind=kind, icon_name="print" if name in _PAPERS else "",
                name=f"payday.{name}",
            )  # fmt: skip
            (papers if name in _FIRST_ROW else acts).addWidget(made)
        for row in (papers, acts):
            row.addStretch(1)
            rows.addLayout(row)
        return rows

    def _telling(self, name: str) -> Callable[[], None]:
        return lambda: self.pressed.emit(name)

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._lines[one] for one in ids])

    def show_day(self, shown: DayShown, point: str, today: date) -> None:
        """Show a day as it stands now."""
        words = self._words
        self._shown, self._today = shown, today
        self._lines = {line.line: line for line in shown.lines}
        self.lines.show_ids(list(self._lines))
        sums = shown.sums
        self.counter.setText(words("{done} of {all} paid", done=sums.paid, all=sums.lines))
        self.told.setText(
            words("{paid} of {planned}, {point}, {day}", paid=amount_shown(words, sums.paid_amount, CURRENCY),
                  planned=amount_shown(words, sums.planned, CURRENCY), point=point, day=shown.distribution.on)
        )  # fmt: skip
        self.sums.show_rows(sum_rows(words, sums))

    def arrange(self, *, typing: bool) -> None:
        """Show what may be done now."""
        shown = self._shown
        is_open = shown is not None and shown.distribution.state == "OPEN"
        is_today = shown is not None and shown.distribution.on == self._today
        has_come = shown is not None and self._today is not None and shown.distribution.on <= self._today
        seen = {
            "reconciliation": has_come,
            "type_in": is_open and has_come and not typing,
            "add": is_open and not typing,
            "stand_for": is_open and is_today and not typing,
            "cash": not is_open,
            "close": is_open and has_come and not typing,
        }
        for name, made in self.buttons.items():
            made.setVisible(seen.get(name, True))
        self._witness.setVisible(is_open and is_today and not typing)

    def missing(self) -> list[Missing]:
        """The witness."""
        return [] if self.witness.value() else [Missing(self._words("the witness"), self.witness)]
