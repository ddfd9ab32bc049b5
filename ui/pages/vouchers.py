"""Vouchers by state: approve what others planned, print what was approved, pay what was printed, declare void.

Nobody types an amount, and nobody approves her own: the commands refuse it, and this page says so beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.assistance.vouchers import approving, checks, counts, mishaps, numbering, paying
from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers import papers as voucher_papers
from helpdesk.assistance.vouchers.codes import STATE as VOUCHER_STATE
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.vouchers import VoucherLayout
from ui.forms import papers
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.paying import PayPart
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label

TYPED = ("TYPED", "LIVE")


class Vouchers(Page):
    """Opened with nothing, a state, or ``("pay", number)`` from the check."""

    name: ClassVar[str] = "vouchers"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"voucher", "payment"})

    def build(self) -> None:
        """Scan target and payment above, states and table below."""
        words = self.words
        self._now: DeskNow | None = None
        self._lines: dict[str, VoucherShown] = {}
        self._ids: Sequence[str] = ()
        self._paying = False
        self._last_paid = ""
        self.target = ScanTarget(self.look)
        self.target.scanned.connect(self._scanned)
        self.pay = PayPart(self.look)
        self.pay.moved.connect(self._pay_moved)
        self.states = ChoiceRow(
            self.look, "states", words("Which vouchers"),
            [("ALL", words("All")), *entries_of(self.look, VOUCHER_STATE)],
        )  # fmt: skip
        self.states.choose("ALL")
        self.states.changed.connect(lambda _: self._ask())
        self.layout_row = ChoiceRow(
            self.look, "layout", words("Paper"),
            [(VoucherLayout.A4_THREE.value, words("three on A4")), (VoucherLayout.A6.value, words("one on A6"))],
        )  # fmt: skip
        self.layout_row.choose(VoucherLayout.A4_THREE.value)
        self.told = label("", role="quiet", name="voucherCount")
        self.table = PagedTable(self.look, "vouchersTable", words("Vouchers"), self._columns(), self._fetch)
        self.table.opened.connect(self._open_file)
        self.table.picked.connect(lambda _: self._pick())
        self.body.addWidget(self.target)
        self.body.addWidget(self.pay)
        self.body.addWidget(self.states)
        self.body.addWidget(self.layout_row)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)

    def _pay_moved(self) -> None:
        # while money is handed over nothing else is on the page
        paying = self.pay.voucher is not None
        for widget in (self.target, self.states, self.told, self.table, self.acts):
            widget.setVisible(not paying)
        self.layout_row.setVisible(not paying and self.states.chosen == "APPROVED")
        self.show_head()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.approve_one = button(words("Approve this one"), look, self._approve_picked, name="approveOne")
        self.print_one = button(words("Print this one"), look, self._print_picked, icon_name="print", name="printOne")
        self.print_again = button(
            words("Print again"), look, self._warn_of_reprint, icon_name="print", name="printAgain"
        )
        self.receipt = button(words("Print the receipt"), look, self._receipt_picked, icon_name="print",
                              name="printReceipt")  # fmt: skip
        self.reason = NameEdit(look, "voidReason", longest=200)
        self.reason.setAccessibleName(words("Why it becomes void"))
        self.reason.setPlaceholderText(words("why it becomes void"))
        self.void = button(words("Declare void"), look, self._void, kind="stop", name="voidOne")
        for widget in (self.approve_one, self.print_one, self.print_again, self.receipt):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.void)
        return self.acts

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("State"), 120, lambda v: words.label(VOUCHER_STATE.name, v.state), tone=_tone),
            Column(words("Voucher"), 150, lambda v: voucher_number_shown(v.number) if v.number else "", ltr=True),
            Column(words("Family"), 150, lambda v: household_number_shown(v.household_number), ltr=True),
            Column(words("Pay to"), 0, lambda v: v.payee),
            Column(words("Amount"), 150, lambda v: amount_shown(words, v.amount, v.currency)),
            Column(words("Payable until"), 190, lambda v: words.date(v.last_day)),
        ]

    def title(self) -> str:
        """The page's title."""
        return self.words("Vouchers")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan a voucher to pay it: choose how the payee is known, type the witness, and press Ctrl+Enter. Below "
            "stand all vouchers by state. A supervisor approves what others planned; approved ones can be printed. "
            "Enter opens the family's file."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.pay.identity if self.pay.voucher is not None else self.target

    def main_action(self) -> Action | None:
        """Pay what was scanned; else approve or print all of the state that is shown."""
        if not hasattr(self, "table"):
            return None
        words, state = self.words, self.states.chosen
        if self.pay.voucher is not None:
            missing = self.pay.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(self.pay.said(), self._pay, "money", lacking)
        if state == "PLANNED" and self.around.may(approving.approve):
            ready = self._approvable()
            lacking = "" if ready else words("Nothing here is yours to approve: another must have planned it.")
            said = words.plural("Approve {n} voucher", "Approve {n} vouchers", len(ready))
            return Action(said, self._approve_all, "check", lacking)
        if state == "APPROVED" and self.around.may(numbering.print_):
            lacking = "" if self._ids else words("No voucher waits to be printed.")
            said = words.plural("Print {n} voucher", "Print {n} vouchers", len(self._ids))
            return Action(said, lambda: self._print(tuple(self._ids)), "print", lacking)
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Show all, one state, or what shall be paid."""
        self.subject = subject
        self.pay.forget()
        if isinstance(subject, str) and subject in VOUCHER_STATE:
            self.states.choose(subject)
        self.read(desk_now, then=self._know_desk, newest="now")
        self._ask()
        if isinstance(subject, tuple) and subject[0] == "pay":
            self.read(voucher_lines.voucher_of, subject[1], then=partial(self._offer_pay, True), newest="pay")

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now

    def refresh(self) -> None:
        """Read again what is shown."""
        self._ask()

    def _ask(self) -> None:
        state = self.states.chosen
        self.layout_row.setVisible(state == "APPROVED" and self.pay.voucher is None)
        self.read(_listed, None if state == "ALL" else state, then=self._show, newest="rows")
        self.read(counts.by_state, then=self._count, newest="counts")

    def _show(self, found: tuple[list[str], dict[str, VoucherShown]]) -> None:
        self._ids, self._lines = found
        self.table.show_ids(self._ids)
        self._pick()

    def _count(self, found: Sequence[counts.StateCount]) -> None:
        words = self.words
        if not found:
            self.told.setText(words("No voucher yet. Plan the first in a family's file."))
            return
        said = [
            words("{thing}: {count}", thing=words.label(VOUCHER_STATE.name, one.state), count=one.vouchers)
            for one in found
        ]
        self.told.setText("   \u00b7   ".join(said))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        if all(one in self._lines for one in ids):
            then([self._lines[one] for one in ids])
            return

        def take(lines: dict[str, VoucherShown]) -> None:
            self._lines.update(lines)
            then([lines[one] for one in ids if one in lines])
            self._pick()

        self.read(voucher_lines.voucher_lines, tuple(ids), then=take)

    # one voucher

    def _picked(self) -> VoucherShown | None:
        picked = self.table.picked_id()
        return self._lines.get(picked) if picked is not None else None

    def _pick(self) -> None:
        voucher = self._picked()
        state = voucher.state if voucher else ""
        may = self.around.may
        self.approve_one.setVisible(state == "PLANNED" and may(approving.approve) and not (voucher and voucher.own))
        self.print_one.setVisible(state == "APPROVED" and may(numbering.print_))
        self.print_again.setVisible(state == "PRINTED" and may(numbering.reprint))
        self.receipt.setVisible(state == "PAID")
        can_void = state in ("PLANNED", "APPROVED", "PRINTED") and may(mishaps.void)
        self.reason.setVisible(can_void)
        self.void.setVisible(can_void)
        self.show_head()

    def _open_file(self, voucher_id: str) -> None:
        voucher = self._lines.get(voucher_id)
        if voucher is not None:
            self.around.go("family", voucher.household)

    def _approve_picked(self) -> None:
        voucher = self._picked()
        if voucher is not None:
            self.write(approving.approve, (voucher.id,), then=lambda _: self._approved(1))

    def _print_picked(self) -> None:
        voucher = self._picked()
        if voucher is not None:
            self._print((voucher.id,))

    def _warn_of_reprint(self) -> None:
        voucher = self._picked()
        if voucher is None or voucher.number is None:
            return
        self.quiet()
        self.say(
            "careful",
            self.words(
                "The new paper gets a new number. The paper with the number {number} becomes void at once: nobody can "
                "be paid with it. Tear it up.", number=isolate_ltr(voucher_number_shown(voucher.number)),
            ),
            (self.words("Print again"), partial(self._reprint, voucher.number)),
        )  # fmt: skip

    def _reprint(self, number: str) -> None:
        self.quiet()
        self.write(numbering.reprint, number, then=lambda face: self._printed((face,)))

    def _receipt_picked(self) -> None:
        voucher = self._picked()
        if voucher is not None and voucher.number is not None:
            self._ask_receipt(voucher.number)

    def _ask_receipt(self, number: str) -> None:
        self.read(voucher_papers.receipt_of, number, then=self._show_receipt, newest="receipt")

    def _show_receipt(self, paid: voucher_papers.PaidVoucher) -> None:
        if self._now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", papers.receipt_paper(self.words, paid, self._now, practice=practice))

    def print_pressed(self) -> None:
        """F6: the receipt of the payment made last, or of the paid voucher that is picked."""
        picked = self._picked()
        if self._last_paid:
            self._ask_receipt(self._last_paid)
        elif picked is not None and picked.state == "PAID":
            self._receipt_picked()

    def _void(self) -> None:
        voucher = self._picked()
        if voucher is not None:
            self.write(mishaps.void, voucher.id, self.reason.value(), then=lambda _: self._voided())

    def _voided(self) -> None:
        self.reason.clear()
        self.say("good", self.words("The voucher is void. Nobody can be paid with it."))

    # many vouchers

    def _approvable(self) -> list[str]:
        return [one for one in self._ids if one in self._lines and not self._lines[one].own]

    def _approve_all(self) -> None:
        ready = tuple(self._approvable())
        self.write(approving.approve, ready, then=lambda _: self._approved(len(ready)))

    def _approved(self, count: int) -> None:
        self.say("good", self.words.plural("{n} voucher is approved.", "{n} vouchers are approved.", count))

    def _print(self, ids: tuple[str, ...]) -> None:
        self.write(numbering.print_, ids, then=self._printed)

    def _printed(self, faces: tuple[PrintedVoucher, ...]) -> None:
        if self._now is not None and faces:
            layout = VoucherLayout(self.layout_row.chosen or VoucherLayout.A4_THREE.value)
            practice = self.around.seat.practice
            self.around.go("paper", papers.voucher_papers(self.words, faces, self._now, layout, practice=practice))

    # paying

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a voucher to pay."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.pay.forget()
        self._last_paid = ""
        self.write(checks.check, digits, then=self._checked)

    def _checked(self, seen: checks.Verdict) -> None:
        if seen.code in TYPED and seen.number is not None and seen.voucher is not None:
            scanned = seen.code == "LIVE"
            self.read(voucher_lines.voucher_of, seen.number, then=partial(self._offer_pay, scanned), newest="pay")
            return
        word = self.words.label(checks.VERDICT.name, seen.code)
        self.say(
            "stop", self.words("This voucher cannot be paid here today: {why}", why=word),
            (self.words("See why"), partial(self.around.go, "check", seen.number or "")),
        )  # fmt: skip

    def _offer_pay(self, scanned: bool, voucher: VoucherShown) -> None:
        self.quiet()
        if voucher.state != "PRINTED":
            state = self.words.label(VOUCHER_STATE.name, voucher.state)
            self.say("stop", self.words("This voucher cannot be paid here today: {why}", why=state))
            return
        self.pay.show_voucher(voucher, scanned=scanned)

    def _pay(self) -> None:
        voucher, identity = self.pay.voucher, self.pay.identity.chosen
        if voucher is None or voucher.number is None or identity is None or self._paying:
            return
        self._paying = True
        self.write(
            paying.pay, voucher.number, self.pay.witness.value(), identity,
            then=partial(self._paid, voucher), failed=self._not_paid,
        )  # fmt: skip

    def _not_paid(self, error: Exception) -> None:
        self._paying = False
        self.show_failure(error)

    def _paid(self, voucher: VoucherShown, payment: Payment) -> None:
        self._paying = False
        self.pay.forget()
        amount = amount_shown(self.words, payment.amount, payment.currency)
        self._last_paid = voucher.number or ""
        self.say(
            "good", self.words("Paid: {amount} to {name}.", amount=amount, name=isolate(voucher.payee)),
            (self.words("Print the receipt (F6)"), self.print_pressed),
        )  # fmt: skip
        self.target.setFocus()


def _tone(voucher: VoucherShown) -> str:
    return {"PAID": "good", "VOID": "stop", "PLANNED": "careful"}.get(voucher.state, "ink")


def _listed(view: Any, state: str | None) -> tuple[list[str], dict[str, VoucherShown]]:
    """All ids, and the lines of the first ones, so that what may be approved is known at once."""
    ids = voucher_lines.voucher_ids(view, state)
    return ids, voucher_lines.voucher_lines(view, ids[:500])
