"""The line that stands at the table, large enough to be read by two: amount, payee, size, and whether it may be paid.

Two digits and Enter pay it: how the payee is known, and who makes which mark. It pays nothing itself.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from helpdesk.assistance.distributions.documents import LINE_STATE, Handed, Line
from helpdesk.assistance.vouchers.codes import COLLECTOR, IDENTITY, MARK
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from ui.forms.part import Missing, Part
from ui.forms.quick_row import QuickRow
from ui.theme import Look
from ui.widgets.choices import entries_of
from ui.widgets.words import button, label

WAITS: Final = ("WAITING", "ABSENT")
DOT: Final = "  \u00b7  "
_TONES: Final = {"WAITING": "good", "ABSENT": "good", "PAYEE": "stop", "ALTERNATE": "stop", "UNCLAIMED": "stop"}


def signing_entries(look: Look) -> tuple[tuple[str, str], ...]:
    """Who collects and makes which mark, as one answer: codes ``COLLECTOR.MARK``."""
    words = look.words
    return tuple(
        (f"{who}.{mark}", words("{who}: {mark}", who=words.label(COLLECTOR.name, who),
                                mark=words.label(MARK.name, mark)))
        for who in COLLECTOR
        for mark in MARK
    )  # fmt: skip


class PayLine(Part):
    """Opened with a line of the list."""

    moved = Signal()
    paid = Signal()
    """Enter on the pay button."""
    absent = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "payLine")
        words = self.words
        self.setAccessibleName(words("The line at the table"))
        self.line: Line | None = None
        self.verdict = label("", role="head", name="payVerdict")
        self.amount = label("", role="huge", name="payAmount")
        self.payee = label("", role="title", name="payPayee")
        self.facts = label("", name="payFacts")
        self.doubt = label("", tone="careful", name="payDoubt")
        self.question = label("", tone="stop", name="payQuestion")
        told, asked_for = QVBoxLayout(), QVBoxLayout()
        for widget in (self.verdict, self.amount, self.payee, self.facts, self.doubt, self.question):
            told.addWidget(widget)
        told.setSpacing(look.size(8))
        told.addStretch(1)
        self.identity = QuickRow(
            look, "identity", words("How the payee is known"), entries_of(look, IDENTITY), columns=1
        )
        self.signs = QuickRow(look, "signs", words("Who collects, and how"), signing_entries(look), columns=2)
        self._identity = self.field("identity", words("How the payee is known"), self.identity, required=True)
        self._signs = self.field("signs", words("Who collects, and how"), self.signs, required=True)
        asked_for.addWidget(self._identity)
        asked_for.addWidget(self._signs)
        beside = QHBoxLayout()
        beside.setSpacing(look.size(24))
        beside.addLayout(told, 1)
        beside.addLayout(asked_for, 1)
        self.inside.addLayout(beside)
        self.pay = button(words("Pay"), look, self.paid.emit, icon_name="money", name="payNow")
        self.gone = button(words("Nobody came when called"), look, self.absent.emit, name="payAbsent")
        row = QHBoxLayout()
        row.addWidget(self.pay)
        row.addWidget(self.gone)
        row.addStretch(1)
        row.addWidget(button(words("Leave without paying"), look, self._leave, kind="link", name="payLeave"))
        asked_for.addLayout(row)
        asked_for.addStretch(1)
        for asked in (self.identity, self.signs):
            asked.changed.connect(lambda _: self.moved.emit())
        self.identity.answered.connect(self.signs.setFocus)
        self.signs.answered.connect(self.pay.setFocus)
        self.hide()

    @property
    def may_be_paid(self) -> bool:
        """Whether the line that stands here waits for its payee."""
        return self.line is not None and self.line.state in WAITS

    def show_line(self, line: Line, *, scanned: bool, today: bool) -> None:
        """Show a line; one that was chosen or typed was not proved by its paper."""
        words = self.words
        self.line = line
        self.setProperty("ground", _TONES.get(line.state, "careful"))
        self.style().unpolish(self)
        self.style().polish(self)
        number = words("Line {line}", line=line.line)
        self.verdict.setText(f"{number}{DOT}{self._verdict(line, today)}")
        self.amount.setText(amount_shown(words, line.amount, line.currency))
        self.payee.setText(isolate(line.payee))
        told = [words.plural("{n} person", "{n} persons", line.size)]
        if line.household_number:
            family = isolate_ltr(household_number_shown(line.household_number))
            told.append(words("family {number}", number=family))
        if line.number:
            told.append(words("voucher {number}", number=isolate_ltr(voucher_number_shown(line.number))))
        if line.alternate:
            told.append(words("may also be collected by {name}", name=isolate(line.alternate)))
        self.facts.setText(DOT.join(told))
        waits = line.state in WAITS
        self.doubt.setVisible(waits and not scanned)
        self.doubt.setText(words("The voucher was not scanned: compare its number and amount with the paper."))
        self.question.hide()
        self.identity.choose(None)
        self.signs.choose(None)
        for mark in MARK:
            self.signs.button(f"ALTERNATE.{mark}").setEnabled(bool(line.alternate))
        for widget in (self._identity, self._signs, self.pay):
            widget.setVisible(waits and today)
        self.gone.setVisible(line.state == "WAITING")
        self.show()
        if waits and today:
            self.identity.setFocus()
        self.moved.emit()

    def ask_before(self, voucher: str, list_day: date) -> None:
        """The paid list says that this grant may have been paid elsewhere: a question, beside the line it is about."""
        if self.line is None or self.line.voucher != voucher:
            return
        self.question.setText(
            self.words(
                "Ask first: the paid list of {day} says that this grant may have been paid to the family elsewhere.",
                day=list_day,
            )
        )
        self.question.show()

    def _verdict(self, line: Line, today: bool) -> str:
        words = self.words
        if line.state in ("PAYEE", "ALTERNATE"):
            if line.paid_by:
                return words("Paid already by {name}. Do not pay it again.", name=isolate(line.paid_by))
            return words("Paid already. Do not pay it again.")
        if line.state == "UNCLAIMED":
            return words("Nobody came for it, and the day was closed. Do not pay it.")
        if line.state == "OUT":
            return words("The voucher may not be paid any more. Check it on its own page.")
        if not today:
            return words("On the list, but this list is not for today.")
        return words("May be paid now") if line.state == "WAITING" else words("Was not there when called; may be paid")

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Nothing stands here any more."""
        self.line = None
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """What is asked before money is handed over."""
        words = self.words
        asked = ((words("how the payee is known"), self.identity), (words("who collects, and how"), self.signs))
        return [Missing(what, row) for what, row in asked if row.chosen is None]

    def handed(self, witness: str) -> Handed | None:
        """How the money is handed over; None while something is not said."""
        identity, signs = self.identity.chosen, self.signs.chosen
        if identity is None or signs is None:
            return None
        collector, _, mark = signs.partition(".")
        return Handed(witness=witness, identity=identity, collector=collector, mark=mark)

    def said(self) -> str:
        """What paying will do, in words."""
        if self.line is None:
            return ""
        amount = amount_shown(self.words, self.line.amount, self.line.currency)
        return self.words("Pay {amount} to {name}", amount=amount, name=isolate(self.line.payee))


def state_word(look: Look, line: Line) -> str:
    """What became of a line, in a word."""
    return look.words.label(LINE_STATE.name, line.state)
