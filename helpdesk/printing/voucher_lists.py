"""The list of vouchers on A4: numbers, grants, amounts and states, and the sum; a suspended one with its last day.

No name and no place stands on it: whoever finds it learns numbers. Which vouchers are listed is decided by who asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.core.progress import Progress, silent
from helpdesk.printing.blocks import amount_shown, day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf


def voucher_list_pdf(
    lines: Sequence[VoucherShown], words: Words, day: date, *, practice: bool, progress: Progress = silent
) -> bytes:
    """The vouchers in the order given, as they stand on ``day``. Raises Stopped."""
    return list_pdf(voucher_list(lines, words, day, practice=practice), words, progress=progress)


def voucher_list(lines: Sequence[VoucherShown], words: Words, day: date, *, practice: bool) -> ListPaper:
    """The same as a list; each currency has a total of its own."""
    sums: dict[str, int] = defaultdict(int)
    for one in lines:
        sums[one.currency] += one.amount
    rows = [
        (
            words.digits(place),
            unbroken(voucher_number_shown(one.number)) if one.number else "",
            unbroken(household_number_shown(one.household_number)),
            words.label(GRANT.name, one.grant),
            amount_shown(words, one.amount, one.currency),
            state_told(one, words),
            day_shown(words, one.last_day),
        )
        for place, one in enumerate(lines, start=1)
    ]
    totals = [("", "", "", words("Total"), amount_shown(words, sums[one], one), "", "") for one in sorted(sums)]
    return ListPaper(
        title=words("Vouchers"),
        columns=(
            Column(words("No."), 0.6),
            Column(words("Voucher number"), 2.2),
            Column(words("Household number"), 1.8),
            Column(words("For"), 2.4),
            Column(words("Amount"), 2.0, "end"),
            Column(words("State"), 2.0),
            Column(words("Payable until"), 2.0),
        ),
        rows=[*rows, *totals],
        practice=practice,
        facts=((words("Day"), day_shown(words, day)), (words("Vouchers"), words.digits(len(lines)))),
        strong=frozenset(range(len(rows), len(rows) + len(totals))),
    )


def state_told(voucher: VoucherShown, words: Words) -> str:
    """The state of a voucher in words, and until when where it is suspended."""
    if voucher.state == "SUSPENDED" and voucher.suspended_until is not None:
        return words("Suspended until {day}", day=voucher.suspended_until)
    return words.label(STATE.name, voucher.state)
