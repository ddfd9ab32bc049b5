"""From a number that may be paid to the payment and its receipt: the same on the page of vouchers and after a check.

It reads and saves by the page it is handed; the page says what was paid and gives the keys back to its target.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from helpdesk.assistance.vouchers import papers as voucher_papers
from helpdesk.assistance.vouchers import paying
from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.life import PAYABLE
from helpdesk.assistance.vouchers.offers import Offer, offer_of
from helpdesk.core.language import isolate
from helpdesk.printing.blocks import amount_shown
from ui.forms import papers
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.paying import ALTERNATE, PAYEE, SIGNATURE, PayPart


class PayFlow(QObject):
    """``page`` is the page it serves; :attr:`part` stands wherever that page puts it."""

    paid = Signal()
    """The money was handed over and the piece is gone."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._page = page
        self._paying = False
        self.now: DeskNow | None = None
        self.last_paid = ""
        """The number paid last, whose receipt F6 prints."""
        self.part = PayPart(page.look)

    def open(self) -> None:
        """The page opens: nothing is being paid, and the desk is looked at anew."""
        self.part.forget()
        self._page.read(desk_now, then=self._know_desk, newest="now")

    def _know_desk(self, now: DeskNow) -> None:
        self.now = now

    def begin(self, number: str, *, scanned: bool) -> None:
        """Offer a voucher to be paid."""
        self.last_paid = ""
        self._page.read(offer_of, number, then=partial(self._offer, scanned), newest="pay")

    def _offer(self, scanned: bool, offer: Offer) -> None:
        page, voucher = self._page, offer.voucher
        page.quiet()
        if voucher.state not in PAYABLE or self.now is None:
            why = page.words.label(STATE.name, voucher.state)
            page.say("stop", page.words("This voucher cannot be paid here today: {why}", why=why))
            return
        self.part.show_offer(offer, self.now.day, scanned=scanned)

    def pay(self) -> None:
        """Pay what stands in the piece, once however often it is asked for."""
        part = self.part
        voucher, identity = part.voucher, part.identity.chosen
        if voucher is None or voucher.number is None or identity is None or self._paying:
            return
        self._paying = True
        collector = part.collector.chosen or PAYEE
        name = part.offer.alternate if part.offer is not None and collector == ALTERNATE else voucher.payee
        self._page.around.work.call(
            self._page,
            partial(_pay, voucher.number, part.witness.value(), identity, collector, part.mark.chosen or SIGNATURE),
            then=partial(self._after, name), failed=self._not_paid,
        )  # fmt: skip

    def _not_paid(self, error: Exception) -> None:
        self._paying = False
        self._page.show_failure(error)

    def _after(self, name: str, payment: Payment) -> None:
        self._paying = False
        page = self._page
        page.around.work.committed.emit()
        self.part.forget()
        self.last_paid = "" if payment.rerouting else payment.number
        amount = amount_shown(page.words, payment.amount, payment.currency)
        way_on = (page.words("Print the receipt (F6)"), self.print_receipt) if self.last_paid else None
        if name:
            page.say("good", page.words("Paid: {amount} to {name}.", amount=amount, name=isolate(name)), way_on)
        else:
            page.say("good", page.words("Paid: {amount}.", amount=amount), way_on)
        self.paid.emit()

    def print_receipt(self) -> None:
        """The receipt of the payment made last."""
        if self.last_paid:
            self.show_receipt(self.last_paid)

    def show_receipt(self, number: str) -> None:
        """The receipt of any payment."""
        self._page.read(voucher_papers.receipt_of, number, then=self._receipt, newest="receipt")

    def _receipt(self, paid: voucher_papers.PaidVoucher) -> None:
        if self.now is not None:
            page = self._page
            paper = papers.receipt_paper(page.words, paid, self.now, practice=page.around.seat.practice)
            page.around.go("paper", paper)


def _pay(number: str, witness: str, identity: str, collector: str, mark: str, desk: Any) -> Any:
    return desk.do(paying.pay, number, witness, identity, collector=collector, mark=mark)
