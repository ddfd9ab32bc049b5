"""A pay day is opened: where, on which day, and which vouchers are offered for it. It opens nothing itself."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.distributions.commands import MOST_LINES
from helpdesk.assistance.distributions.queries import payable
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.desk.bundle import PayPoint
from helpdesk.desk.commands import View
from helpdesk.printing.blocks import amount_shown
from helpdesk.vault.records import document_of
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.day import DayEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label


class Offered(Struct, frozen=True):
    """The vouchers of a pay point and day that stand on no list yet, and what they come to in dinars."""

    vouchers: tuple[str, ...]
    amount: int


def offered(view: View, pay_point: int, on: date) -> Offered:
    """What a list of that day would hold. Raises Refusal("role.not_allowed")."""
    found = payable(view, pay_point, on)[:MOST_LINES]
    documents = (document_of(view.connection, VOUCHER, one) for one in found)
    return Offered(found, sum(one.amount for one in documents if one is not None))


class OpenDayPart(Part):
    """Where and when; what is offered follows from it."""

    asked = Signal(int, object)
    """A pay point and a day: what would be on its list?"""
    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Open a pay day"), "openPayday")
        words = self.words
        self._today: date | None = None
        self.found: Offered | None = None
        self.point = PickBox(look, "paydayPoint", words("Pay point"), [], numbered=False)
        self.on = DayEdit(look, "paydayOn")
        self.told = label("", role="head", name="paydayOffered")
        row = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        self._point = self.field("pay_point", words("Pay point"), self.point, required=True)
        row.addWidget(self._point, 2, top)
        row.addWidget(self.field("on", words("Day"), self.on, required=True), 1, top)
        self.inside.addLayout(row)
        self.add(self.told)
        self.on.told.connect(self.fields["on"].say)
        self.on.typed.connect(lambda _: self.ask())
        self.point.picked.connect(lambda _: self.ask())

    def know(self, points: tuple[PayPoint, ...], today: date) -> None:
        """The pay points of this desk and the day; the only point there is is chosen."""
        if self._today is None:
            self.point.offer([(str(one.number), one.name) for one in points])
            self.on.show_day(today)
        self._today = today
        if len(points) == 1:
            self.point.choose(str(points[0].number))
        self.ask()

    def ask(self) -> None:
        """Ask what is offered, once point and day are known."""
        self.found = None
        self.told.setText("")
        if self.point.chosen is not None and self.on.day() is not None:
            self.asked.emit(int(self.point.chosen), self.on.day())
        self.moved.emit()

    def show_offered(self, found: Offered) -> None:
        """What may be put on the list."""
        words = self.words
        self.found = found
        if found.vouchers:
            amount = amount_shown(words, found.amount, CURRENCY)
            self.told.setText(
                words.plural("{n} voucher is payable there on that day: {amount}",
                             "{n} vouchers are payable there on that day: {amount}",
                             len(found.vouchers), amount=amount)
            )  # fmt: skip
        else:
            self.told.setText(
                words("No voucher with a paper is payable there on that day. Print vouchers first, on their own page.")
            )
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """Point, day, and a voucher to pay."""
        words = self.words
        if self.point.chosen is None:
            return [Missing(words("the pay point"), self.point)]
        day = self.on.day()
        if day is None:
            return [Missing(words("the day"), self.on)]
        if self._today is not None and day < self._today:
            return [Missing(words("today or a later day"), self.on)]
        return []
