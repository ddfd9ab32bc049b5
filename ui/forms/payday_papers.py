"""The papers of a pay day for the window: the list to pay by, the receipt of a payment, and what the day came to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from helpdesk.assistance.cash.queries import DayEndShown, closed_end
from helpdesk.assistance.distributions.queries import DayShown
from helpdesk.assistance.vouchers.papers import PaidVoucher, receipt_of
from helpdesk.core.language import Words
from helpdesk.printing.paydays import distribution_list_pdf, reconciliation_pdf
from ui.forms.desk_now import DeskNow
from ui.forms.papers import receipt_paper
from ui.printing import Paper


class PaydayPrinting:
    """Reads what a paper needs and leads to the paper page. ``read`` and ``go`` are the page's."""

    def __init__(self, words: Words, read: Callable[..., None], go: Callable[..., None], *, practice: bool) -> None:
        self._words = words
        self._read = read
        self._go = go
        self._practice = practice

    def press(self, act: str, shown: DayShown, point: str) -> None:
        """The list, or the reconciliation with the cash as it was counted."""
        if act == "list":
            pdf = distribution_list_pdf(shown, self._words, point, practice=self._practice)
            # it names people, and is not saved as a file
            self._go("paper", Paper(self._words("Distribution list"), pdf, may_save=False))
        else:
            day = shown.distribution
            self._read(closed_end, day.pay_point, day.on, then=partial(self._reconciliation, shown, point))

    def _reconciliation(self, shown: DayShown, point: str, end: DayEndShown | None) -> None:
        pdf = reconciliation_pdf(shown, end, self._words, point, practice=self._practice)
        self._go("paper", Paper(self._words("Reconciliation"), pdf))

    def receipt(self, number: str, now: DeskNow | None) -> None:
        """The receipt of one payment."""
        if now is not None:
            self._read(receipt_of, number, then=partial(self._receipt, now), newest="receipt")

    def _receipt(self, now: DeskNow, paid: PaidVoucher) -> None:
        self._go("paper", receipt_paper(self._words, paid, now, practice=self._practice))
