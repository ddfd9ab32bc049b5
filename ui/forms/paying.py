"""Paying one voucher: what it is, how the payee is known, who witnesses. It pays nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.vouchers.codes import IDENTITY
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import isolate
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import button, label


class PayPart(Part):
    """Opened with a voucher that may be paid here today; identity first, then the witness, then Ctrl+Enter."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Pay this voucher"), "pay")
        words = self.words
        self.voucher: VoucherShown | None = None
        self.amount = label("", role="huge", name="payAmount")
        self.rows = Rows(look, name="payRows")
        self.doubt = label("", tone="careful", name="payDoubt")
        self.identity = ChoiceRow(look, "identity", words("How the payee is known"), entries_of(look, IDENTITY))
        self.witness = NameEdit(look, "witness")
        self.add(self.amount)
        self.add(self.rows)
        self.add(self.doubt)
        self.add(self.field("identity", words("How the payee is known"), self.identity, required=True))
        self.add(
            self.field(
                "witness", words("Witness"), self.witness, required=True,
                hint=words("Somebody of the team who sees the money handed over. A payment cannot be undone."),
            )
        )  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(button(words("Leave without paying"), look, self.forget, kind="link", name="payLeave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.identity.changed.connect(lambda _: self.moved.emit())
        self.witness.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def show_voucher(self, voucher: VoucherShown, *, scanned: bool) -> None:
        """Show what is to be paid; a typed number was not proved genuine."""
        words = self.words
        self.voucher = voucher
        self.amount.setText(amount_shown(words, voucher.amount, voucher.currency))
        number = voucher_number_shown(voucher.number) if voucher.number else ""
        self.rows.show_rows(
            [(words("Pay to"), voucher.payee), (words("Voucher"), number), (words("Payable until"),
             words.date(voucher.last_day))]
        )  # fmt: skip
        self.doubt.setVisible(not scanned)
        self.doubt.setText(words("The number was typed, not scanned: compare name and amount with the paper."))
        self.identity.choose(None)
        self.witness.clear()
        self.show()
        self.identity.setFocus()
        self.moved.emit()

    def forget(self) -> None:
        """Nothing is to be paid any more."""
        self.voucher = None
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """What is needed before the money is handed over."""
        words = self.words
        found = []
        if self.identity.chosen is None:
            found.append(Missing(words("how the payee is known"), self.identity))
        if not self.witness.value():
            found.append(Missing(words("the witness"), self.witness))
        return found

    def said(self) -> str:
        """What paying will do, in words."""
        voucher = self.voucher
        if voucher is None:
            return ""
        amount = amount_shown(self.words, voucher.amount, voucher.currency)
        return self.words("Pay {amount} to {name}", amount=amount, name=isolate(voucher.payee))
