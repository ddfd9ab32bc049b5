"""Papers of other pay points that a supervisor took in here, until a second account has confirmed them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from helpdesk.assistance.vouchers.rerouting import Waiting
from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from ui.forms.file_cards import Act, Lines
from ui.theme import Look
from ui.widgets.words import Card


class WaitingPapers(Card):
    """Hidden while none waits; whoever took one in herself is told who else must look."""

    confirmed = Signal(str)
    """The id of a rerouting that whoever sits here wants to stand for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Taken in here, waiting for a second account"), "waitingPapers")
        self._words = look.words
        self._lines = Lines(look, "waitingPaper")
        self.add(self._lines)
        self.hide()

    def tell(self, waiting: Sequence[Waiting]) -> None:
        """A line for each."""
        self._lines.tell([self._line(one) for one in waiting])
        self.setVisible(bool(waiting))

    def _line(self, one: Waiting) -> tuple[str, Act | None]:
        words, taken = self._words, one.taken
        said = words(
            "{number}: {amount}, taken in on {day}", number=isolate_ltr(voucher_number_shown(taken.number)),
            amount=amount_shown(words, taken.amount, taken.currency), day=taken.on,
        )  # fmt: skip
        if one.own:
            return words("{what}. You took it in: a colleague confirms it with her own account.", what=said), None
        return said, (words("Confirm, seen by me"), partial(self.confirmed.emit, one.id))
