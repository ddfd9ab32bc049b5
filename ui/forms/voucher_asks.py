"""What is asked before a voucher is stopped, set going again, handed over or taken in: small pieces with one answer.

Each gives its answer and the act that saves it; opening and saving are the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from helpdesk.assistance.vouchers import mishaps, paying, questions, rerouting
from helpdesk.assistance.vouchers.codes import MARK
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.assistance.vouchers.settled import PAID_ANSWER
from helpdesk.core.codes import CodeList
from helpdesk.core.language import isolate
from helpdesk.desk.bundle import PayPoint
from helpdesk.households.rules import NOTE_LENGTH
from helpdesk.printing.blocks import amount_shown
from ui.forms.file_beside import Asking
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.words import label

After: TypeAlias = "Callable[[Any], None]"


class ReasonOfVoucher(Part):
    """A sentence that stays with the voucher."""

    def __init__(self, look: Look, name: str, heading: str, sentence: str, asked: str) -> None:
        super().__init__(look, heading, name)
        self._asked = asked
        self.reason = NameEdit(look, f"{name}.reason", longest=NOTE_LENGTH)
        self.add(label(sentence))
        self.add(self.field("reason", asked, self.reason, required=True))
        self.reason.typed.connect(lambda text: self.keep("reason", text))

    def missing(self) -> list[Missing]:
        """The sentence."""
        return [] if self.reason.value() else [Missing(self._asked, self.reason)]


class ChoiceOfVoucher(Part):
    """One of a list, with a note where one may be written."""

    def __init__(
        self, look: Look, name: str, heading: str, sentence: str, asked: str, entries: Sequence[tuple[str, str]],
        *, note: str = "",
    ) -> None:  # fmt: skip
        super().__init__(look, heading, name)
        self._asked = asked
        self.choice = ChoiceRow(look, f"{name}.choice", asked, entries, columns=3)
        self.note = NameEdit(look, f"{name}.note", longest=NOTE_LENGTH)
        self.add(label(sentence))
        self.add(self.field("choice", asked, self.choice, required=True))
        self.choice.changed.connect(lambda code: self.keep("choice", code))
        if note:
            self.add(self.field("note", note, self.note))

    def missing(self) -> list[Missing]:
        """The choice."""
        return [] if self.choice.chosen else [Missing(self._asked, self.choice)]


def _what(look: Look, voucher: VoucherShown) -> str:
    amount = amount_shown(look.words, voucher.amount, voucher.currency)
    return look.words("{amount} for {name}", amount=amount, name=isolate(voucher.payee))


def voiding(look: Look, voucher: VoucherShown, then: After) -> Asking:
    """A voucher becomes void."""
    words = look.words
    piece = ReasonOfVoucher(
        look, "void", words("Declare void: {what}", what=_what(look, voucher)),
        words("Nobody can be paid with it any more. It cannot be undone; a new voucher can be planned."),
        words("Why it becomes void"),
    )  # fmt: skip
    return Asking(piece, lambda: (mishaps.void, voucher.id, piece.reason.value()), then)


def disputing(look: Look, voucher: VoucherShown, then: After) -> Asking:
    """Somebody says that it is not right."""
    words = look.words
    piece = ReasonOfVoucher(
        look, "dispute", words("Disputed: {what}", what=_what(look, voucher)),
        words("It is stopped until a supervisor settles it. Write down what was said, not who may be to blame."),
        words("What is not right"),
    )  # fmt: skip
    return Asking(piece, lambda: (mishaps.dispute, voucher.id, piece.reason.value()), then)


def settling(look: Look, voucher: VoucherShown, then: After) -> Asking:
    """A dispute ends."""
    words, codes = look.words, mishaps.SETTLED
    only = [code for code in codes if code != "VOID" or voucher.was not in ("PAID", "RECONCILED")]
    piece = ChoiceOfVoucher(
        look, "settle", words("Settle the dispute: {what}", what=_what(look, voucher)),
        words("What was said: {what}", what=isolate(voucher.dispute)),
        words("How it ends"), entries_of(look, codes, only),
    )  # fmt: skip
    return Asking(piece, lambda: (mishaps.settle, voucher.id, piece.choice.chosen), then)


def handing_over(look: Look, voucher: VoucherShown, then: After) -> Asking:
    """The payee signs for the paper; the cash follows later."""
    words = look.words
    piece = ChoiceOfVoucher(
        look, "handOver", words("Hand over the paper: {what}", what=_what(look, voucher)),
        words("The payee has seen the amount and signs for the paper. The cash is paid when it is scanned."),
        words("How it is signed"), entries_of(look, MARK),
    )  # fmt: skip
    return Asking(piece, lambda: (paying.issue, voucher.number, piece.choice.chosen), then)


def answering(look: Look, voucher: VoucherShown, then: After) -> Asking:
    """What the family said when it was asked whether it had the grant elsewhere."""
    words = look.words
    codes: CodeList = PAID_ANSWER
    piece = ChoiceOfVoucher(
        look, "answer", words("Was it paid elsewhere? {what}", what=_what(look, voucher)),
        words("Ask the family, or the other desk by telephone. Your answer changes no voucher: one that is not due "
              "is declared void afterwards."),
        words("What is true"), entries_of(look, codes), note=words("Note"),
    )  # fmt: skip
    return Asking(piece, lambda: (questions.answer, voucher.id, piece.choice.chosen, piece.note.value()), then)


def taking_in(look: Look, scanned: str, points: Sequence[PayPoint], then: After) -> Asking:
    """A paper of another pay point is taken in here, for a second account to confirm."""
    words = look.words
    piece = ChoiceOfVoucher(
        look, "takeIn", words("Take this paper in here"),
        words("Only where the family cannot be paid at its own pay point. It is paid here once a second account has "
              "confirmed it; you cannot pay it yourself. It is counted and reported."),
        words("Where it will be paid"), [(str(point.number), point.name) for point in points],
    )  # fmt: skip
    return Asking(piece, lambda: (rerouting.take_in, scanned, int(piece.choice.chosen or 0)), then)


ASKS: Final[Mapping[str, Callable[[Look, VoucherShown, After], Asking]]] = {
    "VOID": voiding,
    "DISPUTE": disputing,
    "SETTLE": settling,
    "ISSUE": handing_over,
    "ANSWER": answering,
}
"""The acts before which something is asked, by the codes of voucher_acts.py."""
