"""What may be done with one voucher: a button for each act that its state and the user's role are open to.

It offers and says why not; whoever owns it does the act. The commands check everything again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from helpdesk.assistance.vouchers import approving, mishaps, numbering, paying, questions
from helpdesk.assistance.vouchers.life import PAID as PAID_STATES
from helpdesk.assistance.vouchers.life import PAPER, PAYABLE, STEPS
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import N_, isolate
from ui.surroundings import Surroundings
from ui.widgets.words import button, clear, label

IN_ROW: Final = 5


@dataclass(frozen=True)
class _Offered:
    code: str
    name: str
    text: str
    command: Callable[..., Any] | None
    states: tuple[str, ...]
    kind: str = ""


ACTS: Final[tuple[_Offered, ...]] = (
    _Offered("APPROVE", "approveOne", N_("Approve this one"), approving.approve, ("PLANNED",)),
    _Offered("PRINT", "printOne", N_("Print this one"), numbering.print_, ("APPROVED",)),
    _Offered("PAY", "payOne", N_("Pay this one"), paying.pay, PAYABLE),
    _Offered("ISSUE", "handOver", N_("Hand over the paper"), paying.issue, ("PRINTED",)),
    _Offered("WITNESS", "standFor", N_("Stand for its payment"), paying.witness, PAYABLE),
    _Offered("REPRINT", "printAgain", N_("Print again"), numbering.reprint, PAYABLE),
    _Offered("LOST", "reportLost", N_("The paper is lost"), mishaps.lose, PAPER),
    _Offered("REPLACE", "replaceOne", N_("Print another paper for it"), mishaps.replace, ("LOST",)),
    _Offered("UNCLAIMED", "notCollected", N_("Nobody came for it"), mishaps.unclaim, PAYABLE),
    _Offered("RETURN", "putBack", N_("Return it to stock"), mishaps.put_back, ("UNCLAIMED",)),
    _Offered("RECEIPT", "printReceipt", N_("Print the receipt"), None, PAID_STATES),
    _Offered("ANSWER", "answerOne", N_("Answer the question"), questions.answer, ()),
    _Offered("SETTLE", "settleOne", N_("Settle the dispute"), mishaps.settle, STEPS["SETTLE"][0]),
    _Offered("DISPUTE", "disputeOne", N_("Somebody disputes it"), mishaps.dispute, STEPS["DISPUTE"][0]),
    _Offered("VOID", "voidOne", N_("Declare void"), mishaps.void, STEPS["VOID"][0], "stop"),
)


class VoucherActs(QWidget):
    """:attr:`wanted` names the act and nothing else; what it is done with is the voucher that was told last."""

    wanted = Signal(str)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self.setObjectName("voucherActs")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.told = label("", role="quiet", name="voucherTold")
        whole.addWidget(self.told)
        self._grid = QGridLayout()
        whole.addLayout(self._grid)

    def tell(self, voucher: VoucherShown | None, *, asked: bool = False) -> None:
        """Offer what is open for this voucher; ``asked``: the paid list asks about it."""
        clear(self._grid)
        offered = [] if voucher is None else [one for one in ACTS if self._is_open(one, voucher, asked)]
        for place, one in enumerate(offered):
            made = button(
                self._around.look.words(one.text), self._around.look, partial(self.wanted.emit, one.code),
                kind=one.kind, name=one.name,
            )  # fmt: skip
            self._grid.addWidget(made, place // IN_ROW, place % IN_ROW)
        self._grid.setColumnStretch(IN_ROW, 1)
        said = "" if voucher is None else self._said(voucher)
        self.told.setText(said)
        self.told.setVisible(bool(said))

    def _is_open(self, one: _Offered, voucher: VoucherShown, asked: bool) -> bool:
        if one.command is not None and not self._around.may(one.command):
            return False
        if one.code == "ANSWER":
            return asked
        if one.code in ("APPROVE", "WITNESS") and voucher.own:
            return False
        if one.code == "VOID" and voucher.was in PAID_STATES:
            return False
        return voucher.state in one.states

    def _said(self, voucher: VoucherShown) -> str:
        words = self._around.look.words
        if voucher.state == "PLANNED" and voucher.own and self._around.may(approving.approve):
            return words("You planned this voucher or registered the family: another supervisor must approve it.")
        if voucher.state == "PLANNED" and not self._around.may(approving.approve):
            return words("A supervisor who neither planned it nor registered the family must approve it.")
        if voucher.state == "DISPUTED" and voucher.dispute:
            return words("What was said: {what}", what=isolate(voucher.dispute))
        if voucher.state == "SUSPENDED" and voucher.suspended_until is not None:
            return words("The family withdrew. It comes back if they take that back by {day}.",
                         day=voucher.suspended_until)  # fmt: skip
        return ""
