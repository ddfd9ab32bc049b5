"""Paying one voucher: what it is, who collects it and how, who witnesses, and what must be asked before.

It pays nothing itself. The witness stays as for the payment before, because one team pays a whole queue.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers.codes import COLLECTOR, IDENTITY, MARK
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.assistance.vouchers.offers import Offer
from helpdesk.core.language import isolate
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import button, label

PAYEE, ALTERNATE, SIGNATURE = "PAYEE", "ALTERNATE", "SIGNATURE"


class PayPart(Part):
    """Opened with an offer: identity first, then the witness, then Ctrl+Enter; collector and mark stand as is usual."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Pay this voucher"), "pay")
        words = self.words
        self.offer: Offer | None = None
        self.amount = label("", role="huge", name="payAmount")
        self.rows = Rows(look, name="payRows")
        self.doubt = label("", tone="careful", name="payDoubt")
        self.question = label("", tone="careful", name="payQuestion")
        self.second = label("", tone="careful", name="paySecond")
        self.names = label("", tone="careful", name="payNames")
        self.identity = ChoiceRow(look, "identity", words("How the payee is known"), entries_of(look, IDENTITY))
        self.witness = NameEdit(look, "witness")
        self.collector = ChoiceRow(look, "collector", words("Who collects it"), entries_of(look, COLLECTOR))
        self.mark = ChoiceRow(look, "mark", words("How it is signed"), entries_of(look, MARK))
        for widget in (self.amount, self.rows, self.doubt, self.question, self.second, self.names):
            self.add(widget)
        who = QHBoxLayout()
        who.addWidget(self.field("identity", words("How the payee is known"), self.identity, required=True), 1)
        seen = words("Somebody of the team who sees the money handed over. A payment cannot be undone.")
        who.addWidget(self.field("witness", words("Witness"), self.witness, required=True, hint=seen), 1)
        self.inside.addLayout(who)
        both = QHBoxLayout()
        both.addWidget(self.field("collector", words("Who collects it"), self.collector), 1)
        both.addWidget(self.field("mark", words("How it is signed"), self.mark), 1)
        self.inside.addLayout(both)
        row = QHBoxLayout()
        row.addWidget(button(words("Leave without paying"), look, self.forget, kind="link", name="payLeave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        for choice in (self.identity, self.collector, self.mark):
            choice.changed.connect(lambda _: self.moved.emit())
        self.witness.typed.connect(lambda _: self.moved.emit())
        self.hide()

    @property
    def voucher(self) -> VoucherShown | None:
        """What is to be paid, None while nothing is."""
        return self.offer.voucher if self.offer is not None else None

    def show_offer(self, offer: Offer, today: date, *, scanned: bool) -> None:
        """Show what is to be paid; a typed number was not proved genuine."""
        words, voucher = self.words, offer.voucher
        self.offer = offer
        self.amount.setText(amount_shown(words, voucher.amount, voucher.currency))
        self.rows.show_rows(self._rows(offer))
        _warn(self.doubt, "" if scanned else words(
            "The number was typed, not scanned: compare name and amount with the paper."
        ))  # fmt: skip
        _warn(self.question, self._asked(offer, today))
        _warn(self.second, self._lacks_hand(offer))
        told = [
            words("These accounts carry one name: {names}. Make sure that they are two people.",
                  names=words.listed(one))
            for one in offer.same_names
        ]  # fmt: skip
        _warn(self.names, "\n".join(told))
        self.identity.choose(None)
        self.collector.choose(PAYEE)
        self.collector.button(ALTERNATE).setEnabled(bool(offer.alternate))
        self.mark.choose(SIGNATURE)
        self.show()
        self.identity.setFocus()
        self.moved.emit()

    def _rows(self, offer: Offer) -> list[tuple[str, str | None]]:
        words, voucher = self.words, offer.voucher
        payee = words("the name that stands on the paper") if offer.taken_in else voucher.payee
        part = words("{n} of {of}", n=voucher.instalment, of=voucher.of) if voucher.of > 1 else ""
        return [
            (words("Pay to"), payee),
            (words("Or to the alternate"), offer.alternate),
            (words("Grant"), words.label(GRANT.name, voucher.grant)),
            (words("Instalment"), part),
            (words("Voucher"), voucher_number_shown(voucher.number) if voucher.number else ""),
            (words("Payable until"), words.date(voucher.last_day)),
        ]

    def _asked(self, offer: Offer, today: date) -> str:
        if offer.maybe_paid is None:
            return ""
        day = offer.maybe_paid.list_day
        return self.words.plural(
            "Ask before you pay: this grant may have been paid to the family elsewhere. So says the paid list of "
            "{day}, {n} day old. If they had it, stop here and call the supervisor.",
            "Ask before you pay: this grant may have been paid to the family elsewhere. So says the paid list of "
            "{day}, {n} days old. If they had it, stop here and call the supervisor.",
            max((today - day).days, 0), day=day,
        )  # fmt: skip

    def _lacks_hand(self, offer: Offer) -> str:
        words = self.words
        if offer.approved:
            return words("You approved this voucher: another must pay it.")
        if offer.taken_in and offer.voucher.own:
            return words("You took this paper in: another must pay it.")
        if offer.second == "NEEDED":
            return words(
                "You registered the family or planned this voucher. A colleague signs in with her own account, finds "
                "it under \u201cTo hand over\u201d and stands for its payment; then you can pay it."
            )
        return ""

    def forget(self) -> None:
        """Nothing is to be paid any more."""
        self.offer = None
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """What is needed before the money is handed over."""
        words = self.words
        found = []
        if self.offer is not None and self._lacks_hand(self.offer):
            found.append(Missing(words("another person's hand, as it says below"), self.identity))
        if self.identity.chosen is None:
            found.append(Missing(words("how the payee is known"), self.identity))
        if not self.witness.value():
            found.append(Missing(words("the witness"), self.witness))
        return found

    def said(self) -> str:
        """What paying will do, in words."""
        voucher, offer = self.voucher, self.offer
        if voucher is None or offer is None:
            return ""
        amount = amount_shown(self.words, voucher.amount, voucher.currency)
        name = offer.alternate if self.collector.chosen == ALTERNATE else voucher.payee
        if not name:
            return self.words("Pay {amount}", amount=amount)
        return self.words("Pay {amount} to {name}", amount=amount, name=isolate(name))


def _warn(where: QLabel, sentence: str) -> None:
    where.setText(sentence)
    where.setVisible(bool(sentence))
